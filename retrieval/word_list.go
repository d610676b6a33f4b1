package retrieval

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed concepts.txt
var embeddedConcepts string

// embeddedWords are near-synonyms: enough to find a passage by, too little to
// say that a passage bears out a claim.
//
//go:embed words.txt
var embeddedWords string

// conceptLanguages are the columns of a word list, in order.
var conceptLanguages = []text.Language{text.Vietnamese, text.English, text.Russian, text.Korean}

// wordLists are the program's concepts and a report's own, which may stand beside it.
type wordLists struct {
	concepts *Concepts // with the near-synonyms
	strict   *Concepts // without
}

// embeddedLists is parsed once, for all Searchers whose reports have no list of their own.
var embeddedLists = sync.OnceValue(func() wordLists {
	lists, err := readLists(strings.NewReader(""))
	if err != nil {
		panic("retrieval: the embedded word list is tested: " + err.Error())
	}
	return lists
})

func readLists(further io.Reader) (wordLists, error) {
	var parsed [3][]*Concept
	for i, list := range []io.Reader{strings.NewReader(embeddedConcepts), strings.NewReader(embeddedWords), further} {
		var err error
		if parsed[i], err = parseConcepts(list); err != nil {
			return wordLists{}, err
		}
	}
	lists := wordLists{concepts: newConcepts(parsed[:]...), strict: newConcepts(parsed[0], parsed[2])}
	lists.concepts.linkMetonyms()
	return lists, nil
}

// parseConcepts reads a word list: one concept a line, a column a language
// (vi | en | ru | ko), names parted by commas, a "*" behind a stem, a "^" before a
// name that needs its capital, "-" for an empty column, "#" before a comment.
func parseConcepts(list io.Reader) ([]*Concept, error) {
	var concepts []*Concept
	lines := bufio.NewScanner(list)
	section := ""
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if heading, ok := strings.CutPrefix(line, "#"); ok {
			section = strings.TrimSpace(heading)
			continue
		}
		if line == "" {
			continue
		}
		concept, err := parseConcept(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		concept.Section = section
		concepts = append(concepts, concept)
	}
	return concepts, lines.Err()
}

// newConcepts makes one word list of several, each adding to those before.
func newConcepts(lists ...[]*Concept) *Concepts {
	c := &Concepts{whole: map[string][]conceptEntry{}, stems: map[rune][]conceptEntry{}}
	for _, concept := range slices.Concat(lists...) {
		c.add(concept)
	}
	for _, entries := range slices.AppendSeq(slices.Collect(maps.Values(c.whole)), maps.Values(c.stems)) {
		slices.SortStableFunc(entries, longestFirst)
	}
	return c
}

func parseConcept(line string) (*Concept, error) {
	columns := strings.Split(line, "|")
	if len(columns) != len(conceptLanguages) {
		return nil, fmt.Errorf("%d columns, not %d: %s", len(columns), len(conceptLanguages), line)
	}
	concept := &Concept{}
	for i, column := range columns {
		for printed := range strings.SplitSeq(column, ",") {
			printed = strings.TrimSpace(printed)
			if printed == "-" || printed == "" {
				continue
			}
			name := &ConceptName{Language: conceptLanguages[i]}
			printed, name.Capital = strings.CutPrefix(printed, "^")
			for _, word := range text.Words(printed) {
				name.Words = append(name.Words, word.Exact)
				name.Folded = append(name.Folded, word.Folded)
				name.Stem = append(name.Stem, strings.HasPrefix(printed[word.End:], "*"))
				concept.Name = concept.Name || word.Capital
			}
			if len(name.Words) == 0 {
				return nil, fmt.Errorf("a name without letters: %s", line)
			}
			if concept.ID == "" {
				concept.ID = strings.ToLower(printed)
			}
			concept.Names = append(concept.Names, name)
		}
	}
	if concept.ID == "" {
		return nil, fmt.Errorf("no names: %s", line)
	}
	return concept, nil
}

func (c *Concepts) add(concept *Concept) {
	c.all = append(c.all, concept)
	for _, name := range concept.Names {
		entry := conceptEntry{concept, name}
		if name.stemmed() {
			first := firstRune(name.Folded[0])
			c.stems[first] = append(c.stems[first], entry)
			continue
		}
		c.whole[name.Folded[0]] = append(c.whole[name.Folded[0]], entry)
	}
}

// linkMetonyms sets the state that the name of each capital or palace often means.
func (c *Concepts) linkMetonyms() {
	byID := map[string]*Concept{}
	for _, concept := range c.all {
		byID[concept.ID] = concept
	}
	for line := range strings.Lines(section("metonyms")) {
		state, seats, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for seat := range strings.SplitSeq(seats, ", ") {
			if s := byID[seat]; s != nil {
				s.state = byID[state]
			}
		}
	}
}

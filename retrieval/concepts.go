package retrieval

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

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

// Concept is one thing with its names in several languages.
type Concept struct {
	ID   string // its first name
	Name bool   // a proper name, so that its names are the same thing strictly
	// Section is the heading that it stands under in the word list: names of one section
	// are things of a kind.
	Section string
	// Names are the words of each name, in lower case; in the list's order.
	// Names with a stem stand only for words of a question.
	Names []*ConceptName
	// state is what the name of a capital or palace often means, where a report
	// never says the name itself; nil else.
	state *Concept
}

// ConceptName is one name of a concept.
type ConceptName struct {
	Language text.Language
	Words    []string // exact, as text.Words has them
	Folded   []string
	Stem     []bool // this word is the beginning of one
	// Capital is set for a name that is a common word without its capital, as
	// Anh (Britain, elder brother) is. At the beginning of a text it doesn't count.
	Capital bool
}

func (n *ConceptName) stemmed() bool { return slices.Contains(n.Stem, true) }

// Concepts is a word list: what is the same thing in the words of a question
// and of a report. It doesn't change once it is made.
type Concepts struct {
	all []*Concept
	// whole has the names without stems by their first word, folded; stems
	// those with stems by its first letter. Longest names come first.
	whole map[string][]conceptEntry
	stems map[rune][]conceptEntry
}

type conceptEntry struct {
	concept *Concept
	name    *ConceptName
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
	for _, entries := range c.whole {
		slices.SortStableFunc(entries, longestFirst)
	}
	for _, entries := range c.stems {
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

func longestFirst(a, b conceptEntry) int { return len(b.name.Words) - len(a.name.Words) }

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

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// foundConcept is a concept in words[from:to].
type foundConcept struct {
	conceptEntry
	from, to int
}

// Found is a concept that words[From:To] name.
type Found struct {
	Concept  *Concept
	From, To int
}

// Find returns the concepts that words of a language name, left to right, the
// longest name first, none over another.
func (c *Concepts) Find(words []text.Word, language text.Language) []Found {
	marked := false
	for _, word := range words {
		marked = marked || word.Exact != word.Folded
	}
	var found []Found
	for _, f := range c.find(words, language, marked) {
		found = append(found, Found{f.concept, f.from, f.to})
	}
	return found
}

// FindAll returns every place where a report's words name a concept, names
// within longer ones too.
func (c *Concepts) FindAll(words []text.Word) []Found {
	var found []Found
	for i := range words {
		for _, entry := range c.whole[words[i].Folded] {
			if entry.concept.inReports(entry.name) && entry.name.matches(words, i, false) {
				found = append(found, Found{entry.concept, i, i + len(entry.name.Words)})
			}
		}
	}
	return found
}

// find returns the concepts that words name, left to right, the longest name
// first, none over another. Which columns count depends on the language, since
// a word of one is often a syllable of another; proper names count in all.
func (c *Concepts) find(words []text.Word, language text.Language, marked bool) []foundConcept {
	var found []foundConcept
	for i := 0; i < len(words); {
		entry, ok := c.at(words, i, language, marked)
		// "Who" is the World Health Organization only where it is a name.
		if ok && len(entry.name.Words) == 1 && saysNothing(words[i]) && !(i > 0 && words[i].Capital) {
			ok = false
		}
		if !ok {
			i++
			continue
		}
		found = append(found, foundConcept{entry, i, i + len(entry.name.Words)})
		i += len(entry.name.Words)
	}
	return found
}

func (c *Concepts) at(words []text.Word, i int, language text.Language, marked bool) (conceptEntry, bool) {
	for _, entries := range [][]conceptEntry{c.whole[words[i].Folded], c.stems[firstRune(words[i].Folded)]} {
		for _, entry := range entries {
			if entry.name.Language != language && !entry.concept.Name {
				continue
			}
			// Vietnamese typed without marks is compared without them; else a
			// syllable with other marks is another word.
			folded := entry.name.Language == text.Vietnamese && !marked && language == text.Vietnamese
			if entry.name.matches(words, i, folded) {
				return entry, true
			}
		}
	}
	return conceptEntry{}, false
}

// matches reports whether the name stands at words[at:].
func (n *ConceptName) matches(words []text.Word, at int, folded bool) bool {
	if n.Capital && (at == 0 || !words[at].Capital) {
		return false
	}
	words = words[at:]
	if len(words) < len(n.Words) {
		return false
	}
	for i := range n.Words {
		have, want := words[i].Exact, n.Words[i]
		if folded {
			have, want = words[i].Folded, n.Folded[i]
		}
		if have != want && !(n.Stem[i] && strings.HasPrefix(have, want)) {
			return false
		}
	}
	return true
}

// inReports reports whether the name may stand for its concept in a report:
// reports are Vietnamese, with proper names in any language.
func (concept *Concept) inReports(name *ConceptName) bool {
	return !name.stemmed() && (concept.Name || name.Language == text.Vietnamese)
}

// inReportsByWord returns the names of concepts that may stand for them in a
// report, by their first word, folded; the longest first.
func inReportsByWord(concepts []*Concept) map[string][]conceptEntry {
	names := map[string][]conceptEntry{}
	for _, concept := range concepts {
		for _, name := range concept.Names {
			if concept.inReports(name) {
				names[name.Folded[0]] = append(names[name.Folded[0]], conceptEntry{concept, name})
			}
		}
	}
	for _, entries := range names {
		slices.SortStableFunc(entries, longestFirst)
	}
	return names
}

// countNames returns how often each name stands in a report's words; of names of
// one concept that overlap, the longest counts.
func countNames(names map[string][]conceptEntry, words []text.Word) map[*ConceptName]int {
	if len(names) == 0 {
		return nil
	}
	var counts map[*ConceptName]int
	var ends map[*Concept]int // of the name that was counted last
	for i := range words {
		for _, entry := range names[words[i].Folded] {
			if i >= ends[entry.concept] && entry.name.matches(words, i, false) {
				if counts == nil {
					counts, ends = map[*ConceptName]int{}, map[*Concept]int{}
				}
				counts[entry.name]++
				ends[entry.concept] = i + len(entry.name.Words)
			}
		}
	}
	return counts
}

// sentenceStart reports whether words[i] begins a sentence in s, so that its
// capital says nothing.
func sentenceStart(s string, words []text.Word, i int) bool {
	if i == 0 {
		return true
	}
	return strings.ContainsAny(s[words[i-1].End:words[i].Start], ".!?\n")
}

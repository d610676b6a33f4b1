package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/store"
	"reportbot/store/text"
)

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

func longestFirst(a, b conceptEntry) int { return len(b.name.Words) - len(a.name.Words) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Found is a concept that words[From:To] name.
type Found struct {
	Concept  *Concept
	From, To int
	name     *ConceptName // by which they do
}

func (e conceptEntry) at(i int) Found { return Found{e.concept, i, i + len(e.name.Words), e.name} }

// Find returns the concepts that words of a language name, left to right, the
// longest name first, none over another.
func (c *Concepts) Find(words []text.Word, language text.Language) []Found {
	marked := false
	for _, word := range words {
		marked = marked || word.Exact != word.Folded
	}
	return c.find(words, language, marked)
}

// FindAll returns every place where a report's words name a concept, names
// within longer ones too.
func (c *Concepts) FindAll(words []text.Word) []Found {
	var found []Found
	for i := range words {
		for _, entry := range c.whole[words[i].Folded] {
			if entry.concept.inReports(entry.name) && entry.name.matches(words, i, false) {
				found = append(found, entry.at(i))
			}
		}
	}
	return found
}

// find returns the concepts that words name, left to right, the longest name
// first, none over another. Which columns count depends on the language, since
// a word of one is often a syllable of another; proper names count in all.
func (c *Concepts) find(words []text.Word, language text.Language, marked bool) []Found {
	var found []Found
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
		found = append(found, entry.at(i))
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

// SameState reports whether two names stand for one state: itself, or its
// capital or palace.
func SameState(a, b *Concept) bool { return cmp.Or(a.state, a) == cmp.Or(b.state, b) }

// orState returns a concept, and the state that its name often means.
func (concept *Concept) orState() []*Concept {
	switch {
	case concept == nil:
		return nil
	case concept.state != nil:
		return []*Concept{concept, concept.state}
	}
	return []*Concept{concept}
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

// terms returns the tokens by which the index finds a concept: its one-word
// names, and the neighbours within the longer ones.
func (concept *Concept) terms() []store.Term {
	var terms []store.Term
	for _, name := range concept.Names {
		if !concept.inReports(name) {
			continue
		}
		if len(name.Words) == 1 {
			terms = append(terms, exactTerm(name.Words[0]))
		}
		terms = append(terms, name.neighbours()...)
	}
	return terms
}

func (n *ConceptName) neighbours() []store.Term {
	var pairs []store.Term
	for i := 1; i < len(n.Folded); i++ {
		pairs = append(pairs, neighbours(n.Folded[i-1], n.Folded[i]))
	}
	return pairs
}

// frequency is in how many passages a concept is, at most.
func (concept *Concept) frequency(frequencies map[store.Term]int) int {
	count := 0
	for _, name := range concept.Names {
		if concept.inReports(name) {
			count += name.frequency(frequencies)
		}
	}
	return count
}

// frequency is in how many passages a name is, at most.
func (n *ConceptName) frequency(frequencies map[store.Term]int) int {
	if len(n.Words) == 1 {
		return frequencies[exactTerm(n.Words[0])]
	}
	return frequencies[n.rarest(frequencies)]
}

// rarest returns the rarest two neighbours in a name of several words.
func (n *ConceptName) rarest(frequencies map[store.Term]int) store.Term {
	return slices.MinFunc(n.neighbours(), func(a, b store.Term) int { return cmp.Compare(frequencies[a], frequencies[b]) })
}

func exactTerm(word string) store.Term  { return store.Term{Column: store.Exact, Token: word} }
func foldedTerm(word string) store.Term { return store.Term{Column: store.Folded, Token: word} }

// neighbours returns the term of two folded words side by side.
func neighbours(first, second string) store.Term { return pairTerm(first + "_" + second) }

func pairTerm(pair string) store.Term { return store.Term{Column: store.Pairs, Token: pair} }

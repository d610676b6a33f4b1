package answer

import (
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// reading is a sentence of the report as units are looked up in it.
type reading struct {
	text    string
	words   []text.Word
	clause  []int
	dates   []text.Date
	numbers []quantity
	names   []actor
	at      map[any][]int // from a key to the words where it begins
	// What the heading above it and the full names have too: words without marks, concepts, dates
	// with the year that they inherit, and years.
	folded   map[string]bool
	concepts map[*retrieval.Concept]bool
	heading  []text.Date
	years    map[int]bool
	negated  []polarity
	opposed  []opposed
	hedges   []int
	doubt    int // where it says that it is unclear; -1 if it doesn't
	speakers []actor
	denies   []bool // by clause: it holds a negation
}

// readSentence returns a source as the rules see it. A key is a word or two neighbouring ones
// as written, a row of the lexicon, or a concept.
func readSentence(concepts *retrieval.Concepts, of source) *reading {
	s := text.Clean(of.Text)
	r := &reading{text: s, words: text.Words(s), at: map[any][]int{}, folded: map[string]bool{}, concepts: map[*retrieval.Concept]bool{}, years: map[int]bool{}}
	r.clause = clausesOf(s, r.words)
	r.dates = r.dated(s, r.words, of.Year)
	r.numbers = quantities(s, r.words, r.dates)
	heading := text.Words(of.Heading)
	r.heading = r.dated(of.Heading, heading, of.Year)
	if of.Year != 0 {
		r.years[of.Year] = true
	}
	found := concepts.FindAll(r.words)
	around := append(heading, text.Words(of.Named)...)
	for _, f := range append(concepts.FindAll(around), found...) {
		r.concepts[f.Concept] = true
	}
	for _, word := range append(around, r.words...) {
		r.folded[word.Folded] = true
	}
	lexicon := commonWords()
	compound := make([]bool, len(r.words))
	for i := range r.words {
		for _, m := range lexicon.inVietnamese(r.words, i, true) {
			for j := i; j < m.to && m.to > i+1; j++ {
				compound[j] = true
			}
		}
	}
	for i, word := range r.words {
		r.at[word.Exact] = append(r.at[word.Exact], i)
		if word.Folded != word.Exact {
			r.at[foldedKey(word.Folded)] = append(r.at[foldedKey(word.Folded)], i)
		}
		if i+1 < len(r.words) {
			pair := word.Exact + " " + r.words[i+1].Exact
			r.at[pair] = append(r.at[pair], i)
		}
		for _, m := range lexicon.inVietnamese(r.words, i, true) {
			if m.to > i+1 || !compound[i] { // the trao of "trao đổi" is no word
				r.at[m.row] = append(r.at[m.row], i)
			}
		}
	}
	for _, f := range found {
		r.at[f.Concept] = append(r.at[f.Concept], f.From)
	}
	r.names = actors(s, r.words, found, text.Vietnamese)
	r.negated = negations(s, r.words, text.Vietnamese)
	r.hedges, r.doubt = hedges.in(r.words), -1
	if places := doubts.in(r.words); len(places) > 0 {
		r.doubt = places[0]
	}
	r.speakers = speakers(s, r.words, r.names)
	r.opposed = opposedIn(r.words, text.Vietnamese)
	r.denies = make([]bool, len(r.words)+1)
	for i := range r.words {
		if negates(r.words, i) {
			r.denies[r.clause[i]] = true
		}
	}
	return r
}

// dated returns the dates of a text in the year that they inherit.
func (r *reading) dated(s string, words []text.Word, inherited int) []text.Date {
	dates := text.Dates(s, words)
	for i := range dates {
		if dates[i].Year == 0 {
			dates[i].Year = inherited
		}
		r.years[dates[i].Year] = true
	}
	return dates
}

// empty reports whether word i only joins others.
func (r *reading) empty(i int) bool {
	return retrieval.StopWord(r.words[i].Exact) || joiningVietnamese[r.words[i].Exact]
}

// foldedKey is the key of a word without its marks.
func foldedKey(folded string) string { return "~" + folded }

// places returns where a unit stands in a sentence; nil if it doesn't.
func (r *reading) places(u unit) []int {
	var all []int
	for _, key := range u.keys {
		all = append(all, r.at[key]...)
	}
	if len(all) < 2 {
		return all
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// spots are a unit's places, of those within a few words the first: they are the
// one thing under several keys.
func (r *reading) spots(u unit) []int {
	places := r.places(u)
	var spots []int
	for i, at := range places {
		if i == 0 || at-places[i-1] > 3 {
			spots = append(spots, at)
		}
	}
	return spots
}

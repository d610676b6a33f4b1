package correction

import (
	"slices"

	"reportbot/bot/answer/claim"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// sentence is a sentence of an edition.
type sentence struct {
	report.Sentence
	paragraph int
	entry     string // the date of its timeline entry
	year      int
	key       string // of its words
}

// sentencesOf returns the sentences of an edition in order.
func sentencesOf(r *report.Report) []sentence {
	var all []sentence
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			all = append(all, sentence{Sentence: s, paragraph: p.N, entry: p.Entry, year: p.Year, key: keyOf(s.Text)})
		}
	}
	return all
}

// minShared is the least share of sentences that two editions of one report have in
// common. With fewer, the new one is another report, which corrects no answers.
const minShared = .1

// editions compares cited sentences of an edition with another edition.
type editions struct {
	concepts      *retrieval.Concepts
	language      text.Language
	before, after []sentence
	beforeByKey   map[string][]int
	afterByKey    map[string][]int
	joined        map[string]bool // keys of neighbours in one paragraph of after
	now           []int           // by sentence of before: its counterpart in after; see same and gone
	spans         map[int]string  // counterparts of several sentences: their text, by sentence of before
	another       bool            // they are different reports
	known         map[store.Cited]answer
}

// Values of editions.now other than an index.
const (
	gone = -1
	same = -2 // it is in after, perhaps with other sentence boundaries
)

// answer is the change of a cited sentence.
type answer struct {
	change  store.Changed
	changed bool
}

func compare(concepts *retrieval.Concepts, before, after []sentence) *editions {
	e := &editions{
		concepts: concepts, before: before, after: after, beforeByKey: byKey(before), afterByKey: byKey(after),
		joined: map[string]bool{}, now: make([]int, len(before)), spans: map[int]string{}, known: map[store.Cited]answer{},
	}
	written := ""
	for _, s := range after[:min(20, len(after))] {
		written += s.Text + " "
	}
	e.language = text.LanguageOf(written, text.Vietnamese)
	for keys := range neighbours(after) {
		e.joined[keys] = true
	}
	e.pair()
	return e
}

func byKey(sentences []sentence) map[string][]int {
	of := map[string][]int{}
	for i, s := range sentences {
		of[s.key] = append(of[s.key], i)
	}
	return of
}

// of returns the change of a cited sentence of before, if any.
func (e *editions) of(cited store.Cited) (store.Changed, bool) {
	known, found := e.known[cited]
	if !found {
		known.change, known.changed = e.changeOf(cited)
		e.known[cited] = known
	}
	return known.change, known.changed
}

func (e *editions) changeOf(cited store.Cited) (store.Changed, bool) {
	if e.another {
		return store.Changed{}, false
	}
	places := e.beforeByKey[keyOf(cited.Text)]
	if len(places) == 0 { // a cited sentence is the edition's own, or part of one
		return store.Changed{}, false
	}
	at := places[0]
	if i := slices.IndexFunc(places, func(i int) bool { return e.before[i].paragraph == cited.Paragraph }); i >= 0 {
		at = places[i]
	}
	was := e.before[at]
	change := store.Changed{Old: cited}
	switch now := e.now[at]; now {
	case same:
		return change, false
	case gone:
		return change, true
	default:
		is := e.after[now]
		said := is.Text
		if span := e.spans[at]; span != "" {
			said = span
		}
		changed := false
		if was.key != keyOf(said) || was.year != is.year {
			_, changed = claim.Changed(e.concepts, e.language, claim.Source{Text: was.Text, Year: was.year}, claim.Source{Text: said, Year: is.year})
		}
		moved := otherDay(was.entry, is.entry)
		if moved {
			said = is.entry + ": " + said
		}
		change.New, change.Paragraph, change.Notes = said, is.paragraph, is.Footnotes
		return change, changed || moved
	}
}

// otherDay reports whether two headings of timeline entries are different dates.
func otherDay(was, is string) bool {
	before, after := text.Dates(was, text.Words(was)), text.Dates(is, text.Words(is))
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	b, a := before[0], after[0]
	return b.Day != a.Day || b.Month != a.Month || b.Year != a.Year && b.Year != 0 && a.Year != 0
}

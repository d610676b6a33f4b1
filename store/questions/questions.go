// Package questions forms questions that a report's sentences answer, by general rules
// of grammar. A question asks for a sentence's number, date, person, state or place.
//
// Questions that are offered to people sound like a person's; not every sentence has
// one. Others only test whether a sentence is found.
package questions

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// Version is the version of the rules; increase it when they form other questions.
const Version = 4

// Question is a question that a sentence answers.
type Question struct {
	Text string
	// Offered is set if it is self-contained and sounds like a person's.
	Offered bool
}

// Former forms questions from the sentences of one report. It may be used from one
// goroutine at a time.
type Former struct {
	people people
	// lower are words that occur in the report without a capital.
	lower  map[string]bool
	longer longer
	// each has the longer names of each sentence, in the report's order; place has a
	// sentence's index in it.
	each  []longer
	place map[string]int
	at    int // the index of the current sentence; -1 if unknown
}

// New returns a Former for a report with these sentences.
func New(sentences []string) *Former {
	f := &Former{people: people{}, lower: map[string]bool{}, longer: longer{}, place: map[string]int{}, at: -1}
	var all []*sentence
	for _, s := range sentences {
		r := read(s)
		all = append(all, r)
		f.people.learn(r)
		for _, word := range r.words {
			if !word.Capital {
				f.lower[word.Exact] = true
			}
		}
	}
	for i, r := range all {
		f.learnLonger(r)
		if _, known := f.place[sentences[i]]; !known {
			f.place[sentences[i]] = i
		}
	}
	return f
}

// Of returns the questions that a sentence answers, those that can be offered first;
// none if it has neither a number nor a date nor a name.
func (f *Former) Of(s string) []Question {
	if !Examined(s) {
		return nil
	}
	f.at = -1
	if at, known := f.place[s]; known {
		f.at = at
	}
	var asked []Question
	add := func(texts []string) {
		for _, t := range texts {
			if t == "" || !natural(t) {
				continue
			}
			if t = f.fit(t); t != "" && natural(t) && !slices.ContainsFunc(asked, func(q Question) bool { return q.Text == t }) {
				asked = append(asked, Question{t, true})
				return // one of each kind, the shortest, is enough
			}
		}
	}
	r := read(s)
	if text.LanguageOf(s, text.Vietnamese) == text.English {
		for _, q := range r.englishForms() {
			asked = append(asked, Question{q, true})
		}
		if len(asked) == 0 {
			asked = append(asked, Question{Text: r.examineEnglish()})
		}
		return asked
	}
	r.readTimes()
	r.people, r.lower = f.people, f.lower
	add(r.birth(s))
	if !r.broken {
		for _, c := range r.clauses() {
			if !f.named(c) {
				continue
			}
			add(c.whens())
			add(c.howMany())
			add(c.who(f.people))
			add(c.copula(f.people))
			add(c.where())
		}
	}
	if plain := unquoted(r.examine()); len(asked) == 0 && plain != "" {
		asked = append(asked, Question{Text: plain})
	}
	return asked
}

// named reports whether the subject of a clause has a name or a number of things: a
// bare noun ("the school") refers to an earlier sentence.
func (f *Former) named(c clause) bool {
	s := c.s
	for i := c.from; i < c.subject; i++ {
		word := s.words[i]
		switch {
		case !s.capital(i) || word.Number:
		case i > 0 && s.mark(i) == 0, s.at("state", i, c.subject) > 0, f.people[word.Exact]:
			return true
		case !f.lower[word.Exact] && (word.Exact == word.Folded && !text.Syllable(word.Folded) || strings.ToUpper(word.Exact) == s.piece(i, i+1)):
			return true
		}
	}
	return s.counted(c.from)
}

// Examined reports whether a sentence has a number, a date or a name.
func Examined(s string) bool {
	r := read(s)
	if len(r.dates) > 0 || len(r.numbers) > 0 {
		return true
	}
	for i := 1; i < len(r.words); i++ {
		if r.words[i].Capital && r.mark(i) == 0 && len(r.words) > minWords {
			return true
		}
	}
	return false
}

package questions

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed english.txt
var englishList string

var englishClasses = sync.OnceValue(func() map[class]phrases { return readList(englishList) })

// english returns a class of english.txt.
func english(c class) phrases { return englishClasses()[c] }

// verbForms returns the base forms of past forms, and the forms behind an auxiliary.
var verbForms = sync.OnceValues(func() (bases map[string]string, participles map[string]bool) {
	bases, participles = map[string]string{}, map[string]bool{}
	for _, phrases := range english("verb") {
		past := regularPast(phrases[0][0])
		bases[past], participles[past] = phrases[0][0], true
	}
	for _, phrases := range english("irregular") {
		for _, forms := range phrases {
			bases[forms[1]], participles[forms[2]] = forms[0], true
		}
	}
	return bases, participles
})

func regularPast(base string) string {
	stem, y := strings.CutSuffix(base, "y")
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case y && !strings.ContainsAny(stem[len(stem)-1:], "aeou"):
		return stem + "ied"
	}
	return base + "ed"
}

// englishClause is a subject, a verb and what follows: words [from, verb), [verb, rest)
// and [rest, to).
type englishClause struct {
	s                    *sentence
	from, verb, rest, to int
	auxiliary            bool // the verb is one, and its participle is before rest
	dated                bool // a time is before the clause: "In 1990, ..."
}

// englishForms returns the questions of an English sentence.
func (s *sentence) englishForms() []string {
	c, ok := s.englishClause()
	if !ok {
		return nil
	}
	return slices.DeleteFunc([]string{c.when(), c.howMany(), c.who()}, func(q string) bool { return q == "" || !naturalEnglish(q) })
}

// englishClause reads the first clause of a sentence, if it is simple: a subject with a
// name, one verb in the past or an auxiliary with its participle.
func (s *sentence) englishClause() (englishClause, bool) {
	if len(s.chunks) == 0 {
		return englishClause{}, false
	}
	c := englishClause{s: s, to: s.chunks[0].to}
	if len(s.chunks) > 1 && s.englishTime(0, c.to) {
		c.dated, c.from, c.to = true, s.chunks[1].from, s.chunks[1].to
	}
	bases, participles := verbForms()
	for i := c.from + 1; i < c.to && c.verb == 0; i++ {
		switch {
		case english("auxiliary").at(s.words, i, c.to) > 0 && i+1 < c.to && participles[s.words[i+1].Exact]:
			c.verb, c.rest, c.auxiliary = i, i+2, true
		case bases[s.words[i].Exact] != "" && !s.words[i].Capital:
			c.verb, c.rest = i, i+1
		}
	}
	for i := c.rest; i < c.to; i++ {
		if english("cut").at(s.words, i, c.to) > 0 || s.words[i].Exact == "and" && i+1 < c.to && (bases[s.words[i+1].Exact] != "" || participles[s.words[i+1].Exact]) {
			c.to = i
		}
	}
	return c, c.verb > 0 && c.named() && !english("refused").within(s.words, c.from, c.verb) && (c.auxiliary || c.to-c.rest > 1)
}

// englishTime reports whether words [from, to) are a time and no more: "In 1990".
func (s *sentence) englishTime(from, to int) bool {
	return english("when").at(s.words, from, to) > 0 &&
		(s.isYear(from+1) && from+2 == to || slices.ContainsFunc(s.dates, func(d text.Date) bool { return d.From == from+1 && d.To == to }))
}

// subject returns the subject as written after another word.
func (c englishClause) subject() string {
	said := c.s.piece(c.from, c.verb)
	if english("article").at(c.s.words, c.from, c.verb) > 0 {
		return lowerFirst(said)
	}
	return said
}

// inverted returns the auxiliary, the subject and the verb of a question.
func (c englishClause) inverted() string {
	verb := c.s.words[c.verb].Exact
	if c.auxiliary {
		return verb + " " + c.subject() + " " + c.s.words[c.verb+1].Exact
	}
	bases, _ := verbForms()
	return "did " + c.subject() + " " + bases[verb]
}

// named reports whether the subject has a name; a bare noun refers to another sentence.
func (c englishClause) named() bool {
	for i := c.from; i < c.verb; i++ {
		if c.s.words[i].Capital && (i > c.from || c.verb == i+1) {
			return true
		}
	}
	return false
}

// when asks for the time before the clause, or at its end.
func (c englishClause) when() string {
	if c.s.counted(c.from) {
		return ""
	}
	for i := c.rest; i <= c.to; i++ {
		if i < c.to && c.s.englishTime(i, c.to) || i == c.to && c.dated {
			return assemble("when", c.inverted(), c.s.piece(c.rest, i))
		}
	}
	return ""
}

// howMany asks for a number of things: the subject's, else the object's after the verb.
func (c englishClause) howMany() string {
	s := c.s
	for _, n := range s.numbers {
		if !counting(n) || n.Percent || n.To >= c.to || !s.splittable(n.To) || english("uncounted").at(s.words, n.To, c.to) > 0 || strings.ContainsAny(s.between(n.From), "$£€") {
			continue
		}
		switch from := n.From - english("about").before(s.words, n.From); from {
		case c.from:
			return assemble("how many", s.piece(n.To, c.to))
		case c.rest:
			end := n.To + 1
			for end < c.to && english("place").at(s.words, end, c.to) == 0 {
				end++
			}
			return assemble("how many", s.piece(n.To, end), c.inverted(), s.piece(end, c.to))
		}
	}
	return ""
}

// who asks for a subject that a title before its name shows to be a person.
func (c englishClause) who() string {
	for i := c.from; i+2 < c.verb; i++ {
		if english("title").at(c.s.words, i, c.verb) > 0 && c.s.capital(c.verb-1) && english("several").at(c.s.words, c.verb, c.to) == 0 {
			return assemble("who", c.s.piece(c.verb, c.to))
		}
	}
	return ""
}

// maxEnglish is the most words of an English question.
const maxEnglish = 18

// naturalEnglish is natural for English.
func naturalEnglish(question string) bool {
	q, ok := wellFormed(question, maxEnglish)
	return ok && !strings.Contains(question, ",") && !english("refused").within(q.words, 1, len(q.words)) && text.LanguageOf(question, text.English) == text.English
}

// examineEnglish returns a question that only tests whether a sentence is found.
func (s *sentence) examineEnglish() string {
	to := min(len(s.words), maxPlain)
	for !s.splittable(to) {
		to++
	}
	return assemble("is it true that", unquoted(s.piece(0, to)))
}

package questions

import (
	_ "embed"
	"strings"

	"reportbot/store/text"
)

//go:embed english.txt
var englishList string

var english = readList(englishList)

// bases are the base forms of past forms, and participles whether a word is one behind
// an auxiliary.
var bases, participles = func() (map[string]string, map[string]bool) {
	bases, participles := map[string]string{}, map[string]bool{}
	for _, phrases := range english["verb"] {
		base := phrases[0][0]
		past := regularPast(base)
		bases[past], participles[past] = base, true
	}
	for _, phrases := range english["irregular"] {
		for _, forms := range phrases {
			delete(bases, regularPast(forms[0]))
			bases[forms[1]], participles[forms[2]] = forms[0], true
		}
	}
	return bases, participles
}()

// doubled are the verbs of english.txt whose last letter is doubled.
var doubled = wordSet("ban plan permit ship refer transfer stop")

func regularPast(base string) string {
	last := base[len(base)-1]
	switch {
	case last == 'e':
		return base + "d"
	case last == 'y' && !strings.ContainsRune("aeou", rune(base[len(base)-2])):
		return base[:len(base)-1] + "ied"
	case doubled[base]:
		return base + string(last) + "ed"
	}
	return base + "ed"
}

// englishClause is a subject, a verb and what follows: words [from, verb), [verb, rest)
// and [rest, to).
type englishClause struct {
	s                    *sentence
	from, verb, rest, to int
	auxiliary            bool // the verb is one, and a participle stands at rest
	dated                bool // a time stands before the clause: "In 1990, ..."
}

// englishForms returns the questions of an English sentence.
func (s *sentence) englishForms() []string {
	c, ok := s.englishClause()
	if !ok {
		return nil
	}
	var asked []string
	for _, q := range []string{c.when(), c.howMany(), c.who()} {
		if q != "" && naturalEnglish(q) {
			asked = append(asked, q)
		}
	}
	return asked
}

// englishClause reads the first clause of a sentence, if it is simple: a subject without
// pronouns, one verb in the past or an auxiliary with its participle.
func (s *sentence) englishClause() (englishClause, bool) {
	if len(s.chunks) == 0 || s.broken {
		return englishClause{}, false
	}
	c := englishClause{s: s, to: s.chunks[0].to}
	if len(s.chunks) > 1 && s.timeAlone(0, c.to) {
		c.dated, c.from, c.to = true, s.chunks[1].from, s.chunks[1].to
	}
	for i := c.from + 1; i < c.to; i++ {
		word := s.words[i]
		if word.Capital || english["refused"].at(s.words, i, c.to) > 0 {
			continue
		}
		if english["auxiliary"].at(s.words, i, c.to) > 0 && i+1 < c.to && participles[s.words[i+1].Exact] {
			c.verb, c.rest, c.auxiliary = i, i+1, true
			break
		}
		if bases[word.Exact] != "" {
			c.verb, c.rest = i, i+1
			break
		}
	}
	for i := c.rest; i < c.to; i++ {
		if s.words[i].Exact == "that" {
			return englishClause{}, false // somebody says something
		}
		if english["cut"].at(s.words, i, c.to) > 0 || s.words[i].Exact == "and" && i+1 < c.to && (bases[s.words[i+1].Exact] != "" || participles[s.words[i+1].Exact]) {
			c.to = i
			break
		}
	}
	if c.verb == 0 || c.verb > c.from+9 || !s.plain(c.from, c.to) || english["refused"].within(s.words, c.from, c.to) || english["when"].at(s.words, c.from, c.to) > 0 ||
		english["when"].at(s.words, c.verb-1, c.verb) > 0 || c.to-c.rest < 2 && !c.auxiliary {
		return englishClause{}, false
	}
	return c, true
}

// timeAlone reports whether words [from, to) are a time and no more: "In 1990".
func (s *sentence) timeAlone(from, to int) bool {
	if english["when"].at(s.words, from, to) == 0 {
		return false
	}
	for _, d := range s.dates {
		if d.From == from+1 && d.To == to {
			return true
		}
	}
	return s.isYear(from+1) && from+2 == to
}

// subject is the subject as it is written behind another word.
func (c englishClause) subject() string {
	said := c.s.piece(c.from, c.verb)
	if first := c.s.words[c.from]; first.Exact == "the" || first.Exact == "a" || first.Exact == "an" {
		return lowerFirst(said)
	}
	return said
}

// inverted returns the auxiliary, the subject and the verb of a question.
func (c englishClause) inverted() string {
	if c.auxiliary {
		return c.s.words[c.verb].Exact + " " + c.subject() + " " + c.s.words[c.rest].Exact
	}
	return "did " + c.subject() + " " + bases[c.s.words[c.verb].Exact]
}

// behind is where what follows the verb begins.
func (c englishClause) behind() int {
	if c.auxiliary {
		return c.rest + 1
	}
	return c.rest
}

// named reports whether the subject has a name; a bare noun points at another sentence.
func (c englishClause) named() bool {
	for i := c.from; i < c.verb; i++ {
		if c.s.words[i].Capital && (i > 0 || len(c.s.words[0].Exact) > 3 && c.verb == 1) {
			return true
		}
	}
	return false
}

// when asks for the time before the clause, or at its end.
func (c englishClause) when() string {
	s := c.s
	if !c.named() || s.words[c.verb].Exact == "will" || s.counted(c.from) {
		return ""
	}
	for i := c.behind(); i < c.to; i++ {
		if s.timeAlone(i, c.to) {
			return assemble("when", c.inverted(), s.piece(c.behind(), i))
		}
	}
	if c.dated {
		return assemble("when", c.inverted(), s.piece(c.behind(), c.to))
	}
	return ""
}

// howMany asks for a number of things: the subject's, else the object's behind the verb.
func (c englishClause) howMany() string {
	s := c.s
	for _, n := range s.numbers {
		if n.Year || n.Ordinal || n.Vague || n.Percent || !n.Digits && n.Value < 3 || n.To >= c.to || english["uncounted"].at(s.words, n.To, c.to) > 0 ||
			s.words[n.To].Capital && (n.To+1 >= c.to || s.words[n.To+1].Capital) || s.words[n.To].Number || !s.parts(n.To) || !strings.HasSuffix(s.words[n.To].Exact, "s") && n.To+1 >= c.to {
			continue
		}
		if strings.ContainsAny(s.between(n.From), "$£€") {
			continue
		}
		switch from := n.From - s.aboutBefore(n.From); {
		case from == c.from && n.To < c.verb:
			return assemble("how many", s.piece(n.To, c.to))
		case from == c.behind() && c.named():
			end := n.To + 1
			for end < c.to && english["when"].at(s.words, end, c.to) == 0 && !englishPlaces[s.words[end].Exact] {
				end++
			}
			return assemble("how many", s.piece(n.To, end), c.inverted(), s.piece(end, c.to))
		}
	}
	return ""
}

var (
	englishAbout  = wordSet("about around over nearly almost roughly approximately some")
	englishPlaces = wordSet("to from at for into across near through by of")
)

// aboutBefore is how many words before a number only say that it is not exact.
func (s *sentence) aboutBefore(i int) int {
	switch {
	case i > 0 && englishAbout[s.words[i-1].Exact]:
		return 1
	case i > 1 && (s.words[i-1].Exact == "than" || s.words[i-1].Exact == "least"):
		return 2
	}
	return 0
}

// who asks for a subject that a title shows to be a person.
func (c englishClause) who() string {
	s := c.s
	titled := false
	for i := c.from; i < c.verb; i++ {
		titled = titled || english["title"].at(s.words, i, c.verb) > 0 && c.verb-i > 2
		if english["refused"].at(s.words, i, c.verb) > 0 || s.words[i].Exact == "and" || s.words[i].Exact == "of" {
			return ""
		}
	}
	if !titled || !s.capital(c.verb-1) || s.words[c.verb].Exact == "were" || s.words[c.verb].Exact == "are" || s.words[c.verb].Exact == "have" {
		return ""
	}
	return assemble("who", s.piece(c.verb, c.to))
}

// naturalEnglish is natural for English.
func naturalEnglish(question string) bool {
	q := read(strings.TrimSuffix(question, "?"))
	names := false
	for i, word := range q.words {
		names = names || i > 1 && word.Capital
		if !latin(question[word.Start:word.End]) || i > 0 && word.Exact == q.words[i-1].Exact {
			return false
		}
	}
	return names && !q.broken && len(q.words) >= leastWords && len(q.words) <= mostEnglish && !strings.ContainsAny(question, `“”"«»()[]…;:—,`) &&
		!english["refused"].within(q.words, 1, len(q.words)) && text.LanguageOf(question, text.English) == text.English
}

// mostEnglish is how many words an English question has at most.
const mostEnglish = 18

// examineEnglish returns a question that only examines whether a sentence is found.
func (s *sentence) examineEnglish() string {
	to := min(len(s.words), mostPlain)
	for to < len(s.words) && !s.parts(to) {
		to++
	}
	return assemble("is it true that", unquoted(s.piece(0, to)))
}

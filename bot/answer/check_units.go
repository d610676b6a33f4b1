package answer

import (
	"reportbot/retrieval"
	"reportbot/store/text"
)

// unit is a part of a claim that says one thing: a name, a compound or a word.
// Numbers, dates and words that only join others are no units.
type unit struct {
	from, to int
	keys     []any // by which it is looked up in a sentence
	name     bool
	deed     bool // what somebody does to somebody
}

// units returns the units of a claim, in order.
func (s *statement) units() []unit {
	elsewhere := make([]bool, len(s.words))
	for _, date := range s.dates {
		for i := date.From; i < date.To; i++ {
			elsewhere[i] = true
		}
	}
	for _, q := range s.numbers {
		for i := q.from; i < q.to; i++ {
			elsewhere[i] = true
		}
	}
	for _, quoted := range quotation.FindAllStringIndex(s.text, -1) { // a rule of its own
		for i, word := range s.words {
			elsewhere[i] = elsewhere[i] || word.Start >= quoted[0] && word.End <= quoted[1]
		}
	}
	marked := s.marked()
	lexicon := commonWords()
	concept := map[int]retrieval.Found{}
	for _, f := range s.found {
		concept[f.From] = f
	}
	var units []unit
	for i := 0; i < len(s.words); {
		if elsewhere[i] || s.framing[i] || s.words[i].Number {
			i++
			continue
		}
		u := unit{from: i, to: i + 1}
		var meanings []meaning
		switch s.language {
		case text.Vietnamese:
			meanings = lexicon.inVietnamese(s.words, i, marked)
		case text.English:
			meanings = lexicon.inEnglish(s.words, i)
		}
		for _, m := range meanings {
			u.to = max(u.to, m.to)
		}
		f, known := concept[i]
		if known && f.To >= u.to || known && f.Concept.Name {
			u.to = f.To
		}
		empty := u.to == i+1 && s.empty(i)
		if known && f.To == u.to {
			u.keys = append(u.keys, f.Concept)
			u.name = f.Concept.Name
			empty = empty && !u.name
		}
		for _, m := range meanings {
			if m.to == u.to {
				u.keys = append(u.keys, m.row)
				u.deed = u.deed || lexicon.deeds[m.row]
			}
		}
		if empty || !u.name && light[joined(s.words[u.from:u.to])] {
			i = u.to
			continue
		}
		u.keys = append(u.keys, joined(s.words[u.from:u.to]))
		if !marked && u.to == i+1 {
			u.keys = append(u.keys, foldedKey(s.words[i].Folded))
		}
		u.name = u.name || u.to == i+1 && s.isName(i)
		units = append(units, u)
		i = u.to
	}
	return units
}

// empty reports whether word i only joins others, points or asks.
func (s *statement) empty(i int) bool {
	word := s.words[i]
	if s.language == text.English {
		return joiningEnglish[word.Exact]
	}
	return retrieval.StopWord(word.Exact) || joiningVietnamese[word.Exact]
}

package answer

import "slices"

// A claim that cites several sentences must be borne out by one of them, or be
// put together of parts that each are: every sentence may be true, and what is
// made of them not.

// faultOver is the fault of a claim, or of a part of one, over that of the cited
// sentences that bears it out best; no detail if one of them bears it out.
func (c *checker) faultOver(part *statement, cited []int) (rule Rule, detail string) {
	most := -1.0
	for _, i := range cited {
		r := c.reading(i)
		why, fault := fault(part, r)
		if fault == "" {
			return "", ""
		}
		if share, _ := coverage(part, r); share > most {
			most, rule, detail = share, why, fault
		}
	}
	return rule, detail
}

// parted reports whether a statement can be cut into at most n parts that each
// say something and are each borne out by one sentence.
func (c *checker) parted(s *statement, cited []int, n int) bool {
	if n < 2 {
		return false
	}
	for _, cut := range s.cuts() {
		first, second := c.part(s, s.text[:s.words[cut.at].Start]), c.part(s, s.text[s.words[cut.at].Start:])
		if !first.tells() || !second.tells() || cut.inside && (!first.begins() || len(second.numbers)+len(second.dates) > 0) {
			continue
		}
		if _, detail := c.faultOver(first, cited); detail != "" {
			continue
		}
		if _, detail := c.faultOver(second, cited); detail == "" || c.parted(second, cited, n-1) {
			return true
		}
	}
	return false
}

// part reads a part of a claim.
func (c *checker) part(of *statement, s string) *statement {
	part := c.read(s)
	part.language = of.language
	part.hedged = of.hedged
	return part
}

// cut is a word before which a claim may be two; inside means that what follows
// is said of the thing that the part before names: "the agreement that they
// signed in June | contains a clause".
type cut struct {
	at     int
	inside bool
}

func (s *statement) cuts() []cut {
	const most = 24 // a claim of more clauses is a list of sentences
	var cuts []cut
	for i := 2; i+1 < len(s.words) && len(cuts) < most; i++ {
		switch {
		case s.clause[i] != s.clause[i-1]:
			cuts = append(cuts, cut{i, false})
		case joint[s.words[i].Exact]:
			cuts = append(cuts, cut{i, true})
		}
	}
	return cuts
}

// joint words begin what is said of a thing that was named with what else is
// said of it.
var joint = wordSet(`có là đã sẽ được bị cũng nhằm không has have had contains contain contained includes was is were will also`)

// tells reports whether a part of a claim says something: it has two things, or
// one and a name; how many or how much of a name is a thing.
func (s *statement) tells() bool {
	things := 0
	for _, u := range s.said {
		if !u.name {
			things++
		}
	}
	if things == 0 && len(s.names) > 0 && slices.ContainsFunc(s.numbers, func(q quantity) bool { return !q.year() }) {
		return true
	}
	return things >= 2 || things == 1 && (len(s.names)+len(s.dates) > 0 || quotation.MatchString(s.text))
}

// begins reports whether a part of a claim begins with a thing that is no name.
func (s *statement) begins() bool {
	return len(s.said) > 0 && !s.said[0].name && s.said[0].from < 2
}

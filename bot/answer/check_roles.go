package answer

import (
	"slices"
	"strings"

	"reportbot/store/text"
)

// deed is who does a thing to whom, as indexes into the names of a text; -1
// where it doesn't say.
type deed struct{ by, to int }

// nominals make a noun of the verb behind them; beings make it passive.
var (
	nominals = wordSet(`sự việc lời cuộc các những theo chuyến của về với bằng từ nhờ`)
	beings   = wordSet(`been was were is are be being`)
)

// before returns the word before the doer; -1 for none.
func (d deed) before(names []actor) int {
	if d.by < 0 {
		return -1
	}
	return names[d.by].from - 1
}

// passives stand before a Vietnamese verb whose doer comes between or later.
var passives = map[string]bool{"được": true, "bị": true}

// deedAt reads the names around the word at: before it in its clause the doer,
// behind it whom it is done to; the other way round where it is passive.
func deedAt(words []text.Word, clause []int, names []actor, at int, language text.Language) deed {
	d := deed{-1, -1}
	for i, name := range names {
		if name.to <= at && at-name.to < 12 && clause[name.from] == clause[at] && !(name.from > 0 && atPlace[words[name.from-1].Exact]) {
			d.by = i
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		if name := names[i]; name.from > at && name.from-at < 10 && clause[name.from] == clause[at] {
			d.to = i
		}
	}
	if language == text.Vietnamese {
		nominal := at > 0 && nominals[words[at-1].Exact]
		if i := d.to; nominal && i >= 0 && slices.ContainsFunc(words[at:names[i].from], func(w text.Word) bool { return w.Exact == "của" }) {
			return deed{-1, -1} // "the support of X"
		}
		// "X được giúp", "X được Y giúp": what stands between the passive and the
		// verb does it. "Học được" is no passive.
		for _, i := range []int{at - 1, d.before(names)} {
			if i >= 0 && passives[words[i].Exact] && clause[i] == clause[at] {
				d.to = -1
				for j, name := range names {
					if name.to <= i && clause[name.from] == clause[at] {
						d.to = j
					}
				}
				if i == at-1 {
					d.by = -1
				}
				break
			}
		}
		return d
	}
	passive := at > 0 && (beings[words[at-1].Exact] || at > 1 && beings[words[at-2].Exact] && strings.HasSuffix(words[at-1].Exact, "ly"))
	if passive {
		d = deed{-1, d.by}
	}
	for i := at + 1; i < min(len(words), at+4) && !passive; i++ {
		if words[i].Exact == "by" {
			return deed{d.to, d.by}
		}
	}
	return d
}

// roleFault refuses a statement in which two names have changed places: who did
// it in the sentence, it was done to.
func roleFault(s *statement, r *reading) string {
	for _, u := range s.said {
		if !u.deed {
			continue
		}
		claimed := deedAt(s.words, s.clause, s.names, u.from, s.language)
		if claimed.by < 0 || claimed.to < 0 {
			continue
		}
		by, to := s.names[claimed.by], s.names[claimed.to]
		if by.same(to) {
			continue
		}
		borne, swapped := false, false
		for _, at := range r.spots(u) {
			have := deedAt(r.words, r.clause, r.names, at, text.Vietnamese)
			switch {
			case have.by >= 0 && r.names[have.by].same(by), have.to >= 0 && r.names[have.to].same(to):
				borne = true
			case have.to >= 0 && r.names[have.to].same(by) && slices.ContainsFunc(r.names[:have.to], to.same):
				swapped = true
			}
		}
		if swapped && !borne {
			return "the cited sentence has it the other way round between " + s.shown(by.from, by.to) + " and " + s.shown(to.from, to.to)
		}
	}
	return ""
}

// subjects returns the names that may do what happens at word at: the one right
// before it, with only small words between, and, where that ends what is put in
// about another ("X, the minister of Y, said"), that other.
func subjects(s string, words []text.Word, names []actor, at int, empty func(int) bool) []actor {
	n := -1
	for i, name := range names {
		if name.to <= at {
			n = i
		}
	}
	if n < 0 || at-names[n].to > 4 {
		return nil
	}
	for i := names[n].to; i < at; i++ {
		if !empty(i) || parting[words[i].Exact] {
			return nil
		}
	}
	if i := names[n].from; i > 0 && (atPlace[words[i-1].Exact] || i > 1 && atPlace[words[i-2].Exact] && words[i-1].Exact != "đã") {
		return nil
	}
	all := []actor{names[n]}
	closed := strings.ContainsAny(s[words[names[n].to-1].End:words[at].Start], ",)")
	for i := n - 1; i >= 0; i-- {
		between := strings.Trim(s[words[names[i].to-1].End:words[names[i+1].from].Start], " ")
		if !closed && !slices.Contains(joining, between) {
			break
		}
		all = append(all, names[i])
		closed = false
	}
	return all
}

// joining is what stands between two names that do something together, or of
// which one belongs to the other.
var joining = []string{"", "và", "and", "của", "'s", "’s", "lẫn", "-", "–"}

// doerFault refuses a statement in which somebody does what, in the sentence,
// only somebody else does.
func doerFault(s *statement, r *reading) string {
	if s.foreign() {
		return ""
	}
	for _, u := range s.said {
		if !u.deed || s.negated[u.from] == denied || s.language == text.English && u.from > 0 && beings[s.words[u.from-1].Exact] {
			continue
		}
		claimed := subjects(s.text, s.words, s.names, u.from, s.empty)
		places := r.spots(u)
		if len(claimed) == 0 || len(places) == 0 {
			continue
		}
		// What is done to somebody here may be said there by who does it.
		passive := s.language == text.Vietnamese && u.from > 0 && passives[s.words[u.from-1].Exact]
		borne := slices.ContainsFunc(places, func(at int) bool {
			if passive && !passives[r.words[max(0, at-1)].Exact] {
				return true
			}
			have := subjects(r.text, r.words, r.names, at, r.empty)
			return len(have) == 0 || slices.ContainsFunc(have, func(a actor) bool { return slices.ContainsFunc(claimed, a.same) })
		})
		if !borne {
			return "in the cited sentence somebody else does what the claim says of " + s.shown(claimed[0].from, claimed[0].to)
		}
	}
	return ""
}

// swapFault refuses a statement in which two things have changed their names:
// "left the Russian satellite for the Chinese" for the other way round. It tells
// only in the report's language, since others put names elsewhere.
func swapFault(s *statement, r *reading) string {
	if s.language != text.Vietnamese || len(s.names) < 2 {
		return ""
	}
	for _, side := range []func([]int, []actor, int) int{nameBefore, nameBehind} {
		type moved struct{ from, to actor }
		var all []moved
		for _, u := range s.said {
			spots := r.spots(u)
			if u.name || len(spots) != 1 {
				continue
			}
			here, there := side(s.clause, s.names, u.from), side(r.clause, r.names, spots[0])
			if here < 0 || there < 0 {
				continue
			}
			claimed, have := s.names[here], r.names[there]
			if claimed.same(have) {
				continue
			}
			for _, m := range all {
				if m.from.same(have) && m.to.same(claimed) {
					return "the cited sentence has " + s.shown(claimed.from, claimed.to) + " and " + s.shown(m.from.from, m.from.to) + " the other way round"
				}
			}
			all = append(all, moved{claimed, have})
		}
	}
	return ""
}

// nameBefore and nameBehind return the name nearest to word at on one side, in
// its clause and within a few words; -1 for none.
func nameBefore(clause []int, names []actor, at int) int {
	for i := len(names) - 1; i >= 0; i-- {
		if name := names[i]; name.to <= at {
			if at-name.to <= 5 && clause[name.from] == clause[at] {
				return i
			}
			return -1
		}
	}
	return -1
}

func nameBehind(clause []int, names []actor, at int) int {
	for i, name := range names {
		if name.from > at {
			if name.from-at <= 5 && clause[name.from] == clause[at] {
				return i
			}
			return -1
		}
	}
	return -1
}

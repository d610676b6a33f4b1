package claim

import (
	"math"
	"slices"

	"reportbot/store/text"
)

// unit is words [from, to) with a key to compare them by: the word itself, a row of equal
// words, or a concept.
type unit struct {
	from, to int
	key      any
}

// foldedWord is the key of a Vietnamese word typed without its marks.
type foldedWord string

// lemma is the key of the base form of an English word.
type lemma string

// readUnits returns all units of a sentence by their first word.
func (s *sentence) readUnits() [][]unit {
	all := make([][]unit, len(s.Words))
	add := func(from, to int, key any) { all[from] = append(all[from], unit{from, to, key}) }
	for i, word := range s.Words {
		if s.inFact[i] {
			continue
		}
		add(i, i+1, word.Exact)
		switch {
		case s.Language == text.Vietnamese && (!s.marked || word.Capital):
			add(i, i+1, foldedWord(word.Folded))
		case s.Language == text.English:
			for _, base := range lemmas(word.Exact) {
				add(i, i+1, lemma(base))
			}
		}
	}
	for _, m := range s.meanings {
		add(m.from, m.to, m.row)
	}
	for _, f := range s.mentioned {
		add(f.From, f.To, f.Concept)
	}
	return all
}

// sourceText is the cited sentences as one text, for aligning a claim with it. A place
// is the index of a word in that text.
type sourceText struct {
	sentences []*sentence
	first     []int // of each sentence, the place of its first word
	clause    []int // by place
	byKey     map[any][]unit
	of        []int // by place: its sentence
	year      []int // by sentence: that its dates inherit
}

// joinSources makes one text of sentences.
func joinSources(sentences []*sentence, years []int) *sourceText {
	t := &sourceText{sentences: sentences, byKey: map[any][]unit{}, year: years}
	clauses := 0
	for n, s := range sentences {
		base := len(t.clause)
		t.first = append(t.first, base)
		for _, units := range s.units {
			for _, u := range units {
				t.byKey[u.key] = append(t.byKey[u.key], unit{base + u.from, base + u.to, u.key})
			}
		}
		for _, c := range s.Clause {
			t.clause = append(t.clause, clauses+c)
			t.of = append(t.of, n)
		}
		if len(s.Clause) > 0 {
			clauses += s.Clause[len(s.Clause)-1] + 1
		}
	}
	return t
}

// alignment is by place whether it has a word of the claim.
type alignment []bool

// uses reports whether the claim has a word of places [from, to).
func (a alignment) uses(from, to int) bool { return slices.Contains(a[from:to], true) }

// align returns the alignment of a claim with the fewest gaps, or nil and the first
// word that has no place but needs one.
func align(claim *sentence, source *sourceText) (alignment, int) {
	n, m := len(claim.Words), len(source.clause)
	facts := factUnits(claim, source)
	// cost[i][j] is the cost of having placed the claim's first i words in the
	// source's first j places; step says how.
	type step struct {
		i, j int // where it came from
		used bool
		from int // place where the unit begins, if used
	}
	const never = math.MaxInt32
	cost := make([][]int32, n+1)
	steps := make([][]step, n+1)
	for i := range cost {
		cost[i], steps[i] = make([]int32, m+1), make([]step, m+1)
		for j := range cost[i] {
			cost[i][j] = never
		}
	}
	cost[0][0] = 0
	better := func(i, j int, c int32, s step) {
		if c < cost[i][j] {
			cost[i][j], steps[i][j] = c, s
		}
	}
	furthest := 0
	for i := 0; i < n; i++ {
		for j := 0; j <= m; j++ {
			here := cost[i][j]
			if here == never {
				continue
			}
			furthest = max(furthest, i)
			if to := claim.skip(i); to > i {
				better(to, j, here, step{i: i, j: j})
			}
			place := func(u unit, to int) {
				if u.from < j {
					return
				}
				gap := int32(0)
				if j > 0 && u.from > j {
					gap = 1 + int32(min(u.from-j, 20))/4
					if source.clause[u.from] != source.clause[j-1] {
						gap += 3
					}
				}
				better(to, u.to, here+gap, step{i, j, true, u.from})
			}
			for _, u := range claim.units[i] {
				for _, have := range source.byKey[u.key] {
					place(have, u.to)
				}
			}
			for _, f := range facts[i] {
				place(f.at, f.to)
			}
		}
	}
	best := -1
	for j := 0; j <= m; j++ {
		if cost[n][j] != never && (best < 0 || cost[n][j] < cost[n][best]) {
			best = j
		}
	}
	if best < 0 {
		return nil, min(furthest, n-1)
	}
	a := make(alignment, m)
	for i, j := n, best; i > 0; {
		s := steps[i][j]
		if s.used {
			mark(a, s.from, j)
		}
		i, j = s.i, s.j
	}
	return a, -1
}

// factPlace is where the source has a number or date of the claim.
type factPlace struct {
	at       unit
	said, to int // the claim's words
}

// factUnits returns where the source has the claim's numbers and dates, by their first
// word in the claim.
func factUnits(claim *sentence, source *sourceText) map[int][]factPlace {
	places := map[int][]factPlace{}
	add := func(from, to, at, end int) {
		places[from] = append(places[from], factPlace{unit{from: at, to: end}, from, to})
	}
	for n, s := range source.sentences {
		base := source.first[n]
		dated := s.dated(source.year[n])
		for _, d := range claim.Dates {
			for _, have := range dated {
				if sameDate(d, have) {
					add(d.From, d.To, base+have.From, base+have.To)
				}
			}
		}
		for _, q := range claim.Numbers {
			for _, have := range dated {
				if q.Year && have.Year == int(q.Value) {
					add(q.From, q.To, base+have.From, base+have.To)
				}
			}
			for _, have := range s.Numbers {
				if q.Same(have) && q.Ordinal == have.Ordinal {
					add(q.From, q.To, base+have.From, base+have.To)
				}
			}
		}
	}
	return places
}

// skip returns the end of the word or phrase at word i that needs no place in the
// source; i if there is none.
func (s *sentence) skip(i int) int {
	to := i
	for _, m := range s.classes {
		if m.from == i && (m.class == free || m.class == frame || m.class == lead && i == 0) {
			to = max(to, m.to)
		}
	}
	if s.inFact[i] {
		return i
	}
	if next := max(to, i+1); next < len(s.Words) {
		switch {
		case slices.ContainsFunc(s.Dates, func(d text.Date) bool { return d.From == next }) && s.is(i, sameWords, free):
			return next // "vào tháng 10", "in October"
		case s.Words[next].Capital && s.is(i, title) && s.is(i, lead):
			return next // "ông Putin"
		}
	}
	return to
}

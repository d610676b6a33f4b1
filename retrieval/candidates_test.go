package retrieval

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"reportbot/store"
)

func TestTheHeaviestPassagesAreThoseOfAllTheirTerms(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		terms := make([]store.Term, random.IntN(6))
		postings := map[store.Term][]int64{}
		weights := map[store.Term]float64{}
		of := map[int64]float64{} // weight by passage
		for i := range terms {
			terms[i] = store.Term{Column: store.Exact, Token: string(rune('a' + i))}
			weights[terms[i]] = float64(1 + i)
			for id := int64(1); id <= 40; id++ {
				if random.IntN(4) == 0 {
					postings[terms[i]] = append(postings[terms[i]], id)
					of[id] += weights[terms[i]]
				}
			}
		}
		held := sum(postings, weights)
		var want []int64
		for id := range of {
			want = append(want, id)
		}
		slices.SortFunc(want, func(a, b int64) int {
			return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b))
		})
		for _, n := range []int{1, 7, 100} {
			if got := topN(held, n); !slices.Equal(got, want[:min(n, len(want))]) {
				t.Fatalf("the %d heaviest of %v are %v, want %v", n, held, got, want)
			}
		}
	}
}

func TestTheRarestTermsAreSelectedWithinTheBudget(t *testing.T) {
	asked := query{units: []unit{{exact: "a"}, {exact: "b"}, {exact: "c"}, {exact: "d"}}}
	for _, test := range []struct {
		name        string
		frequencies map[string]int
		want        []string
	}{
		{"none is there", map[string]int{}, nil},
		{"all, rarest first", map[string]int{"a": 3, "b": 1, "c": 2}, []string{"b", "c", "a"}},
		{"the common one is left out", map[string]int{"a": 1, "b": maxMatches, "c": 2, "d": 3}, []string{"a", "c", "d"}},
		{"a few, however common", map[string]int{"a": maxMatches, "b": maxMatches + 1, "c": maxMatches + 2, "d": maxMatches + 3}, []string{"a", "b", "c"}},
	} {
		frequencies := map[store.Term]int{}
		for token, count := range test.frequencies {
			frequencies[exactTerm(token)] = count
		}
		var want []store.Term
		for _, token := range test.want {
			want = append(want, exactTerm(token))
		}
		got := asked.selectTerms(frequencies, maxMatches)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", test.name, got, want)
		}
	}
}

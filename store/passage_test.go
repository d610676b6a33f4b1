package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
)

// harmful are tokens that would be an error, an operator or a filter if they
// stood in MATCH as they are.
var harmful = []string{
	"", " ", `"`, `""`, `"""`, `'`, `''`, `a"b`, `a" OR "b`, `" OR x:"`, "\x00", "a\x00b", "\x00\x00\x00",
	"*", "a*", "^a", "-", "-a", "+", "a + b", "(", ")", "()", "((((", "{x f}: a", ":", "title:x", "x:a", "rank", "rowid",
	"AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "a AND", "OR a", "?", "?1", "@a", "$a", ";", "'; DROP TABLE passage; --",
	"--", "/* a", `\`, `\"`, "%", "_", "%_%", "🇻🇳", "👩‍👩‍👧", "🙂", "\u200b", "\u0301", "\u00a0", "\ufeff", "\ufffd",
	"\xff", "\xc3\x28", "\xed\xa0\x80", "a\xffb", "cầu", "cầu", "CẦU", "北朝鮮", "ㅎ", "مرحبا",
	strings.Repeat("a", 100_000), strings.Repeat("🙂", 10_000), strings.Repeat(`"`, 10_001), strings.Repeat("cầu ", 20_000),
	strings.Repeat("(", 10_000), strings.Repeat("\x00", 10_000),
}

func TestNoTokenBreaksASearch(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	for _, token := range harmful {
		for _, column := range []Column{Exact, Folded, Pairs} {
			mustSearch(t, s, Term{column, token})
		}
	}
	var all []Term
	for _, token := range harmful {
		all = append(all, Term{Exact, token}, Term{Folded, token}, Term{Pairs, token})
	}
	match(t, s, 1, 50, all...)
	all = append(all, Term{Exact, mark(1)})
	if found := match(t, s, 1, 50, all...); len(found) != 12 {
		t.Errorf("among harmful tokens a good one finds %d passages, want 12", len(found))
	}
	if tables := one[int](t, s, `SELECT count(*) FROM passage`); tables != 12 {
		t.Errorf("the store has %d passages left", tables)
	}
}

func FuzzNoTokenBreaksASearch(f *testing.F) {
	for _, token := range harmful {
		if len(token) < 1000 {
			f.Add(token)
		}
	}
	s := openAt(f, Memory)
	load(f, s, numbered(f, 1))
	f.Fuzz(func(t *testing.T, token string) {
		for _, column := range []Column{Exact, Folded, Pairs} {
			mustSearch(t, s, Term{column, token})
		}
	})
}

// mustSearch looks for a term. A token that the index has is in as many
// passages as Match returns.
func mustSearch(t *testing.T, s *Store, term Term) {
	t.Helper()
	found, err := s.Match(context.Background(), 1, []Term{term}, 1000)
	if err != nil {
		t.Errorf("Match %.60q in %s: %v", term.Token, term.Column, err)
	}
	counts, err := s.Frequencies(context.Background(), 1, []Term{term})
	if err != nil {
		t.Errorf("Frequencies %.60q in %s: %v", term.Token, term.Column, err)
	}
	if count := counts[term]; count > 0 && count != len(found) {
		t.Errorf("%.60q in %s is in %d passages but finds %d", term.Token, term.Column, count, len(found))
	}
}

func TestManyTermsAreNoError(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	terms := []Term{{Exact, mark(1)}}
	for n := range 5000 {
		terms = append(terms, Term{Folded, mark(n)})
	}
	if found := match(t, s, 1, 50, terms...); len(found) != 12 {
		t.Errorf("%d terms find %d passages, want 12", len(terms), len(found))
	}
	if counts, err := s.Frequencies(context.Background(), 1, terms); err != nil || len(counts) != 2 {
		t.Errorf("of %d terms %v are in the report (%v), want two", len(terms), counts, err)
	}
}

// rivers is a report of four passages. The third holds "cầu" most often for
// its length.
const rivers = `Sông Đà chảy qua ba tỉnh miền núi phía bắc. [1]
Con sông nhỏ ở phía nam không có cầu, và cũng không có con đò nào.
Cầu qua sông Đà đã xong, cầu ấy là cầu dài nhất.
Ở đồng bằng chỉ có ruộng lúa.
[1] https://example.org/da
`

func TestWhatHoldsAnyOfTheTermsIsFoundBestFirst(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, source(t, "/reports/rivers.txt", rivers))
	for _, test := range []struct {
		name  string
		terms []Term
		limit int
		want  []int // paragraphs; the first is the best, the others in any order
	}{
		{"no term", nil, 10, nil},
		{"a word that isn't there", []Term{{Exact, "biển"}}, 10, nil},
		{"a word as written", []Term{{Exact, "cầu"}}, 10, []int{3, 2}},
		{"a word without its marks is none as written", []Term{{Exact, "cau"}}, 10, nil},
		{"a word without its marks", []Term{{Folded, "cau"}}, 10, []int{3, 2}},
		{"neighbours", []Term{{Pairs, "song_da"}}, 10, []int{1, 3}},
		{"neighbours the other way round", []Term{{Pairs, "da_song"}}, 10, nil},
		{"several words", []Term{{Exact, "cầu"}, {Exact, "ruộng"}}, 10, []int{4, 3, 2}},
		{"only the best", []Term{{Exact, "cầu"}}, 1, []int{3}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []int
			for _, p := range match(t, s, 1, test.limit, test.terms...) {
				got = append(got, p.Paragraph)
			}
			// The order of more than two is a matter of the ranking's constants.
			sorted, want := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(test.want))
			if !slices.Equal(sorted, want) || len(want) > 0 && len(want) < 3 && got[0] != test.want[0] {
				t.Errorf("found paragraphs %v, want %v", got, test.want)
			}
		})
	}
}

func TestFrequenciesCountPassagesByColumn(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, source(t, "/reports/rivers.txt", rivers))
	got, err := s.Frequencies(context.Background(), 1, []Term{
		{Exact, "cầu"}, {Exact, "cau"}, {Folded, "cau"}, {Folded, "cầu"}, {Pairs, "song_da"},
		{Exact, "sông"}, {Exact, "biển"}, {Exact, ""}, {Exact, "cầu"},
	})
	want := map[Term]int{{Exact, "cầu"}: 2, {Folded, "cau"}: 2, {Pairs, "song_da"}: 2, {Exact, "sông"}: 3}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v (%v)\nwant %v; a term that nothing has is left out", got, err, want)
	}
	if got, err := s.Frequencies(context.Background(), 1, nil); err != nil || len(got) != 0 {
		t.Errorf("of no terms: %v (%v)", got, err)
	}
}

func TestAnEditionThatIsNotThereIsAnError(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	if _, err := s.Match(context.Background(), 7, []Term{{Exact, "cầu"}}, 5); err == nil {
		t.Error("Match finds something in an edition that isn't there")
	}
	if _, err := s.Frequencies(context.Background(), 7, []Term{{Exact, "cầu"}}); err == nil {
		t.Error("Frequencies counts in an edition that isn't there")
	}
}

func TestPassagesAreReadByTheirIDs(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	load(t, s, numbered(t, 1))
	load(t, s, numbered(t, 2))
	first := one[int64](t, s, `SELECT min(id) FROM passage`)
	for _, test := range []struct {
		name string
		ids  []int64
		want int
	}{
		{"none", nil, 0},
		{"one that isn't there", []int64{999}, 0},
		{"some that are there and some that aren't", []int64{first + 3, 999, -1, first}, 2},
		{"one twice", []int64{first, first}, 1},
		{"of two editions", []int64{first, first + 12}, 2},
	} {
		got, err := s.Passages(ctx, test.ids)
		if err != nil || len(got) != test.want {
			t.Errorf("%s: %d passages (%v), want %d", test.name, len(got), err, test.want)
		}
		for _, p := range got {
			if !slices.Contains(test.ids, p.ID) || len(p.Sentences) != 2 {
				t.Errorf("%s: got %+v", test.name, p)
			}
		}
	}
}

func TestASearchThatIsCancelledSaysSo(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Match(ctx, 1, []Term{{Exact, mark(1)}}, 5); err == nil || !strings.Contains(err.Error(), "cancel") {
		t.Errorf("got %v", err)
	}
	if found := match(t, s, 1, 50, Term{Exact, mark(1)}); len(found) != 12 {
		t.Errorf("the next search finds %d passages", len(found))
	}
}

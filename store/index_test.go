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
	all = append(all, Term{Exact, mark(1)})
	if found := holding(t, s, 1, all...); len(found) != 12 {
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

// mustSearch looks for a term, which is found in as many passages as it is
// counted in.
func mustSearch(t *testing.T, s *Store, term Term) {
	t.Helper()
	found, err := s.Postings(context.Background(), 1, []Term{term})
	if err != nil {
		t.Fatalf("Postings %.60q in %s: %v", term.Token, term.Column, err)
	}
	counts, err := s.Frequencies(context.Background(), 1, []Term{term})
	if err != nil {
		t.Errorf("Frequencies %.60q in %s: %v", term.Token, term.Column, err)
	}
	if counts[term] != len(found[0]) {
		t.Errorf("%.60q in %s is counted in %d passages but found in %d", term.Token, term.Column, counts[term], len(found[0]))
	}
}

func TestManyTermsAreNoError(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	terms := []Term{{Exact, mark(1)}}
	for n := range 5000 {
		terms = append(terms, Term{Folded, mark(n)})
	}
	if found := holding(t, s, 1, terms...); len(found) != 12 {
		t.Errorf("%d terms find %d passages, want 12", len(terms), len(found))
	}
	if counts, err := s.Frequencies(context.Background(), 1, terms); err != nil || len(counts) != 2 {
		t.Errorf("of %d terms %v are in the report (%v), want two", len(terms), counts, err)
	}
}

// rivers is a report of four passages.
const rivers = `Sông Đà chảy qua ba tỉnh miền núi phía bắc. [1]
Con sông nhỏ ở phía nam không có cầu, và cũng không có con đò nào.
Cầu qua sông Đà đã xong, cầu ấy là cầu dài nhất.
Ở đồng bằng chỉ có ruộng lúa.
[1] https://example.org/da
`

func TestPostingsAreThePassagesThatHoldATerm(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, source(t, "/reports/rivers.txt", rivers))
	for _, test := range []struct {
		name string
		term Term
		want []int64
	}{
		{"a word that isn't there", Term{Exact, "biển"}, nil},
		{"a word as written", Term{Exact, "cầu"}, []int64{2, 3}},
		{"a word without its marks is none as written", Term{Exact, "cau"}, nil},
		{"a word without its marks", Term{Folded, "cau"}, []int64{2, 3}},
		{"a word as written has its marks", Term{Folded, "cầu"}, nil},
		{"a word's beginning is no word", Term{Exact, "ruộn"}, nil},
		{"two words are none", Term{Exact, "sông đà"}, nil},
		{"neighbours", Term{Pairs, "song_da"}, []int64{1, 3}},
		{"neighbours the other way round", Term{Pairs, "da_song"}, nil},
		{"a repeated word", Term{Exact, "cầu"}.Repeated(), []int64{3}},
		{"a repeated word without its marks", Term{Folded, "co"}.Repeated(), []int64{2}},
		{"a word that nothing repeats", Term{Exact, "sông"}.Repeated(), nil},
	} {
		got, err := s.Postings(context.Background(), 1, []Term{{Exact, "ruộng"}, test.term})
		if err != nil || len(got) != 2 || !slices.Equal(got[0], []int64{4}) || !slices.Equal(got[1], test.want) {
			t.Errorf("%s: %v (%v), want %v", test.name, got, err, test.want)
		}
	}
	if got, err := s.Postings(context.Background(), 1, nil); err != nil || len(got) != 0 {
		t.Errorf("of no terms: %v (%v)", got, err)
	}
}

func TestFrequenciesCountPassagesByColumn(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, source(t, "/reports/rivers.txt", rivers))
	got, err := s.Frequencies(context.Background(), 1, []Term{
		{Exact, "cầu"}, {Exact, "cau"}, {Folded, "cau"}, {Folded, "cầu"}, {Pairs, "song_da"},
		{Exact, "sông"}, {Exact, "biển"}, {Exact, ""}, {Exact, "cầu"}, Term{Exact, "cầu"}.Repeated(),
	})
	want := map[Term]int{Term{Exact, "cầu"}.Repeated(): 1, {Exact, "cầu"}: 2, {Folded, "cau"}: 2, {Pairs, "song_da"}: 2, {Exact, "sông"}: 3}
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
	if _, err := s.Postings(context.Background(), 7, []Term{{Exact, "cầu"}}); err == nil {
		t.Error("Postings finds something in an edition that isn't there")
	}
}

func TestASearchThatIsCancelledSaysSo(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Postings(ctx, 1, []Term{{Exact, mark(1)}}); err == nil || !strings.Contains(err.Error(), "cancel") {
		t.Errorf("got %v", err)
	}
	if found := holding(t, s, 1, Term{Exact, mark(1)}); len(found) != 12 {
		t.Errorf("the next search finds %d passages", len(found))
	}
}

// Each time that FTS5 writes what it has collected is a segment to be merged later.
func TestABatchOfPassagesIsOneSegmentOfTheIndex(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	passages := numbered(t, 1).Report.Passages()
	err := s.update(context.Background(), bulk, func(tx *tx) {
		insertPassages(tx, 1, passages, slices.Repeat([]string{"xa xb"}, len(passages)))
	})
	if segments := one[int](t, s, `SELECT count(DISTINCT segid) FROM passage_fts_1_idx`); segments != 2 || err != nil {
		t.Errorf("%d segments, want one of the load and one of the batch (%v)", segments, err)
	}
}

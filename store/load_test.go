package store

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"reportbot/store/report"
	"reportbot/store/text"
)

func TestTheLastOfThreeReportsIsLiveAndTheOthersStayWhole(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		if _, err := s.Live(ctx); !errors.Is(err, ErrNotFound) {
			t.Fatalf("an empty store has a live edition: %v", err)
		}
		now := time.Unix(1_730_500_000, 0)
		s.now = func() time.Time { return now }
		for n := 1; n <= 3; n++ {
			from := numbered(t, n)
			edition := load(t, s, from)
			want := &Edition{
				ID: int64(n), Title: from.Report.Title, Date: from.Report.Date, Authors: from.Report.Authors,
				Sections: from.Report.Sections, Source: from.Location, SHA256: from.SHA256,
				LoadedAt: now, LoadedBy: Shell, LiveSince: now,
				Paragraphs: 12, Sentences: 24, Passages: 12, Footnotes: 3,
			}
			if !reflect.DeepEqual(edition, want) {
				t.Fatalf("edition %d:\n got %+v\nwant %+v", n, edition, want)
			}
			mustBeLive(t, s, int64(n))
		}
		for n := 1; n <= 3; n++ {
			mustAgree(t, s, int64(n), numbered(t, n))
		}
	})
}

func TestMakingAnOldEditionLiveIsOneRow(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	for n := 1; n <= 3; n++ {
		load(t, s, numbered(t, n))
	}
	for _, id := range []int64{1, 2, 2, 3, 1} {
		if err := s.MakeLive(ctx, id); err != nil {
			t.Fatal(err)
		}
		mustBeLive(t, s, id)
		mustAgree(t, s, id, numbered(t, int(id)))
	}
	if err := s.MakeLive(ctx, 99); !errors.Is(err, ErrNotFound) {
		t.Errorf("an edition that isn't there is made live: %v", err)
	}
	mustBeLive(t, s, 1)
	if rows := one[int](t, s, `SELECT count(*) FROM live`); rows != 1 {
		t.Errorf("%d rows say what is live", rows)
	}
}

// An id that a button or link names must never mean another edition or passage.
func TestNoIDIsUsedTwice(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	load(t, s, numbered(t, 2))
	passage := one[int](t, s, `SELECT max(id) FROM passage`)
	if _, err := s.write.Exec(`DELETE FROM live; DELETE FROM edition`); err != nil {
		t.Fatal(err)
	}
	if left := one[int](t, s, `SELECT (SELECT count(*) FROM passage) + (SELECT count(*) FROM footnote)`); left != 0 {
		t.Errorf("%d rows of deleted editions are left", left)
	}
	if edition := load(t, s, numbered(t, 3)); edition.ID != 3 {
		t.Errorf("the edition after two deleted ones has the id %d", edition.ID)
	}
	if first := one[int](t, s, `SELECT min(id) FROM passage`); first <= passage {
		t.Errorf("a passage has the id %d, which another had", first)
	}
}

func TestAReportOfOneParagraphIsAnEdition(t *testing.T) {
	s := openAt(t, Memory)
	plain := source(t, "/reports/plain.txt", "Chỉ có một câu ở đây.\n")
	edition := load(t, s, plain)
	if edition.Title != "" || edition.Authors == nil || edition.Sections == nil || edition.Footnotes != 0 {
		t.Errorf("got %+v, want no title, and empty lists that are not nil", edition)
	}
	mustAgree(t, s, edition.ID, plain)
}

// mustAgree holds what is stored of an edition to the report that it came
// from: passages, their index, and notes.
func mustAgree(t *testing.T, s *Store, edition int64, from *report.Source) {
	t.Helper()
	ctx := context.Background()
	want := from.Report.Passages()
	ids := passageIDs(t, s, edition)
	if len(ids) != len(want) {
		t.Fatalf("edition %d has %d passages, the report %d", edition, len(ids), len(want))
	}
	postings := map[Term][]int64{} // the passages that hold a term
	for i, p := range want {
		got, err := s.Passages(ctx, ids[i:i+1])
		stored := Passage{ID: ids[i], Paragraph: p.Paragraph.N, Section: p.Paragraph.Section, Entry: p.Paragraph.Entry,
			Year: p.Paragraph.Year, Sentences: p.Sentences}
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], stored) {
			t.Errorf("edition %d, passage %d:\n got %+v (%v)\nwant %+v", edition, i+1, got, err, stored)
		}
		for term, times := range held(Searched(p.Paragraph.Section, p.Paragraph.Entry, p.Text())) {
			postings[term] = append(postings[term], ids[i])
			if times > 1 {
				postings[term.Repeated()] = append(postings[term.Repeated()], ids[i])
			}
		}
	}
	terms := slices.Collect(maps.Keys(postings))
	counts, err := s.Frequencies(ctx, edition, terms)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Postings(ctx, edition, terms)
	if err != nil {
		t.Fatal(err)
	}
	for i, term := range terms {
		if want := postings[term]; !slices.Equal(got[i], want) || counts[term] != len(want) {
			t.Errorf("edition %d: %v is in passages %v, found %v and counted %d times", edition, term, want, got[i], counts[term])
		}
	}
	for _, note := range from.Report.Footnotes {
		if got, err := s.Footnote(ctx, edition, note.N); err != nil || !sameNote(got, note) {
			t.Errorf("edition %d: note %d is\n%+v (%v), in the report\n%+v", edition, note.N, got, err, note)
		}
	}
	if _, err := s.Footnote(ctx, edition, 999); !errors.Is(err, ErrNotFound) {
		t.Errorf("edition %d: note 999: %v", edition, err)
	}
}

// held returns how often a text holds each term.
func held(searched string) map[Term]int {
	times := map[Term]int{}
	words := text.Words(searched)
	for _, word := range words {
		times[Term{Exact, word.Exact}]++
		times[Term{Folded, word.Folded}]++
	}
	for _, joined := range append(text.Pairs(searched, words), text.DateTokens(searched, words)...) {
		times[Term{Pairs, joined}]++
	}
	return times
}

// passageIDs returns the ids of an edition's passages in the report's order.
func passageIDs(t *testing.T, s *Store, edition int64) []int64 {
	t.Helper()
	rows, err := s.read.Query(`SELECT id FROM passage WHERE edition = ? ORDER BY id`, edition)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// sameNote compares notes; an empty list is as good as none.
func sameNote(a, b report.Footnote) bool {
	if len(a.Links) == 0 && len(b.Links) == 0 {
		a.Links, b.Links = nil, nil
	}
	if len(a.Damaged) == 0 && len(b.Damaged) == 0 {
		a.Damaged, b.Damaged = nil, nil
	}
	return reflect.DeepEqual(a, b)
}

// holding returns the passages that hold any of the terms; it must work.
func holding(t testing.TB, s *Store, edition int64, terms ...Term) []Passage {
	t.Helper()
	postings, err := s.Postings(context.Background(), edition, terms)
	if err != nil {
		t.Fatalf("Postings %.1000q: %v", terms, err)
	}
	ids := slices.Compact(slices.Sorted(slices.Values(slices.Concat(postings...))))
	passages, err := s.Passages(context.Background(), ids)
	if err != nil || len(passages) != len(ids) {
		t.Fatalf("Passages %v: %d (%v)", ids, len(passages), err)
	}
	return passages
}

func TestTheEmbeddedReportIsStoredWhole(t *testing.T) {
	embedded, err := report.Open(context.Background(), report.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	s := openAt(t, Memory)
	edition := load(t, s, embedded)
	if edition.Source != report.Embedded || edition.Footnotes == 0 {
		t.Errorf("got %+v", edition)
	}
	mustAgree(t, s, edition.ID, embedded)
}

package store

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// kept returns the content under a key; empty if there is none.
func kept(t *testing.T, s *Store, key SummaryKey) string {
	t.Helper()
	content, err := s.Summary(t.Context(), key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	return string(content)
}

func TestASummaryIsKeptUnderAllOfItsKey(t *testing.T) {
	s := openAt(t, Memory)
	key := SummaryKey{Edition: load(t, s, source(t, "a.txt", "Một báo cáo.")).ID, Scope: "section A", Length: "short", Language: "vi", Mode: "model"}
	for _, content := range []string{"1", "2"} { // the second in place of the first
		if err := s.SaveSummary(t.Context(), key, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got := kept(t, s, key); got != content {
			t.Errorf("got %q, want %q", got, content)
		}
	}
	for _, change := range []func(*SummaryKey){
		func(k *SummaryKey) { k.Edition++ },
		func(k *SummaryKey) { k.Scope = "" },
		func(k *SummaryKey) { k.Length = "long" },
		func(k *SummaryKey) { k.Language = "en" },
		func(k *SummaryKey) { k.Mode = "extractive" },
	} {
		other := key
		change(&other)
		if got := kept(t, s, other); got != "" {
			t.Errorf("under %+v there is %q", other, got)
		}
	}
}

func TestOldSummariesOfAnEditionGo(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Unix(1_730_500_000, 0)
	s.now = func() time.Time { return now }
	key := func(edition *Edition, n int) SummaryKey {
		return SummaryKey{Edition: edition.ID, Scope: fmt.Sprint("topic ", n), Length: "short", Language: "vi", Mode: "model"}
	}
	save := func(k SummaryKey) {
		t.Helper()
		now = now.Add(time.Second)
		if err := s.SaveSummary(t.Context(), k, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	first, second := load(t, s, source(t, "a.txt", "Một báo cáo.")), load(t, s, source(t, "a.txt", "Một báo cáo khác."))
	save(key(first, 0))
	for n := range keptSummaries + 1 {
		save(key(second, n))
	}
	for _, test := range []struct {
		key  SummaryKey
		want string
	}{{key(first, 0), "x"}, {key(second, 0), ""}, {key(second, 1), "x"}, {key(second, keptSummaries), "x"}} {
		if got := kept(t, s, test.key); got != test.want {
			t.Errorf("%+v: %q, want %q", test.key, got, test.want)
		}
	}
	if err := s.MakeLive(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.drop(t.Context(), `id = ?`, first.ID); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, s, key(first, 0)); got != "" {
		t.Errorf("the summary of an edition that is gone is there: %q", got)
	}
	if err := s.SaveSummary(t.Context(), key(first, 0), []byte("x")); err != nil || kept(t, s, key(first, 0)) != "" {
		t.Errorf("a summary of an edition that is gone was kept (%v)", err)
	}
}

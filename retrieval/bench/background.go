package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

const (
	// pause is how long nobody asks between two questions while the background
	// load is timed.
	pause = 5 * time.Millisecond
	// idle is how many questions are timed before it.
	idle = 1000
)

// background times searches in the material's report while a text of size
// bytes is read and stored in the same store by the same program, and before.
func background(ctx context.Context, m *material, size int) (t table, err error) {
	t = table{title: fmt.Sprintf("One report, while %.1f MB are loaded", float64(size)/(1<<20)), columns: []string{"loading", "idle"}}
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return t, err
	}
	defer os.RemoveAll(dir)
	long := filepath.Join(dir, "long.txt")
	if err := os.WriteFile(long, longText(m, size), 0o600); err != nil {
		return t, err
	}
	s, err := store.Open(ctx, filepath.Join(dir, "reports.db"))
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	start := time.Now()
	if _, err := s.Load(ctx, &report.Source{Location: "bench", Report: m.report}, ""); err != nil {
		return t, err
	}
	t.set(1, "load of the report, s", "%.2f", time.Since(start).Seconds())
	a := &asking{store: s, searcher: retrieval.New(s), questions: newCorpus(m, len(m.report.Passages())).warmUp}
	before, err := a.times(ctx, func(asked int) bool { return asked < idle })
	if err != nil {
		return t, err
	}
	start = time.Now()
	loaded := make(chan error, 1)
	go func() {
		source, err := report.Open(ctx, long)
		if err == nil {
			// Made live, it would be another report that is searched.
			_, err = s.Stage(ctx, source, "")
		}
		loaded <- err
	}()
	during, err := a.times(ctx, func(int) bool { return len(loaded) == 0 })
	if err = errors.Join(err, <-loaded); err != nil {
		return t, err
	}
	t.set(0, "load in the background, s", "%.1f", time.Since(start).Seconds())
	for i, times := range [][]time.Duration{during, before} {
		slices.Sort(times)
		t.set(i, "search, median, ms", "%.2f", milliseconds(percentile(times, 50)))
		t.set(i, "search, p99, ms", "%.2f", milliseconds(percentile(times, 99)))
	}
	return t, nil
}

// longText is a text of shuffled passages, each a paragraph, without headings
// and notes.
func longText(m *material, size int) []byte {
	var b bytes.Buffer
	for n := size / 400; b.Len() < size; n *= 2 {
		b.Reset()
		for _, p := range newCorpus(m, n).report.Passages() {
			if b.Len() < size {
				b.WriteString(p.Text() + "\n")
			}
		}
	}
	return b.Bytes()
}

// asking asks the same questions of the live edition again and again.
type asking struct {
	store     *store.Store
	searcher  *retrieval.Searcher
	questions []string
}

// times returns how long each search took, until it shall go on no longer.
func (a *asking) times(ctx context.Context, goOn func(asked int) bool) ([]time.Duration, error) {
	var times []time.Duration
	for goOn(len(times)) {
		question := a.questions[len(times)%len(a.questions)]
		start := time.Now()
		live, err := a.store.Live(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := a.searcher.Search(ctx, live, question, 10); err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
		time.Sleep(pause)
	}
	return times, nil
}

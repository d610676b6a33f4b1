package bot

import (
	"bytes"
	"context"
	"log/slog"
	"testing"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/summary"
	"reportbot/bot/verify"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/reload"
	"reportbot/store/report"
)

// The reports that the tests of this package and of the transports ask about.
const (
	bridge   = "testdata/bridge.vi.txt"   // sections, a timeline, 14 notes of every kind
	untitled = "testdata/untitled.vi.txt" // one paragraph and nothing else
)

// lengthQuestion has one sentence of the bridge report as its answer.
const lengthQuestion = "Cầu Sông Mây dài bao nhiêu mét?"

// openStore returns a store in memory with the reports loaded in turn, so the last one
// is live.
func openStore(t *testing.T, paths ...string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, path := range paths {
		load(t, s, path)
	}
	return s
}

func load(t *testing.T, s *store.Store, path string) {
	t.Helper()
	source, read := readReports[path]
	if !read {
		var err error
		if source, err = report.Open(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		readReports[path] = source
	}
	if _, err := s.Load(t.Context(), source, ""); err != nil {
		t.Fatal(err)
	}
}

// readReports caches reports by path. Without a lock: no test of this package is parallel.
var readReports = map[string]*report.Source{}

// newBot returns a bot on a store, without a model.
func newBot(s *store.Store) *Bot {
	finder := retrieval.New(s)
	return New(Config{Name: "report_test_bot", Asker: answer.New(s, finder, nil), Finder: finder, Memory: s, Log: slog.New(slog.DiscardHandler), Reloader: reload.New(s, bridge),
		Summarizer: summary.New(s, finder, answer.New(s, finder, nil)),
		Verifier:   verify.New(s, finder, answer.New(s, finder, nil)),
		Running:    func() Running { return Running{Version: "v1", Since: time.Unix(1_730_500_000, 0)} }})
}

// loggingBot returns a bot and its log.
func loggingBot(asker Asker, memory *store.Store) (*Bot, *bytes.Buffer) {
	var log bytes.Buffer
	return New(Config{Name: "report_test_bot", Asker: asker, Memory: memory, Log: slog.New(slog.NewTextHandler(&log, nil))}), &log
}

// recording is a Responder that records its calls.
type recording struct {
	working, partial, final []Message

	id   int   // what Final returns; 0 counts as 1
	fail error // what Final fails with

	administers bool
	toasts      []string
	replaced    []Message
}

func (r *recording) Administers(context.Context) (bool, error) { return r.administers, nil }

func (r *recording) Toast(_ context.Context, said string) { r.toasts = append(r.toasts, said) }

func (r *recording) Replace(_ context.Context, m Message) error {
	r.replaced = append(r.replaced, m)
	return r.fail
}

func (r *recording) Working(_ context.Context, note Message) error {
	r.working = append(r.working, note)
	return nil
}

func (r *recording) Partial(_ context.Context, m Message) { r.partial = append(r.partial, m) }

func (r *recording) Final(_ context.Context, m Message) (int, error) {
	r.final = append(r.final, m)
	return max(r.id, 1), r.fail
}

// silent reports whether no message was shown.
func (r *recording) silent() bool {
	return len(r.working)+len(r.partial)+len(r.final)+len(r.toasts)+len(r.replaced) == 0
}

// said returns the one message passed to Final.
func (r *recording) said(t *testing.T) Message {
	t.Helper()
	if len(r.final) != 1 {
		t.Fatalf("Final was called %d times, want once: %+v", len(r.final), r.final)
	}
	return r.final[0]
}

package telegram

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/bot/exam"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/summary"
	"reportbot/bot/telegram/telegramtest"
	"reportbot/bot/verify"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/reload"
	"reportbot/store/report"
)

// stage is the whole bot, from Telegram's server to the store, with the people
// who write to it.
type stage struct {
	t     *testing.T
	srv   *telegramtest.Server
	store *store.Store
	inbox *ledger
	log   logbook

	model    *modeltest.Server // nil: none
	judged   bool              // it judges claims
	release  chan struct{}     // closed when a model that pauses goes on
	admins   []int64           // the bot's
	allowed  []int64           // the chats that it speaks in; nil: all
	live     string            // the file from which the report is loaded
	limits   answer.Limits
	prices   bot.Prices
	keepDays int    // as in bot.Privacy
	panicsOn string // words at which the conversation panics
	config   Config // of the bots to be started; the token and server are set by start

	transport atomic.Pointer[Transport] // of the bot that was started last

	bot *bot.Bot // that was started last

	stop context.CancelFunc // of the bot that runs; nil: none does
	done chan error         // what its Run returned
}

// newStage returns a stage with a report in a store in memory; the bot is not
// started yet.
func newStage(t *testing.T, reportPath string) *stage {
	t.Helper()
	s := openStore(t)
	live := filepath.Join(t.TempDir(), "report.txt")
	copyFile(t, reportPath, live)
	source := readReport(t, reportPath)
	source.Location = live
	if _, err := s.Load(t.Context(), &source, ""); err != nil {
		t.Fatal(err)
	}
	st := &stage{t: t, srv: telegramtest.New(t), store: s, inbox: newLedger(s), live: live}
	t.Cleanup(func() {
		if st.stop != nil {
			st.stop()
			<-st.done
		}
		hasNoToken(t, st.srv.Token, st.log.String())
		if t.Failed() {
			t.Logf("log:\n%s", &st.log)
		}
	})
	return st
}

// reports holds what readReport has read, by path: a func() (*report.Source, error).
var reports sync.Map

// readReport returns the report at path. It is read once for all tests.
func readReport(t *testing.T, path string) report.Source {
	t.Helper()
	read, _ := reports.LoadOrStore(path, sync.OnceValues(func() (*report.Source, error) {
		return report.Open(context.Background(), path)
	}))
	source, err := read.(func() (*report.Source, error))()
	if err != nil {
		t.Fatal(err)
	}
	return *source
}

// openStore returns a store in memory with nothing in it.
func openStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// start starts the bot, on the store as it is.
func (s *stage) start() {
	s.t.Helper()
	config := s.config
	config.Token, config.URL, config.Log, config.Admins = s.srv.Token, s.srv.URL, s.log.logger(), s.admins
	transport, err := New(config, s.inbox)
	if err != nil {
		s.t.Fatal(err)
	}
	s.transport.Store(transport)
	name, err := transport.Connect(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	var writer answer.Model
	if s.model != nil {
		writer = model.New(model.Config{URL: s.model.URL})
	}
	options := []answer.Option{answer.WithQuota(s.store, s.limits)}
	if s.judged {
		options = append(options, answer.WithJudge())
	}
	privacy := bot.Privacy{KeepDays: s.keepDays}
	if s.model != nil {
		privacy.ModelServer = "model.example.org"
	}
	finder := retrieval.New(s.store)
	s.bot = bot.New(bot.Config{
		Name: name, Asker: answer.New(s.store, finder, writer, options...), Finder: finder, AllowedChats: s.allowed, Admins: s.admins, Privacy: privacy, Prices: s.prices, Limits: s.limits,
		Memory: s.store, Log: s.log.logger(), Corrections: correction.New(s.store, finder.Concepts()),
		Summarizer: summary.New(s.store, finder, answer.New(s.store, finder, writer, options...)),
		Verifier:   verify.New(s.store, finder, answer.New(s.store, finder, writer, options...)),
		Reloader:   reload.New(s.store, s.live),
		Examiner:   exam.New(s.store, finder),
		Running: func() bot.Running {
			return bot.Running{Version: "v1", LastSuccess: transport.LastContact(), Waiting: transport.Waiting()}
		},
	})
	conversation := &fragile{s.bot, s.panicsOn}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	s.stop, s.done = stop, done
	go func() { done <- transport.Run(ctx, conversation) }()
}

// stopped waits until the bot that was told to stop has ended.
func (s *stage) stopped() {
	s.t.Helper()
	s.stop()
	if err := <-s.done; err != nil {
		s.t.Errorf("Run returned %v", err)
	}
	s.stop = nil
}

// settled waits until every update is dealt with.
func (s *stage) settled() {
	s.t.Helper()
	s.srv.Wait(patience, "all updates to be dealt with", func() bool {
		return len(s.srv.Pending()) == 0 && s.inbox.open() == 0
	})
}

// fragile is a conversation that panics at some words.
type fragile struct {
	Conversation
	at string
}

func (f *fragile) Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error {
	if f.at != "" && strings.Contains(in.Text, f.at) {
		panic("a bug at " + f.at)
	}
	return f.Conversation.Handle(ctx, in, out)
}

// ledger is the store's inbox, with what became of each update.
type ledger struct {
	*store.Store
	mu       sync.Mutex
	outcomes map[int64]string // by update; see taken and done, else why it failed
	fault    error            // with which taking over fails
}

const (
	taken = "taken over"
	done  = "done"
)

func newLedger(s *store.Store) *ledger { return &ledger{Store: s, outcomes: map[int64]string{}} }

// fails makes taking over fail from now on; nil: it works again.
func (l *ledger) fails(fault error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault = fault
}

func (l *ledger) Accept(ctx context.Context, updates []store.Update) ([]store.Update, error) {
	l.mu.Lock()
	fault := l.fault
	l.mu.Unlock()
	if fault != nil {
		return nil, fault
	}
	fresh, err := l.Store.Accept(ctx, updates)
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, u := range fresh {
		l.outcomes[u.ID] = taken
	}
	return fresh, err
}

func (l *ledger) MarkDone(ctx context.Context, id int64) error {
	return errors.Join(l.Store.MarkDone(ctx, id), l.record(id, done))
}

func (l *ledger) CompleteReply(ctx context.Context, r store.Reply) error {
	return errors.Join(l.Store.CompleteReply(ctx, r), l.record(r.Update, done))
}

func (l *ledger) MarkFailed(ctx context.Context, update store.Update, why string) error {
	return errors.Join(l.Store.MarkFailed(ctx, update, why), l.record(update.ID, why))
}

func (l *ledger) record(id int64, outcome string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	toldOf := l.outcomes[id] == done && outcome != done // a failure of which the person was told
	if before := l.outcomes[id]; before != taken && !toldOf {
		return fmt.Errorf("update %d is settled twice: %s, then %s", id, before, outcome)
	}
	l.outcomes[id] = outcome
	return nil
}

// outcome returns what became of an update; empty: it did not arrive.
func (l *ledger) outcome(id int64) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.outcomes[id]
}

// open counts the updates that are not dealt with yet.
func (l *ledger) open() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	count := 0
	for _, outcome := range l.outcomes {
		if outcome == taken {
			count++
		}
	}
	return count
}

// failed returns the failed updates.
func (l *ledger) failed() []int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []int64
	for id, outcome := range l.outcomes {
		if outcome != taken && outcome != done {
			list = append(list, id)
		}
	}
	return list
}

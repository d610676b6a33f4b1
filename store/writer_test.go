package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
)

// keepBusy keeps a store's writer busy until the returned function is called, so
// that what is written meanwhile waits together.
func keepBusy(t *testing.T, s *Store) (release func()) {
	t.Helper()
	begun, end, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		ended <- s.update(context.Background(), crashSafe, func(*tx) {
			close(begun)
			<-end
		})
	}()
	<-begun
	return func() {
		t.Helper()
		close(end)
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	}
}

// waitFor waits until so many writes of one urgency wait.
func waitFor(t *testing.T, s *Store, how urgency, count int) {
	t.Helper()
	for range 1000 {
		s.writer.mu.Lock()
		waiting := len(s.writer.waiting[how])
		s.writer.mu.Unlock()
		if waiting == count {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("there are never %d writes waiting", count)
}

// commits counts what a store's file tells of its commits: a change of its data
// version.
func commits(t *testing.T, s *Store) (count func() int64) {
	t.Helper()
	conn, err := s.read.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	version := func() (v int64) {
		if err := conn.QueryRowContext(context.Background(), `PRAGMA data_version`).Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	return func() int64 { return version() - before }
}

func TestWhatWaitsTogetherIsCommittedTogether(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	release := keepBusy(t, s)
	var waiting sync.WaitGroup
	for n := range 50 {
		waiting.Go(func() {
			if err := s.Set(context.Background(), fmt.Sprint(n), "size", "small"); err != nil {
				t.Error(err)
			}
		})
	}
	waitFor(t, s, durable, 50)
	count := commits(t, s)
	release()
	waiting.Wait()
	if n := one[int](t, s, `SELECT count(*) FROM setting`); n != 50 {
		t.Errorf("%d of 50 writes were made", n)
	}
	if n := count(); n != 1 {
		t.Errorf("they were %d commits", n)
	}
}

// Failures of every kind, in the middle of a group: of a statement, of a
// constraint, of the transaction as a whole, and a panic.
func TestAWriteThatFailsHarmsNoOther(t *testing.T) {
	failures := map[string]changeFunc{
		"an error": func(tx *tx) {
			tx.exec(`INSERT INTO setting (chat, name, value) VALUES ('half', 'a', 'b')`)
			tx.err = errors.New("forced")
		},
		"a constraint": func(tx *tx) {
			tx.exec(`INSERT INTO inbox (update_id, body, state, received_at) VALUES (1, '', 'forced', 0)`)
		},
		"the transaction is taken back": func(tx *tx) {
			tx.exec(`ROLLBACK`)
			tx.err = errors.New("forced")
		},
		"a panic": func(*tx) { panic("forced") },
	}
	for name, fail := range failures {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, s *Store) {
				release := keepBusy(t, s)
				var waiting sync.WaitGroup
				for n := range 10 {
					waiting.Go(func() {
						if n == 5 {
							err := s.update(context.Background(), durable, fail)
							if err == nil || name == "an error" && !strings.Contains(err.Error(), "forced") {
								t.Errorf("the write that fails: %v", err)
							}
						} else if err := s.Set(context.Background(), fmt.Sprint(n), "size", "small"); err != nil {
							t.Error(err)
						}
					})
				}
				waitFor(t, s, durable, 10)
				release()
				waiting.Wait()
				if n := one[int](t, s, `SELECT count(*) FROM setting`); n != 9 {
					t.Errorf("%d of the 9 others were made", n)
				}
			})
		})
	}
}

// A disk that is full fails whole transactions: what fits is stored all the
// same.
func TestAWriteTooLargeForTheDiskHarmsNoOther(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	pages := one[int](t, s, `PRAGMA page_count`)
	if _, err := s.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+5)); err != nil {
		t.Fatal(err)
	}
	release := keepBusy(t, s)
	var waiting sync.WaitGroup
	for n := range 5 {
		waiting.Go(func() {
			value := "small"
			if n == 2 {
				value = strings.Repeat("x", 1<<20)
			}
			err := s.Set(context.Background(), fmt.Sprint(n), "size", value)
			if n == 2 && !hasCode(err, sqlite3.ErrFull) || n != 2 && err != nil {
				t.Errorf("write %d: %v", n, err)
			}
		})
	}
	waitFor(t, s, durable, 5)
	release()
	waiting.Wait()
	if n := one[int](t, s, `SELECT count(*) FROM setting`); n != 4 {
		t.Errorf("%d writes were made", n)
	}
}

func TestWhatTelegramTookIsWrittenFirstAndLongWritesLast(t *testing.T) {
	s := openAt(t, Memory)
	release := keepBusy(t, s)
	var mu sync.Mutex
	var order []urgency
	var waiting sync.WaitGroup
	for _, how := range []urgency{bulk, crashSafe, durable, first, first} {
		waiting.Go(func() {
			err := s.update(context.Background(), how, func(*tx) {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, how)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	waitFor(t, s, bulk, 1)
	waitFor(t, s, crashSafe, 1)
	waitFor(t, s, durable, 1)
	waitFor(t, s, first, 2)
	release()
	waiting.Wait()
	if got, want := fmt.Sprint(order), fmt.Sprint([]urgency{first, first, durable, crashSafe, bulk}); got != want {
		t.Errorf("the order is %v, want %v", got, want)
	}
}

func TestAWriteThatIsCancelledBeforeItsTurnIsNotMade(t *testing.T) {
	s := openAt(t, Memory)
	release := keepBusy(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error)
	go func() { result <- s.Set(ctx, "a", "size", "small") }()
	waitFor(t, s, durable, 1)
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) { // it doesn't wait for its turn
		t.Errorf("got %v", err)
	}
	release()
	settled(t, s.Set(context.Background(), "b", "size", "small"))
	if got := one[string](t, s, `SELECT group_concat(chat) FROM setting`); got != "b" {
		t.Errorf("written was %s", got)
	}
}

func TestCloseMakesTheWritesThatWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	release := keepBusy(t, s)
	result, closed := make(chan error), make(chan error)
	go func() { result <- s.Set(context.Background(), "a", "size", "small") }()
	waitFor(t, s, durable, 1)
	go func() { closed <- s.Close() }()
	release()
	for _, err := range []error{<-result, <-closed} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := s.Set(context.Background(), "b", "size", "small"); !errors.Is(err, errClosed) {
		t.Errorf("a write into a closed store: %v", err)
	}
	if got := one[string](t, openAt(t, path), `SELECT group_concat(chat) FROM setting`); got != "a" {
		t.Errorf("written was %s", got)
	}
}

// unsynced reports whether something is committed that a power cut could take.
func unsynced(s *Store) bool {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.dirty
}

// Whoever must be sure waits for the disk; what nobody waits for is there soon.
func TestWhatIsCommittedReachesTheDisk(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	settled(t, s.Set(t.Context(), "5", "size", "small"))
	if unsynced(s) {
		t.Error("a durable write returned before it was on the disk")
	}
	mustAccept(t, s, updates(1), 1)
	settled(t, s.Sync())
	if unsynced(s) {
		t.Error("Sync returned before all was on the disk")
	}
	settled(t, s.MarkDone(t.Context(), 1))
	for begun := time.Now(); unsynced(s); time.Sleep(time.Millisecond) {
		if time.Since(begun) > 5*time.Second {
			t.Fatal("what nobody waits for is never on the disk")
		}
	}
}

// Telegram must not forget an update that never reached the disk.
func TestAFailedSyncIsReported(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	s.log.mu.Lock()
	s.log.sync = func(*os.File) error { return errors.New("forced") }
	s.log.mu.Unlock()
	mustBeOneLine(t, s.Set(t.Context(), "5", "size", "small"), s.path, "forced")
	mustAccept(t, s, updates(1), 1)
	mustBeOneLine(t, s.Sync(), s.path, "forced")
}

func TestAStoreInMemoryHasNothingToSync(t *testing.T) {
	s := openAt(t, Memory)
	mustAccept(t, s, updates(1), 1)
	settled(t, s.Sync())
}

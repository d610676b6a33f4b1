package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Readers ask while reports are loaded one after the other, more than are
// kept: whatever a reader sees is one edition whole, and never an older one than
// before.
func TestReadersSeeOneEditionWholeWhileOthersAreLoaded(t *testing.T) {
	const asking = 4
	editions := int64(often(t, loadsVariable, maxOldEditions+3)) // `make kills` loads 100
	inBoth(t, func(t *testing.T, s *Store) {
		load(t, s, numbered(t, 1))
		ended := make(chan struct{})
		var asked sync.WaitGroup
		for range asking {
			asked.Go(func() {
				for last := int64(0); ; {
					live, err := askOnce(s)
					if err != nil {
						t.Error(err)
						return
					}
					if live < last {
						t.Errorf("edition %d is live after %d was", live, last)
						return
					}
					last = live
					select {
					case <-ended:
						if last == editions {
							return
						}
					default:
					}
				}
			})
		}
		for n := 2; n <= int(editions); n++ {
			load(t, s, numbered(t, n))
		}
		close(ended)
		asked.Wait()
	})
}

// askOnce reads of the live edition all that an answer needs, and returns its
// id.
func askOnce(s *Store) (id int64, err error) {
	ctx := context.Background()
	live, err := s.Live(ctx)
	if err != nil {
		return 0, err
	}
	if err := readWhole(s, live); err != nil {
		// Unless it was so slow that more editions came than are kept.
		if _, gone := s.Edition(ctx, live.ID); !errors.Is(gone, ErrNotFound) {
			return 0, err
		}
	}
	return live.ID, nil
}

func readWhole(s *Store, live *Edition) error {
	ctx := context.Background()
	word := mark(int(live.ID))
	if !strings.Contains(live.Title, word) || live.Passages != 12 {
		return fmt.Errorf("edition %d is half of another: %+v", live.ID, live)
	}
	term := Term{Exact, word}
	counts, err := s.Frequencies(ctx, live.ID, []Term{term})
	if err != nil {
		return err
	}
	postings, err := s.Postings(ctx, live.ID, []Term{term})
	if err != nil {
		return err
	}
	passages, err := s.Passages(ctx, postings[0])
	if err != nil {
		return err
	}
	if len(passages) != live.Passages || counts[term] != live.Passages {
		return fmt.Errorf("edition %d: %d of %d passages found, %d counted", live.ID, len(passages), live.Passages, counts[term])
	}
	for _, p := range passages {
		if !strings.Contains(p.Text(), word) || !strings.Contains(p.Section, word) {
			return fmt.Errorf("edition %d has a passage of another: %q", live.ID, p.Text())
		}
	}
	for n := 1; n <= live.Footnotes; n++ {
		note, err := s.Footnote(ctx, live.ID, n)
		if err != nil || len(note.Links) != 1 || !strings.Contains(note.Links[0].URL, word) {
			return fmt.Errorf("edition %d: note %d is %+v (%w)", live.ID, n, note, err)
		}
	}
	return nil
}

func TestTheInboxAndTheChatsAreWrittenWhileReportsAreLoaded(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		load(t, s, numbered(t, 1))
		var writing sync.WaitGroup
		for chat := range 4 {
			writing.Go(func() {
				for n := 1; n <= 20; n++ {
					id := int64(100*chat + n)
					if fresh, err := s.Accept(ctx, []Update{{ID: id, Body: []byte("{}")}}); err != nil || len(fresh) != 1 {
						t.Errorf("Accept %d: %v (%v)", id, fresh, err)
					}
					if _, err := s.AddExchange(ctx, Exchange{Thread: fmt.Sprint(chat), Edition: 1, Notes: []int{n}}); err != nil {
						t.Error(err)
					}
					if err := s.MarkDone(ctx, id); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for n := 2; n <= 5; n++ {
			load(t, s, numbered(t, n))
		}
		writing.Wait()
		if waiting, err := s.Pending(ctx); err != nil || len(waiting) != 0 {
			t.Errorf("still waiting: %v (%v)", waiting, err)
		}
		mustBeLive(t, s, 5)
	})
}

// As when `load` and `serve` are started at the same time.
func TestSeveralProgramsOpenAndFillOneStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	const programs, loads = 4, 3
	var running sync.WaitGroup
	for program := range programs {
		running.Go(func() {
			s, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			for n := range loads {
				from := numbered(t, 1+loads*program+n)
				_, err := s.Load(context.Background(), from, Shell)
				for errors.Is(err, ErrLoading) {
					time.Sleep(time.Millisecond)
					_, err = s.Load(context.Background(), from, Shell)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
	s := openAt(t, path)
	mustBeLive(t, s, programs*loads)
	bySource := map[string]int64{}
	for _, edition := range versions(t, s) {
		bySource[edition.Source] = edition.ID
	}
	gone := 0
	for n := 1; n <= programs*loads; n++ {
		from := numbered(t, n)
		if id := bySource[from.Location]; id != 0 {
			mustAgree(t, s, id, from)
		} else {
			gone++
		}
	}
	if want := programs*loads - 1 - maxOldEditions; gone != want {
		t.Errorf("%d editions are gone, want the %d oldest", gone, want)
	}
}

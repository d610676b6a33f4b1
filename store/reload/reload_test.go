package reload

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"reportbot/store"
	"reportbot/store/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const first = `Ngày 3 tháng 5 năm 2024
Báo cáo thử
Hiện trạng
Cầu Bạch Yến dài 1.200 mét. [1]
Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [1]
[1] https://example.org/
`

var second = strings.Replace(first, "1.200", "1.300", 1)

func openStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// must reloads, which must work.
func must(t *testing.T, r *Reloader) *Outcome {
	t.Helper()
	out, err := r.Reload(t.Context(), "12345", nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAReportIsLoadedAgainOnlyOnceItIsAnother(t *testing.T) {
	s, path := openStore(t), filepath.Join(t.TempDir(), "a.txt")
	write(t, path, first)
	r := New(s, path)
	var steps []Step
	out, err := r.Reload(t.Context(), "12345", func(step Step) { steps = append(steps, step) })
	if err != nil || !out.Changed || out.Live.ID != 1 || out.Live.LoadedBy != "12345" || out.Comparison != nil {
		t.Errorf("the first time: %+v (%v)", out, err)
	}
	if !slices.Equal(steps, []Step{Reading, Storing}) || out.Integrity.At.IsZero() || out.Integrity.Fault != "" {
		t.Errorf("steps %v, checked %+v", steps, out.Integrity)
	}
	if out := must(t, r); out.Changed || out.Live.ID != 1 {
		t.Errorf("without a change: %+v", out)
	}
	write(t, path, second)
	if out := must(t, r); !out.Changed || out.Live.ID != 2 || len(out.Comparison.Changed) != 1 || len(out.Comparison.Added) != 0 {
		t.Errorf("after a change: %+v", out)
	}
	// A rollback is not undone by a report that is as it was.
	if err := s.MakeLive(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if out := must(t, r); out.Changed || out.Live.ID != 1 {
		t.Errorf("after a rollback: %+v", out)
	}
	write(t, path, first) // as edition 1, but not as what was last loaded
	if out := must(t, r); !out.Changed || out.Live.ID != 3 || !out.Comparison.Same() {
		t.Errorf("changed back: %+v", out)
	}
}

func TestABrokenReportChangesNothing(t *testing.T) {
	s, path := openStore(t), filepath.Join(t.TempDir(), "a.txt")
	write(t, path, first)
	r := New(s, path)
	must(t, r)
	for content, says := range map[string]string{"": "empty", "\x00": "not plain text"} {
		write(t, path, content)
		_, err := r.Reload(t.Context(), "12345", nil)
		if err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", content, err)
		}
	}
	if live, err := s.Live(t.Context()); err != nil || live.ID != 1 {
		t.Errorf("live is %+v (%v)", live, err)
	}
}

func TestANewFileOfAFolderThatCannotBeReadIsNamed(t *testing.T) {
	s, folder := openStore(t), t.TempDir()
	write(t, filepath.Join(folder, "a.txt"), first)
	r := New(s, folder)
	must(t, r)
	write(t, filepath.Join(folder, "b.txt"), "\x00")
	if err := os.Chtimes(filepath.Join(folder, "a.txt"), time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if out := must(t, r); out.Changed || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "b.txt") {
		t.Errorf("got %+v", out)
	}
}

func TestTwoReloadsAtOnce(t *testing.T) {
	reached, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(reached)
		<-release
		w.Write([]byte(first))
	}))
	defer server.Close()
	r := New(openStore(t), server.URL)
	done := make(chan error)
	go func() {
		_, err := r.Reload(context.Background(), "1", nil)
		done <- err
	}()
	<-reached
	if _, err := r.Reload(t.Context(), "2", nil); !errors.Is(err, store.ErrLoading) {
		t.Errorf("the second one: %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Errorf("the first one: %v", err)
	}
}

func TestAPlaceIsWatched(t *testing.T) {
	for _, test := range []struct {
		name    string
		watched string // in the folder; empty for the folder
		change  func(t *testing.T, folder string)
		called  bool
	}{
		{"a file is written", "a.txt", func(t *testing.T, folder string) { write(t, filepath.Join(folder, "a.txt"), second) }, true},
		{"a file is replaced", "a.txt", func(t *testing.T, folder string) {
			write(t, filepath.Join(folder, "new"), second)
			if err := os.Rename(filepath.Join(folder, "new"), filepath.Join(folder, "a.txt")); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"another file is written", "a.txt", func(t *testing.T, folder string) { write(t, filepath.Join(folder, "b.txt"), second) }, false},
		{"a file comes into the folder", "", func(t *testing.T, folder string) { write(t, filepath.Join(folder, "b.txt"), second) }, true},
		{"a hidden file comes into the folder", "", func(t *testing.T, folder string) { write(t, filepath.Join(folder, ".b"), second) }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			write(t, filepath.Join(folder, "a.txt"), first)
			ctx, cancel := context.WithCancel(context.Background())
			calls, ended := make(chan struct{}, 10), make(chan error, 1)
			go func() {
				ended <- New(nil, filepath.Join(folder, test.watched)).Watch(ctx, func() { calls <- struct{}{} })
			}()
			time.Sleep(settle) // it watches by now
			test.change(t, folder)
			within := 10 * time.Second
			if !test.called {
				within = 3 * settle
			}
			select {
			case <-calls:
				if !test.called {
					t.Error("it was called")
				}
			case <-time.After(within):
				if test.called {
					t.Error("it was not called")
				}
			}
			cancel()
			if err := <-ended; err != nil || len(calls) > 0 {
				t.Errorf("ended with %v, called %d times more", err, len(calls))
			}
		})
	}
}

func TestWhatCannotBeWatched(t *testing.T) {
	for location, says := range map[string]string{
		report.Embedded: "nothing to watch",
		filepath.Join(t.TempDir(), "no folder", "a.txt"): "can't be watched",
		"": "no report is named",
	} {
		if err := New(nil, location).Watch(t.Context(), nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", location, err)
		}
	}
}

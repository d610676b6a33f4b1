package inflight

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type group = Group[string, int, string]

func none(int) {}

func TestCallersShareAJobAndAllThatItReports(t *testing.T) {
	var g group
	started, finish := make(chan struct{}), make(chan struct{})
	runs := 0
	run := func(_ context.Context, report func(int)) (string, error) {
		runs++
		report(1)
		close(started)
		<-finish
		report(2)
		return "made", nil
	}
	type result struct {
		value  string
		joined bool
		passed []int
	}
	results := make(chan result, 2)
	call := func() {
		var r result
		r.value, r.joined, _ = g.Do(t.Context(), "a", func(p int) { r.passed = append(r.passed, p) }, run)
		results <- r
	}
	go call()
	<-started
	var joining sync.WaitGroup
	joining.Go(call)
	for g.callers("a") < 2 {
		runtime.Gosched()
	}
	close(finish)
	joining.Wait()
	joined := 0
	for range 2 {
		r := <-results
		if r.value != "made" || !slices.Equal(r.passed, []int{1, 2}) {
			t.Errorf("a caller got %+v", r)
		}
		if r.joined {
			joined++
		}
	}
	if runs != 1 || joined != 1 {
		t.Errorf("%d runs, %d joined, want one of each", runs, joined)
	}
}

func (g *Group[K, P, V]) callers(key K) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if j := g.jobs[key]; j != nil {
		return j.callers
	}
	return 0
}

func TestAJobEndsWithItsLastCaller(t *testing.T) {
	var g group
	run := func(ctx context.Context, _ func(int)) (string, error) {
		<-ctx.Done()
		return "half", ctx.Err()
	}
	first, leaveFirst := context.WithCancel(t.Context())
	last, leaveLast := context.WithCancel(t.Context())
	errs := make(chan error, 1)
	go func() {
		_, _, err := g.Do(first, "a", none, run)
		errs <- err
	}()
	for g.callers("a") < 1 {
		runtime.Gosched()
	}
	go func() {
		for g.callers("a") < 2 {
			runtime.Gosched()
		}
		leaveFirst()
		if err := <-errs; !errors.Is(err, ErrLeft) || !errors.Is(err, context.Canceled) {
			t.Errorf("who left first got %v", err)
		}
		leaveLast()
	}()
	value, joined, err := g.Do(last, "a", none, run)
	if value != "half" || !joined || !errors.Is(err, context.Canceled) || errors.Is(err, ErrLeft) {
		t.Errorf("the last caller got %q, joined %v, %v", value, joined, err)
	}
	if n := g.callers("a"); n != 0 {
		t.Errorf("%d callers wait for a cancelled job", n)
	}
}

func TestJobsOfOtherKeysAndLaterJobsRunByThemselves(t *testing.T) {
	var g group
	for _, key := range []string{"a", "b", "a"} {
		value, joined, err := g.Do(t.Context(), key, none, func(context.Context, func(int)) (string, error) { return key, nil })
		if value != key || joined || err != nil {
			t.Errorf("%s: %q, joined %v, %v", key, value, joined, err)
		}
	}
}

func TestAPanicIsAnErrorOfTheJob(t *testing.T) {
	var g group
	_, _, err := g.Do(t.Context(), "a", none, func(context.Context, func(int)) (string, error) { panic("no") })
	if err == nil || !strings.Contains(err.Error(), "panic: no") {
		t.Errorf("error %v", err)
	}
}

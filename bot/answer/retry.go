package answer

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"reportbot/bot/model"
)

// How often and how long a model that fails is asked again. With the model's
// own timeouts each failure ends within
//
//	20 s  where it can't be reached (3 times 5 s, and the pauses)
//	14 s  where it answers with an error that may pass
//	30 s  where it sends nothing any more
//	 2 min in any case, the wording of a question (rewriteTimeout) included.
const (
	writeTimeout = 2*time.Minute - rewriteTimeout
	retries      = 2
	firstPause   = 500 * time.Millisecond
	longestPause = 4 * time.Second // also of those that the server asks for
	pauseJitter  = .25
	// A model that failed for so many answers in a row is left alone for a
	// while, and then tried with one.
	failuresInRow = 5
	restTime      = 15 * time.Second
)

// ErrResting means that the model wasn't asked, since it has failed too often.
var ErrResting = errors.New("the model is not asked for a while: it has failed several times in a row")

// persistence asks a model again where that may help.
type persistence struct {
	executor failsafe.Executor[Written]
	rest     circuitbreaker.CircuitBreaker[Written] // nil: the model is never let rest
}

// rests reports whether the model is left alone.
func (p persistence) rests() bool { return p.rest != nil && p.rest.IsOpen() }

// newPersistence returns one for each use of the model alone, or, with rests,
// one for all uses, which lets a model rest that keeps failing.
func newPersistence(rests bool) persistence {
	again := retrypolicy.NewBuilder[Written]().
		HandleIf(func(w Written, err error) bool { return len(w.Claims) == 0 && mayPass(err) }).
		WithMaxRetries(retries).
		WithBackoff(firstPause, longestPause).
		WithJitterFactor(pauseJitter).
		WithDelayFunc(func(e failsafe.ExecutionAttempt[Written]) time.Duration {
			var failed *model.Error
			if errors.As(e.LastError(), &failed) && failed.RetryAfter > 0 {
				// The jitter must not make it shorter.
				return time.Duration(float64(failed.RetryAfter) / (1 - pauseJitter))
			}
			return -1 // the usual
		}).
		ReturnLastFailure().
		Build()
	if !rests {
		return persistence{executor: failsafe.With[Written](again)}
	}
	rest := circuitbreaker.NewBuilder[Written]().
		HandleIf(func(_ Written, err error) bool { return isFailing(err) }).
		WithFailureThreshold(failuresInRow).
		WithDelay(restTime).
		WithSuccessThreshold(1).
		Build()
	return persistence{failsafe.With[Written](rest, again), rest}
}

// run calls write until it succeeds or there is no use. It returns what the
// last call did, and the sum of what all of them used.
func (p persistence) run(ctx context.Context, write func() (Written, error)) (Written, error) {
	var written Written
	var used Usage
	var failed error
	called := false
	_, err := p.executor.WithContext(ctx).Get(func() (Written, error) {
		called = true
		written, failed = write()
		used.Add(written.Usage)
		return written, failed
	})
	if errors.Is(err, circuitbreaker.ErrOpen) {
		return Written{}, ErrResting
	}
	if !called {
		failed = err // ctx had ended before
	}
	written.Usage = used
	return written, failed
}

// mayPass reports whether the same request may succeed after a short pause.
func mayPass(err error) bool {
	var failed *model.Error
	if errors.As(err, &failed) {
		return failed.Temporary() && failed.RetryAfter <= longestPause
	}
	return errors.Is(err, model.ErrCut)
}

// isFailing reports whether an error says that the model's server doesn't
// work, and not that one request was stopped or bad.
func isFailing(err error) bool {
	var failed *model.Error
	if errors.As(err, &failed) {
		return failed.Status != http.StatusBadRequest && failed.Status != http.StatusRequestEntityTooLarge
	}
	return err != nil && !errors.Is(err, context.Canceled)
}

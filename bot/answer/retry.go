package answer

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"reportbot/bot/model"
)

const (
	// writeTimeout bounds an answer of the model, on top of the time that it may
	// be silent before its first token.
	writeTimeout = 2 * time.Minute
	// After failuresInRow answers that failed in a row the model is left alone
	// for restTime, and then tried with one.
	failuresInRow = 5
	restTime      = 15 * time.Second
)

// ErrResting means that the model wasn't asked, since it has failed too often.
var ErrResting = errors.New("the model is not asked for a while: it has failed several times in a row")

// WithModelWait sets how long the model may be silent before its first token, as
// its client has it. Default: model.DefaultWait.
func WithModelWait(wait time.Duration) Option {
	return func(a *Answerer) { a.retrier.wait = wait }
}

// retrier asks a model again where that may help. A call returns true if a claim was
// shown; then it is not retried.
type retrier struct {
	wait    time.Duration
	breaker circuitbreaker.CircuitBreaker[bool] // nil: a failing model is asked all the same
}

// rests reports whether the model is left alone for now.
func (r *retrier) rests() bool { return r.breaker != nil && r.breaker.IsOpen() }

// newRetrier returns one that asks a failing model all the same.
func newRetrier() retrier { return retrier{wait: model.DefaultWait} }

// restAfterFailures makes the model be left alone for a while once it keeps
// failing.
func (r *retrier) restAfterFailures() {
	r.breaker = circuitbreaker.NewBuilder[bool]().
		HandleIf(func(_ bool, err error) bool { return isFailing(err) }).
		WithFailureThreshold(failuresInRow).
		WithDelay(restTime).
		WithSuccessThreshold(1).
		Build()
}

// executor runs calls with retries; with breaker it runs none while the model
// rests, and their failures count towards a rest.
func (r *retrier) executor(breaker bool) failsafe.Executor[bool] {
	policies := model.RetryPolicies(r.wait, func(shown bool) bool { return !shown })
	if breaker && r.breaker != nil {
		policies = append([]failsafe.Policy[bool]{r.breaker}, policies...)
	}
	return failsafe.With(policies...)
}

// run calls write until it succeeds or there is no use. It returns what the
// last call did, and the sum of what all of them used.
func (r *retrier) run(ctx context.Context, write func() (Written, error)) (Written, error) {
	var written Written
	used, err := r.call(ctx, true, func() (shown bool, used Usage, err error) {
		written, err = write()
		return len(written.Claims) > 0, written.Usage, err
	})
	written.Usage = used
	return written, err
}

// call makes a call until it succeeds or another try can't help, and returns the sum of
// what it used and the last error. See executor for breaker.
func (r *retrier) call(ctx context.Context, breaker bool, ask func() (shown bool, used Usage, err error)) (Usage, error) {
	var total Usage
	var failed error
	called := false
	_, err := r.executor(breaker).WithContext(ctx).Get(func() (bool, error) {
		called = true
		shown, used, err := ask()
		total.Add(used)
		failed = err
		return shown, err
	})
	if errors.Is(err, circuitbreaker.ErrOpen) {
		return total, ErrResting
	}
	if !called {
		failed = err // ctx had ended before
	}
	return total, failed
}

// isFailing reports whether an error says that the model's server doesn't
// work, and not that one request was stopped or bad.
func isFailing(err error) bool {
	var failed *model.Error
	if errors.As(err, &failed) {
		return failed.Status != http.StatusBadRequest && !model.TooLong(err)
	}
	return err != nil && !errors.Is(err, context.Canceled)
}

// say has the model reply to messages, and returns all that it said.
func (a *Answerer) say(ctx context.Context, messages []model.Message) (string, Usage, error) {
	var said strings.Builder
	used, err := a.retrier.call(ctx, false, func() (bool, Usage, error) {
		said.Reset()
		used, err := a.model.Stream(ctx, messages, func(piece string) { said.WriteString(piece) })
		return false, used, err
	})
	return said.String(), used, err
}

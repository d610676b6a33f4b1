package answer

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"reportbot/bot/model"
)

const (
	// writeTimeout bounds an answer of the model, besides what the model may be
	// silent before it begins.
	writeTimeout = 2 * time.Minute
	// A model that failed for so many answers in a row is left alone for a
	// while, and then tried with one.
	failuresInRow = 5
	restTime      = 15 * time.Second
)

// ErrResting means that the model wasn't asked, since it has failed too often.
var ErrResting = errors.New("the model is not asked for a while: it has failed several times in a row")

// WithModelWait says how long the model may be silent before it begins, as its
// client has it.
func WithModelWait(wait time.Duration) Option {
	return func(a *Answerer) { a.persistence.wait = wait }
}

// persistence asks a model again where that may help. The result of a call is
// whether something of it was shown: then it isn't made again.
type persistence struct {
	wait time.Duration
	rest circuitbreaker.CircuitBreaker[bool] // nil: the model is never let rest
}

// rests reports whether the model is left alone.
func (p *persistence) rests() bool { return p.rest != nil && p.rest.IsOpen() }

// newPersistence returns one that never lets the model rest.
func newPersistence() persistence { return persistence{wait: model.DefaultWait} }

// letRest makes a model that keeps failing be left alone for a while, for all uses.
func (p *persistence) letRest() {
	p.rest = circuitbreaker.NewBuilder[bool]().
		HandleIf(func(_ bool, err error) bool { return isFailing(err) }).
		WithFailureThreshold(failuresInRow).
		WithDelay(restTime).
		WithSuccessThreshold(1).
		Build()
}

// executor makes calls again, and with rest not at all while the model rests.
func (p *persistence) executor(rest bool) failsafe.Executor[bool] {
	policies := model.RetryPolicies(p.wait, func(shown bool) bool { return !shown })
	if rest && p.rest != nil {
		policies = append([]failsafe.Policy[bool]{p.rest}, policies...)
	}
	return failsafe.With(policies...)
}

// run calls write until it succeeds or there is no use. It returns what the
// last call did, and the sum of what all of them used.
func (p *persistence) run(ctx context.Context, write func() (Written, error)) (Written, error) {
	var written Written
	used, err := p.call(ctx, true, func() (shown bool, used Usage, err error) {
		written, err = write()
		return len(written.Claims) > 0, written.Usage, err
	})
	written.Usage = used
	return written, err
}

// call makes a call until it succeeds or there is no use, and returns the sum of
// what it used and the last error. Calls with rest count for the model's rest.
func (p *persistence) call(ctx context.Context, rest bool, ask func() (shown bool, used Usage, err error)) (Usage, error) {
	var total Usage
	var failed error
	called := false
	_, err := p.executor(rest).WithContext(ctx).Get(func() (bool, error) {
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

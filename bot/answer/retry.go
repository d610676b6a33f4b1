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
	"reportbot/prompts"
	"reportbot/store/text"
)

const (
	// After failuresInRow answers that failed in a row the model is left alone
	// for restTime, and then tried with one.
	failuresInRow = 5
	restTime      = 15 * time.Second
)

// ErrResting means that the model wasn't asked, since it has failed too often.
var ErrResting = errors.New("the model is not asked for a while: it has failed several times in a row")

// Model writes a reply to messages; model.Client is one.
type Model interface {
	// Stream calls piece with each part of the reply as it comes, from the
	// calling goroutine, and returns once the reply has ended. A reply that is
	// not whole is model.ErrCut, one that a server refuses a *model.Error.
	Stream(ctx context.Context, messages []model.Message, piece func(string)) (model.Usage, error)
}

// retrier asks a model again where that may help.
type retrier struct {
	model   Model
	wait    time.Duration                       // how long the model may be silent before its first token
	breaker circuitbreaker.CircuitBreaker[bool] // nil: a failing model is asked all the same
}

// rests reports whether the model is left alone for now.
func (r *retrier) rests() bool { return r.breaker != nil && r.breaker.IsOpen() }

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

// call asks until ask succeeds or another try can't help, and returns the sum of what it
// used and the last error. ask returns begun if part of the reply has been passed on; then
// it is not called again. With breaker, the model isn't asked while it rests, and failures
// count towards a rest.
func (r *retrier) call(ctx context.Context, breaker bool, ask func() (begun bool, used Usage, err error)) (Usage, error) {
	policies := model.RetryPolicies(r.wait, func(begun bool) bool { return !begun })
	if breaker && r.breaker != nil {
		policies = append([]failsafe.Policy[bool]{r.breaker}, policies...)
	}
	var total Usage
	var failed error
	called := false
	_, err := failsafe.With(policies...).WithContext(ctx).Get(func() (bool, error) {
		called = true
		begun, used, err := ask()
		total.Add(used)
		failed = err
		return begun, err
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
func (r *retrier) say(ctx context.Context, messages []model.Message) (string, Usage, error) {
	var said strings.Builder
	used, err := r.call(ctx, false, func() (bool, Usage, error) {
		said.Reset()
		used, err := r.model.Stream(ctx, messages, func(piece string) { said.WriteString(piece) })
		return false, used, err
	})
	return said.String(), used, err
}

// rewriteTimeout bounds the call that words a question anew: it is of use only if it
// is quick.
const rewriteTimeout = 10 * time.Second

// rewrite has the model word a question anew, as one in the report's language
// that stands alone; empty where its reply is of no use.
func (r *retrier) rewrite(ctx context.Context, q question, report text.Language) (string, Usage) {
	asked := q.prompt()
	asked.Report = string(report)
	messages, err := prompts.Rewrite(asked)
	if err != nil {
		return "", Usage{}
	}
	ctx, cancel := context.WithTimeout(ctx, rewriteTimeout)
	defer cancel()
	said, usage, err := r.say(ctx, messages)
	if err != nil {
		return "", usage
	}
	alone, ok := prompts.ReadRewrite(said)
	if !ok || q.adds(alone) {
		return "", usage
	}
	return alone, usage
}

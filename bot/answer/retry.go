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
	// After failuresInRow failed answers in a row the model isn't called for pauseTime,
	// and then tried with one.
	failuresInRow = 5
	pauseTime     = 15 * time.Second
)

// ErrPaused means that the model wasn't called, after repeated failures.
var ErrPaused = errors.New("the model is not called for a while, after several failures in a row")

// Model writes a reply to messages; model.Client is one.
type Model interface {
	// Stream calls piece with each part of the reply as it arrives, from the calling
	// goroutine, and returns at its end. It returns model.ErrCut for an incomplete
	// reply, and a *model.Error for the server's refusal.
	Stream(ctx context.Context, messages []model.Message, piece func(string)) (model.Usage, error)
}

// retrier calls a model, and repeats failed calls where that may help.
type retrier struct {
	model   Model
	wait    time.Duration                       // how long the model may be silent before its first token
	breaker circuitbreaker.CircuitBreaker[bool] // nil: a failing model is called all the same
}

// paused reports whether the model isn't called for now.
func (r *retrier) paused() bool { return r.breaker != nil && r.breaker.IsOpen() }

// pauseAfterFailures makes the retrier stop calling a model for a while that keeps
// failing.
func (r *retrier) pauseAfterFailures() {
	r.breaker = circuitbreaker.NewBuilder[bool]().
		HandleIf(func(_ bool, err error) bool { return isFailing(err) }).
		WithFailureThreshold(failuresInRow).
		WithDelay(pauseTime).
		WithSuccessThreshold(1).
		Build()
}

// call calls ask until it succeeds or another try can't help, and returns the usage of
// all tries and the last error. ask returns begun if part of the reply was passed on;
// then it is not called again. With breaker, ask isn't called during a pause, and
// failures count towards a pause.
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
		return total, ErrPaused
	}
	if !called {
		failed = err // ctx was cancelled before the first try
	}
	return total, failed
}

// isFailing reports whether an error means that the model's server doesn't work, rather
// than that one request was stopped or bad.
func isFailing(err error) bool {
	var failed *model.Error
	if errors.As(err, &failed) {
		return failed.Status != http.StatusBadRequest && !model.TooLong(err)
	}
	return err != nil && !errors.Is(err, context.Canceled)
}

// reply returns the model's whole reply to messages.
func (r *retrier) reply(ctx context.Context, messages []model.Message) (string, Usage, error) {
	var said strings.Builder
	used, err := r.call(ctx, false, func() (bool, Usage, error) {
		said.Reset()
		used, err := r.model.Stream(ctx, messages, func(piece string) { said.WriteString(piece) })
		return false, used, err
	})
	return said.String(), used, err
}

// rewriteTimeout bounds the call that rewrites a question: it is useful only if it is
// quick.
const rewriteTimeout = 10 * time.Second

// rewrite has the model rewrite a question to a self-contained one in the report's
// language; "" if its reply is unusable.
func (r *retrier) rewrite(ctx context.Context, q question, report text.Language) (string, Usage) {
	asked := q.prompt()
	asked.Report = string(report)
	messages, err := prompts.Rewrite(asked)
	if err != nil {
		return "", Usage{}
	}
	ctx, cancel := context.WithTimeout(ctx, rewriteTimeout)
	defer cancel()
	said, usage, err := r.reply(ctx, messages)
	if err != nil {
		return "", usage
	}
	alone, ok := prompts.ReadRewrite(said)
	if !ok || q.addsNumber(alone) {
		return "", usage
	}
	return alone, usage
}

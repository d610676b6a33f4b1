package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	// sendTimeout limits one call that sends a message. It is long, because after a timeout
	// it is unknown whether the message was sent.
	sendTimeout = 100 * time.Second
	// editTimeout limits one idempotent call.
	editTimeout = 30 * time.Second
	// optionalTimeout limits one optional call.
	optionalTimeout = 10 * time.Second
)

// The pauses between tries. maxPause is short, so that answers resume soon after an outage
// of Telegram.
const (
	minPause = time.Second
	maxPause = 5 * time.Second
)

// backoff is the pause between retries: twice as long each time, up to maxPause.
type backoff struct{ pause time.Duration }

// next returns the next pause.
func (b *backoff) next() time.Duration {
	b.pause = min(max(2*b.pause, minPause), maxPause)
	return jitter(b.pause)
}

// reset starts again with minPause.
func (b *backoff) reset() { b.pause = 0 }

// maxTries limits the tries of retryFew.
const maxTries = 4

// retryFew makes a call that somebody waits for, at most maxTries times, until it succeeds
// or a retry can't help.
func retryFew(ctx context.Context, do func(ctx context.Context) error) error {
	var pause backoff
	for try := 1; ; try++ {
		err := do(ctx)
		final := refused(err) || errors.Is(err, tg.ErrorUnauthorized) || errors.Is(err, errTooLarge)
		if err == nil || final || try == maxTries || !sleep(ctx, max(pause.next(), retryDelayOf(err))) {
			return err
		}
	}
}

// jitter varies a pause, so that calls that failed together are not retried together.
// Tests replace it to get exact pauses.
var jitter = withJitter

// withJitter returns a pause that is randomly shorter by up to half.
func withJitter(d time.Duration) time.Duration { return d - rand.N(d/2) }

// sleep waits, and reports false if ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func attempt(ctx context.Context, repeatable bool, do func(context.Context) error) error {
	timeout := sendTimeout
	if repeatable {
		timeout = editTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return do(ctx)
}

// retryDelayOf returns the retry_after of an error; 0 if it has none.
func retryDelayOf(err error) time.Duration {
	var wait *tg.TooManyRequestsError
	if errors.As(err, &wait) {
		return retryDelay(wait)
	}
	return 0
}

func retryDelay(wait *tg.TooManyRequestsError) time.Duration {
	return max(minPause, time.Duration(wait.RetryAfter)*time.Second)
}

// errTooLarge means that a file exceeds its size limit.
var errTooLarge = errors.New("the file is too large")

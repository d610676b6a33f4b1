package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	// sendTimeout bounds one call that sends a message. It is long, because after a
	// timeout nobody knows whether the message was sent.
	sendTimeout = 100 * time.Second
	// editTimeout bounds one call that may be repeated.
	editTimeout = 30 * time.Second
	// spareTimeout bounds one optional call.
	optionalTimeout = 10 * time.Second
)

// The pauses between tries. The longest is short: after an outage of Telegram answers
// soon come again.
const (
	minPause = time.Second
	maxPause = 5 * time.Second
)

// backoff is the pause between tries of something that fails: twice as long each
// time, up to mostPause.
type backoff struct{ pause time.Duration }

// next returns the next pause.
func (b *backoff) next() time.Duration {
	b.pause = min(max(2*b.pause, minPause), maxPause)
	return jitter(b.pause)
}

// reset begins anew with the shortest pause.
func (b *backoff) reset() { b.pause = 0 }

// fewTries is how often few makes a call.
const maxTries = 4

// few makes a call that somebody waits for, a few times at most, until it succeeds or
// trying again can't help.
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

// spread varies a pause, so that calls that failed together are not repeated together.
// Tests replace it and get exact pauses.
var jitter = withJitter

// shortened returns a pause that is up to half shorter.
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

// waitOf returns how long Telegram asks to wait with an error; 0 if it doesn't.
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

// errTooLarge means that a file is larger than it may be.
var errTooLarge = errors.New("the file is too large")

package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	tg "github.com/go-telegram/bot"
)

// The pauses between tries. The longest is short: after an outage of Telegram answers
// soon come again.
const (
	leastPause = time.Second
	mostPause  = 5 * time.Second
)

// backoff is the pause between tries of something that fails: twice as long each
// time, up to mostPause.
type backoff struct{ pause time.Duration }

// next returns the next pause.
func (b *backoff) next() time.Duration {
	b.pause = min(max(2*b.pause, leastPause), mostPause)
	return spread(b.pause)
}

// reset begins anew with the shortest pause.
func (b *backoff) reset() { b.pause = 0 }

// fewTries is how often few makes a call.
const fewTries = 4

// few makes a call that somebody waits for, a few times at most, until it succeeds or
// trying again can't help.
func few(ctx context.Context, do func(ctx context.Context) error) error {
	var pause backoff
	for try := 1; ; try++ {
		err := do(ctx)
		final := refused(err) || errors.Is(err, tg.ErrorUnauthorized) || errors.Is(err, errTooLarge)
		if err == nil || final || try == fewTries || !sleep(ctx, max(pause.next(), waitOf(err))) {
			return err
		}
	}
}

// spread varies a pause, so that calls that failed together are not repeated together.
// Tests replace it and get exact pauses.
var spread = shortened

// shortened returns a pause that is up to half shorter.
func shortened(d time.Duration) time.Duration { return d - rand.N(d/2) }

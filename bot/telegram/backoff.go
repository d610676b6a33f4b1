package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	tg "github.com/go-telegram/bot"
)

// The pauses between tries. The longest is short, so that an outage is over for
// people as soon as it is over at Telegram.
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

// fewTries is how often a call is made that somebody waits for, and that may fail.
const fewTries = 4

// few makes a call until it succeeds, as long as that may help, and not often.
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

// spread makes a pause differ from that of others, so that what failed at the same
// time is not tried again at the same time. Tests leave pauses as they are.
var spread = shortened

// shortened returns a pause that is up to half shorter.
func shortened(d time.Duration) time.Duration { return d - rand.N(d/2) }

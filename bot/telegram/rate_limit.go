package telegram

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Telegram's limits, as far as they are known: 30 messages a second over all chats, one a
// second in a chat with short bursts, 20 a minute in a group. Within one second a token
// bucket allows its burst plus its rate, so their sum must be the limit.
const (
	burstShare  = 10 // the burst is a tenth of the overall rate
	chatEvery   = 1050 * time.Millisecond
	chatBurst   = 3
	groupMinute = 20
	// lowPriorityEvery is how often a low-priority message tries to get a turn.
	lowPriorityEvery = 500 * time.Millisecond
)

// rateLimiter schedules sends within Telegram's limits. A retry_after from Telegram pauses
// only the chat concerned.
type rateLimiter struct {
	unlimited bool
	all       *rate.Limiter

	mu    sync.Mutex
	chats map[int64]*chatLimit
	swept time.Time
}

// chatLimit is the limit of one chat.
type chatLimit struct {
	bucket      *rate.Limiter
	last        [groupMinute]time.Time // when a group's last sends were or are due; the oldest is at next
	next        int
	pausedUntil time.Time // end of Telegram's last retry_after
	used        time.Time
}

// newRateLimiter allows perSecond sends a second over all chats. 0 lifts all limits except
// Telegram's retry_after.
func newRateLimiter(perSecond float64) *rateLimiter {
	burst := max(1, int(perSecond/burstShare))
	return &rateLimiter{
		unlimited: perSecond == 0,
		all:       rate.NewLimiter(rate.Limit(max(perSecond-float64(burst), perSecond/2)), burst),
		chats:     map[int64]*chatLimit{},
	}
}

// turn reserves the next turn to send to a chat. It returns nil if that is now, else a
// function that waits for the turn and fails if ctx ends first.
func (l *rateLimiter) turn(chat int64, group bool) (wait func(ctx context.Context) error) {
	due := l.reserve(chat, group)
	if !due.After(time.Now()) && (l.unlimited || l.all.Allow()) {
		return nil
	}
	return func(ctx context.Context) error {
		for wait := time.Until(due); wait > 0; wait = time.Until(l.pausedUntil(chat)) { // it may be paused meanwhile
			if !sleep(ctx, wait) {
				return context.Cause(ctx)
			}
		}
		if l.unlimited {
			return nil
		}
		// Last: a chat that waits for its own turn must not use up the overall rate.
		return l.all.Wait(ctx)
	}
}

// lowPriorityTurn is turn for a message that must not delay another.
func (l *rateLimiter) lowPriorityTurn(chat int64, group bool) (wait func(ctx context.Context) error) {
	if l.tryTurn(chat, group, true) {
		return nil
	}
	return func(ctx context.Context) error {
		for sleep(ctx, lowPriorityEvery) {
			if l.tryTurn(chat, group, true) {
				return nil
			}
		}
		return context.Cause(ctx)
	}
}

// reserve takes a turn of a chat and returns when it is due.
func (l *rateLimiter) reserve(chat int64, group bool) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.chat(chat, now)
	due := now
	if c.pausedUntil.After(due) {
		due = c.pausedUntil
	}
	if l.unlimited {
		return due
	}
	if own := now.Add(c.bucket.ReserveN(now, 1).DelayFrom(now)); own.After(due) {
		due = own
	}
	if group {
		if full := c.last[c.next].Add(time.Minute); full.After(due) {
			due = full
		}
		c.last[c.next] = due
		c.next = (c.next + 1) % groupMinute
	}
	c.used = due
	return due
}

// tryTurn takes a turn for an optional call and reports true, unless that would delay an
// answer. counts is true if the call counts against the chat's limits, as messages and
// edits do.
func (l *rateLimiter) tryTurn(chat int64, group, counts bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.chat(chat, now)
	if now.Before(c.pausedUntil) {
		return false
	}
	if l.unlimited {
		return true
	}
	// Keep one turn for the answer itself; in a group keep half of the minute's 20.
	if l.all.TokensAt(now) < math.Min(2, float64(l.all.Burst())) {
		return false
	}
	if counts {
		if c.bucket.TokensAt(now) < 2 || group && now.Sub(c.last[(c.next+groupMinute/2)%groupMinute]) < time.Minute {
			return false
		}
		c.bucket.AllowN(now, 1)
		if group {
			c.last[c.next] = now
			c.next = (c.next + 1) % groupMinute
		}
	}
	l.all.AllowN(now, 1)
	c.used = now
	return true
}

// idle reports whether nothing waits for a turn, so that "typing", which needs no turn, may
// be shown.
func (l *rateLimiter) idle(chat int64) bool {
	return !time.Now().Before(l.pausedUntil(chat)) && (l.unlimited || l.all.Tokens() >= 0)
}

// pauseChat stops sends to a chat for Telegram's retry_after.
func (l *rateLimiter) pauseChat(chat int64, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.chat(chat, now)
	if until := now.Add(d); until.After(c.pausedUntil) {
		c.pausedUntil, c.used = until, until
	}
}

func (l *rateLimiter) pausedUntil(chat int64) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.chats[chat]; c != nil {
		return c.pausedUntil
	}
	return time.Time{}
}

// chat returns the limit of a chat. The caller holds the lock.
func (l *rateLimiter) chat(id int64, now time.Time) *chatLimit {
	if now.Sub(l.swept) > time.Minute {
		l.swept = now
		for id, c := range l.chats {
			if now.Sub(c.used) > time.Minute { // all its limits have recovered
				delete(l.chats, id)
			}
		}
	}
	c := l.chats[id]
	if c == nil {
		c = &chatLimit{bucket: rate.NewLimiter(rate.Every(chatEvery), chatBurst), used: now}
		l.chats[id] = c
	}
	return c
}

package telegramtest

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// rateLaw imitates Telegram's unpublished limits by the numbers it hints at.
type rateLaw struct {
	perChat map[int64][]time.Time // times of sends in the last minute
	overall []time.Time
	// barred is until when a chat gets nothing but 429.
	barred map[int64]time.Time
}

const (
	chatBurst     = 3 // messages at once before one a second holds
	groupMinute   = 20
	overallSecond = 30
)

// EnforceRates switches the rate law on: over one message a second in a chat
// (bursts of three pass), 20 a minute in a group or 30 a second over all, the
// answer is 429 with retry_after, and until then everything to that chat is.
// Sending and editing count; chat actions do not, and drafts only over all.
func (s *Server) EnforceRates() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates = &rateLaw{perChat: map[int64][]time.Time{}, barred: map[int64]time.Time{}}
}

func tooManyRequests(seconds int) *apiError {
	return &apiError{
		status:      http.StatusTooManyRequests,
		description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		retryAfter:  seconds,
	}
}

// limit applies the rate law to a call. The lock is held.
func (s *Server) limit(method string, r *request) *apiError {
	if s.rates == nil {
		return nil
	}
	inChat := slices.Contains([]string{"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"}, method)
	if !inChat && method != "sendMessageDraft" {
		return nil
	}
	chat := r.params.Int("chat_id")
	c := s.chats[chat]
	group := c != nil && c.Type != "private"
	now := time.Now()
	if wait := s.rates.wait(chat, inChat, group, now); wait > 0 {
		s.rates.barred[chat] = now.Add(wait)
		return tooManyRequests(int((wait + time.Second - 1) / time.Second))
	}
	s.rates.overall = append(s.rates.overall, now)
	if inChat {
		s.rates.perChat[chat] = append(s.rates.perChat[chat], now)
	}
	return nil
}

// wait returns how long a call has to wait, 0 if it may pass.
func (l *rateLaw) wait(chat int64, inChat, group bool, now time.Time) time.Duration {
	since := func(times []time.Time, d time.Duration) []time.Time {
		return slices.DeleteFunc(times, func(t time.Time) bool { return now.Sub(t) >= d })
	}
	l.overall = since(l.overall, time.Second)
	l.perChat[chat] = since(l.perChat[chat], time.Minute)
	sends := l.perChat[chat]
	switch {
	case len(l.overall) >= overallSecond:
		return time.Second - now.Sub(l.overall[0])
	case !inChat:
		return 0
	case now.Before(l.barred[chat]):
		return l.barred[chat].Sub(now)
	case group && len(sends) >= groupMinute:
		return time.Minute - now.Sub(sends[len(sends)-groupMinute])
	}
	// A bucket of chatBurst that fills by one a second.
	credit, last := float64(chatBurst), time.Time{}
	for _, t := range sends {
		if !last.IsZero() {
			credit = min(chatBurst, credit+t.Sub(last).Seconds())
		}
		credit--
		last = t
	}
	if !last.IsZero() {
		credit = min(chatBurst, credit+now.Sub(last).Seconds())
	}
	if credit < 1 {
		return time.Duration((1 - credit) * float64(time.Second))
	}
	return 0
}

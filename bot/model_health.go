package bot

import (
	"sync"
	"time"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

// modelHealth is the outcome of the last call to the model.
type modelHealth struct {
	mu     sync.Mutex
	at     time.Time // zero: no call yet
	notice answer.Notice
}

// record records the outcome of a call, unless the answer was stopped.
func (h *modelHealth) record(a *answer.Answer) {
	if a.Usage.Calls == 0 && a.Cause == nil || a.Notice == answer.Stopped {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at, h.notice = time.Now(), answer.NoNotice
	if a.Cause != nil {
		h.notice = a.Notice
	}
}

func (h *modelHealth) line(lang text.Language) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.at.IsZero():
		return say(lang, "model_not_asked")
	case h.notice == answer.NoNotice:
		return say(lang, "model_well", "At", dateTime(h.at, lang))
	}
	return say(lang, "model_failing", "At", dateTime(h.at, lang), "Why", say(lang, phrase(h.notice)))
}

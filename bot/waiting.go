package bot

import (
	"context"
	"sync"
	"time"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

// waitingAfter is how long nothing of an answer may be shown before the person
// is told that the model is waited for: one that is being loaded can be silent
// for a minute and more.
const waitingAfter = 6 * time.Second

// firstSign tells a person once that the model is waited for, unless something
// else is shown before.
type firstSign struct {
	mu    sync.Mutex
	over  bool
	timer *time.Timer
}

// newFirstSign calls wait after waitingAfter, unless end is called before.
func newFirstSign(wait func()) *firstSign {
	f := &firstSign{}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.timer = time.AfterFunc(waitingAfter, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if !f.over {
			wait()
		}
	})
	return f
}

// end returns once wait is not being called and will not be any more.
func (f *firstSign) end() {
	f.timer.Stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over = true
}

// askShowing answers a question and shows its claims as they come. It says that
// the model is waited for where none comes soon.
func (b *Bot) askShowing(ctx context.Context, lang text.Language, request answer.Request, partial func(Message)) (*answer.Answer, error) {
	var shown []answer.Claim
	first := newFirstSign(func() {
		m := textMessage(say(lang, "waiting_for_model"))
		m.Note = true
		partial(m)
	})
	defer first.end()
	return b.asker.Ask(ctx, request, func(claim answer.Claim) {
		first.end()
		shown = append(shown, claim)
		partial(RenderClaims(shown))
	})
}

package bot

import (
	"context"
	"sync"
	"time"

	"reportbot/bot/answer"
	"reportbot/store/text"
)

// waitingAfter is how long after a question the bot says that it is waiting for the
// model: while its server loads, a model can be silent for more than a minute.
const waitingAfter = 6 * time.Second

// firstSign shows once that the bot is waiting for the model, unless a claim is shown
// before.
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

// end cancels the call, and returns after a call in progress.
func (f *firstSign) end() {
	f.timer.Stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over = true
}

// askShowing answers a question and shows its claims as they are checked. If the first
// takes long, it shows that the bot is waiting for the model.
func (b *Bot) askShowing(ctx context.Context, lang text.Language, request answer.Request, show func(Message)) (*answer.Answer, error) {
	var shown []answer.Claim
	first := newFirstSign(func() {
		m := textMessage(say(lang, "waiting_for_model"))
		m.Note = true
		show(m)
	})
	defer first.end()
	return b.asker.Ask(ctx, request, func(claim answer.Claim) {
		first.end()
		shown = append(shown, claim)
		show(RenderClaims(shown))
	})
}

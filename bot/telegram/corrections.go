package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
)

const (
	// recheckEvery is how often to check whether another edition is live.
	recheckEvery = 2 * time.Second
	// correctionRetry is how long to wait if no correction could be shown.
	correctionRetry = lowPriorityEvery
)

// correct shows corrections until ctx ends. It uses only turns that no answer needs.
func (t *runner) correct(ctx context.Context) {
	for logged := false; ; {
		err := t.correctAll(ctx)
		if err != nil && ctx.Err() == nil && !logged {
			t.log.Error("can't correct answers; retrying", "error", err)
		}
		logged = err != nil
		if !sleep(ctx, recheckEvery) {
			return
		}
	}
}

// correctAll shows all pending corrections. It turns a panic into an error.
func (t *runner) correctAll(ctx context.Context) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = panicError(panicked)
		}
	}()
	if err := t.conversation.Recheck(ctx); err != nil {
		return err
	}
	var pause backoff
	for before := int64(0); ; {
		found, last, err := t.conversation.Corrections(ctx, before)
		if err != nil || before == 0 && last == 0 {
			return err
		}
		shown := 0
		for _, c := range found {
			done, err := t.correctOne(ctx, c)
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil: // Telegram can't be reached
				t.log.Debug("can't show a correction yet", "error", err)
				if !sleep(ctx, pause.next()) {
					return nil
				}
			case done:
				shown++
				pause = backoff{}
			}
		}
		if before = last; before == 0 && shown == 0 && !sleep(ctx, correctionRetry) {
			return nil
		}
		if before == 0 {
			if err := t.conversation.Recheck(ctx); err != nil { // a long list: another edition may be live
				return err
			}
		}
	}
}

// correctOne edits one answer or sends its news, if that delays nothing else, and records
// the outcome. It fails if a retry may help.
func (t *runner) correctOne(ctx context.Context, c bot.Correction) (done bool, err error) {
	to, ok := placeAt(c.Thread)
	if !ok || t.chats.current(to.chat) != to.chat {
		return true, t.conversation.Corrected(ctx, c, fmt.Errorf("the chat %s has another id now", c.Thread))
	}
	if t.outbox.sending.Load() > busySends || !t.outbox.limits.tryTurn(to.chat, !to.private, true) {
		return false, nil
	}
	if c.Tell {
		err = t.sendNews(ctx, to, c)
	} else {
		err = t.editCorrection(ctx, to, c)
	}
	var wait *tg.TooManyRequestsError
	var migrated *tg.MigrateError
	switch {
	case errors.As(err, &wait): // the chat is paused now
		return false, nil
	case errors.As(err, &migrated):
		t.chats.move(to.chat, int64(migrated.MigrateToChatID))
		return false, nil
	case errors.Is(err, tg.ErrorUnauthorized):
		t.tokenRefused()
		return false, err
	case errors.Is(err, tg.ErrorForbidden) && !mayNotWrite(err):
		t.queue.dropPending(to.chat)
		t.chats.forget(t.work, to.chat)
		return true, nil
	case err != nil && !refused(err) && !errors.Is(err, errNotEditable):
		return false, err
	case err != nil:
		t.log.Info("can't correct an answer", "chat", t.chats.name(to.chat), "error", err)
	}
	return true, t.conversation.Corrected(context.WithoutCancel(ctx), c, err)
}

// errNotEditable means that an answer was stored in a form that can't be shown again.
var errNotEditable = errors.New("the answer can't be shown again")

// editCorrection edits an answer that was sent.
func (t *runner) editCorrection(ctx context.Context, to place, c bot.Correction) error {
	var parts []content
	if err := json.Unmarshal(c.Shown.Parts, &parts); err != nil || len(parts) == 0 || len(parts) != len(c.Shown.Messages) {
		return errors.Join(errNotEditable, err)
	}
	at, part := correctedPart(parts, c.Warning)
	if part.File != nil {
		return errNotEditable
	}
	if err := t.conversation.Correcting(ctx, c); err != nil {
		return err
	}
	return t.outbox.tryOnce(ctx, to, func(ctx context.Context) error {
		return t.outbox.editOnce(ctx, to, c.Shown.Messages[at], part)
	})
}

// sendNews sends the message about a correction to those who asked for one. If the outcome
// is unknown it is not resent: the answer itself is corrected anyway.
func (t *runner) sendNews(ctx context.Context, to place, c bot.Correction) error {
	parts := contents(c.News)
	if len(parts) == 0 || len(c.Shown.Messages) == 0 {
		return errNotEditable
	}
	if err := t.outbox.shared.beforeSend(ctx); err != nil {
		return err
	}
	send := func(ctx context.Context) error {
		_, err := t.outbox.sendOnce(ctx, to, parts[0], c.Shown.Messages[0], false)
		return err
	}
	err := t.outbox.tryOnce(ctx, to, send)
	if topicGone(err) && to.topic != 0 {
		to.topic = 0
		err = t.outbox.tryOnce(ctx, to, send)
	}
	if err != nil && outcomeUnknown(err) {
		return nil
	}
	return err
}

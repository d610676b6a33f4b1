package telegram

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

const (
	// typingEvery is how often "typing" is shown again; Telegram takes it away
	// after five seconds.
	typingEvery = 4 * time.Second
	// draftEvery and editEvery are the shortest times between two partial
	// answers; an edit counts against a group's limit of 20 messages a minute.
	draftEvery = 300 * time.Millisecond
	editEvery  = 3 * time.Second
	// draftLife is when a draft is sent again: Telegram drops it after 30 s.
	draftLife = 20 * time.Second

	sendTries = 4
)

// responder answers one message: in a private chat with drafts and then one
// message, elsewhere with one message that is edited into the answer.
type responder struct {
	work context.Context // ends when all must end, with bot.ErrParked as its cause
	api  *tg.Bot
	to   question
	log  *slog.Logger

	stop    context.CancelFunc // of the typing loop
	stopped chan struct{}

	mu          sync.Mutex
	placeholder int // id of the message that is edited; 0: none
	partial     string
	shownAt     time.Time
}

func newResponder(work context.Context, api *tg.Bot, to question, log *slog.Logger) *responder {
	return &responder{work: work, api: api, to: to, log: log}
}

// Working shows "typing", and outside private chats a message to be edited.
func (r *responder) Working(ctx context.Context, note bot.Message) {
	if !r.to.place.private {
		if parts := Render(note); len(parts) > 0 {
			id, err := r.send(ctx, parts[0], note.Buttons, r.to.message)
			if err != nil {
				r.log.Warn("no placeholder; the answer will be a message of its own", "error", withoutAddress(err))
			}
			r.placeholder = id
		}
	}
	ctx, r.stop = context.WithCancel(ctx)
	r.stopped = make(chan struct{})
	go func() {
		defer close(r.stopped)
		r.keepAlive(ctx)
	}()
}

// keepAlive shows "typing" until an answer streams in, then keeps its draft
// from expiring.
func (r *responder) keepAlive(ctx context.Context) {
	for {
		r.mu.Lock()
		partial, age := r.partial, time.Since(r.shownAt)
		r.mu.Unlock()
		switch {
		case partial == "" || !r.to.place.private:
			_, err := r.api.SendChatAction(ctx, &tg.SendChatActionParams{
				ChatID: r.to.place.chat, MessageThreadID: r.to.place.topic, Action: models.ChatActionTyping,
			})
			r.tolerate(ctx, "typing", err)
		case age > draftLife:
			r.draft(ctx, partial)
		}
		if !sleep(ctx, typingEvery) {
			return
		}
	}
}

// close ends what Working began, if Final did not.
func (r *responder) close() {
	if r.stop != nil {
		r.stop()
		<-r.stopped
	}
}

// Partial shows what has passed so far, not more often than Telegram takes it.
// A partial answer that can't be shown is no loss: the whole follows.
func (r *responder) Partial(ctx context.Context, m bot.Message) {
	parts := Render(m)
	if len(parts) == 0 {
		return
	}
	every := draftEvery
	if !r.to.place.private {
		every = editEvery
	}
	r.mu.Lock()
	due := time.Since(r.shownAt) >= every
	r.mu.Unlock()
	switch {
	case !due:
	case r.to.place.private:
		r.draft(ctx, parts[0])
	case r.placeholder != 0:
		r.tolerate(ctx, "a partial answer", r.edit(ctx, r.placeholder, parts[0], m.Buttons))
		r.shown(parts[0])
	}
}

func (r *responder) draft(ctx context.Context, html string) {
	_, err := r.api.SendMessageDraft(ctx, &tg.SendMessageDraftParams{
		ChatID: r.to.place.chat, MessageThreadID: r.to.place.topic,
		DraftID: strconv.Itoa(r.to.message), Text: html, ParseMode: models.ParseModeHTML, CanStop: true,
	})
	r.tolerate(ctx, "a draft", err)
	r.shown(html)
}

func (r *responder) shown(html string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.partial, r.shownAt = html, time.Now()
}

func (r *responder) tolerate(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		r.log.Debug("could not show "+what, "error", withoutAddress(err))
	}
}

// Final sends the answer, in as many messages as it needs: the first replies
// to the question, each further one to the one before. It fails with
// bot.ErrParked if the program's time is up before all is sent.
func (r *responder) Final(ctx context.Context, m bot.Message) (int, error) {
	r.close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(r.work, stop)()
	first, err := r.final(ctx, m)
	if err != nil && errors.Is(context.Cause(r.work), bot.ErrParked) {
		err = bot.ErrParked
	}
	return first, err
}

func (r *responder) final(ctx context.Context, m bot.Message) (int, error) {
	first, last := 0, 0
	parts := Render(m)
	for i, html := range parts {
		var buttons [][]bot.Button
		if i == len(parts)-1 {
			buttons = m.Buttons
		}
		if first == 0 && r.placeholder != 0 {
			err := r.retry(ctx, func() error { return r.edit(ctx, r.placeholder, html, buttons) })
			if err == nil {
				first, last = r.placeholder, r.placeholder
				continue
			}
			r.log.Warn("the placeholder can't be edited; sending a message", "error", withoutAddress(err))
		}
		if first == 0 {
			last = r.to.message
		}
		id, err := r.send(ctx, html, buttons, last)
		if err != nil {
			return first, withoutAddress(err)
		}
		if first == 0 {
			first = id
		}
		last = id
	}
	return first, nil
}

var noPreview = true

// send sends a message that replies to another, 0 for none.
func (r *responder) send(ctx context.Context, html string, buttons [][]bot.Button, replyTo int) (id int, err error) {
	chat := r.to.place.chat
	err = r.retry(ctx, func() error {
		params := &tg.SendMessageParams{
			ChatID: r.to.place.chat, MessageThreadID: r.to.place.topic,
			Text: html, ParseMode: models.ParseModeHTML,
			LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
			ReplyMarkup:        keyboard(buttons),
		}
		if replyTo != 0 && chat == r.to.place.chat {
			params.ReplyParameters = &models.ReplyParameters{MessageID: replyTo, AllowSendingWithoutReply: true}
		}
		sent, err := r.api.SendMessage(ctx, params)
		if err == nil {
			id = sent.ID
		}
		return err
	})
	return id, err
}

// edit puts html and buttons in place of a message; that they stand there
// already is no error.
func (r *responder) edit(ctx context.Context, message int, html string, buttons [][]bot.Button) error {
	_, err := r.api.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: r.to.place.chat, MessageID: message,
		Text: html, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
		ReplyMarkup:        keyboard(buttons),
	})
	if err != nil && strings.Contains(err.Error(), "message is not modified") {
		return nil
	}
	return err
}

// Administers asks Telegram whether the sender is one of the group's
// administrators. An anonymous one is, or Telegram would not send it so.
func (r *responder) Administers(ctx context.Context) (bool, error) {
	if r.to.place.private || r.to.sender.Anonymous {
		return true, nil
	}
	member, err := r.api.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: r.to.place.chat, UserID: r.to.sender.ID})
	if err != nil {
		return false, withoutAddress(err)
	}
	return member.Type == models.ChatMemberTypeOwner || member.Type == models.ChatMemberTypeAdministrator, nil
}

// retry calls send again as long as Telegram asks to wait, or can't be
// reached, and where the chat has got another id; what it refuses for good is
// not tried again.
func (r *responder) retry(ctx context.Context, send func() error) error {
	pause := leastPause
	for try := 1; ; try++ {
		err := send()
		var wait *tg.TooManyRequestsError
		var moved *tg.MigrateError
		switch {
		case err == nil, try == sendTries, ctx.Err() != nil,
			errors.Is(err, tg.ErrorBadRequest), errors.Is(err, tg.ErrorForbidden),
			errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound),
			errors.Is(err, context.DeadlineExceeded):
			return err
		case errors.As(err, &wait):
			pause = time.Duration(wait.RetryAfter) * time.Second
		case errors.As(err, &moved):
			// The question has another id there, which nobody tells.
			r.to.place.chat, r.to.message, pause = int64(moved.MigrateToChatID), 0, 0
		}
		if !sleep(ctx, pause) {
			return err
		}
		pause = min(2*pause, mostPause)
	}
}

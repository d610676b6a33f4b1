package telegram

import (
	"bytes"
	"context"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store/text/lazyregexp"
)

const (
	// maxUnverifiedTries limits the tries of a message that may have been sent before, if
	// that can't be checked.
	maxUnverifiedTries = 10
	// giveUpAfter is how long a failing call is retried.
	giveUpAfter = time.Hour
	// giveUpUnreachableAfter is how long a call is retried if Telegram can't be reached: as
	// long as Telegram stores updates.
	giveUpUnreachableAfter = 24 * time.Hour
	// With more than busySends sends in progress, "typing" and partial answers are skipped.
	busySends = 8
)

// errMaybeSent means that it is unknown whether a message was sent.
var errMaybeSent = errors.New("unknown whether Telegram accepted the message; not resent")

// errMoved means that a chat's id has changed.
var errMoved = errors.New("the chat's id has changed")

// outbox makes the calls that send and edit messages, within Telegram's rate limits.
type outbox struct {
	api   *tg.Bot
	files *http.Client // downloads uploaded files
	// fileAddress is the URL for downloads, with the token. ownServer is true if the Bot API
	// server is not Telegram's own; such a server may return paths on its disk.
	fileAddress string
	ownServer   bool
	limits      *rateLimiter
	meter       Meter
	log         *slog.Logger
	chats       *chats
	refused     func()       // called when Telegram refuses the token
	sending     atomic.Int32 // calls of deliver in progress
	inline      bool         // inline mode is on
	window      window
	noDrafts    atomic.Bool // the server is too old for drafts
	finder      *sentFinder // nil: no searches
	shared      *Shared     // nil: no other process acts for the bot
}

// content is what a message shows.
type content struct {
	HTML    string         `json:"html"`
	Buttons [][]bot.Button `json:"buttons,omitempty"`
	File    *bot.File      `json:"file,omitempty"`  // the text is its caption
	Quiet   bool           `json:"quiet,omitempty"` // without a notification
	// Exchange is the id of the exchange whose answer begins with this part; 0: none.
	Exchange int64 `json:"exchange,omitempty"`
}

var tagPattern = lazyregexp.New(`<[^>]*>`)

// plain returns the content as plain text without its file, for when Telegram refuses
// its HTML.
func (c content) plain() content {
	c.HTML, c.File = html.UnescapeString(tagPattern.ReplaceAllString(c.HTML, "")), nil
	return c
}

// contents renders a message. The last part has its file and buttons.
func contents(m bot.Message) []content {
	var parts []content
	for _, part := range Render(m) {
		parts = append(parts, content{HTML: part, Quiet: m.Quiet})
	}
	if len(parts) > 0 {
		parts[len(parts)-1].Buttons, parts[len(parts)-1].File = m.Buttons, m.File
		parts[0].Exchange = m.Exchange
	}
	return parts
}

var noPreview = true

// window limits the concurrent sends: each then takes little time, and after a crash the
// outcome of only a few is unknown.
type window chan struct{}

const (
	windowWidth = 4
	// windowTimeout is how long a send occupies the window: when Telegram is slow, messages
	// don't wait for each other.
	windowTimeout = 250 * time.Millisecond
)

// enter waits for a place in the window. It fails if ctx ends first.
func (w window) enter(ctx context.Context) (leave func(), err error) {
	select {
	case w <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	once := sync.OnceFunc(func() { <-w })
	late := time.AfterFunc(windowTimeout, once)
	return func() { late.Stop(); once() }, nil
}

// sendOnce makes one call that sends a message, as plain text or HTML. replyTo is 0 for
// none.
func (o *outbox) sendOnce(ctx context.Context, to place, c content, replyTo int, asText bool) (*models.Message, error) {
	var reply *models.ReplyParameters
	if replyTo != 0 {
		reply = &models.ReplyParameters{MessageID: replyTo, AllowSendingWithoutReply: true}
	}
	mode := models.ParseModeHTML
	if asText {
		mode = ""
	}
	if c.File != nil {
		return o.api.SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: to.chat, MessageThreadID: to.topic,
			Document: &models.InputFileUpload{Filename: c.File.Name, Data: bytes.NewReader(c.File.Data)},
			Caption:  c.HTML, ParseMode: mode,
			ReplyParameters: reply, ReplyMarkup: keyboard(c.Buttons, o.inline), DisableNotification: c.Quiet,
		})
	}
	return o.api.SendMessage(ctx, &tg.SendMessageParams{
		ChatID: to.chat, MessageThreadID: to.topic,
		Text: c.HTML, ParseMode: mode,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
		ReplyParameters:    reply, ReplyMarkup: keyboard(c.Buttons, o.inline), DisableNotification: c.Quiet,
	})
}

// edit replaces a message's content by m. It is no error if that is its content already.
func (o *outbox) edit(ctx context.Context, s *slot, to place, id int, m content) error {
	return o.deliver(ctx, s, to, delivery{repeatable: true}, func(ctx context.Context) error { return o.editOnce(ctx, to, id, m) })
}

func (o *outbox) editOnce(ctx context.Context, to place, id int, m content) error {
	_, err := o.api.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: to.chat, MessageID: id,
		Text: m.HTML, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
		ReplyMarkup:        keyboard(m.Buttons, o.inline),
	})
	if notModified(err) {
		return nil
	}
	return err
}

// remove deletes a message. It is no error if the message doesn't exist.
func (o *outbox) remove(ctx context.Context, s *slot, to place, id int) error {
	return o.deliver(ctx, s, to, delivery{repeatable: true}, func(ctx context.Context) error {
		_, err := o.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: to.chat, MessageID: id})
		if errors.Is(err, tg.ErrorBadRequest) {
			return nil
		}
		return err
	})
}

// typing shows "typing" in a chat, unless answers wait to be sent.
func (o *outbox) typing(ctx context.Context, to place) error {
	if o.sending.Load() > busySends || !o.limits.idle(to.chat) {
		return nil
	}
	return o.tryOnce(ctx, to, func(ctx context.Context) error {
		_, err := o.api.SendChatAction(ctx, &tg.SendChatActionParams{
			ChatID: to.chat, MessageThreadID: to.topic, Action: models.ChatActionTyping,
		})
		return err
	})
}

// showPartial shows a partial answer if that delays nothing else, and reports whether it
// tried. id is the draft's id in a private chat, elsewhere the message to edit.
func (o *outbox) showPartial(ctx context.Context, to place, id int, m content) (tried bool, err error) {
	if o.sending.Load() > busySends || to.private && o.noDrafts.Load() || !o.limits.tryTurn(to.chat, !to.private, !to.private) {
		return false, nil
	}
	return true, o.tryOnce(ctx, to, func(ctx context.Context) error {
		if !to.private {
			return o.editOnce(ctx, to, id, m)
		}
		_, err := o.api.SendMessageDraft(ctx, &tg.SendMessageDraftParams{
			ChatID: to.chat, MessageThreadID: to.topic,
			DraftID: strconv.Itoa(id), Text: m.HTML, ParseMode: models.ParseModeHTML, CanStop: true,
		})
		if errors.Is(err, tg.ErrorNotFound) {
			o.noDrafts.Store(true)
		}
		return err
	})
}

// tryOnce makes an optional call, without a retry.
func (o *outbox) tryOnce(ctx context.Context, to place, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, optionalTimeout)
	defer cancel()
	err := do(ctx)
	var wait *tg.TooManyRequestsError
	if errors.As(err, &wait) {
		o.limits.pauseChat(to.chat, retryDelay(wait))
	}
	return err
}

// delivery has the options of deliver.
type delivery struct {
	repeatable  bool // the call is idempotent: it gets the shorter timeout
	lowPriority bool // wait until nothing else is to be sent
}

// deliver makes a call within the rate limits and retries it until it succeeds or can't
// any more. The slot is released during waits.
func (o *outbox) deliver(ctx context.Context, s *slot, to place, how delivery, do func(context.Context) error) error {
	begun := time.Now()
	var pause backoff
	for {
		turn := o.limits.turn
		if how.lowPriority {
			turn = o.limits.lowPriorityTurn
		}
		if wait := turn(to.chat, !to.private); wait != nil {
			if err := s.releaseWhile(ctx, wait); err != nil {
				return err
			}
		}
		o.sending.Add(1)
		err := attempt(ctx, how.repeatable, do)
		o.sending.Add(-1)
		var wait *tg.TooManyRequestsError
		var migrated *tg.MigrateError
		switch {
		case err == nil, ctx.Err() != nil, refused(err), errors.Is(err, errMaybeSent), errors.Is(err, bot.ErrRequeued):
			return err
		case errors.Is(err, tg.ErrorUnauthorized):
			o.refused()
			return err
		case errors.As(err, &migrated):
			o.chats.move(to.chat, int64(migrated.MigrateToChatID))
			return errMoved
		case errors.As(err, &wait):
			o.limits.pauseChat(to.chat, retryDelay(wait))
			continue
		case neverSent(err) && time.Since(begun) <= giveUpUnreachableAfter:
		case time.Since(begun) > giveUpAfter:
			return err
		}
		next := pause.next()
		if waitErr := s.releaseWhile(ctx, func(ctx context.Context) error { sleep(ctx, next); return context.Cause(ctx) }); waitErr != nil {
			return err
		}
	}
}

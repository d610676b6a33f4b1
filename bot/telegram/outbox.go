package telegram

import (
	"bytes"
	"context"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

const (
	// blindTries is how often a message is tried that may have been sent before, if
	// that can't be looked up.
	maxUnverifiedTries = 10
	// failing is how long a call may fail before it is given up.
	giveUpAfter = time.Hour
	// unreachable is how long a call may fail because Telegram can't be reached; Telegram
	// keeps updates for as long.
	giveUpUnreachableAfter = 24 * time.Hour
	// With more sends than this under way, "typing" and partial answers are skipped.
	busySends = 8
)

// errDoubt means that nobody knows whether a message was sent.
var errMaybeSent = errors.New("no word from Telegram whether it took the message; it is not sent again")

// errMoved means that a chat has got another id.
var errMoved = errors.New("the chat has got another id")

// outbox makes the calls that show something, as fast as Telegram allows.
type outbox struct {
	api   *tg.Bot
	files *http.Client // fetches what people sent
	// fileAddress is where files are fetched, with the token. ownServer says that the Bot
	// API server is not Telegram's own; such a server may name files on its disk.
	fileAddress string
	ownServer   bool
	limits      *rateLimiter
	meter       Meter
	log         *slog.Logger
	chats       *chats
	refused     func()       // called when Telegram refuses the token
	sending     atomic.Int32 // calls of deliver under way
	inline      bool         // the bot takes inline queries
	window      window
	noDrafts    atomic.Bool // the server is too old to know drafts
	finder      *sentFinder // nil: nothing is looked for
	shared      *Shared     // nil: the bot is ours alone
}

// content is what a message shows.
type content struct {
	HTML    string         `json:"html"`
	Buttons [][]bot.Button `json:"buttons,omitempty"`
	File    *bot.File      `json:"file,omitempty"`  // the text is its caption
	Quiet   bool           `json:"quiet,omitempty"` // without a notification
	// Exchange is the one whose answer this is the first part of.
	Exchange int64 `json:"exchange,omitempty"`
}

var tagPattern = regexp.MustCompile(`<[^>]*>`)

// plain returns the content as plain text without its file, for when Telegram refuses
// its HTML.
func (c content) plain() content {
	return content{HTML: html.UnescapeString(tagPattern.ReplaceAllString(c.HTML, "")), Quiet: c.Quiet}
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

// window bounds how many messages are being sent at once: each then takes little time,
// and after a crash few may or may not have been sent.
type window chan struct{}

const (
	windowWidth = 4
	// windowPatience is how long a message takes up room in the window: when Telegram
	// is slow, messages don't wait for each other.
	windowTimeout = 250 * time.Millisecond
)

// enter waits for room in the window. It fails if ctx ends before.
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

// sendOnce makes one call that sends a message, as text or as HTML; replyTo may be 0
// for none.
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

// edit replaces a message by m. It is no error if the message shows m already.
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

// remove deletes a message. It is no error if the message is gone already.
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

// showPartial shows an unfinished answer if that delays nothing else, and reports whether
// it tried. id is a draft's in a private chat, elsewhere that of the message to edit.
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

// once makes an optional call, without a second try.
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

// delivery says how a call is made.
type delivery struct {
	repeatable  bool // making it twice does no harm
	lowPriority bool // it is made when nothing else waits
}

// deliver makes a call when it is its turn, and again as long as that may help. While
// it waits, another chat may have the slot.
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

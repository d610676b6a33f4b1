package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

// inlineCache is how long Telegram may answer the same query of the same
// person by itself, in seconds. A report that is loaded meanwhile is missed for
// so long.
const inlineCache = 300

// inlineQuery is what somebody writes after the bot's name in some chat.
type inlineQuery struct {
	id    string
	query bot.Query
}

func readInline(q object) (decoded, error) {
	from := q.object("from")
	if q.text("id") == "" || from.id("id") == 0 {
		return decoded{}, errNoMessage
	}
	return decoded{inline: &inlineQuery{q.text("id"), bot.Query{
		Sender: bot.Sender{ID: from.id("id")}, Client: from.text("language_code"), Text: q.text("query"),
	}}}, nil
}

// inline answers one inline query. One that is too old by then is no failure.
func (t *shift) inline(update store.Update, q inlineQuery) {
	err := t.offer(q)
	if err != nil {
		t.bury(update, err)
		return
	}
	t.finish(update.ID, Answered)
}

func (t *shift) offer(q inlineQuery) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = panicError(panicked)
		}
	}()
	return t.conversation.Inline(t.work, q.query, func(o bot.Offer) {
		ctx, cancel := context.WithTimeout(t.work, spareTimeout)
		defer cancel()
		if _, err := t.api.AnswerInlineQuery(ctx, answerOf(q.id, o)); err != nil && ctx.Err() == nil {
			t.log.Debug("an inline query can't be answered", "error", err)
		}
	})
}

func answerOf(query string, o bot.Offer) *tg.AnswerInlineQueryParams {
	// What is offered depends on the person's language and on who they are.
	params := &tg.AnswerInlineQueryParams{
		InlineQueryID: query, Results: []models.InlineQueryResult{}, CacheTime: inlineCache, IsPersonal: true,
	}
	for _, r := range o.Results {
		parts := Render(r.Message)
		if len(parts) == 0 {
			continue
		}
		params.Results = append(params.Results, &models.InlineQueryResultArticle{
			ID: r.ID, Title: r.Title, Description: r.Description,
			InputMessageContent: &models.InputTextMessageContent{
				MessageText: parts[0], ParseMode: models.ParseModeHTML,
				LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
			},
			ReplyMarkup: keyboard(r.Message.Buttons, true),
		})
	}
	if o.Button != "" {
		params.Button = &models.InlineQueryResultsButton{Text: o.Button, StartParameter: o.Payload}
	}
	return params
}

package telegram

import (
	"context"
	"encoding/json"
	"net/http"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

// inlineCache is how long Telegram may answer the same query of the same
// person by itself, in seconds. A report that is loaded meanwhile is missed for
// so long.
const inlineCache = 300

// takesInline asks Telegram whether the bot takes inline queries; where that
// can't be told it is taken not to. The library reads that field by another
// name than it has.
func (t *Transport) takesInline(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, spareTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.address+"/getMe", nil)
	if err != nil {
		return false
	}
	reply, err := t.client.Do(request)
	if err != nil {
		return false
	}
	defer reply.Body.Close()
	var me struct {
		Result struct {
			Inline bool `json:"supports_inline_queries"`
		} `json:"result"`
	}
	return json.NewDecoder(reply.Body).Decode(&me) == nil && me.Result.Inline
}

// inlineQuery is what somebody writes after the bot's name in some chat.
type inlineQuery struct {
	id    string
	query bot.Query
}

func readInline(q *models.InlineQuery) (decoded, error) {
	if q.From == nil {
		return decoded{}, errNoMessage
	}
	return decoded{inline: &inlineQuery{q.ID, bot.Query{
		Sender: bot.Sender{ID: q.From.ID}, Client: q.From.LanguageCode, Text: q.Query,
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

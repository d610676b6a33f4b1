package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
	"reportbot/store"
)

// inlineCache is how long, in seconds, Telegram may reuse the results for the same query
// of the same person. During that time they may be from an older edition.
const inlineCache = 300

// enqueueInline answers a person's queries one at a time. Of those that arrive meanwhile
// only the latest is answered: nobody would see the results of the others.
func (t *runner) enqueueInline(update store.Update, q inlineQuery) {
	now, old := t.queries.add(pendingInline{update, q})
	if old != nil {
		t.finish(old.update.ID, Ignored)
	}
	if !now {
		return
	}
	t.queue.prioritize(t.accepting, func(*slot) {
		for next := (&pendingInline{update, q}); next != nil; next = t.queries.next(q.query.Sender.ID) {
			t.inline(next.update, next.query)
		}
	})
}

// inline answers one inline query and records the outcome. A query that has expired is no failure.
func (t *runner) inline(update store.Update, q inlineQuery) {
	err := t.answerInline(q)
	if err != nil {
		t.markFailed(update, err)
		return
	}
	t.finish(update.ID, Answered)
}

func (t *runner) answerInline(q inlineQuery) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = panicError(panicked)
		}
	}()
	return t.conversation.Inline(t.work, q.query, func(o bot.InlineResults) {
		ctx, cancel := context.WithTimeout(t.work, optionalTimeout)
		defer cancel()
		err := retryFew(ctx, func(ctx context.Context) error {
			_, err := t.api.AnswerInlineQuery(ctx, inlineAnswer(q.id, o))
			return err
		})
		if err != nil && ctx.Err() == nil {
			t.log.Debug("can't answer an inline query", "error", err)
		}
	})
}

func inlineAnswer(query string, o bot.InlineResults) *tg.AnswerInlineQueryParams {
	// The results depend on the person's language and rights.
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

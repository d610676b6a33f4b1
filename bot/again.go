package bot

import (
	"context"
	"strings"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/bot/summary"
	"reportbot/store"
	"reportbot/store/text"
)

// Topics of wishes to have the last answer otherwise.
const (
	inAnotherLanguage intent.Topic = "translate"
	briefer           intent.Topic = "briefer"
	fuller            intent.Topic = "fuller"
)

// isCheck reports whether an exchange is the check of a message, which is no question to
// ask anew.
func isCheck(e store.Exchange) bool {
	for _, sign := range verdictSigns {
		if strings.HasPrefix(e.Answer, sign.mark) {
			return true
		}
	}
	return false
}

// wantsAgain reports whether a wish is to have the last answer otherwise. Without a
// model nothing can be translated.
func (b *Bot) wantsAgain(wish intent.Intent) bool {
	return wish.Topic == briefer || wish.Topic == fuller || wish.Topic == inAnotherLanguage && b.hasModel()
}

// again answers an earlier question anew, or makes a summary anew, in another language
// or length. A fuller answer without a model is the paragraph that the answer quotes.
func (b *Bot) again(ctx context.Context, in Incoming, earlier store.Exchange, wish intent.Intent, edition *store.Edition, out Responder) error {
	lang := text.Language(earlier.Language)
	if wish.Topic == inAnotherLanguage {
		lang = intent.NamedLanguage(wish.Text)
		if lang == "" {
			lang = otherLanguage(text.Language(earlier.Language))
		}
	}
	in.spoken = lang
	if again := intent.Read(earlier.Question, edition.Sections, false); again.Kind == intent.Summary {
		scope := strings.Replace(again.Text, title(edition, text.Language(earlier.Language)), "", 1)
		if allowed, err := b.maySummarize(ctx, in, scope, out); err != nil || !allowed {
			return err
		}
		request, _ := summaryRequest(scope, edition.Sections, lang)
		switch wish.Topic {
		case briefer:
			request.Length = summary.Short
		case fuller:
			request.Length = summary.Long
		}
		request.Language = lang
		return b.summarize(ctx, in, request, out)
	}
	if wish.Topic == fuller && !b.hasModel() && len(earlier.Cited) > 0 {
		// The sentences that answer were quoted; more stands around them.
		m, err := b.paragraph(ctx, in.language(), earlier.Edition, earlier.Cited[0].Paragraph, earlier)
		if err != nil {
			return err
		}
		return b.show(ctx, out, m)
	}
	if allowed, err := b.mayAsk(ctx, in, earlier.Question, out); err != nil || !allowed {
		return err
	}
	request := b.newRequest(in, earlier.Question)
	request.Language = lang
	switch wish.Topic {
	case briefer:
		request.Length = answer.Brief
	case fuller:
		request.Length = answer.Full
	}
	var err error
	if request.History, err = b.before(ctx, in, earlier, edition.ID); err != nil {
		return err
	}
	return b.answer(ctx, in, request, earlier.Parent, out)
}

// otherLanguage returns the language into which an answer is translated if none is
// named.
func otherLanguage(of text.Language) text.Language {
	if of == text.Vietnamese {
		return text.English
	}
	return text.Vietnamese
}

// before returns the exchanges on an edition that an exchange could follow, oldest first.
func (b *Bot) before(ctx context.Context, in Incoming, e store.Exchange, edition int64) ([]answer.Exchange, error) {
	var exchanges []store.Exchange
	var err error
	switch {
	case e.Parent != 0:
		exchanges, err = b.memory.ExchangeChain(ctx, e.Parent, edition, maxFollowed)
	case in.Private:
		exchanges, err = b.memory.RecentExchanges(ctx, in.Thread, edition, e.AskedAt.Add(-followWithin), e.ID, maxFollowed)
	}
	var history []answer.Exchange
	for _, earlier := range exchanges {
		if earlier.Question != e.Question { // a repeat gives no context
			history = append(history, answer.Exchange{Question: earlier.Question, Answer: earlier.Answer})
		}
	}
	return history, err
}

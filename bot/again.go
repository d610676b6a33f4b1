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

// isCheck reports whether an exchange is the check of a message. It can't be asked again
// as a question.
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
		return b.summarizeAgain(ctx, in, scope, wish, edition, out)
	}
	if wish.Topic == fuller && !b.hasModel() && len(earlier.Cited) > 0 {
		// All sentences that answer the question are quoted already.
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
	if request.History, err = b.contextOf(ctx, in, edition.ID, earlier); err != nil {
		return err
	}
	return b.answer(ctx, in, request, earlier.Parent, out)
}

// summarizeAgain makes a summary anew. scope is what the earlier one summed up, empty for
// the whole report. Its language is in.spoken.
func (b *Bot) summarizeAgain(ctx context.Context, in Incoming, scope string, wish intent.Intent, edition *store.Edition, out Responder) error {
	if allowed, err := b.maySummarize(ctx, in, scope, out); err != nil || !allowed {
		return err
	}
	request, _ := summaryRequest(scope, edition.Sections, in.spoken)
	request.Language = in.spoken
	switch wish.Topic {
	case briefer:
		request.Length = summary.Short
	case fuller:
		request.Length = summary.Long
	}
	return b.summarize(ctx, in, request, out)
}

// otherLanguage returns the language into which an answer is translated if none is
// named.
func otherLanguage(of text.Language) text.Language {
	if of == text.Vietnamese {
		return text.English
	}
	return text.Vietnamese
}

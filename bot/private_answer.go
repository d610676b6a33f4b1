package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/text"
)

// askPrivately answers a question in private: in a group it sends a button that opens the
// answer in the private chat, from where it can be shared.
func (b *Bot) askPrivately(ctx context.Context, in Incoming, question string, out Responder) error {
	question = text.Clean(question)
	switch {
	case intent.SignsOnly(question):
		return b.tell(ctx, in, out, "ask_usage")
	case in.Private:
		return b.converse(ctx, in, question, out)
	}
	if allowed, err := b.mayAsk(ctx, in, out); err != nil || !allowed {
		return err
	}
	id := questionID(question)
	if err := b.memory.SavePendingQuestion(ctx, id, question, in.owner()); err != nil {
		return err
	}
	lang := in.language()
	m := textMessage(say(lang, "in_private"))
	m.Buttons = [][]Button{{{Text: say(lang, "in_private_button"), Link: b.deepLink(questionLink, id)}}}
	return b.show(ctx, out, m)
}

// shareButton lets a person post their answer in any chat.
func shareButton(lang text.Language, exchange int64) Button {
	return Button{Text: say(lang, "share_button"), Query: fmt.Sprintf("#%d", exchange)}
}

var sharedPattern = regexp.MustCompile(`^#(\d{1,18})$`)

// offerShared offers the answer that a query names, to the person it was given to in
// private only; else known is false.
func (b *Bot) offerShared(ctx context.Context, lang text.Language, private, query string) (r Result, known bool, err error) {
	named := sharedPattern.FindStringSubmatch(query)
	if named == nil {
		return Result{}, false, nil
	}
	id, err := strconv.ParseInt(named[1], 10, 64)
	if err != nil {
		return Result{}, false, err
	}
	e, err := b.memory.Exchange(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && e.Thread != private {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, err
	}
	m, err := b.sharedMessage(ctx, e)
	return Result{ID: fmt.Sprintf("a%d", e.ID), Title: say(lang, "share_title"), Description: cutAt(e.Answer, mostDescribed), Message: m}, true, err
}

// sharedMessage is a question and its answer in the form for posting.
func (b *Bot) sharedMessage(ctx context.Context, e store.Exchange) (Message, error) {
	m := Message{Lines: []Line{{{Text: cutAt(e.Question, mostDescribed), Bold: true}}}}
	m.say(e.Answer)
	footnotes, err := b.footnotes(ctx, e.Edition, e.Notes)
	if err != nil {
		return Message{}, err
	}
	m.sources(text.Language(e.Language), footnotes, func(n int) string { return b.deepLink(noteLink, n, e.Edition) })
	return m, nil
}

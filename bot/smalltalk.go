package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/text"
)

// smallTalkPhrases are the replies to small talk by topic.
var smallTalkPhrases = map[intent.Topic]phrase{
	"hello": phrase("hello"), "thanks": phrase("youre_welcome"), "praise": phrase("talk_praise"), "ok": phrase("talk_ok"),
	"laugh": phrase("talk_laugh"), "bye": phrase("talk_bye"), "exit": phrase("talk_bye"), "howareyou": phrase("talk_how_are_you"),
	"love": phrase("talk_praise"), "test": phrase("talk_test"), "mash": phrase("talk_unclear"), "sorry": phrase("talk_sorry"),
	intent.Wordless: phrase("write_a_question"),
}

// smallTalk replies to small talk. After a complaint it asks what was wrong with the
// last answer, if there is one.
func (b *Bot) smallTalk(ctx context.Context, in Incoming, wish intent.Intent) (Message, error) {
	lang := in.language()
	switch wish.Topic {
	case intent.Number:
		return textMessage(say(lang, "talk_number", "N", strings.Trim(wish.Text, "#().!?"))), nil
	case "complaint":
		e, err := b.lastExchange(ctx, in)
		if errors.Is(err, store.ErrNotFound) || in.Thread == "" {
			return textMessage(say(lang, "talk_complaint")), nil
		}
		if err != nil {
			return Message{}, err
		}
		m := textMessage(say(lang, "talk_sorry_why"))
		m.Buttons = reasonButtons(lang, e.ID)
		return m, nil
	}
	key, ok := smallTalkPhrases[wish.Topic]
	if !ok {
		key = phrase("talk_unclear")
	}
	return textMessage(say(lang, string(key))), nil
}

// reasonButtons are buttons for what was wrong with an answer.
func reasonButtons(lang text.Language, exchange int64) [][]Button {
	var rows [][]Button
	for row := range slices.Chunk(reasons, 2) {
		var buttons []Button
		for _, reason := range row {
			buttons = append(buttons, Button{Text: reasonButton(lang, reason), Data: dataOf(whyData, exchange, reason)})
		}
		rows = append(rows, buttons)
	}
	return rows
}

// answerWordless answers a message without words. The bot's name in reply to somebody's
// message asks what the report says about that message.
func (b *Bot) answerWordless(ctx context.Context, in Incoming, out Responder) error {
	switch {
	case b.named(in) && in.RepliesTo == 0 && !intent.SignsOnly(in.Quoted):
		return b.ask(ctx, in, in.Quoted, out)
	case in.Text == "":
		return b.tell(ctx, in, out, "text_only")
	}
	return b.tell(ctx, in, out, "write_a_question")
}

package bot

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"reportbot/bot/intent"
	"reportbot/store"
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
	switch wish.Topic {
	case intent.Number:
		return in.reply("talk_number", "N", strings.Trim(wish.Text, "#().!?")), nil
	case "complaint":
		e, err := b.lastExchange(ctx, in)
		if errors.Is(err, store.ErrNotFound) || in.Thread == "" {
			return in.reply("talk_complaint"), nil
		}
		if err != nil {
			return Message{}, err
		}
		m := in.reply("talk_sorry_why")
		m.Buttons = reasonButtons(in.language(), e.ID)
		return m, nil
	}
	return in.reply(cmp.Or(smallTalkPhrases[wish.Topic], phrase("talk_unclear"))), nil
}

package bot

import (
	"cmp"
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store"
)

// Handle answers one message, or ignores it. It returns an error if the answer could not
// be made, after telling the person, or could not be sent.
func (b *Bot) Handle(ctx context.Context, in Incoming, out Responder) error {
	if !b.ShouldAnswer(in) {
		return nil
	}
	set, err := b.memory.Settings(ctx, in.Chat)
	in.settings = settingsOf(set)
	if in.settings.sound == off {
		out = quiet{out}
	}
	if err == nil {
		err = b.handle(ctx, in, out)
	}
	if err == nil || errors.Is(err, errShow) || errors.Is(err, ErrRequeued) {
		return err
	}
	phrase := "failed"
	if errors.Is(err, answer.ErrNoReport) || errors.Is(err, store.ErrNotFound) {
		phrase = "no_report"
	}
	return errors.Join(err, b.tell(ctx, in, out, phrase))
}

// Apologise says that something went wrong.
func (b *Bot) Apologise(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(ctx, b.withSettings(ctx, in), out, "failed")
}

func (b *Bot) handle(ctx context.Context, in Incoming, out Responder) error {
	if in.Joined {
		return b.introduce(ctx, in, out)
	}
	written, typed := b.read(in)
	if c := b.commandNamed(typed.Name); c != nil {
		allowed, err := b.allows(ctx, c.who, in.Sender, out)
		if err != nil {
			return err
		}
		if allowed {
			return c.run(b, ctx, in, typed.Args, out)
		}
		if c.who == chatAdmins {
			return b.tell(ctx, in, out, "settings_are_for_admins")
		}
	}
	name := cmp.Or(typed.Name, commandLike(written))
	switch {
	case name != "" && (in.Private || b.named(in)):
		return b.unknownCommand(ctx, in, name, out)
	case in.Upload != nil && in.Private && b.isAdmin(in.Sender):
		return b.upload(ctx, in, out)
	case in.Private && isAddress(written) && b.isAdmin(in.Sender):
		return b.uploadAddress(ctx, in, written, out)
	case intent.SignsOnly(written):
		return b.answerWordless(ctx, in, out)
	}
	return b.converse(ctx, in, written, out)
}

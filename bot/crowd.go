package bot

import "context"

// Concerns reports whether a message is meant for the bot, which else says
// nothing to it.
func (b *Bot) Concerns(in Incoming) bool {
	if !b.admitted(in.Chat, in.Private, in.Sender) {
		return false
	}
	if in.Joined {
		return true
	}
	written, command := b.read(in)
	switch {
	case command.For != "" && command.For != b.name:
		return false // another bot's
	case b.hasCommand(in, command.Name):
		return true
	case command.Name != "" || lookalike(written) != "" || wordless(written):
		return in.Private || b.named(in)
	}
	return in.Private || in.Addressed
}

// PleaseWait says that too many questions wait already.
func (b *Bot) PleaseWait(ctx context.Context, in Incoming, out Responder) error {
	return b.tell(ctx, b.withSettings(ctx, in), out, "please_wait")
}

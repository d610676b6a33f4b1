package telegram

import (
	"context"

	"reportbot/bot"
)

// Conversation answers what people write and press.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// Apologise says that something went wrong, where Handle could not.
	Apologise(ctx context.Context, in bot.Incoming, out bot.Responder) error
	HandleCallback(ctx context.Context, p bot.Callback, out bot.CallbackResponder) error
	// Asks reports whether a press asks a question, which waits for its chat's turn.
	IsQuestion(p bot.Callback) bool
	// Inline calls show at most once.
	Inline(ctx context.Context, q bot.Query, show func(bot.InlineResults)) error
	Stopper
	Corrector
	Filter
	Profile
}

// Doorkeeper decides which messages are answered.
type Filter interface {
	// ShouldAnswer reports whether a message is addressed to the bot.
	ShouldAnswer(in bot.Incoming) bool
	// PleaseWait tells the person that too many questions wait.
	PleaseWait(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// ChatMoved records that a chat has got another id.
	ChatMoved(old, new int64)
}

// Stopper stops answers that are being made.
type Stopper interface {
	// Urgent reports whether a message must not wait for its chat's turn.
	Urgent(in bot.Incoming) bool
	Stop(thread string)
}

// Corrector finds answers that have to be shown corrected, since another edition says
// otherwise. What is left to do it keeps in the store.
type Corrector interface {
	// Recheck looks for them, if another edition has gone live. It is cheap where there is
	// nothing to be done.
	Recheck(ctx context.Context) error
	// Corrections returns some of them, of each thread one, older than before; 0: the
	// newest. last is the one to go on with; 0: there are no more.
	Corrections(ctx context.Context, before int64) (found []bot.Correction, last int64, err error)
	// Correcting records that an answer is about to be edited.
	Correcting(ctx context.Context, c bot.Correction) error
	// Corrected records that one is shown, or told, or with an error that it can't be.
	Corrected(ctx context.Context, c bot.Correction, failed error) error
}

// Profile is what Telegram shows of the bot beside its messages.
type Profile interface {
	Menu(to bot.Audience, client string) []bot.MenuItem
	// Description is what the bot says of itself: at length, and briefly.
	Description(client string) (long, brief string)
}

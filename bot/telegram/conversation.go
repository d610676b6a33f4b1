package telegram

import (
	"context"

	"reportbot/bot"
)

// Conversation handles messages, callback queries and inline queries.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// Apologise reports to the person that something went wrong, after Handle has panicked.
	Apologise(ctx context.Context, in bot.Incoming, out bot.Responder) error
	HandleCallback(ctx context.Context, p bot.Callback, out bot.CallbackResponder) error
	// IsQuestion reports whether a callback asks a question, which must wait in its chat's queue.
	IsQuestion(p bot.Callback) bool
	// Inline answers an inline query by calling show at most once.
	Inline(ctx context.Context, q bot.Query, show func(bot.InlineResults)) error
	Stopper
	Corrector
	Filter
	Profile
}

// Filter decides which messages are answered.
type Filter interface {
	// ShouldAnswer reports whether a message is addressed to the bot.
	ShouldAnswer(in bot.Incoming) bool
	// PleaseWait replies that too many questions are pending.
	PleaseWait(ctx context.Context, in bot.Incoming, out bot.Responder) error
	// ChatMoved records that a chat's id has changed.
	ChatMoved(old, new int64)
}

// Stopper stops answers in progress.
type Stopper interface {
	// Urgent reports whether a message bypasses its chat's queue.
	Urgent(in bot.Incoming) bool
	Stop(thread string)
}

// Corrector finds answers that another edition contradicts. Pending corrections are in the
// store.
type Corrector interface {
	// Recheck searches for them if another edition has gone live, and is cheap otherwise.
	Recheck(ctx context.Context) error
	// Corrections returns a page of pending corrections, at most one per thread, older than
	// before (0: the newest). last is the next page's before; 0: there are no more.
	Corrections(ctx context.Context, before int64) (found []bot.Correction, last int64, err error)
	// Correcting records that an answer is about to be edited.
	Correcting(ctx context.Context, c bot.Correction) error
	// Corrected records that the answer was edited or the news sent, or why that failed.
	Corrected(ctx context.Context, c bot.Correction, failed error) error
}

// Profile is the bot's commands and descriptions in Telegram's clients.
type Profile interface {
	Menu(to bot.Audience, client string) []bot.MenuItem
	// Description returns the bot's description and its short form.
	Description(client string) (long, brief string)
}

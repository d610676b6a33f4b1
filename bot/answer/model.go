package answer

import (
	"context"

	"reportbot/bot/model"
)

// Model writes a reply to messages; model.Client is one.
type Model interface {
	// Stream calls piece with each part of the reply as it comes, from the
	// calling goroutine, and returns once the reply has ended. A reply that is
	// not whole is model.ErrCut, one that a server refuses a *model.Error.
	Stream(ctx context.Context, messages []model.Message, piece func(string)) (model.Usage, error)
}

// Usage is what the model counted.
type Usage = model.Usage

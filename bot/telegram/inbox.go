package telegram

import (
	"context"

	"reportbot/store"
)

// takeOver stores updates in the inbox and dispatches those that are new. Only once
// it returns without an error may Telegram forget them. Answering them waits for nothing.
func (t *runner) accept(ctx context.Context, updates []store.Update) error {
	// The updates are here already: storing them is not cancelled half-way.
	fresh, err := t.inbox.Accept(context.WithoutCancel(ctx), updates)
	for _, update := range fresh {
		t.dispatch(update, false)
	}
	if err != nil {
		return err
	}
	if err := t.inbox.Sync(); err != nil {
		return err
	}
	return t.shared.confirm(ctx)
}

package telegram

import (
	"context"

	"reportbot/store"
)

// accept stores updates in the inbox and dispatches those that are new. They may be
// confirmed to Telegram only once it returns without an error.
func (t *runner) accept(ctx context.Context, updates []store.Update) error {
	// Received updates are stored even if ctx ends meanwhile.
	fresh, err := t.inbox.Accept(context.WithoutCancel(ctx), updates)
	if err != nil {
		return err
	}
	for _, update := range fresh {
		t.dispatch(update, false)
	}
	if err := t.inbox.Sync(); err != nil {
		return err
	}
	return t.shared.confirm(ctx)
}

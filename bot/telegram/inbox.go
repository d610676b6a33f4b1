package telegram

import (
	"context"

	"reportbot/store"
)

// runner is one run of a transport: it takes updates into the inbox, has them
// answered, and marks what is done.
type runner struct {
	*Transport
	conversation Conversation
	taking       context.Context // ends when no further update may be begun
	work         context.Context // ends when those begun must end
}

// takeOver stores updates in the inbox and dispatches those that are new. Only once
// it returns without an error may Telegram forget them.
func (t *runner) takeOver(ctx context.Context, updates []store.Update) error {
	// Storing is not cancelled half-way: the updates are here already.
	fresh, err := t.inbox.Accept(context.WithoutCancel(ctx), updates)
	for _, update := range fresh {
		t.dispatch(update, false)
	}
	if err != nil {
		return err
	}
	return t.inbox.Sync()
}

// finish records that an update is dealt with.
func (t *runner) finish(id int64, outcome Outcome) {
	t.meter.Settled(outcome)
	t.settled(id, t.inbox.MarkDone(context.WithoutCancel(t.work), id))
}

// deadLetter marks an update as one that can't be dealt with; its text is kept.
func (t *runner) deadLetter(update store.Update, cause error) {
	t.meter.Settled(Buried)
	t.log.Error("an update could not be dealt with", "update", update.ID, "error", cause)
	t.settled(update.ID, t.inbox.MarkFailed(context.WithoutCancel(t.work), update, cause.Error()))
}

func (t *runner) settled(id int64, err error) {
	if err != nil {
		t.log.Error("an update's state can't be stored", "update", id, "error", err)
	}
}

package telegram

import (
	"context"
	"errors"

	"reportbot/bot"
	"reportbot/store"
)

// runner is one run of a transport: it stores updates in the inbox, has them answered,
// and records their outcomes.
type runner struct {
	*Transport
	conversation Conversation
	taking       context.Context // ends when no further update may be begun
	work         context.Context // ends when updates in progress must stop
}

// takeOver stores updates in the inbox and dispatches those that are new. Only once
// it returns without an error may Telegram forget them. Answering them waits for nothing.
func (t *runner) takeOver(ctx context.Context, updates []store.Update) error {
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

// finish records that an update is done, where no completed reply does.
func (t *runner) finish(id int64, outcome Outcome) {
	t.meter.Settled(outcome)
	t.logUnlessStored(id, t.inbox.MarkDone(context.WithoutCancel(t.work), id))
}

// requeued reports whether work in progress was told to stop. It may fail then with whatever
// error comes of that.
func (t *runner) requeued() bool { return errors.Is(context.Cause(t.work), bot.ErrRequeued) }

// markFailed marks an update as failed; the store keeps its text.
func (t *runner) markFailed(update store.Update, cause error) {
	t.meter.Settled(Buried)
	t.log.Error("an update could not be dealt with", "update", update.ID, "error", cause)
	t.logUnlessStored(update.ID, t.inbox.MarkFailed(context.WithoutCancel(t.work), update, cause.Error()))
}

func (t *runner) logUnlessStored(id int64, err error) {
	if err != nil {
		t.log.Error("an update's state can't be stored", "update", id, "error", err)
	}
}

package bot

import (
	"context"
	"errors"

	"reportbot/bot/answer"
	"reportbot/store"
)

// explainFailure replies that something went wrong, unless sending was what failed or the
// message will be handled again. It returns err, joined with the error of the reply; nil
// if err is only that something is no longer kept.
func (b *Bot) explainFailure(ctx context.Context, in Incoming, out Responder, err error) error {
	switch {
	case err == nil || errors.Is(err, errShow) || errors.Is(err, ErrRequeued):
		return err
	case errors.Is(err, store.ErrNotFound):
		return b.sendPhrase(ctx, in, out, "gone")
	case errors.Is(err, answer.ErrNoReport):
		return errors.Join(err, b.sendPhrase(ctx, in, out, "no_report"))
	}
	return errors.Join(err, b.sendPhrase(ctx, in, out, "failed"))
}

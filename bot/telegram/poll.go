package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"reportbot/store"
)

const (
	pollSeconds = 50 // the longest that Telegram allows
	pollBatch   = 100
	// pollTimeout limits one call, including the wait for updates.
	pollTimeout = (pollSeconds + 15) * time.Second
)

// ErrConflict means that another program fetches the bot's updates.
var ErrConflict = errors.New("another program takes this bot's updates (409 Conflict): stop it, or use another bot here")

// errWebhook is a conflict with a webhook: while one is set Telegram refuses polls.
var errWebhook = fmt.Errorf("%w: a webhook is set", ErrConflict)

// conflictTimeout is how long another program may fetch the bot's updates, as the previous
// version does during a deployment, before polling fails.
const conflictTimeout = time.Minute

// conflict is when another program was first and last seen to fetch the bot's updates.
type conflict struct{ first, last time.Time }

// record adds a conflict and returns the time left until conflictTimeout; conflicts
// less than conflictTimeout apart count as one.
func (c *conflict) record() time.Duration {
	if time.Since(c.last) > conflictTimeout {
		c.first = time.Now()
	}
	c.last = time.Now()
	return conflictTimeout - time.Since(c.first)
}

const (
	// Some servers don't support long polling. After an empty poll shorter than shortPoll
	// there is a pause of emptyPollPause.
	shortPoll      = 500 * time.Millisecond
	emptyPollPause = 200 * time.Millisecond
)

// poller fetches updates. The library's own loop confirms updates before they are
// handled, and stops for good at one that it can't decode.
type poller struct {
	url    string // of getUpdates, with the token: never in an error or a log
	client *client
	log    *slog.Logger
	// handleBatch stores and dispatches updates.
	handleBatch   func(ctx context.Context, updates []store.Update) error
	deleteWebhook func(ctx context.Context) error // removes the webhook
	// onCaughtUp is called once all updates pending at Telegram are stored. While catchingUp
	// is set, polls return at once, since resumed answers wait for it.
	onCaughtUp func()
	catchingUp bool
	// shared means that a conflict ends polling at once: another process acts for the bot.
	shared bool
}

// run polls until ctx ends, the token is refused or another program polls for longer than
// conflictTimeout. An update is confirmed, by the offset of the next call, only once
// handleBatch has returned without an error.
func (p *poller) run(ctx context.Context) error {
	var offset int64
	var other conflict
	var pause backoff
	failing := false
	for ctx.Err() == nil {
		begun := time.Now()
		updates, wait, err := p.fetch(ctx, offset)
		if err == nil && len(updates) > 0 {
			if err = p.handleBatch(ctx, updates); err == nil {
				offset = updates[len(updates)-1].ID + 1
			}
		}
		switch {
		case errors.Is(err, ErrToken):
			return err
		case ctx.Err() != nil:
			return nil
		case err == nil:
			if failing {
				p.log.Info("Telegram answers again")
			}
			failing = false
			pause.reset()
			if len(updates) < pollBatch && p.onCaughtUp != nil {
				p.onCaughtUp()
			}
			if len(updates) == 0 {
				// All updates are confirmed. The next one may have a lower id, so poll
				// without an offset.
				offset = 0
				if !p.catchingUp && time.Since(begun) < shortPoll {
					sleep(ctx, emptyPollPause)
				}
			}
			p.catchingUp = p.catchingUp && len(updates) == pollBatch
			continue
		}
		next := max(pause.next(), wait)
		if errors.Is(err, ErrConflict) {
			left := other.record()
			if left <= 0 || p.shared {
				return ErrConflict
			}
			next = min(next, left)
		}
		if !failing {
			p.log.Warn("can't get updates; retrying", "error", err)
		}
		failing = true
		if errors.Is(err, errWebhook) && p.deleteWebhook != nil {
			if err := p.deleteWebhook(ctx); err != nil && ctx.Err() == nil {
				p.log.Warn("can't delete the webhook", "error", err)
			}
		}
		sleep(ctx, next)
	}
	return nil
}

// fetch gets the updates from offset on; 0: all. wait is Telegram's retry_after if it
// fails.
func (p *poller) fetch(ctx context.Context, offset int64) (updates []store.Update, wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	timeout := pollSeconds
	if p.catchingUp {
		timeout = 0
	}
	ask := map[string]any{"timeout": timeout, "limit": pollBatch, "allowed_updates": allowedUpdates}
	if offset != 0 {
		ask["offset"] = offset
	}
	body, err := json.Marshal(ask)
	if err != nil {
		return nil, 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		return nil, 0, errors.New("invalid URL of the Bot API server")
	}
	request.Header.Set("Content-Type", "application/json")
	reply, err := p.client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	body, err = io.ReadAll(reply.Body)
	if err != nil {
		return nil, 0, err
	}
	r := readObject(body)
	code, description := int(r.id("error_code")), r.text("description")
	switch {
	case r.flag("ok"):
		var raw []json.RawMessage // decoded one by one, so that a malformed one doesn't affect the others
		if r.has("result") && json.Unmarshal(r["result"], &raw) != nil {
			return nil, 0, fmt.Errorf("the Bot API server answered %s with unexpected JSON", reply.Status)
		}
		updates := identify(raw)
		if len(updates) == 0 && len(raw) > 0 { // they can't be confirmed, so they come again: fail, for a pause
			return nil, 0, errors.New("getUpdates: no update has an update_id")
		}
		return updates, 0, nil
	case code == http.StatusUnauthorized, code == http.StatusNotFound:
		return nil, 0, ErrToken
	case code == http.StatusConflict && strings.Contains(strings.ToLower(description), "webhook"):
		return nil, 0, errWebhook
	case code == http.StatusConflict:
		return nil, 0, fmt.Errorf("%w: %s", ErrConflict, description)
	}
	wait = time.Duration(r.object("parameters").id("retry_after")) * time.Second
	return nil, wait, fmt.Errorf("getUpdates: %d %s", code, description)
}

// identify decodes the ids of raw updates. It drops updates without an id, which could not
// be confirmed or distinguished; Telegram sends none.
func identify(raw []json.RawMessage) []store.Update {
	var updates []store.Update
	for _, body := range raw {
		if id, ok := readObject(body).number("update_id"); ok {
			updates = append(updates, store.Update{ID: id, Body: body})
		}
	}
	return updates
}

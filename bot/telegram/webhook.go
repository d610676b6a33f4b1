package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	// maxUpdate is the largest update that is taken by POST, in bytes.
	maxUpdate = 1 << 20
	// heartbeat is how often Telegram is asked whether it is there where it
	// delivers by itself.
	heartbeat = 30 * time.Second
)

// Webhook says where Telegram delivers updates by itself.
type Webhook struct {
	URL    string // whole, as Telegram reaches it; empty: updates are polled
	Secret string // that Telegram sends along, 1 to 256 of A-Z a-z 0-9 _ -
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// check refuses a webhook that anybody could deliver to.
func (w Webhook) check() error {
	if w.URL == "" {
		return nil
	}
	switch u, err := url.Parse(w.URL); {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("TELEGRAM_WEBHOOK_URL is no http(s) address")
	case w.Secret == "":
		return errors.New("TELEGRAM_WEBHOOK_SECRET is not set: without it anybody could write to the webhook")
	case !secretForm.MatchString(w.Secret):
		return errors.New("TELEGRAM_WEBHOOK_SECRET may have 1 to 256 of the characters A-Z a-z 0-9 _ - and no others")
	}
	return nil
}

// ServeHTTP takes updates that Telegram delivers. It answers with 2xx once an
// update is stored, so that Telegram delivers again what is not.
func (t *Transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	secret := r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
	if t.webhook.URL == "" || subtle.ConstantTimeCompare([]byte(secret), []byte(t.webhook.Secret)) != 1 {
		refuse(w, http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	updates := identify([]json.RawMessage{shallow(body)})
	if err != nil || len(updates) == 0 {
		refuse(w, http.StatusBadRequest)
		return
	}
	s := t.delivering.Load()
	if s == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	if err := s.takeOver(r.Context(), updates); err != nil {
		t.log.Error("an update that was delivered can't be stored", "update", updates[0].ID, "error", err)
		refuse(w, http.StatusInternalServerError)
	}
}

func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// awaitDeliveries has Telegram deliver updates until ctx ends.
func (t *runner) awaitDeliveries(ctx context.Context) error {
	t.delivering.Store(t)
	defer t.delivering.Store(nil)
	err := t.retryForever(ctx, t.setWebhook)
	switch {
	case errors.Is(err, tg.ErrorBadRequest):
		return fmt.Errorf("TELEGRAM_WEBHOOK_URL is refused by Telegram: %w", err)
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return err
	}
	t.log.Info("Telegram delivers to the webhook")
	for sleep(ctx, heartbeat) {
		if err := attempt(ctx, true, t.keepWebhook); errors.Is(err, tg.ErrorUnauthorized) {
			return ErrToken
		}
	}
	return nil
}

func (t *Transport) setWebhook(ctx context.Context) error {
	_, err := t.api.SetWebhook(ctx, &tg.SetWebhookParams{
		URL: t.webhook.URL, SecretToken: t.webhook.Secret, AllowedUpdates: allowedUpdates,
	})
	return err
}

// keepWebhook asks whether Telegram is there, and sets the webhook again where
// somebody has taken it off: without it nothing would come any more.
func (t *Transport) keepWebhook(ctx context.Context) error {
	if _, err := t.api.GetMe(ctx); err != nil {
		return err
	}
	there, err := t.api.GetWebhookInfo(ctx)
	if err != nil || there.URL == t.webhook.URL {
		return err
	}
	t.log.Warn("the webhook was taken off or changed; it is set again: does another program use this bot?")
	return t.setWebhook(ctx)
}

// fetchUpdates polls until ctx ends.
func (t *runner) fetchUpdates(ctx context.Context) error {
	// Telegram answers no poll while it delivers.
	err := t.retryForever(ctx, t.deleteWebhook)
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, tg.ErrorBadRequest):
		return fmt.Errorf("the webhook stays, and while it does nothing can be polled: Telegram refuses to take it off: %w", err)
	case err != nil:
		return err
	}
	t.poll.take = t.takeOver
	t.poll.unhook = func(ctx context.Context) error { return attempt(ctx, true, t.deleteWebhook) }
	return t.poll.run(ctx)
}

func (t *Transport) deleteWebhook(ctx context.Context) error {
	_, err := t.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
	return err
}

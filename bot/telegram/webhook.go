package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	// maxUpdate is the largest update that the webhook accepts, in bytes.
	maxUpdate = 1 << 20
	// heartbeat is how often Telegram is called in webhook mode to check that it can be
	// reached.
	heartbeat = 30 * time.Second
)

// ServeHTTP receives updates from Telegram. It answers with 2xx only once an update is
// stored; otherwise Telegram delivers it again.
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
	updates := identify([]json.RawMessage{limitDepth(body)})
	if err != nil || len(updates) == 0 {
		refuse(w, http.StatusBadRequest)
		return
	}
	s := t.receiver.Load()
	if s == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	if err := s.accept(r.Context(), updates); err != nil {
		t.log.Error("can't store an update from the webhook", "update", updates[0].ID, "error", err)
		refuse(w, http.StatusInternalServerError)
	}
}

func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// runWebhook sets the webhook and accepts its updates until ctx ends.
func (t *runner) runWebhook(ctx context.Context) error {
	t.receiver.Store(t)
	defer t.receiver.Store(nil)
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
		if err := attempt(ctx, true, t.checkWebhook); errors.Is(err, tg.ErrorUnauthorized) {
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

// checkWebhook calls Telegram, and sets the webhook again if somebody has removed or
// changed it.
func (t *Transport) checkWebhook(ctx context.Context) error {
	if _, err := t.api.GetMe(ctx); err != nil {
		return err
	}
	there, err := t.api.GetWebhookInfo(ctx)
	if err != nil || there.URL == t.webhook.URL {
		return err
	}
	t.log.Warn("the webhook was removed or changed; setting it again. Does another program use this bot?")
	return t.setWebhook(ctx)
}

func (t *Transport) deleteWebhook(ctx context.Context) error {
	_, err := t.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
	return err
}

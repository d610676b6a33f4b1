package telegram

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

const hookSecret = "Secret_of-the-hook"

// hooked is a stage whose bot Telegram delivers to by itself, once it runs.
func hooked(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, bridge)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if transport := s.transport.Load(); transport != nil {
			transport.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(front.Close)
	s.config.Webhook = Webhook{URL: front.URL + "/hook", Secret: hookSecret}
	return s
}

// post sends something to the webhook and returns the status of the answer.
func (s *stage) post(t *testing.T, method, secret, body string) int {
	t.Helper()
	r := httptest.NewRequest(method, "/hook", strings.NewReader(body))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	w := httptest.NewRecorder()
	s.transport.Load().ServeHTTP(w, r)
	return w.Code
}

func TestUpdatesAreDeliveredToTheWebhook(t *testing.T) {
	t.Parallel()
	s := hooked(t)
	ana := s.srv.User("Ana", "vi")
	before := ana.Writes(lengthQuestion) // it waits at Telegram
	s.start()
	s.srv.WaitReply(patience, before)
	var questions []telegramtest.Message
	for range 5 {
		questions = append(questions, ana.Writes(lengthQuestion))
	}
	s.once(t, lengthAnswer, append(questions, before)...)
	if polls := s.srv.Calls("getUpdates"); len(polls) > 0 {
		t.Errorf("it polled %d times all the same", len(polls))
	}
	s.stopped()

	// Polling again takes the webhook off.
	s.config.Webhook = Webhook{}
	s.start()
	s.srv.WaitReply(patience, ana.Writes("/help"))
}

func TestWebhookRejectsInvalidRequests(t *testing.T) {
	t.Parallel()
	s := hooked(t)
	s.start()
	s.srv.WaitCall(patience, "setWebhook", nil)
	const update = `{"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}}`
	for _, test := range []struct {
		name, method, secret, body string
		status                     int
	}{
		{"a read", "GET", hookSecret, "", http.StatusMethodNotAllowed},
		{"another method", "PUT", hookSecret, update, http.StatusMethodNotAllowed},
		{"no secret", "POST", "", update, http.StatusUnauthorized},
		{"a wrong secret", "POST", hookSecret + "x", update, http.StatusUnauthorized},
		{"a secret in other letters", "POST", strings.ToLower(hookSecret), update, http.StatusUnauthorized},
		{"a wrong secret with a large body", "POST", "x", strings.Repeat("x", maxUpdate+1), http.StatusUnauthorized},
		{"a large body", "POST", hookSecret, `{"update_id": 5, "x": "` + strings.Repeat("x", maxUpdate) + `"}`, http.StatusRequestEntityTooLarge},
		{"nothing", "POST", hookSecret, "", http.StatusBadRequest},
		{"garbage", "POST", hookSecret, "{", http.StatusBadRequest},
		{"two updates", "POST", hookSecret, update + update, http.StatusBadRequest},
		{"an update without an id", "POST", hookSecret, `{"message": {}}`, http.StatusBadRequest},
		{"a list", "POST", hookSecret, `[` + update + `]`, http.StatusBadRequest},
	} {
		if got := s.post(t, test.method, test.secret, test.body); got != test.status {
			t.Errorf("%s: status %d, want %d", test.name, got, test.status)
		}
	}
	if got := s.inbox.outcome(5); got != "" {
		t.Errorf("the refused update was taken over: %s", got)
	}
	// What can't be read is stored and marked as failed: refusing it would have it come
	// again and again.
	if got := s.post(t, "POST", hookSecret, `{"update_id": 6, "message": "nonsense"}`); got != http.StatusOK {
		t.Errorf("an update that can't be read: status %d", got)
	}
	if why := s.inbox.outcome(6); !strings.Contains(why, "can't be decoded") {
		t.Errorf("what became of it: %q", why)
	}
	if got := s.post(t, "POST", hookSecret, update); got != http.StatusOK {
		t.Errorf("an update: status %d", got)
	}
}

func TestWebhookFailsIfTheUpdateCannotBeStored(t *testing.T) {
	t.Parallel()
	s := hooked(t)
	s.inbox.fails(errors.New("the disk is full"))
	s.start()
	question := s.srv.User("Ana", "vi").Writes(lengthQuestion)
	s.srv.Wait(patience, "a refusal", func() bool { return strings.Contains(s.log.String(), "the disk is full") })
	if !slices.Contains(s.srv.Pending(), question.UpdateID) {
		t.Error("Telegram has forgotten it")
	}
	s.inbox.fails(nil)
	s.once(t, lengthAnswer, question)
}

func TestWebhookIsUnavailableBeforeAndAfterRun(t *testing.T) {
	s := hooked(t)
	s.start()
	s.srv.WaitCall(patience, "setWebhook", nil)
	s.stopped()
	if got := s.post(t, "POST", hookSecret, `{"update_id": 5}`); got != http.StatusServiceUnavailable {
		t.Errorf("after the end: status %d", got)
	}
}

func TestRefusedWebhookEndsTheRun(t *testing.T) {
	s := hooked(t)
	s.srv.Fail("setWebhook", 1, telegramtest.Fault{Status: http.StatusBadRequest, Description: "Bad Request: bad webhook: HTTPS url must be provided"})
	s.start()
	err := <-s.done
	s.stop = nil
	if err == nil || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_URL") || !strings.Contains(err.Error(), "HTTPS url must be provided") {
		t.Errorf("Run returned %v", err)
	}
}

func TestWebhookNeedsASecret(t *testing.T) {
	for _, test := range []struct{ name, url, secret, says string }{
		{"none", "https://example.org/hook", "", "TELEGRAM_WEBHOOK_SECRET is not set"},
		{"one of other characters", "https://example.org/hook", "a b", "TELEGRAM_WEBHOOK_SECRET may have"},
		{"one that is too long", "https://example.org/hook", strings.Repeat("a", 257), "TELEGRAM_WEBHOOK_SECRET may have"},
		{"no address", "example.org", "a", "TELEGRAM_WEBHOOK_URL"},
	} {
		var log logbook
		_, err := New(Config{Token: testToken, Log: log.logger(), Webhook: Webhook{test.url, test.secret}}, nil)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: New returned %v", test.name, err)
		}
	}
}

// Whatever is posted, the answer says what became of it: stored, or refused.
func FuzzDelivery(f *testing.F) {
	slow(f) // it ends when the bot has given up answering a press
	for _, body := range []string{
		`{"update_id": 1}`, `{"update_id": 2, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}}`,
		`{"update_id": 3, "edited_message": {"message_id": 1, "chat": {"id": -7, "type": "group"}, "text": "/ask"}}`,
		`{"update_id": 4, "my_chat_member": {"chat": {"id": 7}, "new_chat_member": {"status": "kicked"}}}`,
		`{"update_id": 5, "message": {"chat": {"id": -7}, "migrate_to_chat_id": -8}}`,
		`{"update_id": 6, "callback_query": {"id": "q", "from": {"id": 7}, "data": "p:1", "message": {"message_id": 3, "date": 5, "chat": {"id": 7, "type": "private"}}}}`,
		`{"update_id": 7, "stopped_message_generation": {"chat": {"id": 7, "type": "private"}, "draft_id": 5}}`,
		`{"update_id": 1e400}`, `{"update_id": "7"}`, `{"update_id": null, "message": {}}`, `[]`, "", "\xff", `{"update_id": 8, "message": {"text": {}}}`,
	} {
		f.Add([]byte(body))
	}
	inbox := newLedger(openStore(f))
	transport, err := New(Config{Token: testToken, URL: "http://127.0.0.1:1", Log: slog.New(slog.DiscardHandler), Webhook: Webhook{"http://127.0.0.1/", hookSecret}}, inbox)
	if err != nil {
		f.Fatal(err)
	}
	// Whatever is let in is answered with silence.
	run := &runner{Transport: transport, conversation: talk(func(context.Context, bot.Responder) error { return nil }), accepting: f.Context(), work: f.Context()}
	transport.receiver.Store(run)
	f.Cleanup(transport.queue.wait)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(string(body)))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", hookSecret)
		w := httptest.NewRecorder()
		transport.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d for %q", w.Code, body)
		}
	})
}

func TestRemovedWebhookIsSetAgain(t *testing.T) {
	t.Parallel()
	s := hooked(t)
	s.start()
	s.srv.WaitCall(patience, "setWebhook", nil)
	transport := s.transport.Load()
	if err := errors.Join(transport.checkWebhook(t.Context()), transport.deleteWebhook(t.Context())); err != nil {
		t.Fatal(err)
	}
	if n := len(s.srv.Calls("setWebhook")); n != 1 {
		t.Errorf("the webhook was set %d times while it was there", n)
	}
	if err := transport.checkWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.once(t, lengthAnswer, s.srv.User("Ana", "vi").Writes(lengthQuestion))
	if !strings.Contains(s.log.String(), "Does another program use this bot?") {
		t.Error("no warning in the log")
	}
}

func TestWebhookSetWhilePollingIsRemoved(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	s.srv.WaitCall(patience, "deleteWebhook", nil)
	s.srv.Wait(patience, "a poll", func() bool { return len(s.srv.Calls("getUpdates")) > 0 })
	_, err := s.transport.Load().api.SetWebhook(t.Context(), &tg.SetWebhookParams{URL: "https://another.example/hook"})
	if err != nil {
		t.Fatal(err)
	}
	s.once(t, lengthAnswer, s.srv.User("Ana", "vi").Writes(lengthQuestion))
}

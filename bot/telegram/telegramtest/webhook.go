package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// webhook delivers updates by POST: one at a time in a chat, in order, each
// until it is answered with 2xx. Its fields are guarded by the server's lock.
type webhook struct {
	url      string
	secret   string
	parallel int // deliveries at a time
	stop     context.CancelFunc

	busy     map[int64]bool      // chats with a delivery under way
	notUntil map[int64]time.Time // chats whose last delivery failed
	failures map[int64]int
	lastErr  string
	errTime  time.Time
}

// retryDelay is the wait before a delivery is tried again. Telegram's is
// longer; tests have no time.
const (
	retryDelay    = 50 * time.Millisecond
	maxRetryDelay = time.Second
)

var secretPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (s *Server) setWebhook(r *request) (any, *apiError) {
	address := r.params["url"]
	if address == "" {
		return s.deleteWebhook(r)
	}
	if reason := badHook(address); reason != "" {
		return nil, malformed("bad webhook: %s", reason)
	}
	secret, given := r.params["secret_token"]
	if given && !secretPattern.MatchString(secret) {
		return nil, malformed("secret token contains unallowed characters").because("secret_token: 1 to 256 of A-Z a-z 0-9 _ -")
	}
	if s.closed {
		return nil, badRequest("the server is closing")
	}
	parallel := int(r.params.Int("max_connections"))
	if parallel < 1 || parallel > 100 {
		parallel = 40
	}
	if err := s.queue.readAllowed(r); err != nil {
		return nil, err
	}
	if r.params.Bool("drop_pending_updates") {
		s.queue.waiting = nil
	}
	if s.queue.poll != nil {
		s.queue.poll.ended <- &apiError{status: http.StatusConflict, description: "Conflict: terminated by setWebhook request"}
		s.queue.poll = nil
	}
	if h := s.hook; h != nil {
		if h.url == address && h.secret == secret && h.parallel == parallel {
			return true, nil
		}
		h.stop()
	}
	ctx, stop := context.WithCancel(context.Background())
	s.hook = &webhook{
		url: address, secret: secret, parallel: parallel, stop: stop,
		busy: map[int64]bool{}, notUntil: map[int64]time.Time{}, failures: map[int64]int{},
	}
	s.wg.Add(1)
	go s.runWebhook(ctx, s.hook)
	return true, nil
}

// badHook says why Telegram takes no webhook at an address. Plain HTTP is
// good enough for a test's own server.
func badHook(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "invalid URL"
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || err != nil || !ip.IsLoopback()) {
		return "An HTTPS URL must be provided for webhook"
	}
	return ""
}

func (s *Server) deleteWebhook(r *request) (any, *apiError) {
	if r.params.Bool("drop_pending_updates") {
		s.queue.waiting = nil
	}
	if s.hook == nil {
		return true, nil
	}
	s.hook.stop()
	s.hook = nil
	return true, nil
}

func (s *Server) getWebhookInfo(*request) (any, *apiError) {
	info := map[string]any{
		"url": "", "has_custom_certificate": false, "pending_update_count": len(s.queue.waiting),
	}
	if len(s.queue.allowed) > 0 {
		info["allowed_updates"] = s.queue.allowed
	}
	if h := s.hook; h != nil {
		info["url"], info["max_connections"] = h.url, h.parallel
		if h.lastErr != "" {
			info["last_error_message"], info["last_error_date"] = h.lastErr, h.errTime.Unix()
		}
	}
	return info, nil
}

// runWebhook starts deliveries until the webhook is removed.
func (s *Server) runWebhook(ctx context.Context, h *webhook) {
	defer s.wg.Done()
	for {
		s.mu.Lock()
		if ctx.Err() != nil {
			s.mu.Unlock()
			return
		}
		wake := time.Hour
		now := time.Now()
		seen := map[int64]bool{}
		for _, u := range s.queue.waiting {
			if seen[u.chat] || h.busy[u.chat] || len(h.busy) >= h.parallel {
				continue
			}
			seen[u.chat] = true // the next one waits for this
			if wait := h.notUntil[u.chat].Sub(now); wait > 0 {
				wake = min(wake, wait)
				continue
			}
			h.busy[u.chat] = true
			s.wg.Add(1)
			go s.deliverUpdate(ctx, h, u)
		}
		changed := s.changed
		s.mu.Unlock()
		timer := time.NewTimer(wake)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (s *Server) deliverUpdate(ctx context.Context, h *webhook, u update) {
	defer s.wg.Done()
	err := s.post(ctx, h, u)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(h.busy, u.chat)
	if ctx.Err() != nil {
		return // what was under way stays pending
	}
	if err != nil {
		h.failures[u.chat]++
		h.lastErr, h.errTime = err.Error(), time.Now()
		delay := min(retryDelay<<min(h.failures[u.chat]-1, 10), maxRetryDelay)
		h.notUntil[u.chat] = time.Now().Add(delay)
	} else {
		delete(h.failures, u.chat)
		s.queue.waiting = slices.DeleteFunc(s.queue.waiting, func(w update) bool { return w.id == u.id })
		s.queue.confirmed = append(s.queue.confirmed, u.id)
	}
	s.notify()
}

// post delivers one update. An answer other than 2xx is an error.
func (s *Server) post(ctx context.Context, h *webhook, u update) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := s.poster.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("wrong response from the webhook: %s", resp.Status)
	}
	var call struct{ Method string }
	if json.Unmarshal(body, &call) == nil && call.Method != "" {
		s.mu.Lock()
		s.complain(call.Method, nil, "calls in the answer to a webhook are not modelled by this stand-in")
		s.mu.Unlock()
	}
	return nil
}

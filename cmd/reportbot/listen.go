package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"reportbot/store"
)

// telegramSilence is how long Telegram may be silent before serve counts as not ready:
// a poll takes up to 50 seconds.
const telegramSilence = 90 * time.Second

// state is the health of serve.
type state struct {
	store *store.Store
	heard func() time.Time // last successful call to Telegram
}

// healthz reports that the program is running.
func (s *state) healthz(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") }

// readyz reports whether questions can be answered, and if not, why.
func (s *state) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if faults := s.faults(ctx); len(faults) > 0 {
		http.Error(w, strings.Join(faults, "\n"), http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

func (s *state) faults(ctx context.Context) (faults []string) {
	switch _, err := s.store.Live(ctx); {
	case errors.Is(err, store.ErrNotFound):
		faults = append(faults, "report: none is live")
	case err != nil:
		faults = append(faults, "store: it can't be read")
	}
	switch check, err := s.store.LastCheck(ctx); {
	case errors.Is(err, store.ErrNotFound): // never checked
	case err == nil && check.Fault != "":
		faults = append(faults, "store: its last check found it damaged")
	}
	switch heard := s.heard(); {
	case heard.IsZero():
		faults = append(faults, "Telegram: not reached yet")
	case time.Since(heard) > telegramSilence:
		faults = append(faults, fmt.Sprintf("Telegram: not reached for %v", time.Since(heard).Round(time.Second)))
	}
	return faults
}

// ownPaths are reserved: a webhook can't have them.
var ownPaths = []string{"/healthz", "/readyz"}

// handler serves ownPaths and, in webhook mode, the path of the webhook's URL.
func (s *state) handler(webhookURL string, webhook http.Handler) (http.Handler, error) {
	own := http.NewServeMux()
	own.HandleFunc("GET /healthz", s.healthz)
	own.HandleFunc("GET /readyz", s.readyz)
	if webhookURL == "" {
		return own, nil
	}
	u, err := url.Parse(webhookURL)
	if err != nil {
		return nil, errors.New("TELEGRAM_WEBHOOK_URL is not an http(s) address")
	}
	path := u.Path
	if path == "" {
		path = "/"
	}
	if slices.Contains(ownPaths, path) {
		return nil, fmt.Errorf("TELEGRAM_WEBHOOK_URL has the path %s, which serve uses itself", path)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			webhook.ServeHTTP(w, r)
			return
		}
		own.ServeHTTP(w, r)
	}), nil
}

// listen serves handler at the address, until stop is called. Errors name the
// address's environment variable.
func listen(variable, address string, handler http.Handler) (stop func(), err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", variable, address, errors.Unwrap(err))
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // always ErrServerClosed
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
		<-done
	}, nil
}

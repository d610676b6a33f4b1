package model

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// asked is how long a server asks to wait before the next request.
type asked struct{ after time.Duration }

type askedKey struct{}

// listenForWait returns a context under which a request through a waitListener
// notes what the server asks.
func listenForWait(ctx context.Context) (context.Context, *asked) {
	a := &asked{}
	return context.WithValue(ctx, askedKey{}, a), a
}

// waitListener notes a Retry-After, which the library's errors don't tell.
type waitListener struct{ http.RoundTripper }

func (l waitListener) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := l.RoundTripper.RoundTrip(request)
	if err == nil {
		if a, ok := request.Context().Value(askedKey{}).(*asked); ok {
			a.after = retryAfter(response.Header.Get("Retry-After"), time.Now())
		}
	}
	return response, err
}

// retryAfter reads the header's two forms, seconds and a date; 0 for neither.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

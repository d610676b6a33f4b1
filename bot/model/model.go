// Package model talks to a language model behind an OpenAI-compatible server:
// it streams replies and makes embeddings.
package model

import (
	"errors"
	"net/http"
	"time"

	"github.com/sashabaranov/go-openai"
)

// Message is one message of a chat.
type Message = openai.ChatCompletionMessage

// Usage is what calls to the model took. Tokens are 0 where the server doesn't
// count them.
type Usage struct {
	PromptTokens, CompletionTokens int
	Calls                          int // requests to the model's server
}

// Add adds what another call took.
func (u *Usage) Add(v Usage) {
	u.PromptTokens += v.PromptTokens
	u.CompletionTokens += v.CompletionTokens
	u.Calls += v.Calls
}

// ErrCut means that a reply ended before the model had finished it.
var ErrCut = errors.New("the reply was cut off")

// Error is a failure of the model's server, without its key or address.
type Error struct {
	Status     int // HTTP status; 0 if the server wasn't reached
	Message    string
	RetryAfter time.Duration // that the server asks to wait; 0: it doesn't say
	err        error
}

func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// Temporary reports whether the same request may succeed a little later.
func (e *Error) Temporary() bool {
	switch e.Status {
	case 0, http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusTooManyRequests:
		var api *openai.APIError
		return !errors.As(e.err, &api) || api.Code != "insufficient_quota"
	}
	return false
}

package answer

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/sashabaranov/go-openai"
)

type message = openai.ChatCompletionMessage

// Model writes a reply to messages.
type Model interface {
	// Stream calls piece with each part of the reply as it comes, from the
	// calling goroutine, and returns when the reply has ended. A reply that
	// ends without saying why is ErrCut.
	Stream(ctx context.Context, messages []message, piece func(string)) (Reply, error)
}

// Finish says why a reply ended, as the server names it.
type Finish string

// FinishStop is a reply that is whole.
const FinishStop Finish = "stop"

// Reply is what is known of a reply once it has ended, also where it failed.
type Reply struct {
	Finish                         Finish
	PromptTokens, CompletionTokens int // 0 where the server doesn't count
	Calls                          int // requests that it took
}

func (r Reply) usage() Usage { return Usage{r.PromptTokens, r.CompletionTokens, r.Calls} }

// ErrCut means that a reply ended before the model had finished it.
var ErrCut = errors.New("the reply was cut off")

// ModelError is a failure of the model's server, without its key or address.
type ModelError struct {
	Status     int // HTTP status; 0 if the server wasn't reached
	Message    string
	RetryAfter time.Duration // that the server asks to wait; 0: it doesn't say
	err        error
}

func (e *ModelError) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *ModelError) Unwrap() error { return e.err }

// passing reports whether the same request may succeed a little later.
func (e *ModelError) passing() bool {
	switch e.Status {
	case 0, http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusTooManyRequests:
		var api *openai.APIError
		return !errors.As(e.err, &api) || api.Code != "insufficient_quota"
	}
	return false
}

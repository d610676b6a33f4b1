package model

import (
	"math"
	"net/http"
	"strings"
	"sync"

	"github.com/sashabaranov/go-openai"
)

// shape is what is put into a request, and in which form.
type shape struct {
	noUsage       bool // no stream_options
	noTemperature bool
	noSystem      bool // the system message stands before the user's
	noStream      bool // the reply comes whole
	// maxTokens is the field for the longest reply that a server insists on;
	// empty: none.
	maxTokens string
}

// What a reply may take where a server insists on a limit, in tokens.
const replyTokens = 2048

// The fields for it: OpenAI's old and new one.
const (
	maxTokensField           = "max_tokens"
	maxCompletionTokensField = "max_completion_tokens"
)

// capabilities are what was learned of a server, for as long as the program
// runs. Which requests it takes it says only by refusing others.
type capabilities struct {
	mu       sync.Mutex
	shape    shape
	accepted bool // the shape was accepted once
}

func (c *capabilities) current() shape {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shape
}

// accept keeps the shape of a request that the server took.
func (c *capabilities) accept(s shape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shape, c.accepted = s, true
}

// plainer returns the shape in which a refused request may be accepted, if there
// is one: without what the server names, else, where it names nothing and has
// never accepted a request, with less and less.
func (c *capabilities) plainer(s shape, failed *Error) (shape, bool) {
	said := failed.said
	names := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(said, word) {
				return true
			}
		}
		return false
	}
	before := s
	switch failed.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusPaymentRequired, http.StatusTooManyRequests, 0:
		return s, false
	}
	if failed.Status > http.StatusNotImplemented {
		return s, false // not about the request
	}
	switch {
	case failed.tooLong():
	case s.maxTokens == "" && names(maxCompletionTokensField) && saysRequired.MatchString(said):
		s.maxTokens = maxCompletionTokensField
	case s.maxTokens == "" && names(maxTokensField) && saysRequired.MatchString(said):
		s.maxTokens = maxTokensField
	case s.maxTokens == maxTokensField && names(maxTokensField):
		s.maxTokens = maxCompletionTokensField
	case !s.noUsage && !s.noStream && names("stream_options", "include_usage"):
		s.noUsage = true
	case !s.noTemperature && names("temperature"):
		s.noTemperature = true
	case !s.noSystem && saysNoSystem.MatchString(said):
		s.noSystem = true
	case !s.noStream && saysNoStream.MatchString(said) && saysRefused.MatchString(said):
		s.noStream = true
	case !isRefusal(failed.Status):
	default:
		c.mu.Lock()
		accepted := c.accepted
		c.mu.Unlock()
		switch {
		case accepted:
		case !s.noUsage || !s.noTemperature:
			s.noUsage, s.noTemperature = true, true
		case !s.noSystem || !s.noStream:
			s.noSystem, s.noStream = true, true
		}
	}
	return s, s != before
}

// isRefusal reports whether a status says that a request is not to the server's
// liking, whatever it is.
func isRefusal(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	}
	return false
}

// request returns the request for messages in this shape.
func (s shape) request(model string, messages []Message) openai.ChatCompletionRequest {
	request := openai.ChatCompletionRequest{Model: model, Messages: messages}
	if s.noSystem {
		request.Messages = withoutSystem(messages)
	}
	if !s.noUsage && !s.noStream {
		request.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	switch s.maxTokens {
	case maxTokensField:
		//lint:ignore SA1019 servers other than OpenAI know only this field
		request.MaxTokens = replyTokens
	case maxCompletionTokensField:
		request.MaxCompletionTokens = replyTokens
	}
	if !s.noTemperature {
		// The library leaves a plain 0 out of the request.
		request.Temperature = math.SmallestNonzeroFloat32
		if openai.NewReasoningValidator().Validate(request) != nil {
			request.Temperature = 0 // a model that takes none
		}
	}
	return request
}

// withoutSystem puts what system messages say before the first message of the
// user.
func withoutSystem(messages []Message) []Message {
	var rest []Message
	var system []string
	for _, m := range messages {
		if m.Role == openai.ChatMessageRoleSystem {
			system = append(system, m.Content)
		} else {
			rest = append(rest, m)
		}
	}
	for i, m := range rest {
		if m.Role == openai.ChatMessageRoleUser && len(system) > 0 {
			rest[i].Content = strings.Join(append(system, m.Content), "\n\n")
			break
		}
	}
	return rest
}

// String names what is special about a shape, for the log.
func (s shape) String() string {
	var parts []string
	for _, part := range []struct {
		is   bool
		name string
	}{
		{s.noUsage, "no stream_options"}, {s.noTemperature, "no temperature"},
		{s.noSystem, "no system message"}, {s.noStream, "no streaming"}, {s.maxTokens != "", "with " + s.maxTokens},
	} {
		if part.is {
			parts = append(parts, part.name)
		}
	}
	return strings.Join(parts, ", ")
}

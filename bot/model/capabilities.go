package model

import (
	"math"
	"net/http"
	"strings"
	"sync"

	"github.com/sashabaranov/go-openai"
)

// shape selects the optional parts of a request.
type shape struct {
	noUsage       bool // no stream_options
	noTemperature bool
	noSystem      bool // the system message is part of the user's
	noStream      bool // the reply comes at once
	// maxTokens is the field for the most tokens of the reply, if the server requires
	// one.
	maxTokens string
}

// The most tokens of a reply, for servers that require a limit.
const replyTokens = 2048

// The fields for it: OpenAI's old and new names.
const (
	maxTokensField           = "max_tokens"
	maxCompletionTokensField = "max_completion_tokens"
)

// capabilities records the requests that a server accepted and refused since the program
// started: servers reveal what they support only by refusing.
type capabilities struct {
	mu       sync.Mutex
	shape    shape
	accepted bool // the server has accepted this shape
}

func (c *capabilities) current() shape {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shape
}

// accept records the shape of a request that the server accepted.
func (c *capabilities) accept(s shape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shape, c.accepted = s, true
}

// plainer returns a simpler shape for a refused request, if there is one: without the
// field that the server names, else, if it names none and has never accepted a
// request, with one field less each time.
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
		return s, false // the failure is unrelated to the form of the request
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

// isRefusal reports whether a status means that the server refuses the form of the
// request.
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
			request.Temperature = 0 // the model accepts none
		}
	}
	return request
}

// withoutSystem moves system messages to the start of the user's first message.
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

// String describes the shape for the log.
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

package modeltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

type chatBody struct {
	Model         string            `json:"model"`
	Messages      []json.RawMessage `json:"messages"`
	Stream        *bool             `json:"stream"`
	StreamOptions json.RawMessage   `json:"stream_options"`

	Temperature         *float64        `json:"temperature"`
	TopP                *float64        `json:"top_p"`
	PresencePenalty     *float64        `json:"presence_penalty"`
	FrequencyPenalty    *float64        `json:"frequency_penalty"`
	N                   *int            `json:"n"`
	Seed                *int64          `json:"seed"`
	MaxTokens           *int            `json:"max_tokens"`
	MaxCompletionTokens *int            `json:"max_completion_tokens"`
	Stop                json.RawMessage `json:"stop"`
	ReasoningEffort     *string         `json:"reasoning_effort"`
	User                *string         `json:"user"`
}

// chatKeys are the fields that OpenAI and the common compatible servers all know
// and the stand-in understands. Fields of one vendor only are refused.
var chatKeys = []string{
	"model", "messages", "stream", "stream_options", "temperature", "top_p",
	"presence_penalty", "frequency_penalty", "n", "seed", "max_tokens",
	"max_completion_tokens", "stop", "reasoning_effort", "user",
}

func (r *Request) decodeChat() error {
	var body chatBody
	if err := decodeStrict(r.Body, &body, chatKeys); err != nil {
		return err
	}
	r.Model = body.Model
	r.Stream = body.Stream != nil && *body.Stream
	r.Temperature, r.Seed = body.Temperature, body.Seed

	if body.Model == "" {
		return wrong("model", "you must provide a model parameter")
	}
	if len(body.Messages) == 0 {
		return wrong("messages", "the array is missing or empty")
	}
	reasoning := isReasoning(body.Model)
	for i, raw := range body.Messages {
		m, err := decodeMessage(raw, reasoning)
		if err != nil {
			return fmt.Errorf("messages[%d]: %w", i, err)
		}
		r.Messages = append(r.Messages, m)
	}
	if given(body.StreamOptions) {
		if !r.Stream {
			return wrong("stream_options", "it is only allowed when 'stream' is enabled")
		}
		var options struct {
			IncludeUsage bool `json:"include_usage"`
		}
		if err := decodeStrict(body.StreamOptions, &options, []string{"include_usage"}); err != nil {
			return fmt.Errorf("stream_options: %w", err)
		}
		r.IncludeUsage = options.IncludeUsage
	}
	if err := r.decodeStop(body.Stop); err != nil {
		return err
	}
	return r.checkNumbers(body, reasoning)
}

func (r *Request) checkNumbers(body chatBody, reasoning bool) error {
	for _, f := range []struct {
		name     string
		value    *float64
		min, max float64
	}{
		{"temperature", body.Temperature, 0, 2},
		{"top_p", body.TopP, 0, 1},
		{"presence_penalty", body.PresencePenalty, -2, 2},
		{"frequency_penalty", body.FrequencyPenalty, -2, 2},
	} {
		if f.value == nil {
			continue
		}
		if *f.value < f.min || *f.value > f.max {
			return wrong(f.name, "%g is outside %g to %g", *f.value, f.min, f.max)
		}
	}
	if body.N != nil && *body.N != 1 {
		return wrong("n", "%d choices; the stand-in gives one", *body.N)
	}
	if body.MaxTokens != nil && body.MaxCompletionTokens != nil {
		return wrong("max_tokens", "setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported")
	}
	if reasoning {
		if body.MaxTokens != nil {
			return &paramError{"max_tokens", "unsupported_parameter", "not supported with this model; use 'max_completion_tokens'"}
		}
		if body.Temperature != nil && *body.Temperature != 1 {
			return &paramError{"temperature", "unsupported_value", "only the default (1) is supported with this model"}
		}
	}
	for _, n := range []*int{body.MaxTokens, body.MaxCompletionTokens} {
		if n == nil {
			continue
		}
		if *n < 1 {
			return wrong("max_tokens", "%d is below 1", *n)
		}
		r.MaxTokens = *n
	}
	return nil
}

// decodeStop reads a string or an array of one to four strings.
func (r *Request) decodeStop(raw json.RawMessage) error {
	if !given(raw) {
		return nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		r.Stop = []string{one}
	} else if err := json.Unmarshal(raw, &r.Stop); err != nil {
		return wrong("stop", "it must be a string or an array of strings")
	}
	if n := len(r.Stop); n == 0 || n > 4 || slices.Contains(r.Stop, "") {
		return wrong("stop", "it must hold one to four strings, none empty")
	}
	return nil
}

// decodeMessage reads a message of text: a string, or an array of text parts.
func decodeMessage(raw json.RawMessage, reasoning bool) (Message, error) {
	var body struct {
		Role    string          `json:"role"`
		Content json.RawMessage `json:"content"`
		Name    *string         `json:"name"`
	}
	if err := decodeStrict(raw, &body, []string{"role", "content", "name"}); err != nil {
		return Message{}, err
	}
	switch {
	case body.Role == "system", body.Role == "user", body.Role == "assistant":
	case body.Role == "developer" && reasoning: // the chat templates of other models do not know it
	default:
		return Message{}, wrong("role", "%q is none of system, user, assistant", body.Role)
	}
	m := Message{Role: body.Role}
	if json.Unmarshal(body.Content, &m.Content) != nil {
		var parts []json.RawMessage
		if json.Unmarshal(body.Content, &parts) != nil {
			return Message{}, wrong("content", "it must be a string or an array of parts")
		}
		for _, raw := range parts {
			var part struct{ Type, Text string }
			if err := decodeStrict(raw, &part, []string{"type", "text"}); err != nil {
				return Message{}, err
			}
			if part.Type != "text" {
				return Message{}, wrong("content", "a part of type %q; the stand-in takes text", part.Type)
			}
			m.Content += part.Text
		}
	}
	if strings.TrimSpace(m.Content) == "" {
		return Message{}, wrong("content", "it is empty")
	}
	return m, nil
}

// given tells whether an optional field was sent with a value.
func given(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// isReasoning tells OpenAI's reasoning models by their names, as clients do.
func isReasoning(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

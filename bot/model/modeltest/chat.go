package modeltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

type chatBody struct {
	Model               string            `json:"model"`
	Messages            []json.RawMessage `json:"messages"`
	Stream              *bool             `json:"stream"`
	StreamOptions       json.RawMessage   `json:"stream_options"`
	Temperature         *float64          `json:"temperature"`
	MaxTokens           *int              `json:"max_tokens"`
	MaxCompletionTokens *int              `json:"max_completion_tokens"`
}

// chatKeys are the fields that the program may send: OpenAI and all common compatible
// servers support them. A request with any other field is refused.
var chatKeys = []string{"model", "messages", "stream", "stream_options", "temperature", "max_tokens", "max_completion_tokens"}

func (r *Request) decodeChat() error {
	var body chatBody
	if err := decodeStrict(r.Body, &body, chatKeys); err != nil {
		return err
	}
	r.Model = body.Model
	r.Stream = body.Stream != nil && *body.Stream
	r.Temperature = body.Temperature

	if body.Model == "" {
		return wrong("model", "you must provide a model parameter")
	}
	if len(body.Messages) == 0 {
		return wrong("messages", "the array is missing or empty")
	}
	for i, raw := range body.Messages {
		m, err := decodeMessage(raw)
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
	return r.checkNumbers(body)
}

func (r *Request) checkNumbers(body chatBody) error {
	if t := body.Temperature; t != nil && (*t < 0 || *t > 2) {
		return wrong("temperature", "%g is outside 0 to 2", *t)
	}
	if body.MaxTokens != nil && body.MaxCompletionTokens != nil {
		return wrong("max_tokens", "setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported")
	}
	if isReasoning(body.Model) {
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

// decodeMessage reads a message of text.
func decodeMessage(raw json.RawMessage) (Message, error) {
	var m Message
	if err := decodeStrict(raw, &m, []string{"role", "content"}); err != nil {
		return Message{}, err
	}
	switch {
	case !slices.Contains([]string{"system", "user", "assistant"}, m.Role):
		return Message{}, wrong("role", "%q is none of system, user, assistant", m.Role)
	case strings.TrimSpace(m.Content) == "":
		return Message{}, wrong("content", "it is empty")
	}
	return m, nil
}

// given reports whether an optional field was sent with a value.
func given(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// isReasoning recognizes OpenAI's reasoning models by name, as clients do.
func isReasoning(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// Package model talks to a language model behind an OpenAI-compatible server:
// it streams replies and makes embeddings.
//
// Such servers differ in many details. Requests go through the library go-openai and an
// adapter (adapter.go), which converts responses to OpenAI's form: a reply's events
// (events.go), their content (chunk.go), errors (reported.go, errors.go) and the list
// of models (models.go). Fields that a server refuses are omitted from later requests
// (capabilities.go).
package model

import "github.com/sashabaranov/go-openai"

// Message is one message of a chat.
type Message = openai.ChatCompletionMessage

// Usage is the cost of calls to the model. Tokens are 0 if the server doesn't count
// them.
type Usage struct {
	PromptTokens, CompletionTokens int
	Calls                          int // requests to the model's server
}

// Add adds the usage of other calls.
func (u *Usage) Add(v Usage) {
	u.PromptTokens += v.PromptTokens
	u.CompletionTokens += v.CompletionTokens
	u.Calls += v.Calls
}

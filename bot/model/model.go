// Package model talks to a language model behind an OpenAI-compatible server:
// it streams replies and makes embeddings.
//
// No two such servers are alike. A request goes through the library go-openai
// and an adapter (adapter.go), which turns what servers send into what OpenAI
// would send: how a reply is parted into events (events.go), what is read of
// each (chunk.go), errors (reported.go, errors.go), the list of models
// (models.go). What a server refuses in a request is left out from then on
// (capabilities.go).
package model

import "github.com/sashabaranov/go-openai"

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

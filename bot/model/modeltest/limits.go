package modeltest

import (
	"net/http"
	"unicode/utf8"
)

// Limits are the requests that a server refuses, and the form of its refusals.
type Limits struct {
	NoSystem bool // messages of the role system
	NoStream bool // requests to stream
	// MaxPrompt limits the characters of all messages together; 0: no limit.
	MaxPrompt int
	// Demands are fields that a chat request must have.
	Demands []string
	// MaxBatch limits the texts in an embeddings request, MaxText the characters of
	// each; 0: no limit.
	MaxBatch, MaxText int

	// Refusal is the status and body of a refusal; by default OpenAI's object with
	// status 400.
	Refusal *Refusal

	// Embeddings, if set, returns the response for vectors instead of OpenAI's
	// list.
	Embeddings func(vectors [][]float32) any
}

// Refusal is a response with an error.
type Refusal struct {
	Status int
	Body   string
}

func (l Limits) refuse(req *Request) *apiError {
	said := ""
	switch req.Path {
	case PathChat:
		said = l.refuseChat(req)
	case PathEmbeddings:
		said = l.refuseEmbeddings(req)
	}
	if said == "" {
		return nil
	}
	e := apiErrorf(http.StatusBadRequest, "%s", said)
	e.meant = true
	if l.Refusal != nil {
		e.status, e.body = l.Refusal.Status, l.Refusal.Body
	}
	return e
}

func (l Limits) refuseChat(req *Request) string {
	length := 0
	for _, m := range req.Messages {
		length += utf8.RuneCountInString(m.Content)
		if l.NoSystem && m.Role == "system" {
			return "System role not supported"
		}
	}
	if l.MaxPrompt > 0 && length > l.MaxPrompt {
		return "This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages."
	}
	if l.NoStream && req.Stream {
		return "Streaming is not supported"
	}
	for _, field := range l.Demands {
		if unsupported(req.Body, []string{field}) == nil {
			return field + ": field required"
		}
	}
	return ""
}

func (l Limits) refuseEmbeddings(req *Request) string {
	if l.MaxBatch > 0 && len(req.Input) > l.MaxBatch {
		return "batch size exceeds the maximum"
	}
	for _, text := range req.Input {
		if l.MaxText > 0 && utf8.RuneCountInString(text) > l.MaxText {
			return "input is too long: the maximum is 512 tokens"
		}
	}
	return ""
}

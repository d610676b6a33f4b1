package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// completion reads a reply that doesn't stream, in any form.
func (a *adapter) completion(body io.Reader) (any, error) {
	stream := &standardStream{events: newEventReader(body), secrets: a.secrets}
	standard := openai.ChatCompletionResponse{Choices: make([]openai.ChatCompletionChoice, 1)}
	choice := &standard.Choices[0]
	for {
		c, err := stream.chunk()
		if errors.Is(err, io.EOF) {
			return standard, nil
		}
		if err != nil {
			return nil, err
		}
		choice.Message.Content += c.text
		if c.finish != "" {
			choice.FinishReason = finishReason(c.finish)
		}
		if c.usage != nil {
			standard.Usage = *c.usage
		}
	}
}

// standardStream is the body of a reply in OpenAI's form. A keep-alive is a chunk
// without choices.
type standardStream struct {
	events   *eventReader
	body     io.Closer
	secrets  *secrets
	chunks   []chunk // read but not passed on yet
	said     strings.Builder
	finished bool // there was a finish reason
	parts    int  // number of parts read
	object   bool // the only part is a JSON object with the whole message
	pending  []byte
	ended    error
}

func (s *standardStream) Close() error { return s.body.Close() }

func (s *standardStream) Read(p []byte) (int, error) {
	for len(s.pending) == 0 {
		if s.ended != nil {
			return 0, s.ended
		}
		c, err := s.chunk()
		switch {
		case errors.Is(err, io.EOF):
			s.pending, s.ended = []byte("data: [DONE]\n"), io.EOF
			continue
		case err != nil:
			s.ended = err
			continue
		}
		standard := openai.ChatCompletionStreamResponse{Usage: c.usage, Choices: []openai.ChatCompletionStreamChoice{}}
		if c.text != "" || c.finish != "" {
			choice := openai.ChatCompletionStreamChoice{FinishReason: finishReason(c.finish)}
			choice.Delta.Content = c.text
			standard.Choices = append(standard.Choices, choice)
		}
		data, err := json.Marshal(standard)
		if err != nil {
			return 0, err
		}
		s.pending = fmt.Appendf(nil, "data: %s\n", data)
	}
	n := copy(p, s.pending)
	s.pending = s.pending[n:]
	return n, nil
}

// chunk returns the next part of the reply, an empty one for a keep-alive. At the end
// of the reply it returns io.EOF; for a premature end ErrCut or the cause.
func (s *standardStream) chunk() (chunk, error) {
	for len(s.chunks) == 0 {
		e, err := s.events.next()
		switch {
		case err != nil && s.finished, errors.Is(err, io.EOF) && s.object:
			return chunk{}, io.EOF
		case errors.Is(err, io.EOF) && s.parts == 0 && s.events.unknown.Len() > 0:
			return chunk{}, reportedError(s.secrets, readReported(s.events.unknown.Bytes()))
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return chunk{}, ErrCut
		case err != nil:
			return chunk{}, err
		}
		switch e.kind {
		case aliveEvent:
			return chunk{}, nil
		case doneEvent:
			return chunk{}, io.EOF
		case errorEvent:
			return chunk{}, reportedError(s.secrets, readReported(e.data))
		}
		chunks, err := chunksOf(e.data)
		var said *reported
		if errors.As(err, &said) {
			err = reportedError(s.secrets, said)
		}
		if err != nil {
			return chunk{}, err
		}
		s.chunks = append(s.chunks, chunks...)
		s.parts += len(chunks)
		s.object = e.bare && s.parts == 1 && chunks[0].whole
	}
	c := s.chunks[0]
	s.chunks = s.chunks[1:]
	s.finished = s.finished || c.finish != ""
	if c.whole {
		c.text = s.fresh(c.text)
	}
	s.said.WriteString(c.text)
	return c, nil
}

// minRepeat is the least length in bytes of earlier text that a message is taken
// to repeat if it begins with it.
const minRepeat = 20

// fresh returns the new part of a message: some servers repeat earlier text.
func (s *standardStream) fresh(message string) string {
	said := s.said.String()
	if len(said) >= minRepeat && strings.HasPrefix(message, said) {
		return message[len(said):]
	}
	return message
}

// finishReason converts a lower-case finish reason to OpenAI's form: any that doesn't
// mean an incomplete reply is "stop".
func finishReason(reason string) openai.FinishReason {
	switch standard := openai.FinishReason(reason); standard {
	case "", openai.FinishReasonLength, openai.FinishReasonContentFilter:
		return standard
	}
	return openai.FinishReasonStop
}

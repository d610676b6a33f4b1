package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"
)

const (
	// apiVersion is the field of an address's query that some servers want.
	apiVersion = "api-version"
	// maxRedirects is how often a request follows a server that has moved.
	maxRedirects = 5
)

// adapter carries the library's requests, and hands it each response as OpenAI
// would have sent it: go-openai fails where one field is of another kind than
// there. What a server refuses is an *Error. It is an openai.HTTPDoer.
type adapter struct {
	http    *http.Client
	query   url.Values // of the server's address
	secrets *secrets
}

func (a *adapter) Do(request *http.Request) (*http.Response, error) {
	if len(a.query) > 0 {
		request.URL.RawQuery = a.query.Encode()
	}
	response, err := a.follow(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		defer response.Body.Close()
		said := readReported(readSome(response.Body))
		return nil, a.secrets.failure(response.StatusCode, said, retryAfter(response.Header, said.all, time.Now()))
	}
	path := request.URL.Path
	if strings.HasSuffix(path, "/chat/completions") && strings.Contains(request.Header.Get("Accept"), "event-stream") {
		response.Body = &standardStream{events: newEventReader(response.Body), body: response.Body, secrets: a.secrets}
		return response, nil
	}
	defer response.Body.Close()
	var standard any
	switch {
	case strings.HasSuffix(path, "/chat/completions"):
		standard, err = a.completion(response.Body)
	case strings.HasSuffix(path, "/embeddings"):
		standard, err = a.read(response.Body, func(value any) any { return embeddingsOf(value) })
	default:
		standard, err = a.read(response.Body, func(value any) any { return modelsOf(value) })
	}
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(standard)
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// readSome reads the body of an error, as far as it comes soon.
func readSome(body io.ReadCloser) []byte {
	late := time.AfterFunc(endTimeout, func() { body.Close() }) // ends the read
	defer late.Stop()
	data, _ := io.ReadAll(io.LimitReader(body, maxSaid)) // what came says what there is to say
	return data
}

// follow sends a request, and sends it again where the server has moved: the
// standard library would make a GET of it. The key goes to no other host.
func (a *adapter) follow(request *http.Request) (*http.Response, error) {
	for redirects := 0; ; redirects++ {
		response, err := a.http.Do(request)
		if err != nil {
			return nil, err
		}
		switch response.StatusCode {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		default:
			return response, nil
		}
		to, err := response.Location()
		if err != nil || redirects == maxRedirects {
			return response, nil
		}
		response.Body.Close()
		next := request.Clone(request.Context())
		next.URL, next.Host = to, ""
		if to.Hostname() != request.URL.Hostname() {
			next.Header.Del("Authorization")
		}
		if request.GetBody != nil {
			if next.Body, err = request.GetBody(); err != nil {
				return nil, err
			}
		}
		request = next
	}
}

// read decodes a JSON body, which make turns into the standard form; an error
// in its place is an *Error.
func (a *adapter) read(body io.Reader, make func(any) any) (any, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxReply))
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &value); err != nil {
		return nil, a.reportedError(readReported(data))
	}
	if o, ok := value.(map[string]any); ok {
		if said := reportedBy(o); said != nil {
			return nil, a.reportedError(said)
		}
	}
	return make(value), nil
}

// reportedError is an error in a body whose status says that all is well.
func (a *adapter) reportedError(said *reported) error { return reportedError(a.secrets, said) }

func reportedError(s *secrets, said *reported) error {
	status := said.status
	if status == 0 {
		status = http.StatusOK
	}
	return s.failure(status, said, retryAfter(nil, said.all, time.Now()))
}

// completion reads a reply that doesn't stream, in whatever form it comes.
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

// standardStream is the body of a reply as OpenAI streams it. Each sign of life
// is a chunk without choices.
type standardStream struct {
	events   *eventReader
	body     io.Closer
	secrets  *secrets
	chunks   []chunk // that were read and not passed on yet
	said     strings.Builder
	finished bool // a finish reason came
	parts    int  // that came
	object   bool // the only part is a JSON object with a whole message
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

// chunk returns the next part of the reply, an empty one for a sign of life. At
// the end of a reply it is io.EOF; a reply that ends in another way is ErrCut or
// what was wrong.
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

// shortestRepeat is the length in bytes from which a message that begins with
// all that was said is taken for one that repeats it.
const shortestRepeat = 20

// fresh returns what a message adds to what was said before: some servers
// repeat it.
func (s *standardStream) fresh(message string) string {
	said := s.said.String()
	if len(said) >= shortestRepeat && strings.HasPrefix(message, said) {
		return message[len(said):]
	}
	return message
}

// finishReason is a finish reason, in lower case, as OpenAI has it: any that
// doesn't say that the reply is not whole is an end.
func finishReason(reason string) openai.FinishReason {
	switch standard := openai.FinishReason(reason); standard {
	case "", openai.FinishReasonLength, openai.FinishReasonContentFilter:
		return standard
	}
	return openai.FinishReasonStop
}

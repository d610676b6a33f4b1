package model

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

// How long the model may take to be reached, and between two parts of the
// reply.
const (
	connectTimeout = 5 * time.Second
	stallTimeout   = 30 * time.Second
)

// keepAlives is how many empty lines a stream may hold; servers send them to
// keep a connection open while the model thinks.
const keepAlives = 1 << 20

// Client asks a model behind an OpenAI-compatible server. It may be used from
// any goroutine.
type Client struct {
	client     *openai.Client
	stall      time.Duration
	secrets    *strings.Replacer // takes key and address out of what the server says
	configured bool              // the model's name
	optional   optional

	mu   sync.Mutex
	name string // of the model; empty until the server has listed one
}

// Config says where the model is.
type Config struct {
	URL   string // with /v1; empty: OpenAI's own
	Key   string // empty: no Authorization header
	Model string // empty: the first that the server lists
	// Stall is the longest pause in a reply; 0: 30 s.
	Stall time.Duration
	// Transport carries the requests; nil: the usual one.
	Transport http.RoundTripper
}

// New returns the model at config; nothing is asked of it yet.
func New(config Config) *Client {
	c := openai.DefaultConfig(config.Key)
	if config.URL != "" {
		c.BaseURL = config.URL
	}
	c.EmptyMessagesLimit = keepAlives
	transport := config.Transport
	if transport == nil {
		usual := http.DefaultTransport.(*http.Transport).Clone()
		usual.DialContext = (&net.Dialer{Timeout: connectTimeout}).DialContext
		transport = usual
	}
	c.HTTPClient = &http.Client{Transport: waitListener{transport}}
	s := &Client{
		client: openai.NewClientWithConfig(c), name: config.Model, configured: config.Model != "",
		stall: cmp.Or(config.Stall, stallTimeout),
	}
	secrets := []string{c.BaseURL, "[address]"}
	if config.Key != "" {
		secrets = append(secrets, config.Key, "[key]")
	}
	s.secrets = strings.NewReplacer(secrets...)
	return s
}

// Name returns the model's name: the configured one, else the first that the
// server lists, else "default". Nobody waits for another's call: one that hangs
// would hang all.
func (s *Client) Name(ctx context.Context) (string, error) {
	s.mu.Lock()
	known := s.name
	s.mu.Unlock()
	if known != "" {
		return known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	list, err := s.client.ListModels(ctx)
	var unreached *url.Error
	switch {
	case errors.As(err, &unreached), ctx.Err() != nil:
		return "", s.explain(timedOut(ctx, err))
	case err != nil || len(list.Models) == 0:
		// A server without a list serves whatever it is asked for; one that
		// can't list its models now is asked again the next time.
		return "default", nil
	}
	name := list.Models[0].ID
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name = name
	return name, nil
}

// Stream asks the model and passes on its reply. A field of the request that
// the server refuses is left out from then on.
func (s *Client) Stream(ctx context.Context, messages []Message, piece func(string)) (Usage, error) {
	name, err := s.Name(ctx)
	if err != nil {
		return Usage{}, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stalled := time.AfterFunc(s.stall, func() { stop(context.DeadlineExceeded) })
	defer stalled.Stop()
	ctx, asked := listenForWait(ctx)
	calls := 0
	var stream *openai.ChatCompletionStream
	for {
		calls++
		request := openai.ChatCompletionRequest{Model: name, Messages: messages}
		s.optional.fill(&request)
		stream, err = s.client.CreateChatCompletionStream(ctx, request)
		if err == nil {
			break
		}
		if s.optional.refused(request, err) {
			stalled.Reset(s.stall)
			continue
		}
		err = s.explain(timedOut(ctx, err))
		var failed *Error
		if errors.As(err, &failed) {
			failed.RetryAfter = asked.after
			s.forget(name, failed.Status)
		}
		return Usage{Calls: calls}, err
	}
	defer stream.Close()
	used, err := s.read(stream, stalled, piece)
	used.Calls = calls
	if err != nil && !errors.Is(err, ErrCut) {
		err = s.explain(timedOut(ctx, err))
		var failed *Error
		if errors.As(err, &failed) && failed.Status == 0 {
			err = ErrCut // it was reached: the connection broke, or it sent no stream
		}
	}
	return used, err
}

// read passes on a stream up to its end. What the receiver of a piece takes is
// no stall of the server.
func (s *Client) read(stream *openai.ChatCompletionStream, stalled *time.Timer, piece func(string)) (Usage, error) {
	var used Usage
	finish := openai.FinishReason("")
	for {
		stalled.Reset(s.stall)
		chunk, err := receive(stream)
		stalled.Stop()
		switch {
		case errors.Is(err, io.EOF) && finish == "":
			return used, ErrCut
		case errors.Is(err, io.EOF) && finish != openai.FinishReasonStop:
			return used, fmt.Errorf("%w: finish_reason %q", ErrCut, finish)
		case errors.Is(err, io.EOF):
			return used, nil
		case err != nil:
			return used, err
		}
		if chunk.Usage != nil {
			used.PromptTokens, used.CompletionTokens = chunk.Usage.PromptTokens, chunk.Usage.CompletionTokens
		}
		if len(chunk.Choices) == 0 {
			continue // usage comes in a chunk of its own
		}
		choice := chunk.Choices[0]
		if choice.FinishReason != "" {
			finish = choice.FinishReason
		}
		if choice.Delta.Content != "" {
			piece(choice.Delta.Content)
		}
	}
}

// receive returns the next chunk of a stream. An error that a server sends in
// the place of one is an APIError, in whichever of the usual forms.
func receive(stream *openai.ChatCompletionStream) (openai.ChatCompletionStreamResponse, error) {
	var chunk struct {
		openai.ChatCompletionStreamResponse
		Object  string           `json:"object"`
		Message string           `json:"message"`
		Error   *openai.APIError `json:"error"`
	}
	data, err := stream.RecvRaw()
	if err == nil {
		err = json.Unmarshal(data, &chunk)
	}
	switch {
	case err != nil:
		return openai.ChatCompletionStreamResponse{}, err
	case chunk.Error != nil:
		return openai.ChatCompletionStreamResponse{}, chunk.Error
	case chunk.Object == "error":
		return openai.ChatCompletionStreamResponse{}, &openai.APIError{Message: chunk.Message}
	}
	return chunk.ChatCompletionStreamResponse, nil
}

// forget makes the server be asked again for its models where it doesn't know
// the one that it had listed.
func (s *Client) forget(name string, status int) {
	if s.configured || status != http.StatusNotFound {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.name == name {
		s.name = ""
	}
}

// timedOut tells a stall from a stop: both end the context.
func timedOut(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// explain returns err without addresses and keys.
func (s *Client) explain(err error) error {
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the model's server did not answer in time: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &api):
		status := cmp.Or(api.HTTPStatusCode, http.StatusOK) // else the error came in the stream
		return s.failure(status, fmt.Sprintf("answered %d: %s", status, api.Message), err)
	case errors.As(err, &request):
		return s.failure(request.HTTPStatusCode, fmt.Sprintf("answered %d", request.HTTPStatusCode), err)
	}
	return s.failure(0, "can't be reached", err)
}

// mend says what an operator can do about a status.
var mend = map[int]string{
	http.StatusUnauthorized: " (set OPENAI_API_KEY)",
	http.StatusNotFound:     " (set OPENAI_MODEL to one that it has, and OPENAI_BASE_URL with /v1)",
}

func (s *Client) failure(status int, said string, err error) *Error {
	return &Error{Status: status, Message: s.secrets.Replace("the model's server " + said + mend[status]), err: err}
}

package answer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

// Model writes a reply to messages.
type Model interface {
	// Stream calls piece with each part of the reply as it comes, from the
	// calling goroutine, and returns when the reply has ended. A reply that
	// ends without saying why is ErrCut.
	Stream(ctx context.Context, messages []openai.ChatCompletionMessage, piece func(string)) (Reply, error)
}

// Finish says why a reply ended, as the server names it.
type Finish string

// FinishStop is a reply that is whole.
const FinishStop Finish = "stop"

// Reply is what is known of a reply once it has ended.
type Reply struct {
	Finish                         Finish
	PromptTokens, CompletionTokens int // 0 where the server doesn't count
}

// ErrCut means that a reply ended before the model had finished it.
var ErrCut = errors.New("the reply was cut off")

// ModelError is a failure of the model's server, without its key or address.
type ModelError struct {
	Status  int // HTTP status; 0 if the server wasn't reached
	Message string
	err     error
}

func (e *ModelError) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *ModelError) Unwrap() error { return e.err }

// How long the model may take: to begin, between two parts of the reply, and
// in all.
const (
	connectTimeout = 5 * time.Second
	stallTimeout   = 30 * time.Second
	replyTimeout   = 2 * time.Minute
)

// keepAlives is how many empty lines a stream may hold; servers send them to
// keep a connection open while the model thinks.
const keepAlives = 1 << 20

// Server is a model behind an OpenAI-compatible server.
type Server struct {
	client  *openai.Client
	stall   time.Duration
	secrets *strings.Replacer // takes key and address out of what the server says

	mu   sync.Mutex
	name string // of the model; empty until the server has listed one
}

// ServerConfig says where the model is.
type ServerConfig struct {
	URL   string // with /v1; empty: OpenAI's own
	Key   string // empty: no Authorization header
	Model string // empty: the first that the server lists
	// Stall is the longest pause in a reply; 0: 30 s.
	Stall time.Duration
}

// NewServer returns the model at config; nothing is asked of it yet.
func NewServer(config ServerConfig) *Server {
	c := openai.DefaultConfig(config.Key)
	if config.URL != "" {
		c.BaseURL = config.URL
	}
	c.EmptyMessagesLimit = keepAlives
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: connectTimeout}).DialContext
	c.HTTPClient = &http.Client{Transport: transport}
	s := &Server{client: openai.NewClientWithConfig(c), name: config.Model, stall: config.Stall}
	if s.stall == 0 {
		s.stall = stallTimeout
	}
	secrets := []string{c.BaseURL, "[address]"}
	if config.Key != "" {
		secrets = append(secrets, config.Key, "[key]")
	}
	s.secrets = strings.NewReplacer(secrets...)
	return s
}

// Name returns the model's name: the configured one, else the first that the
// server lists, else "default".
func (s *Server) Name(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.name != "" {
		return s.name, nil
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
	s.name = list.Models[0].ID
	return s.name, nil
}

// Stream asks the model and passes on its reply.
func (s *Server) Stream(ctx context.Context, messages []openai.ChatCompletionMessage, piece func(string)) (Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, replyTimeout)
	defer cancel()
	name, err := s.Name(ctx)
	if err != nil {
		return Reply{}, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stalled := time.AfterFunc(s.stall, func() { stop(context.DeadlineExceeded) })
	defer stalled.Stop()
	request := openai.ChatCompletionRequest{
		Model:         name,
		Messages:      messages,
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
		// The library leaves a plain 0 out of the request.
		Temperature: math.SmallestNonzeroFloat32,
	}
	if openai.NewReasoningValidator().Validate(request) != nil {
		request.Temperature = 0 // a model that takes none
	}
	stream, err := s.client.CreateChatCompletionStream(ctx, request)
	if err != nil {
		return Reply{}, s.explain(timedOut(ctx, err))
	}
	defer stream.Close()
	var reply Reply
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			err = s.explain(timedOut(ctx, err))
			var failed *ModelError
			if errors.As(err, &failed) && failed.Status == 0 {
				err = ErrCut // it was reached: the connection broke, or it sent no stream
			}
			return reply, err
		}
		stalled.Reset(s.stall)
		if chunk.Usage != nil {
			reply.PromptTokens, reply.CompletionTokens = chunk.Usage.PromptTokens, chunk.Usage.CompletionTokens
		}
		if len(chunk.Choices) == 0 {
			continue // usage comes in a chunk of its own
		}
		choice := chunk.Choices[0]
		if choice.FinishReason != "" {
			reply.Finish = Finish(choice.FinishReason)
		}
		piece(choice.Delta.Content)
	}
	if reply.Finish == "" {
		return reply, ErrCut
	}
	return reply, nil
}

// timedOut tells a stall from a stop: both end the context.
func timedOut(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// explain returns err without addresses and keys.
func (s *Server) explain(err error) error {
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the model's server did not answer in time: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &api):
		status := api.HTTPStatusCode
		if status == 0 {
			status = http.StatusOK // the error came in the stream
		}
		return &ModelError{Status: status, Message: s.secrets.Replace(fmt.Sprintf("the model's server answered %d: %s", status, api.Message)), err: err}
	case errors.As(err, &request):
		return &ModelError{Status: request.HTTPStatusCode, Message: fmt.Sprintf("the model's server answered %d", request.HTTPStatusCode), err: err}
	}
	return &ModelError{Message: "the model's server can't be reached", err: err}
}

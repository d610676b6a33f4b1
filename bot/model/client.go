package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

const (
	// DefaultWait is the longest silence before the first token.
	DefaultWait = 2 * time.Minute
	// connectTimeout bounds connecting, and listing the models.
	connectTimeout = 5 * time.Second
	// stallTimeout is the longest silence after the first token.
	stallTimeout = 30 * time.Second
	// endTimeout is how long to wait for a reply's end after its finish reason.
	endTimeout = 2 * time.Second
)

// Client is the client of a model on an OpenAI-compatible server. It may be used
// from any goroutine.
type Client struct {
	openai       *openai.Client
	secrets      *secrets
	wait, stall  time.Duration
	configured   bool // whether the model's name is
	capabilities capabilities
	log          *slog.Logger

	mu   sync.Mutex
	name string // of the model; empty until known
}

// New returns a client for a config that Validate accepts. It makes no request yet.
func New(config Config) *Client {
	address, err := config.address()
	if err != nil {
		address = &url.URL{}
	}
	key := config.key()
	hidden := newSecrets(address, key)
	query := address.Query()
	base := *address
	base.RawQuery = ""

	settings := openai.DefaultConfig(key)
	settings.BaseURL = base.String()
	settings.HTTPClient = &adapter{http: newHTTPClient(config.Transport), query: query, secrets: hidden}
	name := trim(config.Model)
	return &Client{
		openai: openai.NewClientWithConfig(settings), secrets: hidden, name: name, configured: name != "",
		wait: cmp.Or(config.Wait, DefaultWait), stall: cmp.Or(config.Stall, stallTimeout),
		log: cmp.Or(config.Log, slog.New(slog.DiscardHandler)),
	}
}

// newHTTPClient returns a client that leaves redirects to the adapter.
func newHTTPClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		usual := http.DefaultTransport.(*http.Transport).Clone()
		usual.DialContext = (&net.Dialer{Timeout: connectTimeout}).DialContext
		transport = usual
	}
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Name returns the model's name: the configured one, else the first that the server
// lists for chat, else "default". Concurrent calls don't wait for each other, so that
// one that hangs doesn't block the others.
func (c *Client) Name(ctx context.Context) (string, error) {
	c.mu.Lock()
	known := c.name
	c.mu.Unlock()
	if known != "" {
		return known, nil
	}
	listing, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	list, err := c.openai.ListModels(listing)
	var failed *Error
	switch {
	case ctx.Err() != nil:
		return "", c.secrets.explain(ctx, err)
	case err != nil && listing.Err() == nil && !errors.As(err, &failed):
		return "", c.secrets.explain(ctx, err)
	case err != nil || len(list.Models) == 0:
		// A server without a list usually accepts any name. A temporary failure is
		// not remembered: the next call asks again.
		return defaultModel, nil
	}
	name := list.Models[0].ID
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = name
	return name, nil
}

// renamed returns the model's new name if the server no longer has the old one and
// lists another.
func (c *Client) renamed(ctx context.Context, gone string) (string, bool) {
	if c.configured {
		return "", false
	}
	c.mu.Lock()
	if c.name == gone {
		c.name = ""
	}
	c.mu.Unlock()
	name, err := c.Name(ctx)
	return name, err == nil && name != gone
}

// Stream sends messages to the model and calls piece with each part of its reply as
// it arrives. It tries simpler forms of a refused request, and another model if the
// server no longer has this one. It returns ErrCut for an incomplete reply,
// context.DeadlineExceeded for silence, and an *Error for other failures of the
// server.
func (c *Client) Stream(ctx context.Context, messages []Message, piece func(string)) (Usage, error) {
	name, err := c.Name(ctx)
	if err != nil {
		return Usage{}, err
	}
	shape := c.capabilities.current()
	renamed := false
	for calls := 1; ; calls++ {
		used, begun, err := c.call(ctx, shape, name, messages, piece)
		used.Calls = calls
		if err == nil || begun {
			c.capabilities.accept(shape)
			return used, err
		}
		var failed *Error
		if !errors.As(err, &failed) {
			return used, err
		}
		if plainer, ok := c.capabilities.plainer(shape, failed); ok {
			c.log.Info("the model's server refused a request; retrying with a simpler one", "error", failed, "form", plainer.String())
			shape = plainer
			continue
		}
		if !renamed && failed.noModel() {
			var ok bool
			if name, ok = c.renamed(ctx, name); ok {
				c.log.Info("the model's server no longer has the model; using another", "model", name)
				renamed = true
				continue
			}
		}
		return used, err
	}
}

// call makes one request. begun reports whether any text of the reply arrived.
func (c *Client) call(ctx context.Context, shape shape, name string, messages []Message, piece func(string)) (used Usage, begun bool, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	silence := time.AfterFunc(c.wait, func() { stop(context.DeadlineExceeded) })
	defer silence.Stop()
	request := shape.request(name, messages)
	if shape.noStream {
		used, begun, err = c.whole(ctx, request, silence, piece)
	} else {
		used, begun, err = c.stream(ctx, request, silence, piece)
	}
	if err != nil {
		err = c.secrets.explain(ctx, err)
	}
	return used, begun, err
}

// whole requests a reply without streaming.
func (c *Client) whole(ctx context.Context, request openai.ChatCompletionRequest, silence *time.Timer, piece func(string)) (Usage, bool, error) {
	reply, err := c.openai.CreateChatCompletion(ctx, request)
	if err != nil || len(reply.Choices) == 0 {
		return Usage{}, false, err
	}
	silence.Stop()
	choice := reply.Choices[0]
	if choice.Message.Content != "" {
		piece(choice.Message.Content)
	}
	used := Usage{PromptTokens: reply.Usage.PromptTokens, CompletionTokens: reply.Usage.CompletionTokens}
	return used, choice.Message.Content != "", cutBy(choice.FinishReason)
}

// stream requests a streaming reply and passes it on. The time that piece takes
// doesn't count as silence of the server.
func (c *Client) stream(ctx context.Context, request openai.ChatCompletionRequest, silence *time.Timer, piece func(string)) (used Usage, begun bool, err error) {
	stream, err := c.openai.CreateChatCompletionStream(ctx, request)
	if err != nil {
		return used, false, err
	}
	defer stream.Close()
	patience := c.wait
	finish := openai.FinishReason("")
	for {
		silence.Reset(patience)
		chunk, err := stream.Recv()
		silence.Stop()
		switch {
		case errors.Is(err, io.EOF), err != nil && finish != "":
			return used, begun, cutBy(finish)
		case err != nil:
			return used, begun, brokenOff(err)
		}
		if chunk.Usage != nil {
			used.PromptTokens, used.CompletionTokens = chunk.Usage.PromptTokens, chunk.Usage.CompletionTokens
		}
		if len(chunk.Choices) == 0 {
			continue // a keep-alive, or the usage
		}
		choice := chunk.Choices[0]
		if choice.Delta.Content != "" {
			begun, patience = true, c.stall
			piece(choice.Delta.Content)
		}
		if choice.FinishReason != "" {
			if begun && finish == "" { // some servers send one in every chunk
				patience = min(endTimeout, c.stall)
			}
			finish = choice.FinishReason
		}
	}
}

// cutBy returns ErrCut for the finish reason of an incomplete reply.
func cutBy(finish openai.FinishReason) error {
	if finish == openai.FinishReasonLength || finish == openai.FinishReasonContentFilter {
		return fmt.Errorf("%w: finish_reason %q", ErrCut, finish)
	}
	return nil
}

// brokenOff returns the error of an interrupted reply: the one that the server
// reported, else ErrCut.
func brokenOff(err error) error {
	var failed *Error
	if errors.As(err, &failed) || errors.Is(err, context.Canceled) {
		return err
	}
	return ErrCut
}

package modeltest

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// patience is the timeout, far longer than any step takes.
const patience = 10 * time.Second

func client(s *Server) *openai.Client {
	config := openai.DefaultConfig(s.Key)
	config.BaseURL = s.URL
	config.HTTPClient = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return openai.NewClientWithConfig(config)
}

func question(text string) openai.ChatCompletionRequest {
	return openai.ChatCompletionRequest{
		Model: Model,
		Messages: []openai.ChatCompletionMessage{
			{Role: "system", Content: "Answer from the sources."},
			{Role: "user", Content: text},
		},
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
	}
}

func TestStatusReplies(t *testing.T) {
	tests := []struct {
		name   string
		reply  Reply
		status int
		code   any // of an *openai.APIError, which has 0 for null; nil where the body is none
	}{
		{"unauthorized", Fail(401), 401, "invalid_api_key"},
		{"not found", Fail(404), 404, "model_not_found"},
		{"rate limited", RateLimited(1500 * time.Millisecond), 429, "rate_limit_exceeded"},
		{"quota", QuotaExceeded(), 429, "insufficient_quota"},
		{"server", Fail(500).WithDelay(time.Millisecond), 500, 0},
		{"bad gateway", BadGateway(), 502, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := receive(t, New(t, tt.reply), question("?"))
			var (
				apiErr *openai.APIError
				reqErr *openai.RequestError
			)
			switch {
			case errors.As(got.err, &apiErr):
				if apiErr.HTTPStatusCode != tt.status || apiErr.Code != tt.code || apiErr.Message == "" {
					t.Errorf("got %+v", apiErr)
				}
			case errors.As(got.err, &reqErr):
				if tt.code != nil || reqErr.HTTPStatusCode != tt.status || !strings.Contains(string(reqErr.Body), "<html>") {
					t.Errorf("got %+v", reqErr)
				}
			default:
				t.Errorf("got %v", got.err)
			}
		})
	}

	t.Run("header", func(t *testing.T) {
		s := New(t, RateLimited(1500*time.Millisecond))
		resp := post(t, s, PathChat, `{"model":"test-model","messages":[{"role":"user","content":"?"}]}`)
		if got := resp.Header.Get("Retry-After"); got != "2" {
			t.Errorf("Retry-After %q", got)
		}
	})
}

func TestModels(t *testing.T) {
	s := New(t)
	s.Models = []string{"big", "small"}
	s.Key = "sk-right"
	s.EnqueueFor(PathModels, Fail(500))
	if _, err := client(s).ListModels(t.Context()); err == nil {
		t.Error("the scripted failure did not come")
	}
	list, err := client(s).ListModels(t.Context())
	if err != nil || len(list.Models) != 2 || list.Models[0].ID != "big" {
		t.Errorf("got %+v, %v", list, err)
	}
	if n := len(s.All()); n != 2 {
		t.Errorf("%d requests", n)
	}
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d chat requests", n)
	}
}

func TestScriptOrder(t *testing.T) {
	s := New(t, Text("first"))
	s.Enqueue(Text("second"))
	s.Handle(Always(Text("handled")))
	s.When(func(r Request) bool { return r.LastUser() == "special" }, Always(Text("routed")))
	for _, step := range []struct{ ask, want string }{
		{"a", "first"}, {"special", "routed"}, {"b", "second"}, {"c", "handled"}, {"d", "handled"},
	} {
		if got := receive(t, s, question(step.ask)).text(); got != step.want {
			t.Errorf("%s: got %q, want %q", step.ask, got, step.want)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	s := New(t)
	s.Handle(func(r Request) Reply { return Text(r.LastUser()) })
	results := make(chan bool)
	for i := range 20 {
		text := strings.Repeat("x", i+1)
		go func() { results <- receive(t, s, question(text)).text() == text }()
	}
	for range 20 {
		if !<-results {
			t.Error("got another question's reply")
		}
	}
	if n := len(s.Requests()); n != 20 {
		t.Errorf("%d requests", n)
	}
}

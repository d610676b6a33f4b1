package modeltest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	openai "github.com/sashabaranov/go-openai"
)

// received is the content of a stream that a client received.
type received struct {
	deltas    []string
	reasoning string
	finish    string
	usage     *openai.Usage
	empty     int // chunks without choices
	err       error
}

func (r received) text() string { return strings.Join(r.deltas, "") }

func receive(t *testing.T, s *Server, req openai.ChatCompletionRequest) received {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	stream, err := client(s).CreateChatCompletionStream(ctx, req)
	if err != nil {
		return received{err: err}
	}
	defer stream.Close()
	var got received
	for {
		chunk, err := stream.Recv()
		if err != nil {
			got.err = err
			return got
		}
		if chunk.Usage != nil {
			got.usage = chunk.Usage
		}
		if len(chunk.Choices) == 0 {
			got.empty++
			continue
		}
		choice := chunk.Choices[0]
		got.reasoning += choice.Delta.ReasoningContent
		if choice.Delta.Content != "" {
			got.deltas = append(got.deltas, choice.Delta.Content)
		}
		if choice.FinishReason != "" {
			got.finish = string(choice.FinishReason)
		}
	}
}

func TestStreamEndings(t *testing.T) {
	const text = "Cầu sập ngày 19. [S3]"
	tests := []struct {
		name      string
		reply     Reply
		text      string
		reasoning string
		finish    string
		usage     bool
		empty     int
		err       error // io.EOF for a stream that ends normally
		errText   string
	}{
		{name: "whole", reply: Text(text), text: text, finish: "stop", usage: true, empty: 1, err: io.EOF},
		{name: "length", reply: Text(text).WithFinish("length"), text: text, finish: "length", usage: true, empty: 1, err: io.EOF},
		{name: "no finish", reply: Text(text).WithFinish(""), text: text, usage: true, empty: 1, err: io.EOF},
		{name: "no done", reply: Text(text).WithoutDone(), text: text, finish: "stop", usage: true, empty: 1, err: io.EOF},
		{name: "no usage", reply: Text(text).WithoutUsage(), text: text, finish: "stop", err: io.EOF},
		{name: "usage with finish", reply: Reply{Content: []string{"a"}, FinishReason: "stop", UsageWithFinish: true},
			text: "a", finish: "stop", usage: true, err: io.EOF},
		{name: "empty", reply: Text(""), finish: "stop", usage: true, empty: 1, err: io.EOF},
		{name: "empty chunk", reply: Text(text).WithEmptyChunk(), text: text, finish: "stop", usage: true, empty: 2, err: io.EOF},
		{name: "reasoning", reply: Text(text).WithReasoning("Let me see."), text: text, reasoning: "Let me see.", finish: "stop", usage: true, empty: 1, err: io.EOF},
		{name: "keep-alives", reply: Text(text).WithKeepAlives(20), text: text, finish: "stop", usage: true, empty: 1, err: io.EOF},
		{name: "too many keep-alives", reply: Text(text).WithKeepAlives(400), err: openai.ErrTooManyEmptyStreamMessages},
		{name: "cut", reply: Chunks("a", "b", "c").CutAfter(2), text: "ab", err: io.EOF},
		{name: "cut at once", reply: Chunks("a").CutAfter(0), err: io.EOF},
		{name: "cut after the end", reply: Chunks("a").CutAfter(9), text: "a", err: io.EOF},
		{name: "broken", reply: Chunks("a", "b", "c").BreakAfter(2), text: "ab", err: io.ErrUnexpectedEOF},
		{name: "reset", reply: Chunks("a", "b", "c").ResetAfter(2), text: "ab", err: syscall.ECONNRESET},
		{name: "dropped", reply: Dropped(), err: syscall.ECONNRESET},
		{name: "error in the stream", reply: Chunks("a", "b").StreamError(1, "engine died"), text: "a", errText: "engine died"},
		{name: "flat error", reply: Chunks("a", "b").FlatStreamError(1, "engine died"), text: "a", empty: 1, err: io.EOF},
		{name: "garbage data", reply: Chunks("a", "b").WithGarbage(1, "data: <html>\n\n"), text: "a", errText: "invalid character"},
		{name: "garbage lines", reply: Chunks("a", "b").WithGarbage(1, "\x00\xff?\n"), text: "ab", finish: "stop", usage: true, empty: 1, err: io.EOF},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := receive(t, New(t, tt.reply), question("Which bridge?"))
			if got.text() != tt.text || got.reasoning != tt.reasoning || got.finish != tt.finish {
				t.Errorf("got text %q, reasoning %q, finish %q", got.text(), got.reasoning, got.finish)
			}
			if (got.usage != nil) != tt.usage || got.empty != tt.empty {
				t.Errorf("got usage %v, %d chunks without choices", got.usage, got.empty)
			}
			if tt.err != nil && !errors.Is(got.err, tt.err) || tt.errText != "" && !strings.Contains(got.err.Error(), tt.errText) {
				t.Errorf("got error %v", got.err)
			}
		})
	}
}

func TestUsage(t *testing.T) {
	req := question("12345678")
	want := openai.Usage{PromptTokens: CountTokens(req.Messages[0].Content) + 2, CompletionTokens: 2}
	want.TotalTokens = want.PromptTokens + want.CompletionTokens

	s := New(t, Text("12345"), Text("x").WithUsage(7, 8), Text("x"))
	if got := receive(t, s, req); got.usage == nil || *got.usage != want {
		t.Errorf("got %+v, want %+v", got.usage, want)
	}
	if got := receive(t, s, req); got.usage == nil || got.usage.TotalTokens != 15 {
		t.Errorf("got %+v", got.usage)
	}
	req.StreamOptions = nil
	if got := receive(t, s, req); got.usage != nil || got.empty != 0 {
		t.Errorf("usage %+v came unasked", got.usage)
	}
}

// The whole of a stream, byte for byte.
func TestWireFormat(t *testing.T) {
	const head = `data: {"id":"chatcmpl-test","object":"chat.completion.chunk","created":1730419200,"model":"test-model","choices":[`
	chunk := func(usage, choice string) string { return head + choice + "]" + usage + "}\n\n" }
	want := func(usage, last string) string {
		return ": keep-alive\n\n" +
			chunk(usage, "") +
			chunk(usage, `{"index":0,"delta":{"content":"","role":"assistant"},"logprobs":null,"finish_reason":null}`) +
			chunk(usage, `{"index":0,"delta":{"reasoning_content":"hm"},"logprobs":null,"finish_reason":null}`) +
			chunk(usage, `{"index":0,"delta":{"content":"ở "},"logprobs":null,"finish_reason":null}`) +
			chunk(usage, `{"index":0,"delta":{"content":"K"},"logprobs":null,"finish_reason":null}`) +
			chunk(usage, `{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}`) +
			last + "data: [DONE]\n\n"
	}
	reply := Text("ở K").WithReasoning("hm").WithEmptyChunk().WithKeepAlives(1).WithUsage(1, 2)
	s := New(t, reply, reply)
	for _, tt := range []struct{ name, options, want string }{
		{"without usage", "", want("", "")},
		{"with usage", `,"stream_options":{"include_usage":true}`,
			want(`,"usage":null`, chunk(`,"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}`, ""))},
	} {
		body := `{"model":"test-model","messages":[{"role":"user","content":"?"}],"stream":true` + tt.options + `}`
		resp, got := send(t, s, "POST", PathChat, body, http.Header{"Content-Type": {"application/json"}})
		if got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if contentType := resp.Header.Get("Content-Type"); contentType != "text/event-stream; charset=utf-8" {
			t.Errorf("content type %q", contentType)
		}
	}
}

func TestTextSplitsWordsTagsAndCitations(t *testing.T) {
	const text = "Ông nói: <b>được</b> ở Kyiv. [S12]"
	parts := split(text)
	if strings.Join(parts, "") != text {
		t.Fatalf("parts %q", parts)
	}
	for _, whole := range []string{"[S12]", "được", "<b>", "</b>", "Kyiv"} {
		for _, part := range parts {
			if len(whole) > 3 && strings.Contains(part, whole) {
				t.Errorf("%q is whole in %q", whole, part)
			}
		}
	}
	if !slices.Equal(parts, split(text)) {
		t.Error("a second time it is cut elsewhere")
	}
	got := receive(t, New(t, Text(text)), question("?"))
	if !slices.Equal(got.deltas, parts) {
		t.Errorf("streamed %q, want %q", got.deltas, parts)
	}
}

func TestNotStreamed(t *testing.T) {
	req := question("Which bridge?")
	req.StreamOptions = nil
	tests := []struct {
		name   string
		reply  Reply
		text   string
		finish string
		err    error
		status int
	}{
		{name: "whole", reply: Text("The old one."), text: "The old one.", finish: "stop"},
		{name: "no finish", reply: Text("The").WithFinish(""), text: "The"},
		{name: "cut", reply: Text("The old one.").CutAfter(2), err: io.ErrUnexpectedEOF},
		{name: "broken", reply: Text("The old one.").BreakAfter(2), err: io.ErrUnexpectedEOF},
		{name: "reset", reply: Text("The old one.").ResetAfter(2), err: syscall.ECONNRESET},
		{name: "error", reply: Text("The old one.").StreamError(0, "engine died"), status: 500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			resp, err := client(New(t, tt.reply)).CreateChatCompletion(t.Context(), req)
			if tt.status != 0 {
				var apiErr *openai.APIError
				if !errors.As(err, &apiErr) || apiErr.HTTPStatusCode != tt.status {
					t.Fatalf("got error %v", err)
				}
				return
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("got error %v, want %v", err, tt.err)
			}
			if err != nil {
				return
			}
			if c := resp.Choices[0]; c.Message.Content != tt.text || string(c.FinishReason) != tt.finish || resp.Usage.TotalTokens == 0 {
				t.Errorf("got %+v, usage %+v", c, resp.Usage)
			}
		})
	}
}

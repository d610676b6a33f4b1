package modeltest

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

func TestRecordAndReplay(t *testing.T) {
	const (
		text = "Cầu sập. [S1]"
		key  = "my-own-secret-17" // matches no known form
	)
	path := filepath.Join(t.TempDir(), "bridge.http")
	origin := New(t, Chunks("Cầu ", "sập. [S1]", " "+key, " sk-proj-abc_DEF-123").WithUsage(3, 4))
	origin.Key = key

	config := openai.DefaultConfig(key)
	config.BaseURL = origin.URL
	config.HTTPClient = &http.Client{Transport: Record(path, nil)}
	stream, err := openai.NewClientWithConfig(config).CreateChatCompletionStream(t.Context(), question("key sk-123?"))
	for err == nil {
		_, err = stream.Recv()
	}
	if err := stream.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := openai.NewClientWithConfig(config).ListModels(t.Context()); err == nil {
		t.Error("a second exchange was recorded over the first")
	}

	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{key, "sk-"} {
		if strings.Contains(string(data), secret) {
			t.Errorf("%q is in the recording:\n%s", secret, data)
		}
	}
	if !strings.Contains(string(data), "Authorization: [scrubbed]\n") || !strings.Contains(string(data), "POST /v1/chat/completions\n") {
		t.Errorf("the recording is not as readable as it should be:\n%s", data)
	}
	CheckRecordings(t, filepath.Join(filepath.Dir(path), "*.http"))

	s := New(t, Replay(t, path).WithHeader("X-Extra", "1"))
	s.Enqueue(Replay(t, path))
	for range 2 {
		got := receive(t, s, question("?"))
		if !strings.HasPrefix(got.text(), text) || got.finish != "stop" || got.usage == nil || got.usage.TotalTokens != 7 {
			t.Errorf("replayed %+v", got)
		}
	}
	for _, req := range s.Requests() {
		if req.WaitCancelled(patience) {
			t.Error("a replayed stream read to its end counts as cancelled")
		}
	}
}

func TestRecordStatus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "limit.http")
	origin := New(t, RateLimited(3*time.Second))
	config := openai.DefaultConfig("")
	config.BaseURL = origin.URL
	config.HTTPClient = &http.Client{Transport: Record(path, nil)}
	if _, err := openai.NewClientWithConfig(config).CreateChatCompletionStream(t.Context(), question("?")); err == nil {
		t.Fatal("no error")
	}
	e, err := ReadExchange(path)
	if err != nil {
		t.Fatal(err)
	}
	if e.Status != 429 || e.ResponseHeader.Get("Retry-After") != "3" || e.RequestHeader.Get("Authorization") != "" ||
		e.Method != "POST" || !strings.Contains(e.RequestBody, `"content":"?"`) || !strings.Contains(e.ResponseBody, "rate_limit_exceeded") {
		t.Errorf("recorded %+v", e)
	}
	resp := post(t, New(t, Replay(t, path)), PathChat, e.RequestBody)
	if resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "3" {
		t.Errorf("replayed %d %v", resp.StatusCode, resp.Header)
	}
}

func TestParseExchangeErrors(t *testing.T) {
	for _, text := range []string{
		"",
		"-- request --\n",
		"-- request --\nGET\n\n\n-- response --\n200\n\n",
		"-- request --\nGET /\nno field\n\n\n-- response --\n200\n\n",
		"-- request --\nGET /\n\n\n-- response --\n99\n\n",
		"-- request --\nGET /\n\n\n-- response --\n200",
	} {
		if e, err := parseExchange(text); err == nil {
			t.Errorf("%q gave %+v", text, e)
		}
	}
	reports := &fakeT{TB: t}
	Replay(reports, filepath.Join(t.TempDir(), "absent.http"))
	if !reports.fatal {
		t.Error("an absent file is no failure")
	}
}

func TestCheckRecordings(t *testing.T) {
	folder := t.TempDir()
	tests := []struct {
		name, text string
		lines      []string // that are reported, as ":n "
	}{
		{"clean.http", "Authorization: [scrubbed]\n\nA task-based plan, a Bearer of news. risk-free\n", nil},
		{"short.http", "{}\n{\"key\":\"sk-x\"}\n", []string{":2 "}},
		{"masked.http", "Incorrect API key provided: sk-ab***yz\n", []string{":1 "}},
		{"header.http", "authorization: Bearer abcdefgh\nX-API-Key: 12\nSet-Cookie: a=b\n", []string{":1 ", ":2 ", ":3 "}},
		{"others.http", "gsk_abc\n\nhf_abc\nAIzaSyA1234567890\n", []string{":1 ", ":3 ", ":4 "}},
	}
	for _, tt := range tests {
		path := filepath.Join(folder, tt.name)
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		reports := &fakeT{TB: t}
		CheckRecordings(reports, path)
		found := slices.Equal(tt.lines, nil)
		for _, line := range tt.lines {
			found = slices.ContainsFunc(reports.errors, func(e string) bool { return strings.Contains(e, tt.name+line) })
			if !found {
				break
			}
		}
		if !found || len(reports.errors) != len(tt.lines) {
			t.Errorf("%s: reported %q", tt.name, reports.errors)
		}
	}
	for _, glob := range []string{filepath.Join(folder, "*.none"), "["} {
		reports := &fakeT{TB: t}
		CheckRecordings(reports, glob)
		if len(reports.errors) != 1 {
			t.Errorf("%s: reported %q", glob, reports.errors)
		}
	}
}

package modeltest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// fakeT records failures instead of failing.
type fakeT struct {
	testing.TB
	errors []string
	fatal  bool
}

func (f *fakeT) Helper() {}
func (f *fakeT) Errorf(format string, args ...any) {
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}
func (f *fakeT) Fatalf(format string, args ...any) {
	f.Errorf(format, args...)
	f.fatal = true
}

// post sends a raw body; the response's body is closed already.
func post(t *testing.T, s *Server, path, body string) *http.Response {
	t.Helper()
	resp, _ := send(t, s, "POST", path, body, http.Header{"Content-Type": {"application/json"}})
	return resp
}

func send(t *testing.T, s *Server, method, path, body string, header http.Header) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(data)
}

func TestRefusals(t *testing.T) {
	const ask = `{"role":"user","content":"?"}`
	json1 := http.Header{"Content-Type": {"application/json"}}
	with := func(fields string) string {
		return `{"model":"test-model","messages":[` + ask + `]` + fields + `}`
	}
	tests := []struct {
		name   string
		key    string
		method string // default POST
		path   string // default PathChat
		header http.Header
		body   string
		status int
		code   any
		say    string // part of the message
	}{
		{name: "unknown path", path: "/completions", body: with(""), status: 404, say: "Invalid URL (POST /v1/completions)"},
		{name: "doubled base", path: "/v1/chat/completions", body: with(""), status: 404, say: "Invalid URL"},
		{name: "trailing slash", path: "/chat/completions/", body: with(""), status: 404, say: "Invalid URL"},
		{name: "wrong method", method: "GET", status: 405, say: "Not allowed"},
		{name: "unexpected key", header: http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer x"}}, body: with(""), status: 400, say: "Authorization"},
		{name: "empty key", header: http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer "}}, body: with(""), status: 400, say: "Authorization"},
		{name: "no key", key: "sk-a", body: with(""), status: 401, say: "provide an API key"},
		{name: "wrong key", key: "sk-a", header: http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer sk-b"}}, body: with(""), status: 401, code: "invalid_api_key"},
		{name: "key without Bearer", key: "sk-a", header: http.Header{"Content-Type": {"application/json"}, "Authorization": {"sk-a"}}, body: with(""), status: 401, code: "invalid_api_key"},
		{name: "no content type", header: http.Header{}, body: with(""), status: 400, say: "Content-Type"},
		{name: "form", header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, body: with(""), status: 400, say: "Content-Type"},
		{name: "no JSON", body: "model=x", status: 400, say: "parse the JSON"},
		{name: "empty body", status: 400, say: "parse the JSON"},
		{name: "null", body: "null", status: 400, say: "JSON object"},
		{name: "more after it", body: with("") + "{}", status: 400},
		{name: "not UTF-8", body: with(`,"model":"` + "\xff" + `"`), status: 400, say: "UTF-8"},
		{name: "unknown field", body: with(`,"top_k":3`), status: 400, code: "unknown_parameter", say: "top_k"},
		{name: "field in another case", body: with(`,"Temperature":1`), status: 400, code: "unknown_parameter"},
		{name: "unknown field of a message", body: `{"model":"test-model","messages":[{"role":"user","content":"?","id":1}]}`, status: 400, code: "unknown_parameter", say: "messages[0]"},
		{name: "unknown stream option", body: with(`,"stream":true,"stream_options":{"usage":true}`), status: 400, code: "unknown_parameter"},
		{name: "wrong type", body: with(`,"temperature":"hot"`), status: 400, code: "invalid_type", say: "temperature"},
		{name: "stream as a string", body: with(`,"stream":"true"`), status: 400, code: "invalid_type"},
		{name: "no model", body: `{"messages":[` + ask + `]}`, status: 400, say: "model"},
		{name: "other model", body: `{"model":"gpt-9","messages":[` + ask + `]}`, status: 404, code: "model_not_found", say: "gpt-9"},
		{name: "no messages", body: `{"model":"test-model"}`, status: 400, say: "messages"},
		{name: "empty messages", body: `{"model":"test-model","messages":[]}`, status: 400, say: "messages"},
		{name: "unknown role", body: `{"model":"test-model","messages":[{"role":"bot","content":"?"}]}`, status: 400, say: "role"},
		{name: "developer", body: `{"model":"test-model","messages":[{"role":"developer","content":"?"}]}`, status: 400, say: "role"},
		{name: "empty content", body: `{"model":"test-model","messages":[{"role":"user","content":" "}]}`, status: 400, say: "content"},
		{name: "no content", body: `{"model":"test-model","messages":[{"role":"user"}]}`, status: 400, say: "content"},
		{name: "null content", body: `{"model":"test-model","messages":[{"role":"user","content":null}]}`, status: 400, say: "content"},
		{name: "content as a number", body: `{"model":"test-model","messages":[{"role":"user","content":5}]}`, status: 400, code: "invalid_type"},
		{name: "image", body: `{"model":"test-model","messages":[{"role":"user","content":[{"type":"image_url","text":"x"}]}]}`, status: 400, code: "invalid_type"},
		{name: "stream options without stream", body: with(`,"stream_options":{"include_usage":true}`), status: 400, say: "stream_options"},
		{name: "temperature too high", body: with(`,"temperature":2.1`), status: 400, say: "temperature"},
		{name: "temperature below 0", body: with(`,"temperature":-0.1`), status: 400, say: "temperature"},
		{name: "two choices", body: with(`,"n":2`), status: 400, code: "unknown_parameter"},
		{name: "max_tokens 0", body: with(`,"max_tokens":0`), status: 400, say: "max_tokens"},
		{name: "both limits", body: with(`,"max_tokens":9,"max_completion_tokens":9`), status: 400, say: "same time"},
		{name: "max_tokens for a reasoning model", body: `{"model":"o3-mini","messages":[` + ask + `],"max_tokens":9}`, status: 400, code: "unsupported_parameter"},
		{name: "temperature for a reasoning model", body: `{"model":"gpt-5","messages":[` + ask + `],"temperature":0.1}`, status: 400, code: "unsupported_value"},
		{name: "embeddings: no input", path: PathEmbeddings, body: `{"model":"test-embedding"}`, status: 400, say: "input"},
		{name: "embeddings: empty text", path: PathEmbeddings, body: `{"model":"test-embedding","input":["a",""]}`, status: 400, say: "text 1"},
		{name: "embeddings: no texts", path: PathEmbeddings, body: `{"model":"test-embedding","input":[]}`, status: 400, say: "input"},
		{name: "embeddings: tokens", path: PathEmbeddings, body: `{"model":"test-embedding","input":[[1,2]]}`, status: 400, say: "input"},
		{name: "embeddings: unknown field", path: PathEmbeddings, body: `{"model":"test-embedding","input":"a","extra_body":{}}`, status: 400, code: "unknown_parameter"},
		{name: "embeddings: other model", path: PathEmbeddings, body: `{"model":"x","input":"a"}`, status: 404, code: "model_not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reports := &fakeT{TB: t}
			s := New(reports)
			s.Key = tt.key
			if strings.Contains(tt.name, "reasoning") {
				s.Models = nil
			}
			method, path, header := tt.method, tt.path, tt.header
			if method == "" {
				method = "POST"
			}
			if path == "" {
				path = PathChat
			}
			if header == nil {
				header = json1
			}
			resp, body := send(t, s, method, path, tt.body, header)
			var got struct {
				Error *struct {
					Message, Type string
					Code          any
				}
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil || got.Error == nil {
				t.Fatalf("%s is not OpenAI's error shape", body)
			}
			if resp.StatusCode != tt.status || !strings.Contains(got.Error.Message, tt.say) || got.Error.Type == "" || got.Error.Code != tt.code {
				t.Errorf("got %d %+v", resp.StatusCode, *got.Error)
			}
			if len(s.Requests()) != 0 || len(s.All()) != 1 || s.All()[0].Refused == "" {
				t.Error("it is not kept as a refused request")
			}
			s.Close()
			if len(reports.errors) != 1 {
				t.Errorf("reported %q", reports.errors)
			}
		})
	}
}

func TestAccepted(t *testing.T) {
	tests := []struct{ name, model, fields string }{
		{"all fields", Model, `,"stream":true,"stream_options":{"include_usage":true},"temperature":0,"max_tokens":100`},
		{"nulls", Model, `,"stream":null,"stream_options":null,"temperature":null,"max_tokens":null`},
		{"reasoning model", "o3-mini", `,"max_completion_tokens":9,"temperature":1`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t, Text("yes"))
			s.Models = nil
			body := `{"model":"` + tt.model + `","messages":[{"role":"system","content":"s"},` +
				`{"role":"user","content":"ab"},` +
				`{"role":"assistant","content":"c"}]` + tt.fields + `}`
			resp, text := send(t, s, "POST", PathChat, body, http.Header{"Content-Type": {"application/json; charset=utf-8"}})
			if resp.StatusCode != 200 {
				t.Errorf("%d %s", resp.StatusCode, text)
			}
			if req := s.Requests()[0]; req.System() != "s" || req.LastUser() != "ab" || len(req.Messages) != 3 || string(req.Body) != body {
				t.Errorf("decoded %+v", req)
			}
		})
	}
}

func TestAllowErrors(t *testing.T) {
	reports := &fakeT{TB: t}
	s := New(reports)
	s.AllowErrors()
	post(t, s, PathChat, `{}`)
	resp := post(t, s, PathChat, `{"model":"test-model","messages":[{"role":"user","content":"?"}]}`)
	s.Close()
	if resp.StatusCode != 500 || len(reports.errors) != 0 {
		t.Errorf("got %d, reported %q", resp.StatusCode, reports.errors)
	}
}

func TestReports(t *testing.T) {
	const ask = `{"model":"test-model","messages":[{"role":"user","content":"?"}]}`
	reports := &fakeT{TB: t}
	s := New(reports)
	if resp := post(t, s, PathChat, ask); resp.StatusCode != 500 {
		t.Errorf("an unscripted request got %d", resp.StatusCode)
	}
	s.EnqueueFor(PathEmbeddings, Text("no embedding"))
	if resp := post(t, s, PathEmbeddings, `{"model":"test-embedding","input":"a"}`); resp.StatusCode != 500 {
		t.Errorf("a wrong reply got %d", resp.StatusCode)
	}
	s.WaitRequest(patience)
	s.WaitRequest(time.Millisecond)
	s.Close()
	if len(reports.errors) != 3 || !reports.fatal {
		t.Errorf("reported %q", reports.errors)
	}
}

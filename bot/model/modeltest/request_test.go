package modeltest

import (
	"reflect"
	"testing"
)

const prompt = "Question between fences\n\nSection one\n2024-11-01\n[S1] Cầu sập. \r\n[S2] The [S9] road is open.\n\n" +
	"Section two\n [S5] indented is none\n[S3] Trời mưa.\n[S4]\n[S6]no space\n"

func asked(text string) Request {
	return Request{Messages: []Message{
		{"system", "one"}, {"user", "[S1] an older turn"}, {"assistant", "x"}, {"system", "two"}, {"user", text},
	}}
}

func TestSources(t *testing.T) {
	first := []string{"Question between fences", "Section one", "2024-11-01"}
	want := []Source{
		{1, "Cầu sập.", first},
		{2, "The [S9] road is open.", first},
		{3, "Trời mưa.", []string{"Section two", "[S5] indented is none"}},
	}
	req := asked(prompt)
	if got := req.Sources(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if !req.IsAnswer() || IsRewrite(req) || req.System() != "one\ntwo" || req.LastUser() != prompt {
		t.Error("the accessors are wrong")
	}
	if none := asked("no sources [S1] here"); none.IsAnswer() || !IsRewrite(none) {
		t.Error("sources where there are none")
	}
	if empty := (Request{}); empty.LastUser() != "" || empty.System() != "" || empty.IsAnswer() {
		t.Error("an empty request has content")
	}
}

func TestHonestModels(t *testing.T) {
	tests := []struct {
		name   string
		model  func(Request) Reply
		prompt string
		want   string
	}{
		{"echo", Echo(2), prompt, "Cầu sập. [S1]\nThe [S9] road is open. [S2]"},
		{"echo all", Echo(9), prompt, "Cầu sập. [S1]\nThe [S9] road is open. [S2]\nTrời mưa. [S3]"},
		{"echo without sources", Echo(2), "?", ""},
		{"quote", QuoteMatching("mưa"), prompt, "Trời mưa. [S3]"},
		{"nothing to quote", QuoteMatching("snow"), prompt, NotInReport},
		{"quote without sources", QuoteMatching("snow"), "?", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t)
			s.Handle(tt.model)
			got := receive(t, s, question(tt.prompt))
			if got.text() != tt.want || got.finish != "stop" {
				t.Errorf("got %q, finish %q", got.text(), got.finish)
			}
		})
	}
}

func TestDecodedFields(t *testing.T) {
	s := New(t, Text("x"))
	req := question("?")
	req.Temperature, req.MaxCompletionTokens = 0.5, 300
	receive(t, s, req)
	got := s.WaitRequest(patience)
	if got.Model != Model || !got.Stream || !got.IncludeUsage || *got.Temperature != 0.5 || got.MaxTokens != 300 {
		t.Errorf("decoded %+v", got)
	}
	if got.Method != "POST" || got.Path != PathChat || got.Header.Get("Accept") != "text/event-stream" || got.Time.IsZero() {
		t.Errorf("got %s %s %v at %v", got.Method, got.Path, got.Header, got.Time)
	}
}

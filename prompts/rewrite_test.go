package prompts

import (
	"strings"
	"testing"
)

func TestARewrittenQuestionIsReadOrOfNoUse(t *testing.T) {
	for _, test := range []struct{ name, reply, want string }{
		{"a line", "Cầu dài bao nhiêu?", "Cầu dài bao nhiêu?"},
		{"with white space around it", "\n\n  Cầu dài bao nhiêu?\n", "Cầu dài bao nhiêu?"},
		{"labelled", "Câu hỏi viết lại: Cầu dài bao nhiêu?", "Cầu dài bao nhiêu?"},
		{"in quotation marks", "“Cầu dài bao nhiêu?”", "Cầu dài bao nhiêu?"},
		{"in a code fence", "```\nCầu dài bao nhiêu?\n```", "Cầu dài bao nhiêu?"},
		{"after thoughts", "<think>Hm.\nHm.</think>\nCầu dài bao nhiêu?", "Cầu dài bao nhiêu?"},
		{"nothing", "", ""},
		{"thoughts alone", "<think>Cầu dài bao nhiêu?", ""},
		{"several lines", "Cầu dài bao nhiêu?\nCầu rộng bao nhiêu?", ""},
		{"an answer", "Cầu dài 1.240 mét. [S1]", ""},
		{"an answer with a footnote", "Cầu dài 1.240 mét [1]", ""},
		{"a refusal", "NOT_IN_REPORT", ""},
		{"a link", "Xem https://example.com", ""},
		{"markup", "<b>Cầu</b> dài bao nhiêu?", ""},
		{"far too long", strings.Repeat("Cầu ", 100), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := ReadRewrite(test.reply)
			if got != test.want || ok != (test.want != "") {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
}

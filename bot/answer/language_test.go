package answer_test

import (
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/store/report"
)

// The prompts have the report's own language, and a question in that language needs no
// rewriting.
func TestPromptsHaveTheReportsLanguage(t *testing.T) {
	found := hit(1, 1, report.Sentence{Text: "The bridge is 1,240 metres long and joins the two banks of the river."})
	for _, test := range []struct {
		question, answerPrompt, rewritePrompt string
	}{
		{"How long is the bridge?", "The report is in English.", ""},
		{"Cầu dài bao nhiêu mét?", "", "một câu hỏi bằng tiếng Anh"},
		{"Какова длина моста?", "The report is in English.", "one question in English"},
	} {
		t.Run(test.question, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("")))
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			ask(t, answer.New(reading(), finding{found}, model.New(model.Config{URL: srv.URL, Model: modeltest.Model})), test.question)
			rewritten := false
			for _, r := range srv.Requests() {
				if modeltest.IsRewrite(r) {
					rewritten = true
					if !strings.Contains(r.System(), test.rewritePrompt) {
						t.Errorf("the question is rewritten so:\n%s", r.System())
					}
				} else if !strings.Contains(r.System(), test.answerPrompt) {
					t.Errorf("the answer is asked for so:\n%s", r.System())
				}
			}
			if rewritten != (test.rewritePrompt != "") {
				t.Errorf("rewritten: %v", rewritten)
			}
		})
	}
}

package intent

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"reportbot/store/text"
)

// TestQuestionsOnContentStayQuestions reads public question sets, where they
// are at hand: whatever an encyclopedia is asked is a question on its content. It reads
// one question in five, or all where LONG is set.
func TestQuestionsOnContentStayQuestions(t *testing.T) {
	asked, taken, n := 0, 0, 0
	every := 5
	if os.Getenv("LONG") != "" {
		every = 1
	}
	for _, path := range []string{
		"../../../shared/external/mlqa-vi-dev.jsonl", "../../../shared/xquad/vi-dev.jsonl", "../../../shared/report/dev-questions.jsonl",
	} {
		file, err := os.Open(path)
		if err != nil {
			t.Logf("%s is not here", path)
			continue
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for lines.Buffer(nil, 1<<22); lines.Scan(); {
			var line struct {
				Q         string
				Questions []struct{ Q, Question, Vi, En string }
			}
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			all := []string{line.Q}
			for _, q := range line.Questions {
				all = append(all, q.Q, q.Question, q.Vi, text.Fold(q.Vi), q.En)
			}
			for _, q := range all {
				if q == "" {
					continue
				}
				if n++; n%every != 0 {
					continue
				}
				asked++
				if in := Read(q, nil, false); in.Kind != Question {
					taken++
					t.Logf("%s %s: %s", in.Kind, in.Topic, q)
				}
			}
		}
	}
	if asked == 0 {
		t.Skip("no question set is here")
	}
	t.Logf("%d of %d questions are taken for something else", taken, asked)
	if taken*1000 > asked*5 {
		t.Errorf("more than one in 200")
	}
}

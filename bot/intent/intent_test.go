package intent

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

type message struct{ Q, Intent string }

// misread logs and returns the messages whose kind isn't recognized.
func misread(t *testing.T, messages []message) (wrong []message) {
	t.Helper()
	for _, m := range messages {
		if got := Read(m.Q, reportSections, false); string(got.Kind) != m.Intent {
			t.Logf("%s for %s: %s [%s]", got.Kind, m.Intent, m.Q, got.Topic)
			wrong = append(wrong, m)
		}
	}
	return wrong
}

func readMessages(t *testing.T, path string) (messages []message) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		messages = append(messages, m)
	}
	return messages
}

var reportSections = []string{"Tổng quan", "Tình hình hiện tại", "Sự phát triển của quan hệ Nga-Triều Tiên, từ năm 2022 đến nay", "Ý nghĩa và dự báo"}

// TestMessages reads the development set. A set that nothing was fitted to,
// messages_sealed.jsonl, is for `reportbot eval`.
func TestMessages(t *testing.T) {
	messages := readMessages(t, "testdata/messages.jsonl")
	if len(messages) < 200 {
		t.Fatalf("only %d messages", len(messages))
	}
	right := len(messages) - len(misread(t, messages))
	if right*100 < len(messages)*98 {
		t.Errorf("%d of %d are told apart", right, len(messages))
	}
}

func TestMisspeltWishes(t *testing.T) {
	for message, want := range map[string]Kind{
		"sumarize the report": Summary, "Executive summary please": Summary, "summery of the report": Summary, "ban khoe ko": SmallTalk, "bạn khỏe k": SmallTalk,
	} {
		if got := Read(message, reportSections, false); got.Kind != want {
			t.Errorf("%s: %s, want %s", message, got.Kind, want)
		}
	}
}

func TestWishesForABrieferOrFullerAnswer(t *testing.T) {
	for topic, messages := range map[Topic][]string{
		"briefer": {
			"a bit shorter", "make it a bit shorter", "can you make it a little shorter please", "slightly shorter", "much shorter",
			"ngắn hơn chút", "ngắn hơn tí nữa", "ngắn hơn một chút", "ngan hon chut", "trả lời ngắn hơn chút nữa đi",
			"một câu thôi", "mot cau thoi", "1 câu thôi nhé", "hai câu thôi", "trong một câu", "trả lời trong một câu thôi", "in one sentence", "answer in one sentence please",
		},
		"fuller":    {"a bit longer", "a bit more detail", "dài hơn chút", "chi tiết hơn một chút"},
		"questions": {"cho mình hỏi một câu thôi", "cho hỏi một câu"},
	} {
		for _, message := range messages {
			if got := Read(message, reportSections, false); got.Kind != Bot || got.Topic != topic {
				t.Errorf("%q: %s %s, want %s", message, got.Kind, got.Topic, topic)
			}
		}
	}
	for _, message := range []string{"in one sentence, who won?", "một câu thôi: cầu dài bao nhiêu", "cầu nào ngắn hơn một chút", "is the second bridge a bit shorter", "Kursk trong một câu"} {
		if got := Read(message, reportSections, false); got.Kind != Question {
			t.Errorf("%q: %s %s, want a question", message, got.Kind, got.Topic)
		}
	}
}

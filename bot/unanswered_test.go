package bot

import (
	"strings"
	"testing"
	"time"

	"reportbot/store"
)

func TestSpellingsOfAQuestionAreGrouped(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 25, hour, 0, 0, 0, time.UTC) }
	got := grouped([]store.Unanswered{ // newest first
		{Question: "CẦU CÓ MẤY TRẠM?", AskedAt: at(5)},
		{Question: "Vì sao?", AskedAt: at(4)},
		{Question: "cau co may tram", AskedAt: at(3)},
		{Question: "???", AskedAt: at(2)},
		{Question: "Cầu có mấy trạm", AskedAt: at(1)},
		{Question: "!!!", AskedAt: at(0)},
	})
	want := []group{{"CẦU CÓ MẤY TRẠM?", 3, at(5)}, {"Vì sao?", 1, at(4)}, {"???", 1, at(2)}, {"!!!", 1, at(0)}}
	if len(got) != len(want) {
		t.Fatalf("%d groups, want %d", len(got), len(want))
	}
	for i := range want {
		if *got[i] != want[i] {
			t.Errorf("group %d: %+v, want %+v", i, *got[i], want[i])
		}
	}
}

func TestUnansweredQuestionsAsAFile(t *testing.T) {
	s := openStore(t, bridge)
	for _, question := range []string{"một", "hai, \"ba\"\nbốn"} {
		if _, err := s.AddExchange(t.Context(), store.Exchange{Thread: "1", Edition: 1, Question: question, Language: "vi", Unanswered: true}); err != nil {
			t.Fatal(err)
		}
	}
	b := newBot(s)
	asFile := func(text string) Message {
		in := private(text)
		in.Sender.Owner = true
		return answerTo(t, b, in, 1)
	}
	csv := asFile("/unanswered csv").File
	if csv == nil || csv.Name != "unanswered.csv" {
		t.Fatalf("the file is %+v", csv)
	}
	if got := string(csv.Data); !strings.HasPrefix(got, "asked_at,lang,edition,question\n") || !strings.Contains(got, "\"hai, \"\"ba\"\" bốn\"") {
		t.Errorf("the CSV is %s", got)
	}
	jsonl := asFile("/unanswered JSONL").File
	if jsonl == nil || jsonl.Name != "unanswered.jsonl" || strings.Count(string(jsonl.Data), "\n") != 2 {
		t.Errorf("the JSON lines are %+v", jsonl)
	}
	if m := asFile("/unanswered pdf"); m.File != nil || !strings.Contains(m.Plain(), "csv hoặc jsonl") {
		t.Errorf("another format: %+v", m)
	}
}

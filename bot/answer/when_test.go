package answer

import (
	"testing"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

func TestQuotedSentencesSayTheYearTheyInherit(t *testing.T) {
	for _, test := range []struct{ entry, sentence, when string }{
		{"Tháng 9 năm 2023", "Ngày 16 tháng 9 cầu được mở.", "Tháng 9 năm 2023"},
		{"Tháng 9 năm 2023", "Tháng 9 năm 2023: cầu được mở.", ""},
		{"", "Ngày 16 tháng 9 cầu được mở.", ""},
	} {
		sentence := report.Sentence{Text: test.sentence, Footnotes: []int{1}}
		hit := retrieval.Hit{
			Passage:   store.Passage{Entry: test.entry, Sentences: []report.Sentence{sentence}},
			Sentences: []retrieval.Ranked{{Sentence: sentence, Score: 1, Share: 1}},
		}
		var a Answer
		a.extract([]retrieval.Hit{hit})
		if len(a.Claims) != 1 || a.Claims[0].When != test.when || a.Claims[0].Text != test.sentence {
			t.Errorf("%q under %q: %+v, want when %q", test.sentence, test.entry, a.Claims, test.when)
		}
	}
}

func TestExpectedKinds(t *testing.T) {
	for _, test := range []struct {
		question, sentence string
		meets              bool
	}{
		{"Bao nhiêu quân?", "Có 12.000 quân.", true},
		{"Bao nhiêu quân?", "Có ba lữ đoàn.", true},
		{"Bao nhiêu quân?", "Ngày 3 tháng 5 quân tới.", false},
		{"how many troops", "Quân tới nơi.", false},
		{"Сколько солдат?", "Có 12.000 quân.", true},
		{"Khi nào quân tới?", "Ngày 3 tháng 5 quân tới.", true},
		{"năm bao nhiêu thì ký", "Có 12.000 quân.", false},
		{"When did they arrive?", "Quân tới nơi.", false},
		{"Ai tới?", "Quân tới nơi.", true},
	} {
		if got := expected(test.question).meets(test.sentence); got != test.meets {
			t.Errorf("%q, answered by %q: %v", test.question, test.sentence, got)
		}
	}
}

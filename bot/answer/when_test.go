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
		a.extract(found{hits: []retrieval.Hit{hit}}, nil)
		if len(a.Claims) != 1 || a.Claims[0].When != test.when || a.Claims[0].Text != test.sentence {
			t.Errorf("%q under %q: %+v, want when %q", test.sentence, test.entry, a.Claims, test.when)
		}
	}
}

func TestSentencesAreWorthMoreWithWhatIsAskedFor(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, test := range []struct {
		question, sentence string
		worth              float64
	}{
		{"Bao nhiêu quân?", "Có 12.000 quân.", 1},
		{"Bao nhiêu lính?", "Có 12.000 quân nhân.", 1},
		{"Bao nhiêu quân?", "Có 12.000 container.", otherHead},
		{"Bao nhiêu lữ đoàn?", "Có ba lữ đoàn.", 1},
		{"Có mấy lữ đoàn?", "Có ba lữ đoàn.", 1},
		{"Máy bay nào?", "Quân tới nơi.", 1},
		{"may bay nao", "Quân tới nơi.", 1},
		{"Bao nhiêu quân?", "Ngày 3 tháng 5 quân tới.", unmet},
		{"how many troops", "Quân tới nơi.", unmet},
		{"How many troops came?", "Có 12.000 quân nhân.", 1},
		{"Сколько солдат?", "Có 12.000 quân nhân.", 1},
		{"Khi nào quân tới?", "Ngày 3 tháng 5 quân tới.", 1},
		{"năm bao nhiêu thì ký", "Có 12.000 quân.", unmet},
		{"When did they arrive?", "Quân tới nơi.", unmet},
		{"May they come?", "Quân tới nơi.", 1},
		{"Ai tới?", "Quân tới nơi.", 1},
	} {
		if got := expects(test.question, concepts).worth(test.sentence); got != test.worth {
			t.Errorf("%q, answered by %q: worth %v, want %v", test.question, test.sentence, got, test.worth)
		}
	}
}

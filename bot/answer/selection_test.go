package answer

import (
	"slices"
	"strings"
	"testing"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

func TestQuotationsHaveTheYearTheyInherit(t *testing.T) {
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
		a.extract(results{hits: []retrieval.Hit{hit}}, Usual, nil)
		if len(a.Claims) != 1 || a.Claims[0].When != test.when || a.Claims[0].Text != test.sentence {
			t.Errorf("%q under %q: %+v, want when %q", test.sentence, test.entry, a.Claims, test.when)
		}
	}
}

// searched returns the results of a search: passages of one sentence, nearest first,
// with their shares of the question.
func searched(question string, sentences ...string) results {
	f := results{question: question}
	for i, s := range sentences {
		one := report.Sentence{Text: s}
		near := 1 - .05*float64(i)
		f.hits = append(f.hits, retrieval.Hit{
			Passage:   store.Passage{ID: int64(i), Paragraph: 10 - i, Sentences: []report.Sentence{one}},
			Score:     near,
			Sentences: []retrieval.Ranked{{Sentence: one, Score: near, Share: near}},
		})
	}
	return f
}

func TestSelectionDependsOnTheAnswerType(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	sentences := []string{"Nga nhận tàu một.", "Nga nhận xe hai.", "Nga nhận máy bay ba.", "Nga nhận đạn bốn.", "Nga nhận súng năm.", "Lào nhận gạo sáu.", "Nga nhận áo bảy."}
	for _, test := range []struct {
		name, question string
		found          results
		want           string // the last word of each sentence
		places         int
	}{
		{"one thing", "Nga nhận thứ nào?", searched("Nga nhận thứ nào?", sentences...), "một hai ba", 0},
		{"one thing, said twice", "Nga nhận thứ nào?", searched("Nga nhận thứ nào?", "Nga nhận tàu một.", "Nga nhận tàu một.", "Nga nhận xe hai."), "một hai", 0},
		{"several things", "Nga nhận những thứ nào?", searched("Nga nhận những thứ nào?", sentences...), "một hai ba bốn năm sáu", 0},
		{"a list has the names, in the report's order", "Liệt kê thứ Nga nhận", searched("Liệt kê thứ Nga nhận", sentences...), "bảy năm bốn ba hai một", 6},
		{"how often, where no sentence says it: the places", "Nga nhận mấy lần?", searched("Nga nhận mấy lần?", "Nga nhận tàu một.", "Nga nhận xe hai."), "hai một", 2},
		{"how often, where one says it", "Nga nhận mấy lần?", searched("Nga nhận mấy lần?", "Nga nhận tàu một.", "Nga nhận xe năm lần."), "lần", 0},
		{"a list of numbers", "Mỗi lần Nga nhận bao nhiêu xe?", searched("Mỗi lần Nga nhận bao nhiêu xe?", "Nga nhận ba xe đỏ.", "Nga nhận hai xe đen."), "đen đỏ", 2},
		{"how often, without diacritics", "nga nhan bao nhieu lan", searched("nga nhan bao nhieu lan", "Nga nhận tàu một.", "Nga nhận xe năm lần."), "lần", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			chosen := test.found.choose(Usual, concepts)
			var last []string
			for _, q := range chosen.sentences {
				words := strings.Fields(strings.TrimSuffix(q.Text, "."))
				last = append(last, words[len(words)-1])
			}
			if got := strings.Join(last, " "); got != test.want || chosen.places != test.places {
				t.Errorf("%q quotes %q of %d places, want %q of %d", test.question, got, chosen.places, test.want, test.places)
			}
		})
	}
}

func TestAnnouncedSentencesAreQuotedToo(t *testing.T) {
	for sentence, want := range map[string]int{
		"Công trường dừng vì một số lý do.":           2,
		"Cầu có ba phần:":                             2,
		"Work stopped for the following reasons.":     2,
		"Công trường dừng vì lũ.":                     1,
		"Lý do là lũ cuốn trôi hai sà lan.":           1,
		"Minh nói: “Công trường dừng vì một cơn lũ.”": 1,
	} {
		f := searched("Vì sao công trường dừng?", sentence)
		f.hits[0].Passage.Sentences = append(f.hits[0].Passage.Sentences, report.Sentence{Text: "Lũ về."})
		if got := len(f.choose(Usual, retrieval.New(nil).Concepts()).sentences); got != want {
			t.Errorf("%q: %d sentences are quoted, want %d", sentence, got, want)
		}
	}
}

func TestEachPartOfAQuestionIsQuoted(t *testing.T) {
	const question = "Nga nhận gì và Lào nhận gì?"
	f := searched(question, "Nga nhận tàu.", "Nga nhận xe.", "Nga nhận máy bay.", "Lào nhận gạo.")
	f.parts = []retrieval.Part{
		{Question: "Nga nhận gì", Hits: f.hits[:3]},
		{Question: "Lào nhận gì", Hits: f.hits[3:]},
	}
	var got []string
	for _, q := range f.choose(Usual, retrieval.New(nil).Concepts()).sentences {
		got = append(got, q.Text)
	}
	if want := []string{"Nga nhận tàu.", "Lào nhận gạo.", "Nga nhận xe.", "Nga nhận máy bay."}; !slices.Equal(got, want) {
		t.Errorf("quoted %q, want %q", got, want)
	}
}

func TestAnswerTypeFactors(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, test := range []struct {
		question, sentence string
		worth              float64
	}{
		{"Bao nhiêu quân?", "Có 12.000 quân.", 1},
		{"Bao nhiêu lính?", "Có 12.000 quân nhân.", 1},
		{"Bao nhiêu quân?", "Có 12.000 container.", otherHead},
		{"Bao nhiêu lữ đoàn?", "Có ba lữ đoàn.", 1},
		{"co bao nhieu goi thau", "Có ba gói thầu.", 1},
		{"co bao nhieu goi thau", "Có ba nhà thầu.", otherHead},
		{"Có bao nhiêu gói thầu?", "Có ba goi.", otherHead},
		{"Có mấy lữ đoàn?", "Có ba lữ đoàn.", 1},
		{"Máy bay nào?", "Quân tới nơi.", 1},
		{"may bay nao", "Quân tới nơi.", 1},
		{"Bao nhiêu quân?", "Ngày 3 tháng 5 quân tới.", missingKind},
		{"how many troops", "Quân tới nơi.", missingKind},
		{"How many troops came?", "Có 12.000 quân nhân.", 1},
		{"Сколько солдат?", "Có 12.000 quân nhân.", 1},
		{"Khi nào quân tới?", "Ngày 3 tháng 5 quân tới.", 1},
		{"năm bao nhiêu thì ký", "Có 12.000 quân.", missingKind},
		{"Hôm nào quân tới?", "Tháng 5 năm 2024 quân tới.", noDay},
		{"Hôm nào quân tới?", "Ngày 3 tháng 5 quân tới.", 1},
		{"Năm nào quân tới?", "Năm 2024 quân tới.", 1},
		{"Vì sao quân tới?", "Quân đe dọa tới.", noCue},
		{"When did they arrive?", "Quân tới nơi.", missingKind},
		{"May they come?", "Quân tới nơi.", 1},
		{"Ai tới?", "Quân tới nơi.", noName},
		{"Ai tới?", "Chỉ có ông Minh tới.", 1},
		{"Ông Minh gặp ai?", "Hôm đó ông Minh gặp khách.", noName},
		{"Ông Minh ở đâu?", "Ông Minh ở Hà Nội.", 1},
		{"Where was he?", "Ông Minh tới nơi.", 1},
		{"Vì sao quân tới?", "Quân tới nơi.", noCue},
		{"Vì sao quân tới?", "Quân tới để tập trận.", 1},
		{"Quân có tới không?", "Quân tới nơi.", noCue},
		{"Quân có tới không?", "Quân chưa tới.", 1},
		{"Did they come?", "Nga phủ nhận việc quân tới.", 1},
		{"không biết quân tới thế nào", "Quân tới nơi.", 1},
	} {
		if got := typeOf(test.question, concepts).factor(test.sentence); got != test.worth {
			t.Errorf("%q, answered by %q: worth %v, want %v", test.question, test.sentence, got, test.worth)
		}
	}
}

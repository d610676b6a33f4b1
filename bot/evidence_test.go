package bot

import (
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

const (
	lengthSentence = "Cầu Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch Lâm."
	lanesSentence  = "Mặt cầu có bốn làn xe cùng một lối đi bộ."
)

func TestEvidenceHasEachSentenceOnceWithItsPlace(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	live, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	length := answer.Claim{Text: "Cầu dài 1.240 mét.", Sources: []string{lengthSentence}, Paragraphs: []int{1}}
	both := answer.Claim{Text: "Cầu dài 1.240 mét, có bốn làn xe.", Sources: []string{lengthSentence, lanesSentence}, Paragraphs: []int{1, 1}}
	quoted := answer.Claim{Text: lanesSentence, Quoted: true, Sources: []string{lanesSentence}, Paragraphs: []int{1}}
	const (
		lengthLine = "“" + lengthSentence + "” [1]<https://cau-duong.example.com/song-may/chieu-dai> (Cây cầu trong vài dòng)"
		lanesLine  = "“" + lanesSentence + "” [2] [3] (Cây cầu trong vài dòng)"
	)
	for _, test := range []struct {
		name   string
		mode   answer.Mode
		claims []answer.Claim
		want   string
	}{
		{"a claim", answer.ByModel, []answer.Claim{length}, lengthLine},
		{"two claims of one sentence", answer.ByModel, []answer.Claim{length, both}, lengthLine + "\n" + lanesLine},
		{"what is quoted needs none", answer.ByModel, []answer.Claim{quoted}, ""},
		{"nor where another claim rests on it", answer.ByModel, []answer.Claim{quoted, both}, lengthLine},
		{"nor a claim that is its sentence", answer.ByModel, []answer.Claim{{Text: lengthSentence, Sources: []string{lengthSentence}, Paragraphs: []int{1}}}, ""},
		{"nor an answer without the model", answer.Extractive, []answer.Claim{length}, ""},
		{"a paragraph that isn't there", answer.ByModel, []answer.Claim{{Text: "x", Sources: []string{"Câu."}, Paragraphs: []int{999}}}, "“Câu.”"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := &answer.Answer{Language: text.Vietnamese, Mode: test.mode, Edition: live, Claims: test.claims,
				Footnotes: []report.Footnote{{N: 1, Links: []report.Link{{URL: "https://cau-duong.example.com/song-may/chieu-dai"}}}}}
			lines, err := b.evidence(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			if want != "" {
				want = "*Nguyên văn báo cáo:*\n" + want
			}
			if got := show(Message{Lines: lines}); got != want {
				t.Errorf("the evidence is\n%s\nwant\n%s", got, want)
			}
			for _, span := range slices.Concat(lines...) {
				if !span.Quote {
					t.Errorf("%q is in no quotation", span.Text)
				}
			}
		})
	}
}

func TestEvidenceShowsThePage(t *testing.T) {
	b := newBot(openStore(t, bridge))
	p := store.Passage{Section: "Mở đầu", Sentences: []report.Sentence{{Text: "a", Page: 12}}}
	if got := placeOf(text.Vietnamese, p); got != "Mở đầu · tr. 12" {
		t.Errorf("the place is %q (%v)", got, b.name)
	}
}

func TestWithoutRoomForEvidenceEachClaimHasAButton(t *testing.T) {
	b := newBot(openStore(t, bridge))
	live, err := b.live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := &answer.Answer{Language: text.Vietnamese, Mode: answer.ByModel, Edition: live, Claims: []answer.Claim{
		{Text: "Cầu dài và có bốn làn xe.", Sources: []string{lengthSentence, lanesSentence}, Paragraphs: []int{1, 1}},
		{Text: "Lan can màu xanh.", Sources: []string{"Lan can được sơn màu xanh ngọc theo ý kiến của học sinh trường Hoa Ban."}, Paragraphs: []int{2}},
	}}
	for _, test := range []struct {
		name   string
		length int
		folded bool
		first  []Button
	}{
		{"with room", 3000, true, []Button{{Text: "📄 Đoạn gốc", Data: "p:7"}}},
		{"without", 4000, false, []Button{{Text: "📄 1", Data: "p:7:0"}, {Text: "📄 2", Data: "p:7:2"}}},
		{"in several messages", 9000, false, []Button{{Text: "📄 1", Data: "p:7:0"}, {Text: "📄 2", Data: "p:7:2"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := b.withEvidence(t.Context(), textMessage(strings.Repeat("ả", test.length)), a)
			if (len(m.Folded) > 0) != test.folded {
				t.Errorf("folded is %+v", m.Folded)
			}
			if rows := answerButtons(text.Vietnamese, 7, a, len(m.Folded) == 0); !slices.Equal(rows[0], test.first) {
				t.Errorf("the buttons are %+v", rows)
			}
		})
	}
}

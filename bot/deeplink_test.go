package bot

import (
	"strings"
	"testing"
)

func TestDeepLinksOpenWhatTheyName(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	load(t, s, untitled)
	const hello, gone = "Chào bạn. Tôi trả lời câu hỏi về báo cáo “(không có tiêu đề)”", "Bản báo cáo đó không còn được lưu."
	for _, test := range []struct{ payload, want string }{
		{"note_6_1", "⚠ Đây là bản cũ của báo cáo (bản số 1"},
		{"note_6", "Báo cáo không có chú thích số 6."}, // of the edition that is live
		{"note_99_1", "Báo cáo không có chú thích số 99."},
		{"note_1_77", gone},
		{"passage_1_3", "⚠ Đây là bản cũ của báo cáo (bản số 1"},
		{"passage_2_1", "*(không thuộc phần nào)*"},
		{"passage_1_99", gone},
		{"passage_99_1", gone},
		{"", hello}, {"note", hello}, {"note_", hello}, {"note_x", hello}, {"note_1_2_3", hello}, {"note_-1", hello}, {"passage_1", hello},
		{"passage__", hello}, {"from_the_web_site", hello}, {strings.Repeat("9", 64), hello}, {"note_99999999999999999999", hello}, {"<b>", hello},
	} {
		t.Run(test.payload, func(t *testing.T) {
			if got := ask(t, b, private("/start "+test.payload)); !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q, want it to begin with %q", got, test.want)
			}
		})
	}
}

func TestInGroupsSourcesLeadToTheirPassages(t *testing.T) {
	b := newBot(openStore(t, bridge))
	const link = " · 📄<https://t.me/report_test_bot?start=note_1_1>"
	for _, test := range []struct {
		in   Incoming
		want bool
	}{{inGroup("/ask " + lengthQuestion), true}, {inGroup("/sources"), true}, {private(lengthQuestion), false}, {private("/sources"), false}} {
		said := ask(t, b, test.in)
		if got := strings.Contains(said, link); got != test.want || !strings.Contains(said, "[1] cau-duong.example.com<") {
			t.Errorf("%q leads to the private chat: %v, want %v: %s", test.in.Text, got, test.want, said)
		}
	}
}

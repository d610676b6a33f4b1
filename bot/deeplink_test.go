package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"reportbot/store/report"
)

func TestDeepLinksOpenTheirTargets(t *testing.T) {
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

// Until an admin makes it live, no numbers in links and buttons may open an uploaded
// report.
func TestStagedUploadsCannotBeRead(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	source, err := report.Open(t.Context(), untitled)
	if err != nil {
		t.Fatal(err)
	}
	staged, err := s.Stage(t.Context(), source, "7")
	if err != nil {
		t.Fatal(err)
	}
	read := func() (shown []string) {
		for _, link := range []string{"/start passage_%d_1", "/start note_1_%d"} {
			shown = append(shown, ask(t, b, private(fmt.Sprintf(link, staged.ID))))
		}
		for _, data := range []string{"g:%d:1:0", "t:%d"} {
			out := &recording{}
			press := Callback{Chat: "1", Thread: "1", Private: true, Sender: Sender{ID: 8}, Data: fmt.Sprintf(data, staged.ID)}
			if err := b.HandleCallback(t.Context(), press, out); err != nil {
				t.Fatal(err)
			}
			for _, m := range out.replaced {
				shown = append(shown, show(m))
			}
			shown = append(shown, out.toasts...)
		}
		return shown
	}
	gone, forgotten := say("vi", "gone"), say("vi", "forgotten")
	if got := read(); !slices.Equal(got, []string{gone, gone, forgotten, forgotten}) {
		t.Errorf("staged: %q", got)
	}
	if err := s.MakeLive(t.Context(), staged.ID); err != nil {
		t.Fatal(err)
	}
	for _, got := range read() {
		if got == gone || got == forgotten {
			t.Errorf("live: %q", got)
		}
	}
}

func TestInGroupsSourcesLinkToTheirPassages(t *testing.T) {
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

package bot

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// show returns a message's text, with each link as text <address>.
func show(m Message) string {
	var lines []string
	for _, line := range m.Lines {
		var b strings.Builder
		for _, span := range line {
			text := span.Text
			if span.Bold {
				text = "*" + text + "*"
			}
			b.WriteString(text)
			if span.Link != "" {
				b.WriteString("<" + span.Link + ">")
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

// ask sends a message to the bot and returns the text of the reply.
func ask(t *testing.T, b *Bot, in Incoming) string {
	t.Helper()
	return show(answerTo(t, b, in, 1))
}

// answerTo is ask with the id that the transport gives the reply; it returns the message.
func answerTo(t *testing.T, b *Bot, in Incoming, id int) Message {
	t.Helper()
	out := &recording{id: id}
	if err := b.Handle(t.Context(), in, out); err != nil {
		t.Fatal(err)
	}
	return out.said(t)
}

func TestNoteShowsOneFootnoteWithAllItsLinks(t *testing.T) {
	b := newBot(openStore(t, bridge))
	three := `*Chú thích [2]*
thach-lam.example.org: https://www.thach-lam.example.org/lan-xe<https://www.thach-lam.example.org/lan-xe>
thach-lam.example.org: https://thach-lam.example.org/loi-di-bo<https://thach-lam.example.org/loi-di-bo>
cau-duong.example.com: https://cau-duong.example.com/mat-cau<https://cau-duong.example.com/mat-cau>`
	const (
		usage   = "Hãy viết số chú thích sau lệnh, ví dụ: /note 12"
		unknown = "Báo cáo không có chú thích số "
	)
	for _, test := range []struct{ name, text, want string }{
		{"a number", "/note 2", three},
		{"a marker", "/note [2]", three},
		{"with a hash", "/note #2", three},
		{"with a full stop", "/note 2.", three},
		{"with noughts before it", "/note 002", three},
		{"dots written out are dots again", "/note 6",
			"*Chú thích [6]*\ncau-duong.example.com: https://cau-duong.example.com/von-vay<https://cau-duong.example.com/von-vay>"},
		{"a link that can't be recovered is no link", "/note 7",
			"*Chú thích [7]*\nKhông khôi phục được liên kết: https://kiem-toan.example.com/2022/ket luận đã dịch/trang-3"},
		{"a note without a link, as printed", "/note 11",
			"*Chú thích [11]*\nNguyên văn: Phỏng vấn chỉ huy công trường, tháng 5 năm 2022"},
		{"a note that no sentence marks", "/note 14",
			"*Chú thích [14]*\ncau-duong.example.com: https://cau-duong.example.com/ban-ve<https://cau-duong.example.com/ban-ve>"},
		{"a marker without a note", "/note 20", unknown + "20."},
		{"a number that is not there", "/note 99", unknown + "99."},
		{"nought", "/note 0", unknown + "0."},
		{"without a number", "/note", usage},
		{"a word", "/note hai", usage},
		{"two numbers", "/note 1 2", usage},
		{"less than nothing", "/note -1", usage},
		{"more than any number", "/note 99999999999999999999", usage},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _, _ := strings.Cut(ask(t, b, private(test.text)), "\n\n")
			if got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

func TestNoteShowsThePassagesThatCiteIt(t *testing.T) {
	b := newBot(openStore(t, bridge))
	out := &recording{}
	if err := b.Handle(t.Context(), private("/note 6"), out); err != nil {
		t.Fatal(err)
	}
	_, where, _ := strings.Cut(show(out.said(t)), "\n\n")
	want := "*Kinh phí xây cầu*\nTổng kinh phí là 865 tỷ đồng, cao hơn dự toán 12%. [5]<https://kiem-toan.example.com/2022/tong-ket> " +
		"*Tỉnh góp 300 tỷ đồng, phần còn lại là vốn vay của quỹ Bình Minh.* [6]<https://cau-duong.example.com/von-vay> "
	if where != want {
		t.Errorf("got %s\nwant %s", where, want)
	}
	if got, want := out.final[0].Buttons, [][]Button{{{Text: "📄 Đoạn 3", Data: "g:1:3:0"}}}; !reflect.DeepEqual(got, want) {
		t.Errorf("buttons are %+v, want %+v", got, want)
	}
	if unmarked := ask(t, b, private("/note 14")); strings.Contains(unmarked, "\n\n") {
		t.Errorf("a note that no sentence marks stands at %q", unmarked)
	}
}

func TestSourcesAreOfTheAnswerRepliedToOrTheLast(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	question := func(chat, text string, id int) {
		in := private(text)
		in.Thread = chat
		answerTo(t, b, in, id)
	}
	sources := func(chat string, repliesTo int) string {
		return ask(t, b, Incoming{Chat: chat, Thread: chat, Private: true, Text: "/sources", RepliesTo: repliesTo})
	}
	question("home", "Lan can được sơn màu xanh ngọc theo ý kiến của ai?", 10)
	question("home", "Kiểm toán có tìm thấy khoản chi sai nào không?", 20)
	question("work", "Cá heo ngủ mấy tiếng?", 5)

	const (
		railing = "*Nguồn:*\n[4] thach-lam.example.org<https://thach-lam.example.org/lan-can>"
		audit   = "*Nguồn:*\n[7] https://kiem-toan.example.com/2022/ket luận đã dịch/trang-3"
	)
	for _, test := range []struct {
		name, chat string
		repliesTo  int
		want       string
	}{
		{"the last answer", "home", 0, audit},
		{"the answer that is replied to", "home", 10, railing},
		{"a message that is no answer is replied to: the last answer", "home", 11, audit},
		{"an answer without footnotes", "work", 0, "Câu trả lời này không có chú thích nào trong báo cáo."},
		{"a chat without answers", "elsewhere", 0, "Chưa có câu trả lời nào để xem nguồn. Bạn hỏi một câu trước nhé."},
		{"another chat's answer is replied to", "elsewhere", 10, "Chưa có câu trả lời nào để xem nguồn. Bạn hỏi một câu trước nhé."},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := sources(test.chat, test.repliesTo); got != test.want {
				t.Errorf("got %s\nwant %s", got, test.want)
			}
		})
	}

	t.Run("a newer report does not change an answer's sources", func(t *testing.T) {
		load(t, s, untitled)
		if got := sources("home", 0); got != audit {
			t.Errorf("got %s\nwant %s", got, audit)
		}
	})
}

func TestAMarkerWithoutANoteIsListedByItsNumber(t *testing.T) {
	b := newBot(openStore(t, bridge))
	ask(t, b, private("Trạm cân xe ở bờ nam chưa hoạt động vì thiếu gì?"))
	got := ask(t, b, private("/sources"))
	want := "*Nguồn:*\n[13] cau-duong.example.com<https://cau-duong.example.com/tram-can>\n[20]"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestReportShowsTheKnownMetadataOnly(t *testing.T) {
	for _, test := range []struct {
		name, path, client string
		want               []string
	}{
		{"of a whole one, in Vietnamese", bridge, "vi", []string{
			"*Hồ sơ cầu Sông Mây*", "Ngày: 05/03/2023", "Tác giả: Trần Thu Hà, Lê Minh Khôi", "9 đoạn, 14 chú thích", "",
			"Các phần:", "1. Cây cầu trong vài dòng", "2. Kinh phí xây cầu", "3. Tiến trình làm cầu", "4. Những việc còn lại của cầu",
		}},
		{"of a whole one, in English", bridge, "en", []string{
			"*Hồ sơ cầu Sông Mây*", "Date: 5 March 2023", "Authors: Trần Thu Hà, Lê Minh Khôi", "9 paragraphs, 14 footnotes", "",
			"Sections:", "1. Cây cầu trong vài dòng", "2. Kinh phí xây cầu", "3. Tiến trình làm cầu", "4. Những việc còn lại của cầu",
		}},
		{"without title, date, authors and sections", untitled, "vi", []string{"*(không có tiêu đề)*", "1 đoạn, 0 chú thích"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := private("/report")
			in.Client = test.client
			got := strings.Split(ask(t, newBot(openStore(t, test.path)), in), "\n")
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

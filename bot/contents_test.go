package bot

import (
	"fmt"
	"strings"
	"testing"
)

func TestSectionButtonsOpenTheirParagraphs(t *testing.T) {
	b := newBot(openStore(t, bridge))
	m := answerTo(t, b, private("/sections"), 1)
	want := "*Hồ sơ cầu Sông Mây*\n1. Cây cầu trong vài dòng – đoạn 1–2\n2. Kinh phí xây cầu – đoạn 3–4\n" +
		"3. Tiến trình làm cầu – đoạn 5–8\n4. Những việc còn lại của cầu – đoạn 9"
	if got := show(m); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(m.Buttons[2]); got != "[{3. Tiến trình làm cầu g:1:5:0  }]" {
		t.Errorf("the third button is %s", got)
	}
	press := func(data string) Message {
		out := &recording{}
		if err := b.HandleCallback(t.Context(), Callback{Chat: "1", Thread: "1", Private: true, Data: data}, out); err != nil || len(out.replaced) != 1 {
			t.Fatalf("%s: %v, %+v", data, err, out)
		}
		return out.replaced[0]
	}
	for _, test := range []struct{ data, begins, buttons string }{
		{"g:1:5:0", "*Tiến trình làm cầu · Tháng 9 năm 2019*", "[[{◀ 4 g:1:4:0  } {6 ▶ g:1:6:0  }] [{⏮ g:1:3:0  } {☰ Mục lục t:1  } {⏭ g:1:9:0  }]]"},
		{"g:1:1:0", "*Cây cầu trong vài dòng*", "[[{2 ▶ g:1:2:0  }] [{☰ Mục lục t:1  } {⏭ g:1:3:0  }]]"},
		{"g:1:9:0", "*Những việc còn lại của cầu*", "[[{◀ 8 g:1:8:0  }] [{⏮ g:1:5:0  } {☰ Mục lục t:1  }]]"},
	} {
		m := press(test.data)
		if got := show(m); !strings.HasPrefix(got, test.begins) || fmt.Sprint(m.Buttons) != test.buttons {
			t.Errorf("%s shows %s with %v", test.data, got, m.Buttons)
		}
	}
	if got := show(press("t:1")); got != want {
		t.Errorf("back at the contents: %s", got)
	}
}

func TestContentsOfAReportWithoutSections(t *testing.T) {
	m := answerTo(t, newBot(openStore(t, untitled)), private("/sections"), 1)
	if got := show(m); got != "*(không có tiêu đề)*\n(không thuộc phần nào) – đoạn 1" {
		t.Errorf("got %s", got)
	}
}

func TestFindCountsOccurrences(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct{ name, text, want string }{
		{"a word", "/find cầu", "*“cầu”: 3 lần, trong 1 đoạn*\n*Cây cầu trong vài dòng*\nđoạn 1 (3): *Cầu* Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch…"},
		{"without its marks it is any of them", "/find cau", "*“cau”: 3 lần, trong 1 đoạn*\n*Cây cầu trong vài dòng*\nđoạn 1 (3): *Cầu* Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch…"},
		{"with other marks it is another", "/find cậu", "Báo cáo không có “cậu”."},
		{"in any letters", "/find CẦU", "*“CẦU”: 3 lần, trong 1 đoạn*\n*Cây cầu trong vài dòng*\nđoạn 1 (3): *Cầu* Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch…"},
		{"in several sections", "/find nhịp giữa", "*“nhịp giữa”: 1 lần, trong 1 đoạn*\n*Tiến trình làm cầu*\nđoạn 8: Tháng 6 năm 2022: Hai *nhịp giữa* được nối với nhau."},
		{"several paragraphs of several sections", "/find năm", "*“năm”: 3 lần, trong 3 đoạn*\n*Tiến trình làm cầu*\nđoạn 5: Tháng 9 *năm* 2019: Nhà thầu Đại Phong khởi công móng trụ thứ…\nđoạn 6: Tháng 1 *năm* 2020: Lũ cuốn trôi hai sà lan chở thép.\nđoạn 8: Tháng 6 *năm* 2022: Hai nhịp giữa được nối với nhau."},
		{"two words in a row", "/find sông mây", "*“sông mây”: 1 lần, trong 1 đoạn*\n*Cây cầu trong vài dòng*\nđoạn 1: Cầu *Sông Mây* dài 1.240 mét và nối hai bờ huyện Thạch Lâm."},
		{"not with others between them", "/find sông dài", "Báo cáo không có “sông dài”."},
		{"not a part of a word", "/find n", "Báo cáo không có “n”."},
		{"a number, in any spelling", "/find 2500", "*“2500”: 1 lần, trong 1 đoạn*\n*Tiến trình làm cầu*\nđoạn 8: Lễ hợp long có *2.500* người dự."},
		{"nothing", "/find", "Hãy viết từ cần tìm sau lệnh, ví dụ: /find tên lửa"},
		{"signs", "/find ?!", "Hãy viết từ cần tìm sau lệnh, ví dụ: /find tên lửa"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ask(t, b, private(test.text)); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
	m := answerTo(t, b, private("/find năm"), 1)
	if got := fmt.Sprint(m.Buttons); got != "[[{5 g:1:5:0  } {6 g:1:6:0  } {8 g:1:8:0  }]]" {
		t.Errorf("the buttons are %s", got)
	}
}

func TestASectionIsOpenedByItsNumberOrTitle(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct{ text, want string }{
		{"/sections 3", "*Tiến trình làm cầu"},
		{"/sections phần cuối", "*Những việc còn lại của cầu"},
		{"/sections the second section", "*Kinh phí xây cầu"},
		{"/sections kinh phi xay cau", "*Kinh phí xây cầu"},
		{"/sections 9", "Báo cáo không có phần số 9.\n\nCác phần:\n1. Cây cầu trong vài dòng"},
		{"/sections tên lửa", "Báo cáo không có phần “tên lửa”.\n\nCác phần:\n1. Cây cầu trong vài dòng"},
	} {
		if got := ask(t, b, private(test.text)); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

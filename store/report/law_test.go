package report

import (
	"fmt"
	"strings"
	"testing"
)

// aLaw is a law of twelve articles, wrapped at 80 characters, with what stands
// between its paragraphs.
func aLaw(gap string) string {
	var b strings.Builder
	b.WriteString("QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLuật số: 99/2019/QH14\nHà Nội, ngày 20 tháng 11 năm 2019\n\nLUẬT\nBẾN THUYỀN Ở HỒ CHỨA NƯỚC\n\n")
	for i := range 12 {
		if i%6 == 0 {
			fmt.Fprintf(&b, "Chương %s\n%sNHỮNG QUY ĐỊNH VỀ BẾN THUYỀN\n%s", []string{"I", "II"}[i/6], gap, gap)
		}
		heading := "Hồ sơ đăng ký"
		if i%4 == 3 { // as long as a full line
			heading = "Kiểm tra và xử lý vi phạm trong hoạt động của bến thuyền ở hồ nước"
		}
		fmt.Fprintf(&b, "Điều %d. %s\n%s", i+1, heading, gap)
		b.WriteString("1. Ban quản lý bến được hưởng các chính sách hỗ trợ của Nhà nước theo quy định\ncủa pháp luật, trừ trường hợp quy định tại khoản 2 Điều này.\n" + gap)
		b.WriteString("2. Chủ thuyền phải nộp hồ sơ gồm các giấy tờ sau đây:\n" + gap + "a) Bản sao giấy đăng ký thuyền còn hiệu lực;\n" + gap)
		b.WriteString("đ) Sơ đồ vị trí bến, có xác nhận của Ủy ban nhân dân xã nơi đặt bến và của cơ\nquan quản lý hồ chứa nước.\n" + gap)
	}
	return b.String()
}

// A law's chapters and articles are its headings, with blank lines between its
// paragraphs and without.
func TestLaw(t *testing.T) {
	for _, gap := range []string{"", "\n"} {
		r := read(t, aLaw(gap))
		if r.Title != "LUẬT BẾN THUYỀN Ở HỒ CHỨA NƯỚC" || r.Date != "2019-11-20" {
			t.Errorf("title %q, date %q", r.Title, r.Date)
		}
		if len(r.Sections) != 12 || len(r.Paragraphs) != 2+12*4 {
			t.Errorf("%d sections, %d paragraphs:\n%s", len(r.Sections), len(r.Paragraphs), wholeReading(r))
		}
		if got, want := r.Sections[6], "Chương II › NHỮNG QUY ĐỊNH VỀ BẾN THUYỀN › Điều 7. Hồ sơ đăng ký"; got != want {
			t.Errorf("section %q, want %q", got, want)
		}
		if got, want := r.Paragraphs[2].Sentences[0].Text, "1. Ban quản lý bến được hưởng các chính sách hỗ trợ của Nhà nước theo quy định của pháp luật, trừ trường hợp quy định tại khoản 2 Điều này."; got != want {
			t.Errorf("read %q, want %q", got, want)
		}
	}
}

// A running head may name the chapter that its page is of, and the page.
func TestPageHeadersWithAChapter(t *testing.T) {
	var b strings.Builder
	b.WriteString("Sổ tay bến thuyền\n\n")
	for page := range 4 {
		fmt.Fprintf(&b, "Chủ thuyền ở bến số %d được hưởng các chính sách hỗ trợ của Nhà nước theo quy định\ncủa pháp luật, trừ trường hợp bến ấy đã đóng.\n\n\fChương 3 | Bến thuyền | trang %d\n\n", page, page+20)
	}
	if r := read(t, b.String()); len(r.Sections) != 0 || len(r.Paragraphs) != 4 {
		t.Errorf("read\n%s", wholeReading(r))
	}
}

// Where a format marks the headings of some, those of articles that say so are
// headings too, but not what stands at the top of each page.
func TestArticlesWithMarkedHeadings(t *testing.T) {
	d := &document{lines: []printedLine{
		{text: "Luật bến thuyền", kind: heading}, {text: "Bến thuyền ở hồ theo luật này.", kind: paragraph},
		{text: "Điều 2. Hồ sơ đăng ký"}, {text: "Hồ sơ có hai bản.", kind: paragraph}, {text: "Hai bản như nhau"},
		{text: "Chương 3. Hồ sơ, trang 5"}, {text: "Chương 3. Hồ sơ, trang 6"},
	}}
	d.classifyShortLines()
	r, err := d.report()
	if err != nil {
		t.Fatal(err)
	}
	section := "(Điều 2. Hồ sơ đăng ký) "
	want := "Bến thuyền ở hồ theo luật này. {}\n" + section + "Hồ sơ có hai bản. {}\n" + section + "Hai bản như nhau {}\n" +
		section + "Chương 3. Hồ sơ, trang 5 {}\n" + section + "Chương 3. Hồ sơ, trang 6 {}"
	if got := wholeReading(r); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

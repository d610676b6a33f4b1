package questions

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestQuestionsOfSentences(t *testing.T) {
	path := filepath.Join("testdata", "sentences.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines, sentences []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "  ") {
			continue
		}
		lines = append(lines, line)
		if line != "" && !strings.HasPrefix(line, "#") {
			sentences = append(sentences, line)
		}
	}
	if len(sentences) < 20 {
		t.Fatalf("%s has %d sentences", path, len(sentences))
	}
	f := New(sentences)
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line + "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, q := range f.Of(line) {
			if q.Offered {
				b.WriteString("  ? " + q.Text + "\n")
			} else {
				b.WriteString("  - " + q.Text + "\n")
			}
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if b.String() != string(data) && !*update {
		t.Errorf("the questions are (go test -update writes them):\n%s", b.String())
	}
}

func TestWhatReadsAsAPersonWouldAsk(t *testing.T) {
	for question, want := range map[string]bool{
		"Novak thăm Đảo Sương vào năm nào?":         true,
		"Ai đã gặp ông Trương Quân ở Đảo Sương?":    true,
		"Ai đã gặp ông ở Đảo Sương?":                false, // who is he?
		"Novak thăm hòn đảo này vào năm nào?":       false, // which one?
		"Novak thăm “Đảo Sương” vào năm nào?":       false, // quoted
		"Novak thăm Đảo Sương (ở Lam) vào năm nào?": false,
		"Khi Novak thăm Đảo Sương vào năm nào?":     false, // a subordinate clause
		"Novak thăm Đảo, Sương, Lam vào năm nào?":   false, // a list
		"Novak thăm Sươngđảo vào năm nào?":          false, // glued together
		"Novak có thể thăm Đảo Sương vào năm nào?":  false, // not certain
		"Novak vào vào Đảo Sương năm nào?":          false,
		"Bà mẹ trẻ đã mua bao nhiêu cái bánh?":      false, // no name
		"Ai thăm Sương?": false, // too short
		"Novak thăm " + strings.Repeat("đảo sương ", 12) + "khi nào?": false, // too long
		"Новак thăm Đảo Sương vào năm nào?":                           false,
	} {
		if got := natural(question); got != want {
			t.Errorf("%q is natural: %v", question, got)
		}
	}
}

func TestWhatIsOfferedNeedsNothingFromElsewhere(t *testing.T) {
	f := New([]string{"Tổng thống Anna Novak gặp Igor Petrov.", "Cô Lan Petrov gặp Ivan Horvat.", "Một lít dầu, một cây thông."})
	for question, want := range map[string]string{
		"Anna Novak thăm Đảo Sương vào năm nào?":                 "Anna Novak thăm Đảo Sương vào năm nào?",
		"Novak thăm Đảo Sương vào năm nào?":                      "Anna Novak thăm Đảo Sương vào năm nào?",
		"Petrov thăm Đảo Sương vào năm nào?":                     "", // which of the two?
		"Tổng thống Novak thăm Đảo Sương vào năm nào?":           "Tổng thống Novak thăm Đảo Sương vào năm nào?",
		"Vương quốc Lam ký một hiệp định vào ngày nào?":          "",
		"Vương quốc Lam ký một hiệp định với Đảo Sương khi nào?": "",
		"Vương quốc Lam mở một trường tại Đảo Sương khi nào?":    "Vương quốc Lam mở một trường tại Đảo Sương khi nào?",
		"Năm 1990, nước nào mở một trường ở Đảo Sương?":          "Năm 1990, nước nào mở một trường ở Đảo Sương?",
		"Nước nào trở thành một Vương quốc?":                     "",
		"Lam vây Đảo Sương trong 3 ngày vào năm nào?":            "",
		"Khủng hoảng Lam 1997 bùng nổ vào ngày nào?":             "",
		"Lam bắn ít nhất hai tên lửa vào Đảo Sương khi nào?":     "",
		"Ngày 13 tháng 9, ai thăm Đảo Sương?":                    "", // of which year?
		"Ngày 13 tháng 9 năm 2001, ai thăm Đảo Sương?":           "Ngày 13 tháng 9 năm 2001, ai thăm Đảo Sương?",
		"Người con của bà Lan Chi sinh vào năm nào?":             "",
		"Ai một lần nữa đến Đảo Sương vào năm 1990?":             "",
		"Nhóm bị bắt ở Đảo Sương vào năm nào?":                   "",
		"Lam đã tấn công nhóm khi nào?":                          "",
		"Nhóm Sao Mai bị bắt ở Đảo Sương vào năm nào?":           "Nhóm Sao Mai bị bắt ở Đảo Sương vào năm nào?",
		"Lam bị tấn công bởi Đảo Sương vào năm nào?":             "",
		"Bao nhiêu người ở Đảo Sương được quyền bầu?":            "",
		"Bao nhiêu cây cầu ở Đảo Sương được xây dựng?":           "Bao nhiêu cây cầu ở Đảo Sương được xây dựng?",
		"Ai cảm ơn Đảo Sương vì khoản viện trợ?":                 "", // many may have
		"Ai là người đầu tiên đến Đảo Sương?":                    "Ai là người đầu tiên đến Đảo Sương?",
		"Nước nào đe dọa trả đũa Nga?":                           "Nước nào đe dọa trả đũa Nga?",
	} {
		if got := f.fit(question); got != want {
			t.Errorf("%q is offered as %q, want %q", question, got, want)
		}
	}
}

// Any text can be in a report.
func FuzzOf(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "sentences.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f.Add(line)
	}
	f.Add("“(1) 5–10.000% – ; : , và rằng của ngày tháng năm 2024 ))")
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range New([]string{s}).Of(s) {
			if q.Offered && !natural(q.Text) || q.Text == "" {
				t.Errorf("%q yields %q", s, q.Text)
			}
		}
	})
}

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

// Any text can stand in a report.
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

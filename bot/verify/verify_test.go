package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// shown writes a result, a line for each statement.
func shown(r *Result) string {
	var b strings.Builder
	for _, s := range r.Statements {
		fmt.Fprintf(&b, "%s: %s | %s %v\n", s.Verdict, s.Text, s.Source.Text, s.Source.Footnotes)
	}
	return b.String()
}

func verified(t *testing.T, v *Verifier, message string) *Result {
	t.Helper()
	r, err := v.Verify(t.Context(), Request{Text: message, Language: text.Vietnamese}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	lengthSentence = "Cầu Sông Mây dài 1.240 mét và nối hai bờ huyện Thạch Lâm."
	moneySentence  = "Tổng kinh phí là 865 tỷ đồng, cao hơn dự toán 12%."
)

// Each sentence that states something has a verdict with the report's sentence and its
// footnotes; the others are left out.
func TestAMessageIsCheckedSentenceBySentence(t *testing.T) {
	v := over(t, bridge, nil)
	r := verified(t, v, "Chào cả nhà!\n• Cầu Sông Mây dài 1.240 mét.\n• Tổng kinh phí là 900 tỷ đồng. Theo mình thế là đắt.\n• Cầu do Nhật Bản tặng miễn phí.\nCó đúng không?")
	want := "says: Cầu Sông Mây dài 1.240 mét. | " + lengthSentence + " [1]\n" +
		"contradicts: Tổng kinh phí là 900 tỷ đồng. | " + moneySentence + " [5]\n" +
		"silent: Cầu do Nhật Bản tặng miễn phí. |"
	if got := shown(r); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if r.LeftOut != 3 || r.Unchecked != 0 {
		t.Errorf("%d left out, %d unchecked", r.LeftOut, r.Unchecked)
	}
	if r.Notice != answer.NoModel || r.Mode != answer.Extractive {
		t.Errorf("notice %q, mode %q", r.Notice, r.Mode)
	}
	var marked []int
	for _, f := range r.Footnotes {
		marked = append(marked, f.N)
	}
	if !slices.Contains(marked, 1) || !slices.Contains(marked, 5) {
		t.Errorf("footnotes %v", marked)
	}
}

func TestVerdictsWithoutAModel(t *testing.T) {
	v := over(t, bridge, nil)
	for _, test := range []struct {
		name, said string
		want       Verdict
		source     string // how the sentence begins; empty: any
	}{
		{"the sentence", moneySentence, Says, "Tổng kinh phí"},
		{"cut down", "Cầu Sông Mây dài 1.240 mét.", Says, "Cầu Sông Mây dài"},
		{"after hearsay", "Nghe nói cầu Sông Mây dài 1.240 mét, đúng không?", Says, "Cầu Sông Mây dài"},
		{"another number", "Cầu Sông Mây dài 1.420 mét.", Contradicts, "Cầu Sông Mây dài"},
		{"another number, without marks", "cau song may dai 1420 met nhe", Contradicts, "Cầu Sông Mây dài"},
		{"another date", "Nhà thầu Đại Phong khởi công móng trụ thứ tư vào tháng 3 năm 2019.", Contradicts, "Tháng 9 năm 2019"},
		{"without its denial", "Kiểm toán tìm thấy khoản chi sai.", Contradicts, "Kiểm toán không"},
		{"with more than the report has", "Cầu Sông Mây dài 1.240 mét, dài nhất Đông Nam Á.", Silent, "Cầu Sông Mây dài"},
		{"in other words: the judge would know", "Chi phí làm cầu vượt dự toán hơn một phần mười.", Silent, ""},
		{"of something else", "Hà Nội sẽ có tuyến tàu điện mới.", Silent, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := verified(t, v, test.said)
			if len(r.Statements) != 1 {
				t.Fatalf("statements: %s", shown(r))
			}
			s := r.Statements[0]
			if s.Verdict != test.want || !strings.HasPrefix(s.Source.Text, test.source) {
				t.Errorf("got %swant %s by %q", shown(r), test.want, test.source)
			}
			if s.Text != test.said {
				t.Errorf("the statement is shown as %q", s.Text)
			}
		})
	}
}

func TestALongMessageIsCheckedAtItsBeginning(t *testing.T) {
	r := verified(t, over(t, bridge, nil), strings.Repeat("Cầu Sông Mây dài 1.240 mét. ", MaxChecked+3))
	if len(r.Statements) != MaxChecked || r.Unchecked != 3 {
		t.Errorf("%d statements, %d unchecked", len(r.Statements), r.Unchecked)
	}
	if len(r.Claims) != 1 {
		t.Errorf("the sentence counts %d times", len(r.Claims))
	}
}

func TestNothingIsCheckedWithoutAReport(t *testing.T) {
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	finder := retrieval.New(s)
	_, err = New(s, finder, answer.New(s, finder, nil)).Verify(t.Context(), Request{Text: "Cầu dài 12 mét."}, nil)
	if !errors.Is(err, answer.ErrNoReport) {
		t.Errorf("got %v", err)
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct {
		name, message string
		want          []string
	}{
		{"a list", "Tin mới:\n1. Cầu dài 1.240 mét.\n2) Cầu có 4 làn xe\n- Cầu màu xanh", []string{"Tin mới:", "Cầu dài 1.240 mét.", "Cầu có 4 làn xe", "Cầu màu xanh"}},
		{"without capitals", "cau dai 1.240 met. cau co 4 lan xe... dep the", []string{"cau dai 1.240 met.", "cau co 4 lan xe...", "dep the"}},
		{"with capitals", "Cầu dài 1.240 mét. Cầu có 4 làn xe!", []string{"Cầu dài 1.240 mét.", "Cầu có 4 làn xe!"}},
		{"links, marks and mentions", "@bot Cầu dài 1.240 mét [1][2] https://a.example/b #cau", []string{"Cầu dài 1.240 mét"}},
		{"signs", "🔥🔥 Cầu dài 1.240 mét\n👍\n—", []string{"Cầu dài 1.240 mét"}},
		{"nothing", " \n ", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range Sentences(test.message) {
				got = append(got, s.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzSentences holds that sentences are parts of a message, and end.
func FuzzSentences(f *testing.F) {
	f.Add("- Cầu dài 1.240 mét. đúng không?\n[1]")
	f.Fuzz(func(t *testing.T, message string) {
		for _, s := range Sentences(message) {
			if strings.TrimSpace(s.Text) == "" || s.States && s.stated == "" {
				t.Errorf("%+v of %q", s, message)
			}
		}
	})
}

// BenchmarkVerify is the cost of a message of three statements, without a model.
func BenchmarkVerify(b *testing.B) {
	v := over(b, report.Embedded, nil)
	message := Request{Text: "Triều Tiên đã gửi sang Nga 12.000 quân vào tháng 10 năm 2024. Họ tập ở Kursk ba tuần. Trung Quốc cũng gửi quân.", Language: text.Vietnamese}
	for b.Loop() {
		if _, err := v.Verify(b.Context(), message, nil); err != nil {
			b.Fatal(err)
		}
	}
}

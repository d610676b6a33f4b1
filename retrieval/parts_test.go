package retrieval

import (
	"slices"
	"strings"
	"testing"
)

func TestAQuestionHasParts(t *testing.T) {
	for _, test := range []struct {
		question string
		parts    []string // nil: the question itself
	}{
		{"Cầu dài bao nhiêu mét?", nil},
		{"Cầu dài bao nhiêu mét và mở cửa năm nào?", []string{"Cầu dài bao nhiêu mét", "và mở cửa năm nào"}},
		{"cau dai bao nhieu, nha thau la ai", []string{"cau dai bao nhieu", "nha thau la ai"}},
		{"Ai xây cầu, còn ai trả tiền?", []string{"Ai xây cầu", "còn ai trả tiền"}},
		{"When did the bridge open, and who paid for it?", []string{"When did the bridge open", "and who paid for it"}},
		{"Công nhân và kỹ sư làm gì ở bờ bắc?", nil},        // two doers, one question
		{"Vì sao công trường dừng, theo kỹ sư Minh?", nil},  // the second part asks nothing
		{"Tháng 1 năm 2020, công trường dừng vì sao?", nil}, // the first one neither
		{"So sánh kinh phí với dự toán", []string{"kinh phí", "dự toán"}},
		{"", nil},
	} {
		want := test.parts
		if want == nil {
			want = []string{test.question}
		}
		if got := wordingOf(test.question).parts(); !slices.Equal(got, want) {
			t.Errorf("%q has the parts %q, want %q", test.question, got, want)
		}
	}
}

func TestAQuestionAsksForSeveralThings(t *testing.T) {
	for question, want := range map[string]bool{
		"Liệt kê các lần công trường dừng":               true,
		"Những nhà thầu nào xây cầu?":                    true,
		"nhung nuoc nao gop tien":                        true,
		"Which contractors built the bridge?":            true,
		"Cầu dài bao nhiêu mét và mở cửa năm nào?":       true,
		"Kinh phí so với dự toán thế nào?":               true,
		"Công trường dừng mấy lần?":                      true,
		"Nhà thầu nào xây cầu?":                          false,
		"Cầu có mấy làn xe?":                             false,
		"Which contractor built the bridge?":             false,
		"Vì sao các công nhân dừng việc?":                false,
		"What does the engineer say of the foundations?": false,
	} {
		if got := Several(question); got != want {
			t.Errorf("%q asks for several things: %v, want %v", question, got, want)
		}
	}
}

func TestAQuestionAsksForAList(t *testing.T) {
	for question, want := range map[string]string{
		"Liệt kê các lần công trường dừng": "công trường dừng",
		"Công trường dừng mấy lần?":        "Công trường dừng ?",
		"how often did work stop":          "did work stop",
		"Công trường dừng khi nào?":        "",
		"Liệt kê tất cả":                   "",
	} {
		if of, ok := Listed(question); ok != (want != "") || ok && of != want {
			t.Errorf("%q asks for a list of %q (%v), want %q", question, of, ok, want)
		}
	}
}

func FuzzParts(f *testing.F) {
	f.Add("Cầu dài bao nhiêu mét và mở cửa năm nào?")
	f.Add("so sánh a với b và c, ai? đâu; gì:")
	f.Fuzz(func(t *testing.T, question string) {
		for _, part := range wordingOf(question).parts() {
			if len(strings.Fields(part)) > len(strings.Fields(question))+1 {
				t.Errorf("%q is longer than %q", part, question)
			}
		}
	})
}

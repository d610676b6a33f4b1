package text

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

func sentences(s string) []string {
	var found []string
	for _, span := range Sentences(s) {
		found = append(found, s[span.Start:span.End])
	}
	return found
}

func TestSentences(t *testing.T) {
	// In each want, | stands where the text is cut.
	tests := []struct{ name, want string }{
		{"two sentences", "Nga tiến quân.|Ukraine đáp trả."},
		{"a question and a call", "Vì sao?|Không rõ!|Hết."},
		{"no full stop", "một dòng không có dấu chấm"},
		{"the last one without a full stop", "Xong.|Còn câu này"},
		{"one sentence with its full stop", "Xong."},

		{"thousands", "Có 1.500 quân ở đó.|Sau đó là 12.000 quân."},
		{"a decimal", "Tăng 1.7 lần.|Giảm 0.5 lần."},
		{"a number at the end", "Năm ấy là 2022.|12.000 quân tới nơi."},
		{"a date with full stops", "Họ đến ngày 5.3.2024.|Rồi họ đi."},
		{"a chapter's number", "Theo Điều 51.|Sau đó họ ký."},

		{"U.S.", "Quan chức U.S. Army nói vậy.|Hết."},
		{"e.g. and p.m.", "At 5 p.m. Moscow said so.|Some, e.g. Kim, did."},
		{"an initial", "Ông J. Smith và bà A. B. Nguyen gặp nhau.|Xong."},
		{"an initial in brackets", "Tướng (J. Smith) đi.|Xong."},
		{"English titles", "Lt. Gen. Budanov met Mr. Kim and Dr. Lee.|They talked."},
		{"a number's label", "See No. 5 and Fig. 2.|It is clear."},
		{"a month's name", "On Oct. 23 they came.|In Nov. they left."},
		{"but a month's name may end a sentence", "They came in Oct.|Then they left."},
		{"and so may a word that is a label elsewhere", "Họ ăn no.|Họ nghiên cứu gen.|Xong."},

		{"Vietnamese abbreviations", "TP. Hồ Chí Minh và TS. Nguyễn An, ThS. Lê, PGS. Trần.|Xong."},
		{"joined Vietnamese titles", "Ông GS.TS. Trần và PGS.TS. Lê nói.|Xong."},
		{"v.v. in the middle", "Gạo, ngô, v.v. được gửi đi.|Xong."},
		{"an abbreviation in brackets", "Hoa Kỳ (U.S.) Army đến.|Xong."},

		{"a list's number", "1. Nga mua đạn.|2. Nga trả tiền."},
		{"a list's letter", "a. Nga mua đạn."},
		{"a chapter's Roman number", "II. Tình hình hiện tại.|Xong."},

		{"a quotation of two sentences", "Ông nói “Đi đi. Đừng về.” rồi im."},
		{"a quotation that ends the sentence", "Ông nói “Đi đi.”|Họ đi."},
		{"a quotation that ends before the full stop", "Ông nói “đi đi”.|Họ đi."},
		{"a question in quotation marks that goes on", "“Vì sao?” ông hỏi.|Không ai đáp."},
		{"straight quotation marks", `Ông nói "Đi đi. Đừng về." rồi im.|Hết.`},
		{"angled quotation marks", "Ông nói «Đi đi. Đừng về.» rồi im.|Hết."},
		{"a quotation inside a quotation", "Ông kể “Họ nói “Đi. Về.” rồi. Thế thôi.” với tôi.|Hết."},
		{"a sentence that begins with a quotation", "Xong.|“Đi đi”, ông nói."},
		{"a mark that isn't closed quotes nothing", "Ông nói “đi đi.|Họ đi.|Họ về."},
		{"an inch mark inside a quotation", "Ông nói “loại 6\" tốt. Rẻ.” rồi im.|Hết."},
		{"a mark that isn't closed before one that is", "Ông nói “đi đi.|Bà đáp “không.”|Họ về."},

		{"lower case goes on", "Ông dừng... rồi đi tiếp.|Xong."},
		{"an ellipsis in the middle", "Ông dừng… rồi đi tiếp.|Xong."},
		{"a comma after an ellipsis", "Gạo… , Ngô và sắn.|Xong."},
		{"an ellipsis at the end", "Ông dừng…|Rồi ông đi."},
		{"three dots at the end", "Ông dừng...|Rồi ông đi."},
		{"dots and a question mark", "Thật sao...?|Không."},
		{"a call and a question", "Thật sao?!|Không."},
		{"a closing bracket", "Họ đi (rất nhanh.)|Họ về."},
		{"a square bracket", "Họ đi [theo KPA.]|Họ về."},
		{"a bracket that begins a sentence", "Họ đi.|(Rất nhanh.)|Họ về."},
		{"a dash that begins a sentence", "Họ đi.|– Họ về."},
		{"a sum that begins a sentence", "They paid.|$5 million was gone."},
		{"a full stop without white space", "tass.ru và yna.co.kr đưa tin."},
		{"an address at the end", "Xem example.com.|Hết."},
		{"a stray space before the full stop", "Mátxcơva và Bình Nhưỡng .|Liên Xô khác."},
		{"letters without case", "끝났다.|북한은 갔다."},
		{"the number of a clause", "2.1. Chi phí là 5 tỷ.|Hai."},
		{"an article's number", "Điều 5. Thời gian đậu thuyền.|Thuyền đi."},
		{"a number at a sentence's end", "Có tất cả 12.|Hai."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := strings.Split(test.want, "|")
			s := strings.Join(want, " ")
			if got := sentences(s); !slices.Equal(got, want) {
				t.Errorf("Sentences(%q)\n got %q\nwant %q", s, got, want)
			}
		})
	}
}

func TestAbbreviationsBeforeNumbersAndYears(t *testing.T) {
	for _, whole := range []string{"It cost approx. 5 pounds.", "Smith et al. (2020) found more.", "Compare cf. (3) there.", "See Eq. 5 for more."} {
		if got := sentences(whole); len(got) != 1 {
			t.Errorf("%q was cut: %q", whole, got)
		}
	}
}

func TestABlankTextHasNoSentence(t *testing.T) {
	for _, s := range []string{"", " \n\t "} {
		if spans := Sentences(s); len(spans) != 0 {
			t.Errorf("Sentences(%q) = %v", s, spans)
		}
	}
}

// Long runs of marks take time in proportion to their length, not its square.
func TestSentencesOfOddLongTexts(t *testing.T) {
	for name, piece := range map[string]string{
		"full stops": ".", "letters with full stops": "a.", "opening quotations": "“", "closing quotations": "”",
		"quotations in each other": "“\"«", "spaces": " ", "stops in quotations": "“.” ", "initials": "A. ",
	} {
		t.Run(name, func(t *testing.T) {
			s := strings.Repeat(piece, 1<<17/len(piece)) + " End"
			started := time.Now()
			Sentences(s)
			if took := time.Since(started); took > 5*time.Second {
				t.Errorf("took %s for 128 KB", took)
			}
		})
	}
}

// FuzzSentences: the spans are in order and inside the text, none is blank at
// an end, and between them stands only white space.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"", "Một. Hai.", "Có 1.500 quân. U.S. Army.", "“Đi. Về.” rồi.", "...?", "\xff. \xff", "“«\"”»\"", "1. A. B", "II. A",
		". . .", "“a. “b” C. D", "끝. 북", "a.\u00a0B", "(A.) B", "No. 5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, span := range Sentences(s) {
			if span.Start < end || span.End <= span.Start || span.End > len(s) {
				t.Fatalf("%+v of %q: the sentence before ends at %d", span, s, end)
			}
			if between := s[end:span.Start]; strings.TrimSpace(between) != "" {
				t.Errorf("%q is left out of %q", between, s)
			}
			if found := s[span.Start:span.End]; strings.TrimFunc(found, unicode.IsSpace) != found {
				t.Errorf("%q of %q has white space at an end", found, s)
			}
			end = span.End
		}
		if rest := s[end:]; strings.TrimSpace(rest) != "" {
			t.Errorf("%q is left out of %q", rest, s)
		}
	})
}

package report

import (
	"fmt"
	"strings"
	"testing"
)

// marked writes each sentence with its notes: "Một. {1 2}".
func marked(p Paragraph) []string {
	var sentences []string
	for _, s := range p.Sentences {
		numbers := strings.Trim(fmt.Sprint(s.Footnotes), "[]")
		sentences = append(sentences, s.Text+" {"+numbers+"}")
	}
	return sentences
}

func TestMarkersBelongToTheSentenceBefore(t *testing.T) {
	tests := []struct {
		name, line string
		want       []string
	}{
		{"after the full stop", "Một. [1] Hai. [2]", []string{"Một. {1}", "Hai. {2}"}},
		{"before the full stop", "Một [1]. Hai [2].", []string{"Một. {1}", "Hai. {2}"}},
		{"without a space", "Một.[1] Hai.[2]", []string{"Một. {1}", "Hai. {2}"}},
		{"without any space", "Một.[1]Hai.[2]", []string{"Một. {1}", "Hai. {2}"}},
		{"two", "Một. [1] [2] Hai.", []string{"Một. {1 2}", "Hai. {}"}},
		{"two without a space", "Một.[1][2] Hai.", []string{"Một. {1 2}", "Hai. {}"}},
		{"two in one bracket", "Một. [1, 2] Hai.", []string{"Một. {1 2}", "Hai. {}"}},
		{"three in one bracket, with a semicolon", "Một. [1,2; 3]", []string{"Một. {1 2 3}"}},
		{"two with a comma between", "Một.[1],[2] Hai.", []string{"Một. {1 2}", "Hai. {}"}},
		{"three with semicolons between", "Một [1]; [2]; [3]. Hai.", []string{"Một. {1 2 3}", "Hai. {}"}},
		{"a page", "Một [1, p. 5]. Hai [2, tr. 6-8].", []string{"Một. {1}", "Hai. {2}"}},
		{"the same one twice", "Một [1] và hai. [1]", []string{"Một và hai. {1}"}},
		{"in the middle of a sentence", "Một [1] và hai [2] rồi ba.", []string{"Một và hai rồi ba. {1 2}"}},
		{"in the middle, two without a space", "Một[1][2] và hai.", []string{"Một và hai. {1 2}"}},
		{"in the middle, before a comma", "Một [1], rồi hai.", []string{"Một, rồi hai. {1}"}},
		{"inside a quotation", "Ông nói “cần gạo.” [1] và “cần ngô.” [2] Hết.", []string{"Ông nói “cần gạo.” và “cần ngô.” {1 2}", "Hết. {}"}},
		{"after a quotation that ends the sentence", "Ông nói “cần gạo.” [1] Hết.", []string{"Ông nói “cần gạo.” {1}", "Hết. {}"}},
		{"a sentence without one borrows none", "Một. Hai. [2] Ba.", []string{"Một. {}", "Hai. {2}", "Ba. {}"}},
		{"the last sentence without a full stop", "Một. Hai [2]", []string{"Một. {}", "Hai {2}"}},
		{"words in brackets are text", "Quân đội [KPA] đi. [1]", []string{"Quân đội [KPA] đi. {1}"}},
		{"a year in brackets is text", "Năm ấy [2024] mất mùa. [1]", []string{"Năm ấy [2024] mất mùa. {1}"}},
		{"a bracket with a year among its numbers is text", "Năm ấy [1, 2024] mất mùa.", []string{"Năm ấy [1, 2024] mất mùa. {}"}},
		{"it ends a sentence after an abbreviation", "Gạo từ U.S. [1] Ngô từ Lào. [2]", []string{"Gạo từ U.S. {1}", "Ngô từ Lào. {2}"}},
		{"and after an initial, two of them", "Theo ông Kim J. [1] [2] Hết.", []string{"Theo ông Kim J. {1 2}", "Hết. {}"}},
		{"but not before a lower-case letter", "Gạo từ U.S. [1] rất nhiều.", []string{"Gạo từ U.S. rất nhiều. {1}"}},
		{"nor inside a quotation", "Ông nói “Gạo. [1] Ngô.” rồi đi.", []string{"Ông nói “Gạo. Ngô.” rồi đi. {1}"}},
		{"an initial without one is no end", "Theo ông J. Kim. [1]", []string{"Theo ông J. Kim. {1}"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, test.line)
			same(t, "sentences", marked(r.Paragraphs[0]), test.want)
		})
	}
}

func TestNoteNumberThatLooksLikeAYear(t *testing.T) {
	r := read(t, "Năm ấy mất mùa. [2024]", "[2024] https://a.com/1")
	same(t, "sentences", marked(r.Paragraphs[0]), []string{"Năm ấy mất mùa. {2024}"})
}

func TestMarkerAtTheStartOfAParagraph(t *testing.T) {
	t.Run("belongs to the sentence above", func(t *testing.T) {
		r := read(t, "Một. Hai.", "[2] Ba. [3]", "Bốn.", "Năm.", "Sáu.")
		same(t, "above", marked(r.Paragraphs[0]), []string{"Một. {}", "Hai. {2}"})
		same(t, "below", marked(r.Paragraphs[1]), []string{"Ba. {3}"})
	})
	t.Run("is no note where others have markers too", func(t *testing.T) {
		r := read(t, "Một. Hai.", "[2] Ba.", "Bốn. [3]")
		same(t, "above", marked(r.Paragraphs[0]), []string{"Một. {}", "Hai. {2}"})
		same(t, "missing", r.Missing, []int{2, 3})
	})
	t.Run("is no note, just above the notes", func(t *testing.T) {
		r := read(t, "Một.", "[2] Ba.", "Bốn.", "[1] https://a.com/1", "[2] https://a.com/2")
		same(t, "paragraphs", paragraphs(r), []string{"Một.", "Ba.", "Bốn."})
		same(t, "above", marked(r.Paragraphs[0]), []string{"Một. {2}"})
		same(t, "uncited", r.Uncited, []int{1})
		same(t, "warnings", r.Warnings, nil)
	})
	t.Run("belongs to the first sentence where none is above", func(t *testing.T) {
		r := read(t, "[2] Ba. Bốn.", strings.Repeat("Năm. ", 100))
		same(t, "sentences", marked(r.Paragraphs[0]), []string{"Ba. {2}", "Bốn. {}"})
	})
	t.Run("alone on its line", func(t *testing.T) {
		r := read(t, "Một. Hai.", "[2] [3]", "Ba. [1]", "Bốn. [1]", "Năm. [1]", "Sáu. [1]", "Bảy. [1]")
		same(t, "above", marked(r.Paragraphs[0]), []string{"Một. {}", "Hai. {2 3}"})
	})
}

func TestSplitLongSentencesKeepTheirNotes(t *testing.T) {
	clause := strings.Repeat("gạo ", 60) // 360 bytes
	long := clause + "; " + clause + "; " + clause + "; " + clause
	for name, sentence := range map[string]string{
		"at semicolons": long,
		"at commas":     strings.ReplaceAll(long, ";", ","),
		"at spaces":     strings.Repeat("gạo ngô ", 300),
		"at letters":    strings.Repeat("ạ", 1500),
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, "Một. [1] A"+strings.TrimSpace(sentence)+". [2] Ba. [3]")
			sentences := r.Paragraphs[0].Sentences
			last := len(sentences) - 1
			if last < 3 {
				t.Fatalf("the long sentence was cut into %d pieces", last-1)
			}
			var together strings.Builder
			for _, s := range sentences[1:last] {
				same(t, "notes of "+s.Text, s.Footnotes, []int{2})
				if len(s.Text) > maxSentence {
					t.Errorf("a piece has %d bytes", len(s.Text))
				}
				together.WriteString(s.Text)
			}
			whole := strings.Join(strings.Fields("A"+sentence+"."), "")
			if got := strings.Join(strings.Fields(together.String()), ""); got != whole {
				t.Errorf("the pieces are not the sentence: %q", got)
			}
			same(t, "before", sentences[0].Footnotes, []int{1})
			same(t, "after", sentences[last].Footnotes, []int{3})
		})
	}
}

package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func exactWords(s string) []string {
	words := []string{}
	for _, word := range Words(s) {
		words = append(words, word.Exact)
	}
	return words
}

func TestWords(t *testing.T) {
	tests := []struct {
		name, s string
		want    []string
	}{
		{"syllables in lower case", "Triều Tiên đã", []string{"triều", "tiên", "đã"}},
		{"NFD gives the same words", "Trie\u0302\u0300u", []string{"triều"}},
		{"a hyphen parts words", "Kim Jong-un", []string{"kim", "jong", "un"}},
		{"a hyphen parts letters from digits", "Su-25", []string{"su", "25"}},
		{"digits part from letters without a hyphen", "122mm", []string{"122", "mm"}},
		{"an apostrophe parts words", "O’Neil", []string{"o", "neil"}},
		{"dots part an abbreviation", "U.S.", []string{"u", "s"}},
		{"a percent sign is no word", "80%", []string{"80"}},
		{"Cyrillic", "КНДР и Россия", []string{"кндр", "и", "россия"}},
		{"Hangul", "북한은 12명", []string{"북한은", "12", "명"}},
		{"an emoji is no word", "🙂 xin 🚀chào", []string{"xin", "chào"}},
		{"invalid UTF-8 is no word", "\xffa\xf0\x9fb\xff", []string{"a", "b"}},
		{"marks that one doesn't see", "Tri\u00adều\u200b Ti\u200de\u200b\u0302n", []string{"triều", "tiên"}},
		{"a footnote sign is no word", "một¹", []string{"một"}},
		{"nothing", "", []string{}},
		{"punctuation only", " – “…” ?!", []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := exactWords(test.s); !slices.Equal(got, test.want) {
				t.Errorf("Words(%q) = %q, want %q", test.s, got, test.want)
			}
		})
	}
}

// The tables and shortcuts for the alphabets that are met most say what Unicode
// says.
func TestEveryLetterIsReadAsUnicodeHasIt(t *testing.T) {
	for r := rune(0); r < 0x2100; r++ {
		s := string(r)
		if isLetter(r) != unicode.IsLetter(r) || lowerCase(s) != strings.ToLower(s) {
			t.Errorf("%U: a letter %v, in lower case %q", r, isLetter(r), lowerCase(s))
		}
		if neverComposes(r) && norm.NFC.String("x"+s+s) != "x"+s+s {
			t.Errorf("%U changes in NFC", r)
		}
		if isFolded(s) && foldSlowly(s) != s {
			t.Errorf("%U folds to %q", r, foldSlowly(s))
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		name, s string
		want    []string
	}{
		{"thousands with a full stop", "12.000", []string{"12000"}},
		{"thousands with a comma", "12,000", []string{"12000"}},
		{"thousands without a mark", "12000", []string{"12000"}},
		{"millions", "1.200.000 và 1,200,000", []string{"1200000", "và", "1200000"}},
		{"a decimal comma", "1,7", []string{"1_7"}},
		{"a decimal point", "1.7", []string{"1_7"}},
		{"three decimals after a zero", "0,125 và 0.125", []string{"0_125", "và", "0_125"}},
		{"thousands and decimals, Vietnamese", "1.500,25", []string{"1500_25"}},
		{"thousands and decimals, English", "1,500.25", []string{"1500_25"}},
		{"three decimals behind thousands", "1,234.567", []string{"1234_567"}},
		{"a date", "5.3.2024", []string{"5", "3", "2024"}},
		{"a date with a short year", "5.3.24", []string{"5", "3", "24"}},
		{"a month and its year", "10.2024", []string{"10", "2024"}},
		{"a date with slashes", "23/10/2024", []string{"23", "10", "2024"}},
		{"an ISO date", "2024-11-01", []string{"2024", "11", "01"}},
		{"a number that goes on after thousands", "1.500.20", []string{"1500", "20"}},
		{"a list without spaces", "1,2,3", []string{"1", "2", "3"}},
		{"a list of thousands without spaces", "12.000,13.000", []string{"12000", "13000"}},
		{"a list with spaces", "1, 2", []string{"1", "2"}},
		{"a full stop behind", "có 1.500.", []string{"có", "1500"}},
		{"a comma behind", "năm 2022, rồi", []string{"năm", "2022", "rồi"}},
		{"a year and what follows without a space", "2023.100", []string{"2023_100"}},
		{"a time", "5:00", []string{"5", "00"}},
		{"a share", "từ 1,7 tỷ đến 5,5 tỷ", []string{"từ", "1_7", "tỷ", "đến", "5_5", "tỷ"}},
		{"digits of other scripts are no number", "٣", []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := exactWords(test.s); !slices.Equal(got, test.want) {
				t.Errorf("Words(%q) = %q, want %q", test.s, got, test.want)
			}
		})
	}
}

func TestAWordSaysWhereItStandsAndWhatItIs(t *testing.T) {
	s := "Hoà ước 1.500 – đ"
	want := []Word{
		{Exact: "hòa", Folded: "hoa", Start: 0, End: 4, Capital: true},
		{Exact: "ước", Folded: "uoc", Start: 5, End: 11},
		{Exact: "1500", Folded: "1500", Start: 12, End: 17, Number: true},
		{Exact: "đ", Folded: "d", Start: 22, End: 24},
	}
	if got := Words(s); !slices.Equal(got, want) {
		t.Errorf("Words(%q)\n got %+v\nwant %+v", s, got, want)
	}
}

func TestPairs(t *testing.T) {
	tests := []struct {
		name, s string
		want    []string
	}{
		{"neighbours", "Triều Tiên gửi", []string{"trieu_tien", "tien_gui"}},
		{"a hyphen leaves neighbours", "Jong-un", []string{"jong_un"}},
		{"a hyphen that doesn't break lines too", "Jong\u2011un", []string{"jong_un"}},
		{"so do any white space and a number's unit", "một\u00a0hai\r\n122mm", []string{"mot_hai", "hai_122", "122_mm"}},
		{"a comma parts", "Nga, Ukraine", nil},
		{"a full stop parts", "Nga. Ukraine", nil},
		{"a quotation mark parts", "Nga “Ukraine”", nil},
		{"one word has no neighbour", "Nga", nil},
		{"nothing", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Pairs(test.s, Words(test.s)); !slices.Equal(got, test.want) {
				t.Errorf("Pairs(%q) = %q, want %q", test.s, got, test.want)
			}
		})
	}
}

// FuzzWords: every word stands inside the text, after the one before, and has
// forms that an index can hold as one token.
func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"", "Triều Tiên", "12.000", "1.500.20", "0,125", "5.3.2024", "80%", "Su-25", "Kim Jong-un", "북한", "КНДР",
		"🙂", "\xff\xfe", "a\xff", "1.", "1,", ".5", "1.2.3.4.5", "o\u0301\u0323", "İ", "ǅ", "quý hoà",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := Words(s)
		end := 0
		for _, word := range words {
			if word.Start < end || word.End <= word.Start || word.End > len(s) {
				t.Fatalf("%+v of %q: the word before ends at %d", word, s, end)
			}
			end = word.End
			if word.Exact == "" || strings.ContainsAny(word.Exact, " \t\n\"") || !utf8.ValidString(word.Exact) {
				t.Errorf("%+v of %q is no token", word, s)
			}
			if !word.Number && strings.ContainsRune(word.Exact, '_') {
				t.Errorf("%+v of %q: only a number has a decimal mark", word, s)
			}
			if printed := s[word.Start:word.End]; word.Number && strings.Trim(printed, "0123456789.,") != "" {
				t.Errorf("%q of %q is no number", printed, s)
			}
		}
		if pairs := Pairs(s, words); len(pairs) > 0 && len(pairs) >= len(words) {
			t.Errorf("%d pairs of %d words in %q", len(pairs), len(words), s)
		}
	})
}

package text

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, s, want string }{
		{"nothing", "", ""},
		{"white space only", " \t\r\n\u00a0", ""},
		{"runs of white space become one space", "  Một \t\r\n hai\u00a0 ba ", "Một hai ba"},
		{"NFD becomes NFC", "Trie\u0302\u0300u Tie\u0302n", "Triều Tiên"},
		{"zero-width marks go", "\ufeffHà\u200b Nội\u2060", "Hà Nội"},
		{"a soft hyphen goes", "Bình Nhưỡ\u00adng", "Bình Nhưỡng"},
		{"NUL and other controls go", "a\x00b\x07c", "abc"},
		{"a mark finds its letter behind what goes", "e\u200b\u0301", "é"},
		{"a joiner inside an emoji stays", "👩\u200d🚒", "👩\u200d🚒"},
		{"invalid UTF-8 is shown as such", "a\xffb", "a\ufffdb"},
		{"a dropped sign between spaces leaves one", "a \u200b b", "a b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Clean(test.s); got != test.want {
				t.Errorf("Clean(%+q) = %+q, want %+q", test.s, got, test.want)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "  Một \t hai", "e\u200b\u0301", "a\x00\xff \u00a0", "👩\u200d🚒", "\u1100\u200b\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := Clean(s)
		if again := Clean(clean); again != clean {
			t.Errorf("cleaned once %+q, twice %+q", clean, again)
		}
		if !norm.NFC.IsNormalString(clean) {
			t.Errorf("%+q is not in NFC", clean)
		}
	})
}

func TestFold(t *testing.T) {
	tests := []struct{ name, s, want string }{
		{"tone and quality marks", "Triều Tiên", "trieu tien"},
		{"every vowel", "ăằắẳẵặâầấẩẫậêềếểễệôồốổỗộơờớởỡợưừứửữự", "aaaaaaaaaaaaeeeeeeoooooooooooouuuuuu"},
		{"đ and Đ", "Đà Nẵng, đường", "da nang, duong"},
		{"NFD input", "Trie\u0302\u0300u Tie\u0302n", "trieu tien"},
		{"marks in an unusual order", "o\u0323\u0302", "o"},
		{"other Latin letters", "Café Ångström", "cafe angstrom"},
		{"Hangul stays composed", "김정은", "김정은"},
		{"Hangul in parts is composed", "\u1100\u1175\u11b7", "김"},
		{"Hangul of other parts is composed too", "\u1112\u1161\u11ab", "한"},
		{"Cyrillic in lower case", "Москва", "москва"},
		{"an emoji and punctuation stay", "“Xin chào…” 🙂", "“xin chao…” 🙂"},
		{"letters with a compatible sign", "\u212bngstr\u00f6m \u2167", "angstrom \u2177"},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Fold(test.s); got != test.want {
				t.Errorf("Fold(%+q) = %+q, want %+q", test.s, got, test.want)
			}
		})
	}
}

// FuzzFold holds the quick way of folding to the slow one, and folding twice to
// folding once.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Triều Tiên", "Đ", "김정은", "\u1100\u1175\u11b7", "Й", "a\u0323\u0302", "\u2126", "\xff", "🙂"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = Clean(s)
		if indic(s) {
			t.Skip("parts of a vowel that compose are left apart: no text of ours")
		}
		folded := Fold(s)
		if slow := foldSlowly(s); folded != slow {
			t.Errorf("Fold(%+q) = %+q, the slow way %+q", s, folded, slow)
		}
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%+q) = %+q, again %+q", s, folded, again)
		}
	})
}

// indic reports whether s has a spacing mark, as scripts of India have.
func indic(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Mc, r) {
			return true
		}
	}
	return false
}

func TestHasDiacritics(t *testing.T) {
	for s, want := range map[string]bool{
		"Triều Tiên":          true,
		"đ":                   true,
		"Trie\u0302u":         true,
		"trieu tien":          false,
		"":                    false,
		"12.000 🙂 – “quoted”": false,
		"북한":                  false,
		"Москва":              false,
	} {
		if got := HasDiacritics(s); got != want {
			t.Errorf("HasDiacritics(%q) = %v", s, got)
		}
	}
}

func TestToneMarksAreOfOneStyle(t *testing.T) {
	tests := []struct{ name, one, other string }{
		{"hoà", "hoà", "hòa"},
		{"thuỷ", "thuỷ", "thủy"},
		{"khoẻ", "khoẻ", "khỏe"},
		{"hoá", "hoá", "hóa"},
		{"huỷ", "huỷ", "hủy"},
		{"luỹ", "luỹ", "lũy"},
		{"tuỵ", "tuỵ", "tụy"},
		{"in capitals", "HOÀ", "HÒA"},
		{"in NFD", "hoa\u0300", "ho\u0300a"},
		{"without a consonant", "uỷ", "ủy"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			one, other := Words(test.one)[0], Words(test.other)[0]
			if one.Exact != other.Exact || one.Folded != other.Folded {
				t.Errorf("%q and %q are two words: %+v, %+v", test.one, test.other, one, other)
			}
		})
	}
	for _, s := range []string{"quý", "quỳ", "quỷ", "quỹ", "quỵ", "hoàng", "khoản", "à", "đ"} {
		if got := Words(s)[0].Exact; got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

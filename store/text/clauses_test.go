package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClauses(t *testing.T) {
	tests := []struct {
		name, s string
		limit   int
		want    []string
	}{
		{"a text within the limit stays whole", "một, hai; ba", 40, []string{"một, hai; ba"}},
		{"a text of just the limit stays whole", "abcde", 5, []string{"abcde"}},
		{"a semicolon before a comma", "aaaaa; bb, cc dd", 12, []string{"aaaaa;", "bb, cc dd"}},
		{"a comma before a space", "aaaaa, bb cc dd", 12, []string{"aaaaa,", "bb cc dd"}},
		{"a space before a letter", "aaaa bbbb cccc", 12, []string{"aaaa bbbb", "cccc"}},
		{"a mark too near the start doesn't count", "a; bbbbbbb cccc", 12, []string{"a; bbbbbbb", "cccc"}},
		{"between letters where nothing else is", "abcdefgh", 5, []string{"abcde", "fgh"}},
		{"never inside a letter", "đđđđ", 5, []string{"đđ", "đđ"}},
		{"white space at the ends goes", "   aaaa bbbb  ", 5, []string{"aaaa", "bbbb"}},
		{"nothing", "", 5, nil},
		{"blank", strings.Repeat(" ", 20), 5, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Clauses(test.s, test.limit); !slices.Equal(got, test.want) {
				t.Errorf("Clauses(%q, %d) = %q, want %q", test.s, test.limit, got, test.want)
			}
		})
	}
}

// FuzzClauses: no piece is blank or too long, and together they are the text.
func FuzzClauses(f *testing.F) {
	f.Add("một, hai; ba bốn", 8)
	f.Add("đđđđđđđđ", 5)
	f.Add("\x80\x80\x80\x80\x80\x80", 4)
	f.Add("        a", 4)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if limit < utf8.UTFMax || limit > 2000 {
			t.Skip("a limit that holds no letter, or any text")
		}
		pieces := Clauses(s, limit)
		for _, piece := range pieces {
			if len(piece) > limit || strings.TrimSpace(piece) != piece || piece == "" {
				t.Errorf("%q of %q, limit %d", piece, s, limit)
			}
			if utf8.ValidString(s) && !utf8.ValidString(piece) {
				t.Errorf("%q of %q is cut inside a letter", piece, s)
			}
		}
		together := strings.Join(strings.Fields(strings.Join(pieces, "")), "")
		if whole := strings.Join(strings.Fields(s), ""); together != whole {
			t.Errorf("together %q, not %q", together, whole)
		}
	})
}

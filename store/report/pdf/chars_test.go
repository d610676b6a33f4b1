package pdf

import (
	"testing"
	"time"
)

// The font is asked anew wherever it may change: for all else the answer is that of
// the character before.
func TestSameFont(t *testing.T) {
	at := func(s string, left, bottom, height float64) char {
		return char{text: s, left: left, right: left + 5, bottom: bottom, top: bottom + height, base: 100, size: 10}
	}
	for _, test := range []struct {
		name        string
		before, now char
		want        bool
	}{
		{"the next letter of a word", at("a", 0, 100, 5), at("b", 5, 100, 7), true},
		{"one that goes below the line", at("a", 0, 100, 5), at("p", 5, 98, 7), true},
		{"one with a dot below", at("a", 0, 100, 5), at("ạ", 5, 97.5, 7), true},
		{"the next figure", at("1", 0, 100, 7), at("2", 5, 100, 7), true},
		{"after a space", at(" ", 0, 0, 0), at("b", 5, 100, 7), false},
		{"after a gap", at("a", 0, 100, 5), at("b", 8, 100, 7), false},
		{"a figure after a letter", at("a", 0, 100, 5), at("1", 5, 100, 7), false},
		{"a raised figure after a figure", at("1", 0, 100, 7), at("2", 5, 104, 5), false},
		{"a raised letter", at("n", 0, 100, 5), at("o", 5, 103, 3.6), false},
		{"a lowered letter", at("v", 0, 100, 5), at("i", 5, 98.5, 5), false},
		{"a sign after a letter", at("a", 0, 100, 5), at(",", 5, 99, 2), false},
		{"text after an initial", char{text: "T", right: 5, bottom: 100, top: 121, base: 100, size: 30}, at("h", 5, 100, 7), false},
		{"turned text", at("a", 0, 100, 5), char{text: "b", left: 5, right: 10, bottom: 100, top: 107, angle: 1}, false},
	} {
		if got := sameFont(test.before, test.now); got != test.want {
			t.Errorf("%s: the same font: %v", test.name, got)
		}
	}
}

// In a law nearly every article has a line that begins with 1: each looking for
// markers in all the text above it would take minutes.
func TestManyLinesStartingWithOne(t *testing.T) {
	l := &layout{leading: 1.2}
	for i := range 3000 {
		words := []word{{text: "1.", size: 11}, {text: "Owners", size: 11}, {text: "pay.", size: 11}}
		l.lines = append(l.lines, line{words: words, at: i, size: 11, base: 700})
	}
	l.lines[0].words[1].text = "Owners[7]"
	start := time.Now()
	if notes := l.takeEndnotes(); len(notes) > 0 || time.Since(start) > 10*time.Second {
		t.Errorf("%d notes in %v", len(notes), time.Since(start))
	}
}

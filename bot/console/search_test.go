package console

import (
	"errors"
	"strings"
	"testing"
)

func TestASearchIsPrintedByRank(t *testing.T) {
	for _, test := range []struct {
		name  string
		found searchJSON
		want  string
	}{
		{"nothing", Search("q", nil, 0), "nothing found\n"},
		{"two passages", Search("q", hits, 0),
			"1. [9.12] paragraph 17, Hiện trạng\n   Cây cầu dài 120 mét. Nó bắc qua <sông> & \"kênh\". [12] [13]\n\n" +
				"2. [0.50] paragraph 1\n   Một câu.\n\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			if err := WriteSearch(&b, test.found); err != nil || b.String() != test.want {
				t.Errorf("printed\n%s(%v)\nwant\n%s", b.String(), err, test.want)
			}
		})
	}
	broken := errors.New("broken")
	if err := WriteSearch(failing{broken}, Search("q", hits, 0)); !errors.Is(err, broken) {
		t.Errorf("an output that can't be written: %v", err)
	}
}

package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// What stands at the edges of pages and columns.
func TestDropEdges(t *testing.T) {
	for _, test := range []struct {
		name   string
		sheets func() []*sheet
		want   string
	}{
		{"a running head with the page's number and a section of its own", func() []*sheet {
			var sheets []*sheet
			for i, section := range []string{"Boats and owners", "Bridges", "Ferries of the islands", "Fees"} {
				s := &sheet{}
				s.print(72, 800, 10, fmt.Sprintf("1.%d %s", i+1, section)).print(500, 800, 10, fmt.Sprint(i+11))
				s.lines(72, 760, 11, "The owners of "+strings.ToLower(section)+" pay what the office asks of them.")
				sheets = append(sheets, s)
			}
			return sheets
		}, "The owners of boats and owners pay what the office asks of them.\nThe owners of bridges pay what the office asks of them.\nThe owners of ferries of the islands pay what the office asks of them.\nThe owners of fees pay what the office asks of them.\n"},
		{"a heading below two columns is that of what follows", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 10, "The first column begins with a line that", "is about as wide as the column and goes", "on for some lines, so that it is text", "which goes on in the column beside it and")
			s.lines(310, 740, 10, "ends there, where its last sentence says", "which must not be mixed with the first", "one, although both have their lines at", "the same heights.")
			s.bold(72, 660, 14, "Plans")
			s.lines(72, 640, 10, "Next year the office plans a line of text that is wider than a column, and is no part of one.")
			return []*sheet{s}
		}, "The first column begins with a line that is about as wide as the column and goes on for some lines, so that it is text which goes on in the column beside it and " +
			"ends there, where its last sentence says which must not be mixed with the first one, although both have their lines at the same heights.\n# Plans\n" +
			"Next year the office plans a line of text that is wider than a column, and is no part of one.\n"},
		{"a figure that is raised far, in the size of the text", func() []*sheet {
			s := &sheet{}
			s.print(72, 740, 11, "The lake of the province has a surface of 35 km").print(308, 745.5, 11, "2").print(314.5, 740, 11, ", and the office of the bridges says that")
			s.print(72, 722, 11, "it grows.")
			return []*sheet{s}
		}, "The lake of the province has a surface of 35 km², and the office of the bridges says that it grows.\n"},
		{"a note far below a table goes on with no cell of it", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 11, "Ships were counted by the office of the bridges in the year")
			s.lines(72, 100, 11, "and nobody knows how many there are.")
			return []*sheet{s}
		}, "Ships were counted by the office of the bridges in the year\nand nobody knows how many there are.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := show(mustRead(t, file("", "", test.sheets()...))); got != test.want {
				t.Errorf("read\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// show writes a document as the tests expect it: a line each, headings with #,
// notes with their number.
func show(d *Document) string {
	var b strings.Builder
	for _, l := range d.Lines {
		if l.Kind == Heading {
			b.WriteString("# ")
		}
		b.WriteString(l.Text + "\n")
	}
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "[%d] %s\n", n.N, n.Text)
	}
	return b.String()
}

// sharedLibrary reads the tests' files: it takes longer to start than to read one.
var sharedLibrary = sync.OnceValues(func() (*library, error) {
	return openLibrary(context.Background(), usableCache(currentProcess().CacheDirs))
})

func readShared(t *testing.T, data []byte) (*Document, error) {
	t.Helper()
	l, err := sharedLibrary()
	if err != nil {
		t.Fatal(err)
	}
	return l.readDocument(t.Context(), data)
}

func mustRead(t *testing.T, data []byte) *Document {
	t.Helper()
	d, err := readShared(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// paragraph is lines of even length with a short last one.
var paragraphLines = []string{
	"The old bridge over the river was closed for repairs after the flood,",
	"and boats carried people across until the new deck was laid in spring",
	"of the next year.",
}

const paragraphText = "The old bridge over the river was closed for repairs after the flood, " +
	"and boats carried people across until the new deck was laid in spring of the next year."

func TestPages(t *testing.T) {
	for _, test := range []struct {
		name   string
		sheets func() []*sheet
		want   string
	}{
		{"the lines of a paragraph are one, under a heading", func() []*sheet {
			s := &sheet{}
			s.print(72, 770, 18, "The bridge")
			s.lines(72, 740, 11, paragraphLines...)
			return []*sheet{s}
		}, "# The bridge\n" + paragraphText + "\n"},
		{"items that end in a semicolon and begin alike are no paragraph, nor are articles with headings of two lines", func() []*sheet {
			s := &sheet{}
			y := s.lines(72, 740, 11,
				"By the law on the bridges and ferries of the province, of 12 May 2020;",
				"By the order of the bridge office on the boats that cross the river;",
				"Article 4. Inspection of boats and penalties for the owners who do not",
				"keep them as the law on bridges and ferries demands")
			s.lines(72, y, 11, append([]string{"1. Owners keep their boats as the office demands, in every season of the"}, "year.")...)
			return []*sheet{s}
		}, "By the law on the bridges and ferries of the province, of 12 May 2020;\nBy the order of the bridge office on the boats that cross the river;\nArticle 4. Inspection of boats and penalties for the owners who do not keep them as the law on bridges and ferries demands\n1. Owners keep their boats as the office demands, in every season of the year.\n"},
		{"a hyphen at a line's end is dropped where the word is written without it elsewhere", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 11,
				"The inspectors counted all of the boats that were tied to the moor-",
				"ings, and the ferry's moorings were counted twice by the inspect-",
				"ors of the well-known office.")
			return []*sheet{s}
		}, "The inspectors counted all of the boats that were tied to the moorings, and the ferry's moorings were counted twice by the inspectors of the well-known office.\n"},
		{"a paragraph goes on over the page; running heads and page numbers are dropped", func() []*sheet {
			var sheets []*sheet
			for i, lines := range [][]string{
				{"The old bridge over the river was closed for repairs after the great flood,", "which had carried away the middle of it in one night of rain, and the boats"},
				{"took people across the river until the new deck was laid in the spring of", "the next year. The boats were then sold to a company of the north that ran"},
				{"its own ferry between the islands, and which kept them for another ten or", "twelve years. Nothing else is known of them today."},
			} {
				s := &sheet{}
				s.print(72, 810, 9, "Annual report of the bridge office").print(290, 30, 9, fmt.Sprint(i+1))
				s.lines(72, 760, 11, lines...)
				sheets = append(sheets, s)
			}
			return sheets
		}, "The old bridge over the river was closed for repairs after the great flood, which had carried away the middle of it in one night of rain, and the boats " +
			"took people across the river until the new deck was laid in the spring of the next year. The boats were then sold to a company of the north that ran " +
			"its own ferry between the islands, and which kept them for another ten or twelve years. Nothing else is known of them today.\n"},
		{"two columns are read one after the other, under what spans them", func() []*sheet {
			s := &sheet{}
			s.print(72, 790, 18, "A title over both of the columns of this page")
			s.lines(72, 740, 10, "The first column begins with a line that", "is about as wide as the column and goes", "on for some lines, so that it is text", "and no table at all.")
			s.lines(310, 740, 10, "The second column has its own sentence", "which must not be mixed with the first", "one, although both have their lines at", "the same heights.")
			return []*sheet{s}
		}, "# A title over both of the columns of this page\n" +
			"The first column begins with a line that is about as wide as the column and goes on for some lines, so that it is text and no table at all.\n" +
			"The second column has its own sentence which must not be mixed with the first one, although both have their lines at the same heights.\n"},
		{"a row of a table is a line", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 11, "The lots of the last year and who won them are these:")
			for i, row := range [][3]string{{"Lot", "Winner", "Ships"}, {"North", "Dai Phong", "6"}, {"South", "Hoa Ban", "12"}} {
				y := 700 - 16*float64(i)
				s.print(72, y, 11, row[0]).print(220, y, 11, row[1]).print(400, y, 11, row[2])
			}
			return []*sheet{s}
		}, "The lots of the last year and who won them are these:\nLot | Winner | Ships\nNorth | Dai Phong | 6\nSouth | Hoa Ban | 12\n"},
		{"a stamp across the page is no text", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 11, paragraphLines...)
			s.askew(150, 300, 60, "DRAFT COPY")
			return []*sheet{s}
		}, paragraphText + "\n"},
		{"a raised number with a note at the foot is its marker; an address under words is kept", func() []*sheet {
			s := &sheet{}
			s.lines(72, 740, 11, "The bridge is 1240 metres long.")
			s.print(232.5, 744, 7, "1").print(240, 740, 11, "Its deck has four lanes.")
			s.print(360.5, 744, 7, "2")
			s.print(72, 90, 5.5, "1").print(78, 87, 8.5, "Road office, yearbook").link(78, 85, 90, 10, "https://road.example.org/yearbook")
			s.print(72, 78, 5.5, "2").print(78, 75, 8.5, "https://lanes.example.org/deck")
			return []*sheet{s}
		}, "The bridge is 1240 metres long.[1] Its deck has four lanes.[2]\n" +
			"[1] Road office, yearbook ; https://road.example.org/yearbook ;\n[2] https://lanes.example.org/deck\n"},
		{"a raised number without a note stays raised and joins no figure", func() []*sheet {
			s := &sheet{}
			s.print(72, 740, 11, "The loan is 12.000").print(166.2, 744, 7, "1").print(172, 740, 11, "dong, and the lake has 35 km").print(318.5, 744, 7, "2")
			return []*sheet{s}
		}, "The loan is 12.000¹ dong, and the lake has 35 km²\n"},
		{"numbers of notes that begin anew on each page are kept apart", func() []*sheet {
			var sheets []*sheet
			for _, what := range []string{"north", "south"} {
				s := &sheet{}
				s.print(72, 740, 11, "The "+what+" tower was painted.").print(220, 744, 7, "1")
				s.print(72, 90, 5.5, "1").print(78, 87, 8.5, "https://example.org/"+what)
				sheets = append(sheets, s)
			}
			return sheets
		}, "The north tower was painted.[1]\nThe south tower was painted.[2]\n[1] https://example.org/north\n[2] https://example.org/south\n"},
		{"notes in a list at the end", func() []*sheet {
			s := &sheet{}
			s.print(72, 740, 11, "The north tower was painted.").print(220, 744, 7, "1")
			s.print(72, 720, 11, "The south tower was not.").print(196, 724, 7, "2")
			s.bold(72, 600, 14, "Notes")
			s.lines(72, 580, 11, "1. https://example.org/north", "2. https://example.org/south")
			return []*sheet{s}
		}, "The north tower was painted.[1]\nThe south tower was not.[2]\n# Notes\n[1] https://example.org/north\n[2] https://example.org/south\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := show(mustRead(t, file("", "", test.sheets()...)))
			if got != test.want {
				t.Errorf("read\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestRefusedFiles(t *testing.T) {
	empty := file("", "", &sheet{})
	encrypted := file("", "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")>>/ID[(a)(b)]", &sheet{})
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"no text", empty, ErrPictures},
		{"a password", encrypted, ErrEncrypted},
		{"cut off", empty[:60], ErrDamaged},
		{"nothing", nil, ErrDamaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readShared(t, test.data); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

func TestReadEndsWithItsContext(t *testing.T) {
	s := &sheet{}
	s.lines(72, 740, 11, paragraphLines...)
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if _, err := Read(ctx, file("", "", s)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestMetadata(t *testing.T) {
	s := &sheet{}
	s.print(72, 770, 18, "The bridge of the north")
	s.lines(72, 740, 11, paragraphLines...)
	for _, test := range []struct{ info, title, created, authors string }{
		{"/Title(The bridge of the north)/Author(Ann Lee; Bo Berg)/CreationDate(D:20240302101112)", "The bridge of the north", "2024-03-02", "Ann Lee, Bo Berg"},
		{"/Title(report-final.docx)/Author(user)", "", "", ""},
		{"/Title(Something else altogether)", "", "", ""}, // the page has a title of its own
	} {
		d := mustRead(t, file(test.info, "", s))
		if d.Title != test.title || d.Created != test.created || strings.Join(d.Authors, ", ") != test.authors {
			t.Errorf("%s: title %q, created %q, authors %q", test.info, d.Title, d.Created, d.Authors)
		}
	}
}

// The heading of an article may be of two lines without being print for a heading:
// whether it is one is told by the words.
func TestArticleHeadingOverTwoLines(t *testing.T) {
	s := &sheet{}
	s.lines(72, 740, 11, append([]string{
		"Article 4. Inspection of boats and penalties for the owners who do not",
		"keep them as the law on bridges and ferries demands",
	}, paragraphLines...)...)
	d := mustRead(t, file("", "", s))
	if l := d.Lines[0]; l.Kind != Unknown || !strings.HasPrefix(l.Text, "Article 4") {
		t.Errorf("%q is of kind %d", l.Text, l.Kind)
	}
}

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// reading shows how a report is read: what the formats must agree on.
func reading(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\ndate: %s\nauthors: %s\n", r.Title, r.Date, strings.Join(r.Authors, ", "))
	section := ""
	for _, p := range r.Passages() {
		if p.Paragraph.Section != section {
			section = p.Paragraph.Section
			fmt.Fprintf(&b, "\n# %s\n", section)
		}
		fmt.Fprintf(&b, "\n%d [%s %d]\n", p.Paragraph.N, p.Paragraph.Entry, p.Paragraph.Year)
		for _, s := range p.Sentences {
			fmt.Fprintf(&b, "%s %v\n", s.Text, s.Footnotes)
		}
	}
	b.WriteByte('\n')
	for _, f := range r.Footnotes {
		fmt.Fprintf(&b, "[%d] %s\n", f.N, f.Raw)
		for _, l := range f.Links {
			fmt.Fprintf(&b, "    %s\n", l.URL)
		}
		for _, d := range f.Damaged {
			fmt.Fprintf(&b, "    damaged: %s\n", d)
		}
	}
	return b.String()
}

func readFile(name string) (*Report, error) {
	data, err := os.ReadFile(filepath.Join("testdata", "formats", name))
	if err != nil {
		return nil, err
	}
	return Read(name, data)
}

// readBridgePDF reads that file once for all tests: to start the library takes long.
var readBridgePDF = sync.OnceValues(func() (*Report, error) { return readFile("bridge.pdf") })

// readFormat reads the report about a bridge in one of the formats.
func readFormat(t *testing.T, name string) *Report {
	t.Helper()
	read := readBridgePDF
	if name != "bridge.pdf" {
		read = func() (*Report, error) { return readFile(name) }
	}
	r, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// One report in every format is read alike.
func TestFormatsAgree(t *testing.T) {
	golden := filepath.Join("testdata", "formats", "bridge.golden")
	for _, name := range []string{"bridge.txt", "bridge.md", "bridge.html", "bridge.docx", "bridge.odt", "bridge.epub", "bridge.pdf", "bridge.chromium.pdf"} {
		t.Run(name, func(t *testing.T) {
			r := readFormat(t, name)
			got := reading(r)
			if *update && name == "bridge.txt" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("read as\n%s\nbut the text as\n%s", got, want)
			}
		})
	}
}

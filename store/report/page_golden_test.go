package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPageGolden holds how whole pages are read: of newspapers, blogs, a wiki,
// offices and a manual.
func TestPageGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(pages) != 8 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".html"), func(t *testing.T) {
			data, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Read(page, data)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			fmt.Fprintf(&b, "title %s\ndate %s\nauthors %s\n", r.Title, r.Date, strings.Join(r.Authors, ", "))
			for _, warning := range r.Warnings {
				fmt.Fprintf(&b, "warning %s\n", warning)
			}
			golden(t, strings.TrimSuffix(page, ".html")+".golden", b.String()+"\n"+wholeReading(r)+"\n")
		})
	}
}

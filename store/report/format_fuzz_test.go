package report

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// whole fails unless what was read can be shown and cited.
func whole(t *testing.T, r *Report, err error) {
	t.Helper()
	if err != nil {
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("no one line: %v", err)
		}
		return
	}
	if len(r.Paragraphs) == 0 {
		t.Error("neither text nor an error")
	}
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			checkSentence(t, r, s)
		}
	}
	for i, f := range r.Footnotes {
		if f.N < 0 || i > 0 && r.Footnotes[i-1].N >= f.N {
			t.Errorf("note [%d] is in a wrong place", f.N)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		bridgesMarkdown, compared, "[^1]: a\n[^1]", "[1](https://a.com) [1](https://b.com)", "a[^b]\n\n[^b]: [x](https://a.com)\n\n    b[^b]\n",
		"|a|\n|-|\n|[^1]|\n", "<div>[^1]</div>\n\n[^1]: <b>\n", "# [^1]\n[^1]:", "> - 1. a\n> b", "[0](https://a.com)[00001](https://a.com)",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read("a.md", data)
		whole(t, r, err)
	})
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		bridgesHTML, "<p>a<a href=#x>1</a><li id=x>b<li id=x>c", "<a href=#a>1</a><div id=a><a href=#b>2</a><p id=b>x</p></div>", "<a href=#>0</a><p id>",
		"<table><td><p id=x>a<td><a href=#x>9999</a>", "<meta charset=utf-16><p>a", "<br><td>|", "<svg><p>a<title>b", "\xff\xfe<\x00p\x00>\x00a\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read("a.html", data)
		whole(t, r, err)
	})
}

// FuzzDOCX takes the XML of the text and of the notes: what is wrong with an
// archive is the library's to find, and in the corpus of FuzzArchive.
func FuzzDOCX(f *testing.F) {
	archive, err := zip.NewReader(bytes.NewReader(bridgesDOCX(f)), int64(len(bridgesDOCX(f))))
	if err != nil {
		f.Fatal(err)
	}
	part := func(name string) string {
		file, err := archive.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		defer file.Close()
		var out bytes.Buffer
		if _, err := out.ReadFrom(file); err != nil {
			f.Fatal(err)
		}
		return out.String()
	}
	f.Add(part("word/document.xml"), part("word/footnotes.xml"))
	f.Add(wordText(`<w:tbl><w:tr><w:tc><w:p>`+run("a")+`<w:p>`+run("b")+`</w:p></w:p></w:tc></w:tr></w:tbl>`), "")
	f.Add(wordText(`</w:p>`), `<w:footnotes>`)
	f.Add(wordText(styled("", run("\ue000footnote:1\ue001"), footnote("1"), footnote("x"))), wordNotes("footnote", [2]string{"1", footnote("1")}))
	f.Add(wordText(`<w:p><w:hyperlink/><w:r><w:br/></w:r></w:hyperlink></w:p>`), "")
	f.Fuzz(func(t *testing.T, text, notes string) {
		r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": text, "word/footnotes.xml": notes}))
		whole(t, r, err)
		if err == nil && strings.ContainsFunc(spelled(r), reserved) {
			t.Errorf("a marker is left in %q", spelled(r))
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(bridgesDOCX(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read("a.docx", data)
		whole(t, r, err)
	})
}

package report

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// most is what reading a file that is no report may allocate over all, little
// of it at once, and how long it may take, beside a few times the file's own
// size. Under the race detector pools keep nothing, so that it is much.
const (
	most      = 512 << 20
	mostTimes = 12
	longest   = 20 * time.Second
)

// mustRefuse fails unless a file is refused in one line that has the words.
func mustRefuse(t *testing.T, name string, data []byte, words ...string) {
	t.Helper()
	r, err := within(t, name, data)
	if err == nil {
		t.Fatalf("%s was read: %d paragraphs", name, len(r.Paragraphs))
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%s: want %q in %q", name, word, err)
		}
	}
	if strings.Contains(err.Error(), "\n") || len(err.Error()) > 200 {
		t.Errorf("%s: not one short line: %q", name, err)
	}
}

// within reads a file and fails if that takes too much memory or time.
func within(t *testing.T, name string, data []byte) (*Report, error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	r, err := Read(name, data)
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	if used := int(after.TotalAlloc - before.TotalAlloc); err != nil && used > most+mostTimes*len(data) {
		t.Errorf("%s of %d bytes: %d MB were allocated", name, len(data), used>>20)
	}
	if took > longest {
		t.Errorf("%s of %d bytes took %v", name, len(data), took)
	}
	return r, err
}

// archive returns a zip file of one part that is written by fill.
func archive(t *testing.T, change func(*zip.FileHeader), fill func(io.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	header := &zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate}
	if change != nil {
		change(header)
	}
	part, err := w.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	fill(part)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func repeat(piece string, times int) func(io.Writer) {
	return func(w io.Writer) {
		block := []byte(strings.Repeat(piece, 1000))
		for range times / 1000 {
			_, _ = w.Write(block) // into memory
		}
	}
}

func TestFilesThatAreNotReports(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512)
	word := string(bridgesDOCX(t))
	macros := string(wordFile(t, map[string]string{"word/document.xml": wordText(), "word/vbaProject.bin": "x"}))
	encrypted := []byte(word)
	if at := bytes.Index(encrypted, []byte("PK\x01\x02")); at > 0 {
		encrypted[at+8] |= 1
	}
	for _, test := range []struct{ name, data, says string }{
		{"a.docx", ole + string(utf16Encrypted), "encrypted"},
		{"a.docx", string(encrypted), "encrypted"},
		{"a.doc", ole, "Office 97-2003 (.doc, .xls, .ppt): save it as .docx"},
		{"a.docx", ole, "Office 97-2003"},
		{"a.docm", word, "macros"},
		{"a.docx", macros, "macros"},
		{"a.pdf", bridgesText, "no PDF"},
		{"a.epub", bridgesText, "no EPUB"},
		{"a.txt", "%PDF-1.7\n", "PDF"},
		{"a.rtf", `{\rtf1 x}`, "RTF: save it as .docx"},
		{"a.xlsx", string(wordFile(t, map[string]string{"xl/workbook.xml": "<x/>"})), "Excel: save it as PDF or .docx"},
		{"a.pptx", string(wordFile(t, map[string]string{"ppt/presentation.xml": "<x/>"})), "PowerPoint"},
		{"a.ods", string(wordFile(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})), ".ods"},
		{"a.odt", string(wordFile(t, map[string]string{"mimetype": odtType, "content.xml": "<x/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"})), "encrypted"},
		{"a.odt", string(wordFile(t, map[string]string{"mimetype": odtType})), "damaged"},
		{"a.epub", string(wordFile(t, map[string]string{"mimetype": "application/epub+zip"})), "damaged"},
		{"a.epub", string(wordFile(t, map[string]string{"mimetype": "application/epub+zip",
			"META-INF/encryption.xml": `<e><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherReference URI="a.xhtml"/></e>`})), "encrypted"},
		{"a.mobi", strings.Repeat("\x00", 60) + "BOOKMOBI", "Kindle (.mobi, .azw): convert it to .epub"},
		{"a.djvu", "AT&TFORM\x00\x00", "DjVu"},
		{"a.png", "\x89PNG\r\n\x1a\n\x00", "PNG: take its text"},
		{"a.mht", "From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n", "MHTML: save the page as .html"},
		{"a.txt", word, "archive"},
		{"a.md", word, "archive"},
		{"a.docx", bridgesText, "no Word file"},
		{"a.html", bridgesText, "no HTML"},
		{"a.txt", bridgesHTML, "is HTML"},
		{"a.md", "\ufeff \n" + bridgesHTML, "is HTML"},
		{"a.docx", "PK\x03\x04", "cut off or damaged"},
		{"a.docx", word[:len(word)/2], "cut off or damaged"},
		{"a.docx", string(archive(t, func(h *zip.FileHeader) { h.Name = "mimetype" }, repeat("x", 1000))), "ZIP: unpack it"},
		{"a.docx", string(archive(t, nil, repeat("x < ", 1000))), "damaged"},
		{"a.docx", string(wordFile(t, map[string]string{"word/document.xml": wordText()})), "empty"},
		{"a.md", "\x00\x01\x02", "not plain text"},
		{"a.html", "<p>\x00\x01", "not plain text"},
		{"a.md", "", "empty"}, {"a.html", "", "empty"}, {"a.docx", "", "no Word file"}, {"a.txt", "", "empty"},
		{"a.md", "# Chỉ có tiêu đề\n\n<!-- ghi chú -->\n", ""},
	} {
		if test.says == "" {
			continue // a heading alone is text
		}
		mustRefuse(t, test.name, []byte(test.data), test.says)
	}
}

func TestLargeEmptyFiles(t *testing.T) {
	const size = 2 << 20
	for _, test := range []struct{ name, piece, says string }{
		{"a.txt", " ", "empty"}, {"a.md", "\n", "too many lines"}, {"a.html", "\n ", "empty"}, {"a.txt", "\x00", "not plain text"}, {"a.html", "<br>", "tags"},
		{"a.md", "\xff", "not plain text"}, {"a.html", "<b>", "tags"}, {"a.html", "<", "tags"},
	} {
		mustRefuse(t, test.name, bytes.Repeat([]byte(test.piece), size/len(test.piece)), test.says)
	}
}

func TestZipBombs(t *testing.T) {
	usual := maxUnpacked
	maxUnpacked = 256 << 10
	defer func() { maxUnpacked = usual }()
	for _, test := range []struct {
		name, piece, head, says string
	}{
		{"text", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", `<w:document ` + wordNamespaces + `>`, "unpacks to over"},
		{"one attribute", "a", `<w:document w:x="`, "unpacks to over"},
		{"nested elements", "<w:p>", `<w:document ` + wordNamespaces + `>`, "nested too deeply"},
		{"entities", `<!ENTITY a "aaaaaaaaaaaaaaaa">`, `<!DOCTYPE x [`, "unpacks to over"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := archive(t, nil, func(w io.Writer) {
				_, _ = io.WriteString(w, test.head) // into memory
				repeat(test.piece, int(maxUnpacked+128<<10)/len(test.piece))(w)
			})
			r, err := Read("a.docx", data)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v (%v), want %q", r != nil, err, test.says)
			}
		})
	}
	many := map[string]string{"word/document.xml": wordText()}
	for n := range maxParts {
		many[fmt.Sprint("word/media/", n)] = ""
	}
	mustRefuse(t, "a.docx", wordFile(t, many), "unpacks to over")
}

// Text that is written to be slow to read.
func TestTextsWithPathologicalParseTime(t *testing.T) {
	const size = 16 << 10
	for _, test := range []struct{ name, head, piece string }{
		{"a.md", "", "["}, {"a.md", "", "[]("}, {"a.md", "", "![["}, {"a.md", "", "*a "}, {"a.md", "", "_a*b "}, {"a.md", "", "`"}, {"a.md", "", "` `` "},
		{"a.md", "", ">"}, {"a.md", "", "> "}, {"a.md", "", "- "}, {"a.md", "", "1. "}, {"a.md", "", "* "}, {"a.md", "", "<"}, {"a.md", "", "<a "}, {"a.md", "", "<!--"},
		{"a.md", "", "&"}, {"a.md", "", "\\"}, {"a.md", "", "[^1]"}, {"a.md", "", "[^1]: \n"}, {"a.md", "", "[a]: b\n"}, {"a.md", "", "[x\n"}, {"a.md", "", "*x\n"},
		{"a.md", "", "a\n-\n"}, {"a.md", "", "| a "}, {"a.md", "|a|\n|-|\n", "|a|\n"}, {"a.md", "", "#\n"}, {"a.md", "", "    a\n"}, {"a.md", "", "```\n"}, {"a.md", "", "-\n"},
		{"a.html", "", "<a href=#x>1"}, {"a.html", "", "<table><tr><td>"}, {"a.html", "", "<p id=x><a href=#x>1</a>"}, {"a.html", "", "</p>"}, {"a.html", "", "<b><p>"},
		{"a.html", "<p>", "&amp"}, {"a.html", "", "<svg><a>"}, {"a.html", "", "<select><option>"},
		{"a.txt", "", "[1]"}, {"a.txt", "", "[1] a\n"}, {"a.txt", "", "a.b.c "}, {"a.txt", "", "https://a b "}, {"a.txt", "", "“"}, {"a.txt", "", "Tháng 9: "},
		{"a.txt", "", "a-\n"}, {"a.txt", "", "a. b   c\n"}, {"a.txt", "", "--- a\n"}, {"a.md", "", "a^1^"}, {"a.html", "", "<ol><li>"}, {"a.html", "<ol>", "<li>a"}, {"a.txt", "", "a line of text that goes on and on without\n"}, {"a.txt", "", "1. http://a\n"}, {"a.txt", "", "12\n"}, {"a.txt", "", "a (1) "},
		{"a.txt", "Notes\n", "¹ a\n"}, {"a.md", "", "<sup>1</sup>"}, {"a.md", "", "^[a] "}, {"a.md", "", "+++\n"}, {"a.html", "", "<p id=fn1><a href=#r1>1</a> x</p>"},
		{"a.html", "", "<h2>Notes</h2>"}, {"a.html", "", "<script type=application/ld+json>{\"a\":["},
	} {
		t.Run(test.name+test.head+test.piece, func(t *testing.T) {
			_, _ = within(t, test.name, []byte(test.head+strings.Repeat(test.piece, size/len(test.piece)))) // read or refused
		})
	}
}

func TestErrorKinds(t *testing.T) {
	if _, err := Read("a.md", nil); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing as Markdown: %v", err)
	}
	if _, err := Read("a.html", []byte("<p>\x00")); !errors.Is(err, ErrNotText) {
		t.Errorf("binary as HTML: %v", err)
	}
}

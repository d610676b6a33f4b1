package report

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// archiveOf makes an archive of the files.
func archiveOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range files {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// epubOf makes an EPUB of pages in this order.
func epubOf(t testing.TB, pages ...string) []byte {
	names := []string{"text/one.xhtml", "text/two%20b.xhtml", "notes.xhtml"}
	files := map[string]string{
		"mimetype":               "application/epub+zip",
		"META-INF/container.xml": `<container><rootfiles><rootfile full-path="OPS/book.opf" media-type="x"/></rootfiles></container>`,
		"OPS/nav.xhtml":          `<html><body><nav><ol><li><a href="text/one.xhtml">Mục lục</a></li></ol></nav><p>Mục lục</p></body></html>`,
	}
	manifest, spine := `<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`, `<itemref idref="nav"/>`
	for i, page := range pages {
		id := string(rune('a' + i))
		files["OPS/"+map[int]string{0: "text/one.xhtml", 1: "text/two b.xhtml", 2: "notes.xhtml"}[i]] = page
		manifest += `<item id="` + id + `" href="` + names[i] + `" media-type="application/xhtml+xml"/>`
		spine += `<itemref idref="` + id + `"/>`
	}
	files["OPS/book.opf"] = `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Cầu Mây</dc:title><dc:creator>Trần Thu Hà</dc:creator>` +
		`<dc:date>2023-03-05T00:00:00Z</dc:date><meta property="x">y</meta></metadata><manifest>` + manifest + `</manifest><spine>` + spine + `</spine></package>`
	return archiveOf(t, files)
}

func TestEPUBPagesAreJoined(t *testing.T) {
	const page = `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>`
	r, err := Read("a.epub", epubOf(t,
		page+`<h1>Cầu Mây</h1><h2>M&#7897;t</h2><p><a id="n1"/>Cầu dài 1.240 mét&nbsp;và có bốn làn xe.<a href="../notes.xhtml#n1">1</a></p></body></html>`,
		page+`<h2>Hai</h2><p>Mặt cầu được sơn xanh<br>theo ý của học sinh.<sup><a href="../notes.xhtml#n2">2</a></sup></p></body></html>`,
		page+`<h2>Ghi chú</h2><ol><li id="n1"><p><a href="text/one.xhtml">1</a>. https://a.com/1</p></li><li id="n2">https://a.com/2</li></ol></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if r.Title != "Cầu Mây" || r.Date != "2023-03-05" || len(r.Authors) != 1 || r.Authors[0] != "Trần Thu Hà" {
		t.Errorf("title %q, date %q, authors %q", r.Title, r.Date, r.Authors)
	}
	want := "1 (Một) Cầu dài 1.240 mét và có bốn làn xe. [1]\n2 (Hai) Mặt cầu được sơn xanh []\n3 (Hai) theo ý của học sinh. [2]\n" +
		"[1] https://a.com/1 []\n[2] https://a.com/2 []\nuncited [] missing []\n"
	if got := spelled(r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// odtOf makes an OpenDocument text of the XML within its body.
func odtOf(t testing.TB, body string) []byte {
	const spaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
		`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
		`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"`
	return archiveOf(t, map[string]string{
		"mimetype": odtType,
		"styles.xml": `<office:document-styles ` + spaces + `><office:styles><style:style style:name="Title"/><style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>` +
			`<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style></office:styles></office:document-styles>`,
		"content.xml": `<office:document-content ` + spaces + `><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>` +
			`<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
		"meta.xml": `<office:document-meta ` + spaces + `><office:meta><dc:title>Một mẫu nào đó</dc:title><dc:creator>Trần Thu Hà</dc:creator></office:meta></office:document-meta>`,
	})
}

const odtBody = `<text:tracked-changes><text:changed-region><text:deletion><text:p>Đã xoá.</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
	`<text:p text:style-name="P1">Cầu Mây</text:p><text:table-of-content><text:index-body><text:p>Một 1</text:p></text:index-body></text:table-of-content>` +
	`<text:h text:outline-level="2">Một</text:h>` +
	`<text:p>Cầu<text:s/>dài<text:tab/>1.240 mét.<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>https://a.com/end</text:p></text:note-body></text:note>` +
	`<text:span text:style-name="Gone">Không ai thấy.</text:span><office:annotation><text:p>Ý kiến</text:p></office:annotation> Hồ rộng 35 km vuông.` +
	`<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Xem <text:a xlink:href="https://a.com/foot">đây</text:a></text:p></text:note-body></text:note></text:p>` +
	`<text:list><text:list-item><text:p>Thứ nhất</text:p></text:list-item></text:list>` +
	`<table:table><table:table-row><table:table-cell><text:p>Lô</text:p></table:table-cell><table:table-cell><text:p>6 tàu</text:p></table:table-cell></table:table-row></table:table>`

func TestOpenDocument(t *testing.T) {
	r, err := Read("a.odt", odtOf(t, odtBody))
	if err != nil {
		t.Fatal(err)
	}
	if r.Title != "Cầu Mây" || len(r.Authors) != 1 {
		t.Errorf("title %q, authors %q", r.Title, r.Authors)
	}
	want := "1 (Một) Cầu dài 1.240 mét. [2] Hồ rộng 35 km vuông. [1]\n2 (Một) Thứ nhất []\n3 (Một) Lô | 6 tàu []\n" +
		"[1] https://a.com/foot []\n[2] https://a.com/end []\nuncited [] missing []\n"
	if got := spelled(r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What an office file says of itself counts where the text doesn't say otherwise.
func TestOfficeMetadata(t *testing.T) {
	core := func(title string, creators string) string {
		return `<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title><dc:creator>` + creators + `</dc:creator></cp:coreProperties>`
	}
	const name, sentence = "Hồ sơ cầu Mây", "Cầu dài 1.240 mét."
	for _, test := range []struct{ name, core, text, title, authors, read string }{
		{"each author on a line of their own", core(name, "Trần Thu Hà; Lê Minh Khôi"), wordText(styled("Ten", run(name)), styled("", run("Trần Thu Hà")), styled("", run("Lê Minh Khôi")), styled("", run(sentence))),
			name, "Trần Thu Hà, Lê Minh Khôi", sentence + " {}"},
		{"a title of another text", core("Công văn mẫu", "Windows User"), wordText(styled("Ten", run(name)), styled("", run(sentence))), name, "", sentence + " {}"},
		{"a text without a title", core(name, "Trần Thu Hà"), wordText(styled("", run(sentence))), name, "Trần Thu Hà", sentence + " {}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": test.text, "docProps/core.xml": test.core}))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); r.Title != test.title || strings.Join(r.Authors, ", ") != test.authors || got != test.read {
				t.Errorf("title %q, authors %q, read\n%s", r.Title, r.Authors, got)
			}
		})
	}
}

func FuzzEPUB(f *testing.F) {
	f.Add("<html><body><h1>T</h1><p>Một câu.<a href='../notes.xhtml#a'>1</a></p></body></html>", "<ol><li id=a>https://a.com/1</li></ol>")
	f.Add("<p>a<br>b</i>&nbsp;&x;", "<a id='x'/>")
	f.Fuzz(func(t *testing.T, one, notes string) {
		r, err := Read("a.epub", epubOf(t, one, "", notes))
		whole(t, r, err)
	})
}

func FuzzODT(f *testing.F) {
	f.Add(odtBody)
	f.Add(`<text:p><text:note><text:note-body><text:p>a<text:note/></text:p></text:note-body></text:note></text:p></office:text>`)
	f.Add(`<text:list text:style-name="L"><text:list-item text:start-value="9"><text:p>a</text:p><text:list><text:list-item/></text:list></text:list-item></text:list>`)
	f.Fuzz(func(t *testing.T, body string) {
		r, err := Read("a.odt", odtOf(t, body))
		whole(t, r, err)
	})
}

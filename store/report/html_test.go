package report

import (
	"strings"
	"testing"
)

func TestHTMLPages(t *testing.T) {
	const body = "Một câu dài vừa đủ để là một đoạn văn bình thường ở đây."
	for _, test := range []struct{ name, page, want string }{
		{"a short paragraph is no heading", "<p>Cầu dài</p><h2>Mục</h2><p>Nó rộng</p>",
			"() Cầu dài {}\n(Mục) Nó rộng {}"},
		{"a superscript joins no figure", "<p>Cầu có 12.000<sup>1</sup> xe, 10<sup>6</sup> người và vay 2<sup>3</sup> triệu.</p>",
			"() Cầu có 12.000¹ xe, 10^6 người và vay 2³ triệu. {}"},
		{"a superscript is a marker where a note has its number", "<p>Cầu có 12.000<sup>1</sup> xe.</p><p>Ghi chú</p><p>1. Sách một</p>",
			"() Cầu có 12.000 xe. {1}\n1: Sách một"},
		{"around a link that leads nowhere", `<p>Cầu có 12.000<sup><a href="#x">[1]</a></sup> xe.</p><p>Ghi chú</p><p>[1] Sách một</p>`,
			"() Cầu có 12.000 xe. {1}\n1: Sách một"},
		{"remarks on a sentence", `<p>Cầu dài.<sup><a href="#n1">[1]</a></sup><sup>:12–13</sup> Nó rộng.<sup>[<i><a href="/x">cần dẫn nguồn</a></i>]</sup> Nó cao.</p><p id="n1">Sách một</p>`,
			"() Cầu dài. {1} Nó rộng. {} Nó cao. {}\n1: Sách một"},
		{"an area and an ordinal", "<p>Rộng 5 km<sup>2</sup> ở tầng 2<sup>nd</sup>.</p>", "() Rộng 5 km² ở tầng 2nd. {}"},

		{"a number that leads to a section is text", `<p>Xem mục <a href="#s3">3</a> ở dưới.</p><div id="s3"><h2>Ba</h2><p>` + body + `</p></div>`,
			"() Xem mục 3 ở dưới. {}\n(Ba) " + body + " {}"},
		{"so is one without a sign of a note", `<p>Có <a href="#comments">12</a> lời bình.</p><p id="comments">` + body + `</p>`,
			"() Có 12 lời bình. {}\n() " + body + " {}"},
		{"a link back is a sign", `<p>Cầu dài.<a id="a1" href="#b1">1</a></p><p id="b1"><a href="#a1">1</a> Sách một</p>`, "() Cầu dài. {1}\n1: Sách một"},
		{"so is a role", `<p>Cầu dài.<a role="doc-noteref" href="#b1">1</a></p><p id="b1">Sách một</p>`, "() Cầu dài. {1}\n1: Sách một"},
		{"and an id", `<p>Cầu dài.<a href="#fn1">1</a></p><p id="fn1">Sách một</p>`, "() Cầu dài. {1}\n1: Sách một"},
		{"letters and signs", `<p>Cầu dài.<sup><a href="#fna">a</a></sup> Nó rộng.<sup><a href="#fnb">*</a></sup></p><p id="fna">Sách một</p><p id="fnb">Sách hai</p>`,
			"() Cầu dài. {1} Nó rộng. {2}\n1: Sách một\n2: Sách hai"},

		{"a page that a browser saved", `<html><head><link rel="canonical" href="https://bao.vn/cau"></head><p>Cầu dài.<sup><a href="https://bao.vn/cau#fn%C3%A1">1</a></sup> Nó rộng.<sup><a href="/cau#fn2">2</a></sup></p>` +
			`<p id="fná">Xem <a href="/sach">sách</a></p><p id="fn2"><a href="//anh.vn/x">ảnh</a></p>`,
			"() Cầu dài. {1} Nó rộng. {2}\n1: Xem sách ; https://bao.vn/sach ;\n2: ảnh ; https://anh.vn/x ;"},
		{"links back in every form", `<p>Cầu dài.<sup><a id="r1" href="#fn1">1</a></sup></p><ol><li id="fn1"><a href="#r1">^</a> <sup><a href="#r1">a</a></sup> <sup><a href="#r1">b</a></sup> Sách một <a href="#r1">↩︎</a></li></ol>`,
			"() Cầu dài. {1}\n1: Sách một"},
		{"the note's own number", `<p>Cầu dài.<sup><a href="#fn1">1</a></sup></p><p id="fn1"><sup>1</sup>https://a.com/1</p>`, "() Cầu dài. {1}\n1: https://a.com/1"},
		{"a note of two paragraphs", `<p>Cầu dài.<sup><a href="#fn1">1</a></sup> Nó rộng.<sup><a href="#fn2">2</a></sup></p><div><div><p id="fn1">Sách một</p><p>trang ba</p></div><div><p id="fn2">Sách hai</p></div></div>`,
			"() Cầu dài. {1} Nó rộng. {2}\n1: Sách một / trang ba\n2: Sách hai"},
		{"a note of two paragraphs without a block of its own", `<p>Cầu dài.<sup><a href="#fn1">1</a></sup> Nó rộng.<sup><a href="#fn2">2</a></sup></p><hr><p id="fn1">Sách một</p><p>trang ba</p><p id="fn2">Sách hai</p><p>Sách này ở thư viện.</p>`,
			"() Cầu dài. {1} Nó rộng. {2}\n() Sách này ở thư viện. {}\n1: Sách một / trang ba\n2: Sách hai"},
		{"text between notes at the feet of pages", `<p>Cầu dài.<sup><a href="#fn1">1</a></sup></p><p id="fn1">Sách một</p><p>` + body + `</p><p>Nó rộng.<sup><a href="#fn2">2</a></sup></p><p id="fn2">Sách hai</p>`,
			"() Cầu dài. {1}\n() " + body + " {}\n() Nó rộng. {2}\n1: Sách một\n2: Sách hai"},
		{"the number of a printed page", `<p>Cầu dài<span class="pagenum"><a id="page_12">[12]</a></span> lắm.</p>`, "() Cầu dài[12] lắm. {}"},
		{"cells with paragraphs stay a row", `<p>` + body + `</p><table><tr><td><p>Lot</p></td><td><p>6 ships</p></td></tr></table>`, "() " + body + " {}\n() Lot | 6 ships {}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Read("a.html", []byte("<h1>Bài viết</h1>"+test.page))
			if err != nil {
				t.Fatal(err)
			}
			got := wholeReading(r)
			want := strings.ReplaceAll(test.want, "() ", "")
			if got != want {
				t.Errorf("read\n%s\nwant\n%s\nwarnings %q", got, want, r.Warnings)
			}
		})
	}
}

func TestSuperscriptsInWordFiles(t *testing.T) {
	raised := func(s string) string {
		return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + s + `</w:t></w:r>`
	}
	text := wordText(styled("Ten", run("T")), styled("", run("Cầu có 12.000"), raised("1"), run(" xe và 10"), raised("6"), run(" người.")))
	r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": text}))
	if err != nil {
		t.Fatal(err)
	}
	if got := wholeReading(r); got != "Cầu có 12.000¹ xe và 10^6 người. {}" {
		t.Errorf("read %s", got)
	}
}

func TestMarkdownExtras(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"superscripts in HTML", "# T\n\nCầu có 12.000<sup>1</sup> xe.\n", "Cầu có 12.000¹ xe. {}"},
		{"inline notes", "# T\n\nCầu dài.^[Xem https://a.com/1] Nó rộng.[^b]\n\n[^b]: https://a.com/2\n",
			"Cầu dài. {1} Nó rộng. {2}\n1: Xem https://a.com/1\n2: https://a.com/2"},
		{"an inline note in code is code", "# T\n\nMã `^[x]` là mã.\n", "Mã ^[x] là mã. {}"},
		{"notes in raw HTML", "# T\n\nCầu dài.<sup><a href=\"#fn1\">1</a></sup>\n\n<p id=\"fn1\">Xem https://a.com/1</p>\n", "Cầu dài. {1}\n1: Xem https://a.com/1"},
		{"subscripts, and deleted text", "# T\n\nNước là H~2~O. Giá ~5~ đồng.\n", "Nước là H2O. {} Giá ~5~ đồng. {}"},
		{"a heading with an id", "# T {#top}\n\nCầu dài.\n\n## Hai {.wide #b}\n\nNó rộng.\n", "Cầu dài. {}\n(Hai) Nó rộng. {}"},
		{"short lines of one sentence below a heading", "# T\n\nNgười ta nói rằng nước ở bến\nCây Gạo sâu hơn\n4 mét[^1] vào\nmùa mưa.\n\nChủ bến: An\nGiờ mở: 6 giờ\n\n[^1]: https://a.com/1\n",
			"Người ta nói rằng nước ở bến Cây Gạo sâu hơn 4 mét vào mùa mưa. {1}\nChủ bến: An {}\nGiờ mở: 6 giờ {}\n1: https://a.com/1"},
		{"a note's own number", "# T\n\nCầu dài.[^1]\n\n[^1]: 1https://a.com/1\n", "Cầu dài. {1}\n1: https://a.com/1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Read("a.md", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); got != test.want || r.Title != "T" {
				t.Errorf("title %q, read\n%s\nwant\n%s", r.Title, got, test.want)
			}
		})
	}
	for name, text := range map[string]string{
		"YAML that ends in dots": "--- \ntitle: Hồ sơ cầu\ndate: 05/03/2023\nauthor:\n  - name: Trần Thu Hà\n  - name: Lê Minh Khôi\n...\n\nCầu dài.\n",
		"YAML":                   "---\ntitle: \"Hồ sơ cầu\"\ndate: 2023-03-05\nauthor:\n  - Trần Thu Hà\n  - Lê Minh Khôi\ntags: [a, b]\n---\n\nCầu dài.\n",
		"YAML that is none":      "---\r\ntitle: Hồ sơ cầu\r\nsubtitle: Cầu Mây: một hồ sơ\r\ndate: 2023-03-05\r\nauthor: Trần Thu Hà, Lê Minh Khôi\r\n---\r\n\r\nCầu dài.\r\n",
		"a title over lines":     "---\ntitle: >\n  Hồ sơ\n  cầu\ndate: 2023-03-05\nauthor: Trần Thu Hà và Lê Minh Khôi\n---\n\nCầu dài.\n",
		"an empty title":         "---\ntitle:\ndate: 2023-03-05\nauthor: [Trần Thu Hà, Lê Minh Khôi]\n---\n\n# Hồ sơ cầu\n\nCầu dài.\n",
		"TOML":                   "+++\ntitle = \"Hồ sơ cầu\"\ndate = 2023-03-05\nauthors = [\"Trần Thu Hà\", \"Lê Minh Khôi\"]\n+++\n\nCầu dài.\n",
	} {
		r, err := Read("a.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if r.Title != "Hồ sơ cầu" || r.Date != "2023-03-05" || strings.Join(r.Authors, ", ") != "Trần Thu Hà, Lê Minh Khôi" || wholeReading(r) != "Cầu dài. {}" {
			t.Errorf("%s: title %q, date %q, authors %q, text %q", name, r.Title, r.Date, r.Authors, wholeReading(r))
		}
	}
}

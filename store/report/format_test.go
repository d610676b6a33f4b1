package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// bridgesText is the same report as in the other formats below.
const bridgesText = `Báo cáo về những cây cầu
Ngày 3 tháng 5 năm 2024
Nguyễn Văn A và Trần Thị B
Hiện trạng
Cầu Bạch Yến dài 1.200 mét và khánh thành năm 2019. [1] Mỗi ngày có 15.000 lượt xe. [2][3]
Không ai đếm số thuyền
Dự báo
Sẽ có thêm hai cây cầu nữa & một bến phà trước năm 2030. [3]
[1] Báo Cầu Đường, https://example.org/bach-yen
[2] https://example.org/luot-xe; https://example.net/xe
[3] Sở Giao thông ; https://example.org/so-lieu
`

const bridgesMarkdown = `# Báo cáo về những cây cầu

*Ngày 3 tháng 5 năm 2024*

Nguyễn Văn A và Trần Thị B

## Hiện trạng

Cầu **Bạch Yến** dài 1.200 mét và khánh thành
năm 2019.[^1] Mỗi ngày có 15.000 lượt xe.[^xe][^3]

Không ai đếm [số thuyền](https://example.org/khong-phai-nguon)

## Dự báo

Sẽ có thêm hai cây cầu nữa &amp; một bến phà trước năm 2030.[^3]

[^3]: [Sở Giao thông](https://example.org/so-lieu)
[^1]: Báo Cầu Đường, https://example.org/bach-yen
[^xe]: <https://example.org/luot-xe>; <https://example.net/xe>
`

const bridgesHTML = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Trang</title><style>p{}</style></head><body>
<nav><a href="#muc">1</a> Trang chủ</nav><script>alert("không đọc")</script>
<h1>Báo cáo về những cây cầu</h1><p>Ngày 3 tháng 5 năm 2024</p><p>Nguyễn Văn A và Trần Thị B</p>
<h2 id="muc">Hiện trạng</h2>
<p>Cầu <b>Bạch Yến</b> dài 1.200 mét và khánh thành
năm 2019.<sup><a href="#fn1" id="r1">1</a></sup> Mỗi ngày có 15.000 lượt xe.<a href="#fn2"><sup>[2]</sup></a><a href="#fn3">[3]</a></p>
<p>Không ai đếm <a href="https://example.org/khong-phai-nguon">số thuyền</a></p><p hidden>Câu này không ai thấy.</p>
<h2>Dự báo</h2>
<div>Sẽ có thêm hai cây cầu nữa &amp; một bến phà trước năm 2030.<a href="#fn3">3</a></div>
<hr><ol>
<li id="fn1"><p>Báo Cầu Đường, https://example.org/bach-yen <a href="#r1">↩</a></p></li>
<li id="fn2">https://example.org/luot-xe; <a href="https://example.net/xe">https://example.net/xe</a></li>
<li><a name="fn3"></a><a href="https://example.org/so-lieu">Sở Giao thông</a></li>
</ol></body></html>`

func bridgesDOCX(t testing.TB) []byte {
	return wordFile(t, map[string]string{
		"word/document.xml": wordText(
			styled("Ten", run("Báo cáo về những cây cầu")), styled("", run("Ngày 3 tháng 5 năm 2024")), styled("", run("Nguyễn Văn A và "), run("Trần Thị B")),
			styled("Tiu1", run("Hiện trạng")),
			styled("", run("Cầu "), run("Bạch Yến"), run(" dài 1.200 mét và khánh thành năm 2019."), footnote("7"),
				`<w:del w:id="9"><w:r><w:delText>Xoá</w:delText><w:t>xoá</w:t></w:r></w:del><w:ins w:id="8">`+run(" Mỗi ngày")+`</w:ins>`,
				run(" có 15.000 lượt xe."), footnote("2"), endnote("1")),
			styled("", run("Không ai đếm "), `<w:hyperlink r:id="rId5">`+run("số thuyền")+`</w:hyperlink>`,
				`<w:r><w:rPr><w:vanish/></w:rPr><w:t> mà không ai thấy</w:t></w:r>`),
			styled("Muc", run("Dự báo")),
			styled("", run("Sẽ có thêm hai cây cầu nữa &amp; một bến phà trước năm 2030."), endnote("1")),
		),
		"word/footnotes.xml": wordNotes("footnote", [2]string{"2", run("https://example.org/luot-xe; https://example.net/xe")},
			[2]string{"7", run(" Báo Cầu Đường, https://example.org/bach-yen")}),
		"word/endnotes.xml":            wordNotes("endnote", [2]string{"1", `<w:hyperlink r:id="rId1">` + run("Sở Giao thông") + `</w:hyperlink>`}),
		"word/_rels/endnotes.xml.rels": rels(map[string]string{"rId1": "https://example.org/so-lieu"}),
		"word/_rels/document.xml.rels": rels(map[string]string{"rId5": "https://example.org/khong-phai-nguon"}),
	})
}

func TestSameReportInFourFormats(t *testing.T) {
	plain, err := Parse([]byte(strings.Replace(bridgesText, "số thuyền\n", "số thuyền.\n", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(plain.Paragraphs) != 3 || len(plain.Footnotes) != 3 || len(plain.Sections) != 2 || len(plain.Warnings) != 0 {
		t.Fatalf("the plain text is read as %+v", plain)
	}
	for name, data := range map[string][]byte{
		"a.md": []byte(bridgesMarkdown), "a.html": []byte(bridgesHTML), "a.docx": bridgesDOCX(t),
		"crlf.md": []byte(strings.ReplaceAll(bridgesMarkdown, "\n", "\r\n")), "A.HTM": []byte("\ufeff" + bridgesHTML),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read(name, data)
			if err != nil {
				t.Fatal(err)
			}
			if r.Title != plain.Title || r.Date != plain.Date || !slices.Equal(r.Authors, plain.Authors) || !slices.Equal(r.Sections, plain.Sections) {
				t.Errorf("front %q %q %q, sections %q", r.Title, r.Date, r.Authors, r.Sections)
			}
			if got, want := spelled(r), strings.Replace(spelled(plain), "số thuyền.", "số thuyền", 1); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// spelled writes a report's text, markers and links.
func spelled(r *Report) string {
	var b strings.Builder
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "%d (%s)", p.N, p.Section)
		for _, s := range p.Sentences {
			fmt.Fprintf(&b, " %s %v", s.Text, s.Footnotes)
		}
		b.WriteString("\n")
	}
	for _, f := range r.Footnotes {
		fmt.Fprintf(&b, "[%d]", f.N)
		for _, link := range f.Links {
			b.WriteString(" " + link.URL)
		}
		fmt.Fprintf(&b, " %q\n", f.Damaged)
	}
	fmt.Fprintf(&b, "uncited %v missing %v\n", r.Uncited, r.Missing)
	return b.String()
}

// A plain report under another name, or pasted into Word, is the same report.
func TestPlainReportInOtherFormats(t *testing.T) {
	want, err := Parse([]byte(compared))
	if err != nil {
		t.Fatal(err)
	}
	var paragraphs []string
	for l := range strings.Lines(compared) {
		l = strings.TrimSpace(l)
		paragraphs = append(paragraphs, styled("", run(l)))
	}
	for name, data := range map[string][]byte{
		"a.md": []byte(compared), "a.docx": wordFile(t, map[string]string{"word/document.xml": wordText(paragraphs...)}),
		"b.html": []byte("<div>" + strings.ReplaceAll(compared, "\n", "<br>") + "</div>"),
	} {
		r, err := Read(name, data)
		if err != nil {
			t.Fatal(name, err)
		}
		if c := Compare(want, r); !c.Same() {
			t.Errorf("%s: %s", name, told(c))
		}
	}
}

func TestFormatFeatures(t *testing.T) {
	const body = "Một câu dài vừa đủ để là một đoạn văn bình thường ở đây."
	for _, test := range []struct {
		name, file, data, want string
	}{
		{"a list", "a.md", "# T\n\n" + body + "\n\n- Thứ nhất[^a]\n- Thứ hai\n\n[^a]: https://a.com/1\n",
			"1 () " + body + " []\n2 () Thứ nhất [1]\n3 () Thứ hai []\n[1] https://a.com/1 []\nuncited [] missing []\n"},
		{"a table", "a.md", "# T\n\n" + body + "\n\n| Năm | Số |\n| --- | --- |\n| 2023 | 12 |\n",
			"1 () " + body + " []\n2 () Năm | Số []\n3 () 2023 | 12 []\nuncited [] missing []\n"},
		{"links that are markers", "a.md", "# T\n\n" + body + " [1](https://a.com/1) Hai. [2][2]\n\n[2]: https://a.com/2\n",
			"1 () " + body + " [1] Hai. [2]\n[1] https://a.com/1 []\n[2] https://a.com/2 []\nuncited [] missing []\n"},
		{"a note that nothing marks, and a marker without a note", "a.md", "# T\n\n" + body + "[^1] Hai.[^9]\n\n[^1]: https://a.com/1\n[^2]: https://a.com/2\n",
			"1 () " + body + " [1] Hai. [9]\n[1] https://a.com/1 []\n[2] https://a.com/2 []\nuncited [2] missing [9]\n"},
		{"a note of two paragraphs", "a.md", "# T\n\n" + body + "[^1]\n\n[^1]: Xem\n\n    https://a.com/1\n",
			"1 () " + body + " [1]\n[1] https://a.com/1 []\nuncited [] missing []\n"},
		{"HTML within", "a.md", "# T\n\n" + body + "\n\n<div>Trong khối HTML</div>\n\nCó <b>đậm</b> &lt;ở đây&gt; và `mã_nguồn`.\n",
			"1 () " + body + " []\n2 () Trong khối HTML []\n3 () Có đậm <ở đây> và mã_nguồn. []\nuncited [] missing []\n"},
		{"a date that heads an entry", "a.md", "# T\n\nNgày 1 tháng 5 năm 2024\n\n" + body + "\n\n## Mục\n\nTháng 9 năm 2022:\n\nMột việc xảy ra.\n",
			"1 () " + body + " []\n2 (Mục) Một việc xảy ra. []\nuncited [] missing []\n"},
		{"a table", "a.html", "<h1>T</h1><p>" + body + "</p><table><tr><th>Năm</th><th>Số</th></tr><tr><td>2023</td><td>12</td></tr></table>",
			"1 () " + body + " []\n2 () Năm | Số []\n3 () 2023 | 12 []\nuncited [] missing []\n"},
		{"notes as Word writes them", "a.html", "<h1>T</h1><p>" + body + `<a href="#_ftn1" name="_ftnref1">[1]</a></p><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Xem https://a.com/1</p></div>`,
			"1 () " + body + " [1]\n[1] https://a.com/1 []\nuncited [] missing []\n"},
		{"notes as Wikipedia writes them", "a.html", "<h1>T</h1><p>" + body + `<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p><ol><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <a href="https://a.com/1">Xem</a></li></ol>`,
			"1 () " + body + " [1]\n[1] https://a.com/1 []\nuncited [] missing []\n"},
		{"a table of contents", "a.html", `<h1>T</h1><p>` + body + `</p><p><a href="#s1">1</a> Mục</p><h2 id="s1">Mục</h2><p>Hai.</p>`,
			"1 () " + body + " []\n2 () 1 Mục []\n3 (Mục) Hai. []\nuncited [] missing []\n"},
		{"another encoding", "a.html", "<meta charset=windows-1258><h1>T</h1><p>C\xe2u n\xe0y d\xe0i v\xfd\xcca.</p>",
			"1 () Câu này dài vừa. []\nuncited [] missing []\n"},
		{"unclosed elements", "a.html", "<h1>T</h1><p>" + body + "<p>Hai.<ul><li>Ba<li>Bốn</ul>",
			"1 () " + body + " []\n2 () Hai. []\n3 () Ba []\n4 () Bốn []\nuncited [] missing []\n"},
	} {
		t.Run(test.file+" "+test.name, func(t *testing.T) {
			r, err := Read(test.file, []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if got := spelled(r); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestWordFeatures(t *testing.T) {
	const body = "Một câu dài vừa đủ để là một đoạn văn bình thường ở đây."
	head := []string{styled("Ten", run("T")), styled("", run(body))}
	for _, test := range []struct {
		name       string
		paragraphs []string
		parts      map[string]string
		want       string
	}{
		{"a table", []string{`<w:tbl><w:tr><w:tc>` + styled("", run("Năm")) + `</w:tc><w:tc>` + styled("", run("Số")) + `</w:tc></w:tr></w:tbl>`}, nil,
			"2 () Năm | Số []\nuncited [] missing []\n"},
		{"a text box, twice as Word writes it", []string{`<w:p>` + run("Trước ") + `<mc:AlternateContent><mc:Choice>` + styled("", run("Trong khung.")) +
			`</mc:Choice><mc:Fallback>` + styled("", run("Trong khung.")) + `</mc:Fallback></mc:AlternateContent>` + run("và sau.") + `</w:p>`}, nil,
			"2 () Trong khung. []\n3 () Trước và sau. []\nuncited [] missing []\n"},
		{"breaks and hyphens", []string{styled("", run("Một"), `<w:r><w:tab/></w:r>`, run("dòng."), `<w:r><w:br/></w:r>`, run("Dòng"), `<w:r><w:noBreakHyphen/></w:r>`, run("hai."))}, nil,
			"2 () Một dòng. []\n3 () Dòng-hai. []\nuncited [] missing []\n"},
		{"a link that is a field, in a note", []string{styled("", run("Hai."), footnote("1"))},
			map[string]string{"word/footnotes.xml": wordNotes("footnote", [2]string{"1", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.com/1" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
				run("Xem đây") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`})},
			"2 () Hai. [1]\n[1] https://a.com/1 []\nuncited [] missing []\n"},
		{"a note that nothing marks", nil, map[string]string{"word/footnotes.xml": wordNotes("footnote", [2]string{"4", run("https://a.com/4")})},
			"[1] https://a.com/4 []\nuncited [1] missing []\n"},
		{"a main part of another name", nil, map[string]string{"word/document.xml": "", "word/document2.xml": wordText(head...),
			"_rels/.rels": `<Relationships><Relationship Type="` + officeDocument + `" Target="/word/document2.xml"/></Relationships>`}, "uncited [] missing []\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			parts := map[string]string{"word/document.xml": wordText(append(slices.Clone(head), test.paragraphs...)...)}
			for name, part := range test.parts {
				parts[name] = part
			}
			r, err := Read("a.docx", wordFile(t, parts))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := spelled(r), "1 () "+body+" []\n"+test.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

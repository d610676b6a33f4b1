package report

import "testing"

// The numbers of items are kept with their text, since others refer to them, and
// a numbered list under "References" is one of notes.
func TestNumberedItems(t *testing.T) {
	for _, test := range []struct{ name, file, data, want string }{
		{"Markdown", "a.md", "# Quy hoạch\n\nCác bước như sau.\n\n3. Mở cửa\n4. Đóng cửa\n\n- Ăn cơm\n", "Các bước như sau. {}\n3. Mở cửa {}\n4. Đóng cửa {}\nĂn cơm {}"},
		{"Markdown with brackets", "a.md", "# Quy hoạch\n\n1) Một\n2) Hai\n", "1) Một {}\n2) Hai {}"},
		{"a clause in a list of Markdown", "a.md", "# Quy hoạch\n\n- 2.1. Chi phí là 3 tỷ.\n", "2.1. Chi phí là 3 tỷ. {}"},
		{"items of letters in Markdown", "a.md", "# Quy hoạch\n\n1. Mở cửa:\n    a. sớm\n    b. muộn\n", "1. Mở cửa: {}\na. sớm {}\nb. muộn {}"},
		{"superscripts in Markdown", "a.md", "# Quy hoạch\n\nCó 12.000^1^ xe, 10^6^ lượt, 5 km^2^ và `x^2^`.\n\n1. Một", "Có 12.000¹ xe, 10^6 lượt, 5 km² và x^2^. {}\n1. Một {}"},
		{"HTML", "a.html", "<h1>Q</h1><p>Các bước:</p><ol start=3><li>Mở cửa<li>Đóng cửa</ol>", "Các bước: {}\n3. Mở cửa {}\n4. Đóng cửa {}"},
		{"HTML with paragraphs", "a.html", "<h1>Q</h1><ol><li><p>Mở cửa</p><p>Rồi vào.</p></li><li value=7><p>Đóng cửa</p></li></ol>", "1. Mở cửa {}\nRồi vào. {}\n7. Đóng cửa {}"},
		{"HTML with letters and Roman numbers", "a.html", "<h1>Q</h1><ol type=a><li>Mở cửa</ol><ol style='list-style-type: lower-roman'><li>Đóng cửa</ol>", "a. Mở cửa {}\ni. Đóng cửa {}"},
		{"HTML that counts down", "a.html", "<h1>Q</h1><ol reversed><li>Mở cửa<li>Đóng cửa</ol>", "2. Mở cửa {}\n1. Đóng cửa {}"},
		{"HTML without numbers", "a.html", "<h1>Q</h1><ol style='list-style: none'><li>Mở cửa</ol><ul><li>Đóng cửa</ul>", "Mở cửa {}\nĐóng cửa {}"},
		{"numbers that are typed", "a.html", "<h1>Q</h1><ol><li>1. Mở cửa<li>(2) Đóng cửa</ol>", "1. Mở cửa {}\n(2) Đóng cửa {}"},
		{"notes in Markdown", "a.md", "# Cầu\n\nCầu dài [1]. Nó rộng [2].\n\n## Tài liệu tham khảo\n\n1. Sách một\n2. https://a.com/2\n", "Cầu dài. {1} Nó rộng. {2}\n1: Sách một\n2: https://a.com/2"},
		{"notes in HTML", "a.html", "<h1>Bridge</h1><p>It is long [1]. It is wide [2].</p><h2>References</h2><ol><li>Book one<li>https://a.com/2</ol>", "It is long. {1} It is wide. {2}\n1: Book one\n2: https://a.com/2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Read(test.file, []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); got != test.want {
				t.Errorf("read\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestOpenDocumentNumberedItems(t *testing.T) {
	const styles = `<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>` +
		`<text:list-level-style-number text:level="2" text:display-levels="2" style:num-format="1"/></text:list-style>` +
		`<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>`
	item := func(text, inner string) string {
		return "<text:list-item><text:p>" + text + "</text:p>" + inner + "</text:list-item>"
	}
	body := `<text:h text:outline-level="1">Quy hoạch</text:h>` +
		`<text:list text:style-name="L1">` + item("Kinh phí.", "") + item("Đất.", "<text:list>"+item("Chi phí đất.", "")+item("Nơi ở.", "")+"</text:list>") + `</text:list>` +
		`<text:list text:style-name="L2">` + item("Một việc khác.", "") + `</text:list>` +
		`<text:list text:style-name="L1" text:continue-numbering="true">` + item("Người.", "") + `</text:list>`
	data := wordFile(t, map[string]string{
		"mimetype": odtType,
		"content.xml": `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">` +
			`<office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	})
	r, err := Read("a.odt", data)
	if err != nil {
		t.Fatal(err)
	}
	want := "1. Kinh phí. {}\n2. Đất. {}\n2.1 Chi phí đất. {}\n2.2 Nơi ở. {}\nMột việc khác. {}\n3. Người. {}"
	if got := wholeReading(r); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

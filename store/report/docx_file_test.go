package report

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

const wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// wordFile returns a DOCX of parts by their names; what Word always writes is
// there unless a part of that name is given.
func wordFile(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/styles.xml": `<w:styles ` + wordNamespaces + `><w:style w:styleId="Tiu1"><w:name w:val="heading 1"/></w:style>` +
			`<w:style w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="Tiu1"/></w:style><w:style w:styleId="Ten"><w:name w:val="Title"/></w:style></w:styles>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range all {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
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

// wordText is a main part of paragraphs as XML.
func wordText(paragraphs ...string) string {
	return `<w:document ` + wordNamespaces + `><w:body>` + strings.Join(paragraphs, "") + `<w:sectPr/></w:body></w:document>`
}

func run(written string) string { return `<w:r><w:t xml:space="preserve">` + written + `</w:t></w:r>` }

// styled is a paragraph of a style, with runs.
func styled(style string, runs ...string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + strings.Join(runs, "") + `</w:p>`
}

func footnote(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
func endnote(id string) string  { return `<w:r><w:endnoteReference w:id="` + id + `"/></w:r>` }

// wordNotes is a part of notes: ids and their XML, after the separators that
// Word puts first.
func wordNotes(kind string, notes ...[2]string) string {
	var b strings.Builder
	b.WriteString(`<w:` + kind + `s ` + wordNamespaces + `><w:` + kind + ` w:type="separator" w:id="-1"><w:p>` + run("---") + `</w:p></w:` + kind + `>`)
	for _, note := range notes {
		b.WriteString(`<w:` + kind + ` w:id="` + note[0] + `"><w:p><w:r><w:` + kind + `Ref/></w:r>` + note[1] + `</w:p></w:` + kind + `>`)
	}
	return b.String() + `</w:` + kind + `s>`
}

// rels is a part of addresses by their ids.
func rels(addresses map[string]string) string {
	var b strings.Builder
	for id, address := range addresses {
		b.WriteString(`<Relationship Id="` + id + `" Type="x/hyperlink" Target="` + address + `" TargetMode="External"/>`)
	}
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + b.String() + `</Relationships>`
}

package report

import (
	"context"

	"reportbot/store/report/pdf"
)

// readPDF reads a PDF. Lines printed as headings are headings; a short line in the font of
// the text may be either.
func readPDF(ctx context.Context, data []byte) (*document, error) {
	read, err := pdf.Read(ctx, data)
	if err != nil {
		return nil, refusedPDF(err)
	}
	doc := &document{warnings: read.Warnings, about: metadata{title: read.Title, date: read.Created, authors: read.Authors}}
	kinds := map[pdf.Kind]lineKind{pdf.Heading: heading, pdf.Paragraph: paragraph}
	for _, l := range read.Lines {
		doc.lines = append(doc.lines, printedLine{text: l.Text, kind: kinds[l.Kind], page: pages{l.Page, l.PageStarts}})
	}
	for _, n := range read.Notes {
		doc.notes = append(doc.notes, printedNote{n.N, n.Text})
	}
	return doc, nil
}

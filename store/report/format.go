package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"path"
	"strings"
)

// Read reads a report as a file of that name: .md, .markdown, .html and .htm are
// those formats, PDF, Word files, EPUB and OpenDocument texts are known by their
// content, everything else is plain text. It fails as Parse does, and where a file is plainly another format
// than its name says.
func Read(name string, data []byte) (*Report, error) {
	return readWithin(context.Background(), name, data)
}

// readWithin is Read within ctx, which bounds the formats that another process reads.
func readWithin(ctx context.Context, name string, data []byte) (*Report, error) {
	ending := strings.ToLower(path.Ext(name))
	if err := refuseForeign(ending, data); err != nil {
		return nil, err
	}
	var doc *document
	var err error
	switch {
	case isPDF(ending, data):
		doc, err = readPDF(ctx, data)
	case bytes.HasPrefix(data, zipped):
		doc, err = readArchive(data)
	case ending == ".md", ending == ".markdown":
		doc, err = readMarkdown(data)
	case ending == ".html", ending == ".htm", ending == ".xhtml":
		doc, err = readHTML(data)
	default:
		return Parse(data)
	}
	if err != nil {
		return nil, err
	}
	doc.classifyShortLines()
	return doc.report()
}

// readArchive reads a Word file, an EPUB or an OpenDocument text.
func readArchive(data []byte) (*document, error) {
	p, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	kind, err := p.detect()
	switch {
	case err != nil:
		return nil, err
	case kind == wordArchive:
		return readDOCX(p)
	case kind == epubArchive:
		return readEPUB(p)
	case kind == odtArchive:
		return readODT(p)
	}
	return nil, &RefusedError{Reason: ForeignFormat, Format: "ZIP", Way: Unpack}
}

// How files begin.
var (
	zipped   = []byte("PK\x03\x04")
	compound = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") // Office files before 2007, and encrypted ones
	pdfHead  = []byte("%PDF-")
)

// utf16Encrypted is the name of the part that holds an encrypted file.
var utf16Encrypted = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

// isPDF reports whether a file is a PDF. Before its beginning some bytes may
// stand, such as a server's headers, where its name says that it is one.
func isPDF(ending string, data []byte) bool {
	head := data[:min(len(data), 1024)]
	return bytes.HasPrefix(bytes.TrimLeft(head, "\ufeff \t\r\n"), pdfHead) || ending == ".pdf" && bytes.Contains(head, pdfHead)
}

// refuseForeign tells what a file is that no reader takes, or another than its
// ending says.
func refuseForeign(ending string, data []byte) error {
	switch {
	case ending == ".docm" || ending == ".dotm":
		return errMacros
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, utf16Encrypted):
		return errEncrypted
	case textEndings[ending] && isPDF(ending, data):
		return fmt.Errorf("the file is a PDF, though its name ends in %q", ending)
	case textEndings[ending] && bytes.HasPrefix(data, zipped):
		return fmt.Errorf("the file is a Word file or another archive, though its name ends in %q", ending)
	}
	if err := checkUnsupported(data); err != nil && !isPDF(ending, data) {
		return err
	}
	switch {
	case ending == ".pdf" && !isPDF(ending, data):
		return errors.New("the file is no PDF, though its name ends in \".pdf\"")
	case archiveName[ending] != "" && !bytes.HasPrefix(data, zipped):
		return fmt.Errorf("the file is no %s, though its name ends in %q", archiveName[ending], ending)
	}
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\ufeff"))))
	isHTML := bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
	switch ending {
	case ".html", ".htm", ".xhtml":
		if bytes.IndexByte(data, '<') < 0 && len(bytes.TrimSpace(data)) > 0 && bytes.IndexByte(data, 0) < 0 {
			return fmt.Errorf("the file has no HTML in it, though its name ends in %q", ending)
		}
	default:
		if isHTML {
			return fmt.Errorf("the file is HTML, though its name ends in %q", ending)
		}
	}
	return nil
}

// textEndings are those of formats that are text.
var textEndings = map[string]bool{".txt": true, ".md": true, ".markdown": true, ".html": true, ".htm": true, ".xhtml": true}

// archiveName is what files of an ending are, where these are archives.
var archiveName = map[string]string{".docx": "Word file", ".epub": "EPUB", ".odt": "OpenDocument text"}

// endingOf returns the ending under which what a server sent is to be read:
// that of the address, unless it says nothing and the media type does.
func endingOf(addressPath, mediaType string) string {
	ending := strings.ToLower(path.Ext(addressPath))
	if textEndings[ending] || archiveName[ending] != "" || ending == ".pdf" || ending == ".docm" || ending == ".dotm" {
		return ending
	}
	kind, _, _ := mime.ParseMediaType(mediaType) // one that can't be read is none
	switch kind {
	case "text/html", "application/xhtml+xml":
		return ".html"
	case "text/markdown":
		return ".md"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return ".docx"
	}
	return ""
}

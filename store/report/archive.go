package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Word files, EPUBs and OpenDocument texts are archives of XML files. The standard
// library reads both as streams, so that a file that unpacks to gigabytes costs no
// memory.

// maxUnpacked limits the unpacked size of an archive's files, in bytes. It is a variable
// so that tests can lower it.
var maxUnpacked int64 = 64 << 20

// maxParts limits the files in an archive; Word writes about a dozen, and one for each
// picture.
const maxParts = 10_000

var errBomb = fmt.Errorf("the file unpacks to over %d MB, more than any report", maxUnpacked>>20)

// parts are the files of an archive, with the number of bytes unpacked so far.
type parts struct {
	files    map[string]*zip.File
	unpacked int64
	lenient  bool // HTML's entities, and elements that aren't closed
}

// openArchive returns the files of an archive.
func openArchive(data []byte) (*parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errDamaged
	}
	if len(archive.File) > maxParts {
		return nil, errBomb
	}
	p := &parts{files: map[string]*zip.File{}}
	for _, file := range archive.File {
		if file.Flags&1 != 0 {
			return nil, errEncrypted
		}
		p.files[strings.TrimPrefix(file.Name, "/")] = file
	}
	return p, nil
}

// archiveKind is the file format of an archive.
type archiveKind int

const (
	otherArchive archiveKind = iota
	wordArchive
	epubArchive
	odtArchive
)

// detect returns the archive's format by its mimetype and file names. It fails with a
// RefusedError for an unsupported one.
func (p *parts) detect() (archiveKind, error) {
	mime := p.prefix("mimetype")
	switch {
	case mime == "application/epub+zip", p.files["META-INF/container.xml"] != nil && mime == "":
		return epubArchive, nil
	case strings.HasPrefix(mime, odtType):
		return odtArchive, nil
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument.spreadsheet"):
		return 0, &RefusedError{Reason: ForeignFormat, Format: "OpenDocument (.ods)", Way: SaveAsPDF}
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument."):
		return 0, &RefusedError{Reason: ForeignFormat, Format: "OpenDocument (.odp, .odg)", Way: SaveAsPDF}
	}
	for name := range p.files {
		switch lower := strings.ToLower(name); {
		case strings.HasSuffix(lower, "vbaproject.bin"):
			return 0, errMacros
		case strings.HasPrefix(lower, "xl/"):
			return 0, &RefusedError{Reason: ForeignFormat, Format: "Excel", Way: SaveAsPDF}
		case strings.HasPrefix(lower, "ppt/"):
			return 0, &RefusedError{Reason: ForeignFormat, Format: "PowerPoint", Way: SaveAsPDF}
		case strings.HasSuffix(lower, ".iwa"):
			return 0, &RefusedError{Reason: ForeignFormat, Format: "Apple iWork", Way: SaveAsWord}
		}
	}
	if p.files["_rels/.rels"] != nil || p.files["word/document.xml"] != nil {
		return wordArchive, nil
	}
	return otherArchive, nil
}

// prefix returns the beginning of a part, trimmed.
func (p *parts) prefix(part string) string {
	file := p.files[part]
	if file == nil {
		return ""
	}
	unpacking, err := file.Open()
	if err != nil {
		return ""
	}
	defer unpacking.Close()
	begin, err := io.ReadAll(io.LimitReader(unpacking, 100))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(begin))
}

// dublinCore reads the Dublin Core metadata of EPUB and OpenDocument files.
func (p *parts) dublinCore(part string) (metadata, error) {
	var about metadata
	var read string
	var said strings.Builder
	err := p.stream(part, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			read = t.Name.Local
			said.Reset()
		case xml.CharData:
			said.Write(t)
		case xml.EndElement:
			value := strings.Join(strings.Fields(said.String()), " ")
			if t.Name.Local != read || value == "" {
				return
			}
			read = ""
			switch t.Name.Local {
			case "title":
				if about.title == "" {
					about.title = value
				}
			case "creator", "initial-creator":
				about.authors = append(about.authors, namesOf(value)...)
			case "date", "creation-date":
				day, _, _ := strings.Cut(value, "T")
				if date, _, ok := parseDate(day); ok && about.date == "" {
					about.date = date
				}
			}
		}
	})
	return about, err
}

// programAuthors match default author names set by programs.
var programAuthors = lazyregexp.New(`(?i)\b(?:user|admin|administrator|office|word|windows|microsoft|libreoffice|computer|pc)\b`)

// readOfficeMetadata reads the metadata of an office file. Its title is often that of a
// template, its author the name of a computer.
func (d *document) readOfficeMetadata(p *parts, part string) error {
	about, err := p.dublinCore(part)
	if err != nil {
		return err
	}
	if !d.titleInText(about.title) {
		about.title, about.titleNotInText = "", about.title
	}
	about.authors = slices.DeleteFunc(about.authors, func(name string) bool {
		return programAuthors.MatchString(name) || len(authors(name, false)) == 0
	})
	d.about = about
	return nil
}

// titleInText reports whether a title is one of the first lines.
func (d *document) titleInText(title string) bool {
	return slices.ContainsFunc(d.lines[:min(len(d.lines), maxLetterheadLines)], func(l printedLine) bool {
		return text.Fold(text.Clean(unmarked(l.text))) == text.Fold(title)
	})
}

// each calls visit for every element of a part; a missing part has none.
func (p *parts) each(part string, visit func(xml.StartElement)) error {
	return p.stream(part, func(token xml.Token) {
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	})
}

// stream calls visit for every token of a part.
func (p *parts) stream(part string, visit func(xml.Token)) error {
	file := p.files[part]
	if file == nil {
		return nil
	}
	unpacking, err := file.Open()
	if err != nil {
		return errDamaged
	}
	defer unpacking.Close()
	limited := &io.LimitedReader{R: unpacking, N: maxUnpacked - p.unpacked}
	defer func() { p.unpacked = maxUnpacked - limited.N }()
	tokens := xml.NewDecoder(limited)
	if p.lenient {
		tokens.Strict, tokens.Entity, tokens.AutoClose = false, xml.HTMLEntity, xml.HTMLAutoClose
	}
	for depth := 0; ; {
		token, err := tokens.Token()
		switch {
		case limited.N <= 0:
			return errBomb
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("the file is damaged: can't read its part %s", path.Base(part))
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errNested
			}
		case xml.EndElement:
			depth--
		}
		visit(token)
	}
}

// value returns an attribute, whatever its namespace.
func value(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

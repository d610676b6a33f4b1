package report

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// No maintained library reads Word's footnotes and endnotes: those that read
// DOCX give its text without them. A DOCX is XML in an archive, both of which
// the standard library reads as streams, so that a file that unpacks to
// gigabytes costs no memory.

// maxUnpacked is the most bytes that the parts of a file are unpacked to; a
// variable, so that tests need not unpack as much.
var maxUnpacked int64 = 64 << 20

// maxParts is the most files in the archive; Word makes about a dozen and one
// for each picture.
const maxParts = 10_000

var (
	errBomb    = fmt.Errorf("the file unpacks to over %d MB, more than any report", maxUnpacked>>20)
	errNotDOCX = errors.New("the file is an archive, but no Word file")
)

// readDOCX reads the text of a Word file with its footnotes and endnotes,
// numbered in the order in which the text marks them, endnotes after
// footnotes. Text that was deleted in tracked changes, or is hidden, is none.
func readDOCX(p *parts) (*document, error) {
	main, err := p.mainPart()
	if err != nil {
		return nil, err
	}
	w := &wordReader{parts: p, main: main, numbers: map[noteID]int{}}
	if w.styles, err = p.readStyles(path.Join(path.Dir(main), "styles.xml")); err != nil {
		return nil, err
	}
	if w.lists, err = p.readNumbers(main); err != nil {
		return nil, err
	}
	doc := &document{}
	if err := w.read(main, doc.add); err != nil {
		return nil, err
	}
	if err := w.readNotes(doc); err != nil {
		return nil, err
	}
	if len(doc.lines) == 0 && w.pictures > 0 {
		return nil, errPictures
	}
	return doc, doc.readAbout(p, "docProps/core.xml")
}

// parts are the files of the archive, and how much of them was unpacked.
type parts struct {
	files    map[string]*zip.File
	unpacked int64
	lenient  bool // HTML's entities, and elements that aren't closed
}

const officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"

// mainPart returns the name of the part that holds the text.
func (p *parts) mainPart() (string, error) {
	found := ""
	err := p.each("_rels/.rels", func(e xml.StartElement) {
		kind := value(e, "Type")
		if e.Name.Local == "Relationship" && (kind == officeDocument || strings.HasSuffix(kind, "/relationships/officeDocument")) {
			found = strings.TrimPrefix(path.Clean("/"+value(e, "Target")), "/")
		}
	})
	if err != nil {
		return "", err
	}
	if p.files[found] == nil {
		found = "word/document.xml"
	}
	if p.files[found] == nil {
		return "", errNotDOCX
	}
	return found, nil
}

// addresses returns where the links of a part lead, by their ids.
func (p *parts) addresses(part string) (map[string]string, error) {
	addresses := map[string]string{}
	rels := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	err := p.each(rels, func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && value(e, "TargetMode") == "External" {
			addresses[value(e, "Id")] = value(e, "Target")
		}
	})
	return addresses, err
}

// wordStyles are the paragraph styles that mean something, by their ids.
type wordStyles struct {
	headings map[string]bool
	contents map[string]bool // of tables of contents
	lists    map[string]listPlace
}

// readStyles reads the paragraph styles. A style is what the one is that it is based
// on.
func (p *parts) readStyles(part string) (wordStyles, error) {
	styles := wordStyles{map[string]bool{}, map[string]bool{}, map[string]listPlace{}}
	basedOn := map[string]string{}
	style := ""
	err := p.each(part, func(e xml.StartElement) {
		switch e.Name.Local {
		case "style":
			style = value(e, "styleId")
		case "name":
			name := strings.ToLower(value(e, "val"))
			if strings.HasPrefix(name, "heading ") || name == "title" {
				styles.headings[style] = true
			}
			if strings.HasPrefix(name, "toc ") || name == "table of figures" {
				styles.contents[style] = true
			}
		case "basedOn":
			basedOn[style] = value(e, "val")
		case "outlineLvl":
			if level := value(e, "val"); level != "9" { // 9 is body text
				styles.headings[style] = true
			}
		case "numId", "ilvl":
			at := styles.lists[style]
			at.read(e)
			styles.lists[style] = at
		}
	})
	for id := range basedOn {
		base := basedOn[id]
		for range 10 { // styles may be based on each other in a ring
			if styles.headings[base] {
				styles.headings[id] = true
			}
			if at, found := styles.lists[base]; found && styles.lists[id].list == "" {
				styles.lists[id] = listPlace{at.list, max(at.level, styles.lists[id].level)}
			}
			base = basedOn[base]
		}
	}
	return styles, err
}

// each calls visit for every element of a part; a part that isn't there has
// none.
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
			return fmt.Errorf("the file is damaged: its part %s can't be read", path.Base(part))
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

// noteID is how Word names a note.
type noteID struct{ kind, id string } // kind: footnote or endnote

// wordReader reads the text of a Word file.
type wordReader struct {
	parts    *parts
	main     string
	styles   wordStyles
	lists    *listNumbers
	pictures int
	order    []noteID       // notes in the order in which the text marks them
	numbers  map[noteID]int // of notes, once the order is known
}

// read reads a part's paragraphs.
func (w *wordReader) read(part string, add func(string, lineKind)) error {
	body := &wordBody{wordReader: w, add: add}
	return w.parts.stream(part, body.token)
}

// readNotes reads the notes' texts and numbers them and their markers.
func (w *wordReader) readNotes(doc *document) error {
	for _, kind := range []string{"footnote", "endnote"} {
		texts, err := w.noteTexts(kind)
		if err != nil {
			return err
		}
		for _, id := range w.order {
			if _, known := w.numbers[id]; id.kind == kind && !known {
				w.numbers[id] = len(w.numbers) + 1
			}
		}
		for _, t := range texts { // those that nothing marks come last
			id := noteID{kind, t.id}
			if _, known := w.numbers[id]; !known {
				w.numbers[id] = len(w.numbers) + 1
			}
			doc.notes = append(doc.notes, printedNote{w.numbers[id], t.text})
		}
	}
	for i := range doc.lines {
		doc.lines[i].text = w.numbered(doc.lines[i].text)
	}
	for i := range doc.notes {
		doc.notes[i].raw = w.numbered(doc.notes[i].raw)
	}
	return nil
}

// numbered puts numbers in the place of the notes' ids.
func (w *wordReader) numbered(written string) string {
	if !strings.ContainsRune(written, markFrom) {
		return written
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(written, string(markFrom))
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, string(markTo))
		if !found || !closed {
			return b.String()
		}
		kind, id, _ := strings.Cut(name, ":")
		if number := w.numbers[noteID{kind, id}]; number != 0 {
			writeMarker(&b, number)
		}
		written = after
	}
}

type noteText struct{ id, text string }

// noteTexts returns the notes of a kind as the file has them.
func (w *wordReader) noteTexts(kind string) ([]noteText, error) {
	part := path.Join(path.Dir(w.main), kind+"s.xml")
	addresses, err := w.parts.addresses(part)
	if err != nil {
		return nil, err
	}
	var texts []noteText
	var current *noteText
	body := &wordBody{wordReader: w, addresses: addresses}
	body.add = func(written string, _ lineKind) {
		if current != nil && written != "" {
			current.text += written + "\n"
		}
	}
	err = w.parts.stream(part, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == kind {
				current = nil
				if kind := value(t, "type"); kind == "" || kind == "normal" { // others are lines that part notes from text
					current = &noteText{id: value(t, "id")}
				}
			}
		case xml.EndElement:
			if t.Name.Local == kind && current != nil {
				current.text = strings.TrimSpace(current.text)
				texts = append(texts, *current)
				current = nil
			}
		}
		body.token(token)
	})
	return texts, err
}

// isNoteID reports whether id is what Word names a note by: a number.
func isNoteID(id string) bool {
	_, err := strconv.Atoi(id)
	return err == nil
}

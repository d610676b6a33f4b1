package report

import (
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// No maintained library reads Word's footnotes and endnotes: those that read
// DOCX give its text without them.

// readDOCX reads the text of a Word file with its footnotes and endnotes,
// numbered in the order of their markers, endnotes after footnotes. Text that is hidden or
// was deleted in tracked changes is skipped.
func readDOCX(p *parts) (*document, error) {
	main, err := p.mainPart()
	if err != nil {
		return nil, err
	}
	w := &wordReader{nodes: newNodes(), parts: p, main: main}
	if w.styles, err = p.readStyles(path.Join(path.Dir(main), "styles.xml")); err != nil {
		return nil, err
	}
	if w.lists, err = p.readNumbers(main); err != nil {
		return nil, err
	}
	for _, part := range []string{main, w.notesPart("footnote"), w.notesPart("endnote")} {
		if err := w.readPart(part); err != nil {
			return nil, err
		}
	}
	w.numberNotes()
	doc, err := w.read()
	if err != nil {
		return nil, err
	}
	if len(doc.lines) == 0 && w.pictures > 0 {
		return nil, errPictures
	}
	return doc, doc.readOfficeMetadata(p, "docProps/core.xml")
}

var errNotDOCX = errors.New("the file is an archive, but not a Word file")

const officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"

// mainPart returns the name of the part with the text.
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

// addresses returns the link targets of a part by relationship id.
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

// wordStyles are the relevant paragraph styles by id.
type wordStyles struct {
	headings map[string]bool
	contents map[string]bool // of tables of contents
	lists    map[string]listPlace
}

// readStyles reads the paragraph styles. A style inherits from the one it is based on.
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

// wordReader converts a Word file to HTML.
type wordReader struct {
	*nodes
	parts    *parts
	main     string
	styles   wordStyles
	lists    *listNumbers
	pictures int
	markers  []wordNote // in the order of the text
	bodies   []wordNote // the notes themselves, in that of their parts
}

// wordNote is a note's marker or its body.
type wordNote struct {
	kind, id string // kind: footnote or endnote
	node     *html.Node
}

func (w *wordReader) notesPart(kind string) string {
	return path.Join(path.Dir(w.main), kind+"s.xml")
}

// readPart adds a part's paragraphs.
func (w *wordReader) readPart(part string) error {
	addresses, err := w.parts.addresses(part)
	if err != nil {
		return err
	}
	return w.parts.stream(part, (&wordBody{wordReader: w, addresses: addresses}).token)
}

// numberNotes numbers notes and their markers: footnotes before endnotes, in the order of
// their markers, and notes without a marker last.
func (w *wordReader) numberNotes() {
	numbers := map[[2]string]int{}
	for _, kind := range []string{"footnote", "endnote"} {
		for _, n := range slices.Concat(w.markers, w.bodies) {
			if key := [2]string{n.kind, n.id}; n.kind == kind && numbers[key] == 0 {
				numbers[key] = len(numbers) + 1
			}
		}
	}
	for _, n := range w.markers {
		w.known.markers[n.node] = numbers[[2]string{n.kind, n.id}]
	}
	for _, n := range w.bodies {
		w.known.notes[n.node] = numbers[[2]string{n.kind, n.id}]
	}
}

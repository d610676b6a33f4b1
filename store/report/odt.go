package report

import (
	"encoding/xml"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// readODT reads an OpenDocument text as a page of HTML, with its notes in a
// list at the end: footnotes first, in the order of the text.
func readODT(p *parts) (*document, error) {
	encrypted := false
	err := p.each("META-INF/manifest.xml", func(e xml.StartElement) { encrypted = encrypted || e.Name.Local == "encryption-data" })
	switch {
	case err != nil:
		return nil, err
	case encrypted:
		return nil, errEncrypted
	case p.files["content.xml"] == nil:
		return nil, errDamaged
	}
	r := &odtReader{nodes: newNodes(), styles: map[string]odtStyle{}, numbers: newListNumbers()}
	for _, part := range []string{"styles.xml", "content.xml"} {
		if err := p.each(part, r.style); err != nil {
			return nil, err
		}
	}
	if err := p.stream("content.xml", r.token); err != nil {
		return nil, err
	}
	r.open = r.open[:1]
	r.addNotes()
	doc, err := r.read()
	if err != nil {
		return nil, err
	}
	return doc, doc.readOfficeMetadata(p, "meta.xml")
}

// odtStyle has the relevant properties of a style.
type odtStyle struct {
	parent         string
	raised, hidden bool
}

// odtReader converts a text's elements to HTML.
type odtReader struct {
	*nodes
	styles map[string]odtStyle
	named  string // the style that is being read

	numbers *listNumbers
	lists   []string // the styles of the lists that are open

	inText  bool
	cells   int // depth of table cells
	unread  int // depth within what isn't the text's
	outside int // open elements outside the note that is being read; 0: none is
	notes   []odtNote
}

// odtNote is a note; it is numbered when all notes are read.
type odtNote struct {
	end    bool // an endnote
	marker *html.Node
	body   *html.Node
}

// style reads the styles for superscript, hidden text and titles.
func (r *odtReader) style(e xml.StartElement) {
	switch e.Name.Local {
	case "list-style":
		r.named = value(e, "name")
	case "list-level-style-number", "list-level-style-bullet", "list-level-style-image":
		r.numbers.levels[r.named] = append(r.numbers.levels[r.named], odtLevel(e))
	case "style":
		r.named = value(e, "name")
		r.styles[r.named] = odtStyle{parent: value(e, "parent-style-name")}
	case "text-properties":
		s := r.styles[r.named]
		position := value(e, "text-position")
		s.raised = strings.HasPrefix(position, "super") || position != "" && position[0] >= '1' && position[0] <= '9'
		s.hidden = value(e, "display") == "none"
		r.styles[r.named] = s
	}
}

// anyStyle reports whether a style or one it is based on satisfies asked.
func (r *odtReader) anyStyle(style string, asked func(name string, s odtStyle) bool) bool {
	for range 10 { // styles may be based on each other in a ring
		if asked(style, r.styles[style]) {
			return true
		}
		style = r.styles[style].parent
	}
	return false
}

func isTitleStyle(name string, _ odtStyle) bool { return name == "Title" }

// odtType is how the type of an OpenDocument text begins.
const odtType = "application/vnd.oasis.opendocument.text"

// odtSkipped are elements to skip: deletions in tracked changes, comments, generated lists,
// and the displayed numbers of notes.
var odtSkipped = map[string]bool{
	"tracked-changes": true, "annotation": true, "annotation-end": true, "table-of-content": true, "illustration-index": true, "table-index": true,
	"object-index": true, "user-index": true, "alphabetical-index": true, "sequence-decls": true, "forms": true, "note-citation": true,
	"image": true, "object": true, "object-ole": true, "title": true, "desc": true, "event-listeners": true,
}

func (r *odtReader) token(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		switch {
		case r.unread > 0 || r.inText && odtSkipped[t.Name.Local]:
			r.unread++
		case t.Name.Local == "text" && strings.HasSuffix(t.Name.Space, ":office:1.0"):
			r.inText = true
		case r.inText:
			r.begin(t)
		}
	case xml.EndElement:
		switch {
		case r.unread > 0:
			r.unread--
		case t.Name.Local == "text" && strings.HasSuffix(t.Name.Space, ":office:1.0"):
			r.inText = false
		case r.inText:
			r.close(t.Name.Local)
		}
	case xml.CharData:
		if r.inText && r.unread == 0 {
			r.write(string(t))
		}
	}
}

// begin opens an HTML element for an element of the text.
func (r *odtReader) begin(e xml.StartElement) {
	style := value(e, "style-name")
	switch e.Name.Local {
	case "h", "p":
		name := "p"
		if r.cells == 0 && (e.Name.Local == "h" || r.anyStyle(style, isTitleStyle)) { // a row is one line
			name = "h1"
		}
		r.start(name)
	case "list":
		r.beginList(e)
		r.start("ul")
	case "list-item":
		r.start("li", html.Attribute{Key: numberAttribute, Val: r.nextItem(e)})
	case "list-header":
		r.start("li")
	case "table":
		r.start("table")
	case "table-row":
		r.start("tr")
	case "table-cell", "covered-table-cell":
		r.cells++
		r.start("td")
	case "a":
		r.start("a", html.Attribute{Key: "href", Val: value(e, "href")})
	case "span":
		switch {
		case r.anyStyle(style, func(_ string, s odtStyle) bool { return s.hidden }):
			r.start("span", html.Attribute{Key: "hidden"})
		case r.anyStyle(style, func(_ string, s odtStyle) bool { return s.raised }):
			r.start("sup")
		default:
			r.start("span")
		}
	case "s":
		n, _ := strconv.Atoi(value(e, "c")) // without a number it is one space
		r.start("span")
		r.write(strings.Repeat(" ", max(1, min(n, 100))))
	case "tab":
		r.start("span")
		r.write(" ")
	case "line-break":
		r.start("br")
	case "text-box":
		r.start("div")
	case "note":
		r.beginNote(e)
	default:
		r.start("span")
	}
}

func (r *odtReader) close(name string) {
	if name == "note" && r.outside > 0 {
		r.open = r.open[:r.outside]
		r.outside = 0
		return
	}
	if name == "list" && len(r.lists) > 0 {
		r.lists = r.lists[:len(r.lists)-1]
	}
	if r.cells > 0 && (name == "table-cell" || name == "covered-table-cell") {
		r.cells--
	}
	r.end()
}

// beginNote adds a marker to the text, and then reads into the note's list item. Notes in
// notes are ignored.
func (r *odtReader) beginNote(e xml.StartElement) {
	if r.outside > 0 {
		r.start("span")
		return
	}
	marker := element("a")
	r.last().AppendChild(marker)
	body := element("li")
	r.notes = append(r.notes, odtNote{value(e, "note-class") == "endnote", marker, body})
	r.outside = len(r.open)
	r.open = append(r.open, body)
	r.count += 2
}

// addNotes numbers the notes and adds them to the page.
func (r *odtReader) addNotes() {
	number := 0
	for _, end := range []bool{false, true} {
		for _, n := range r.notes {
			if n.end != end {
				continue
			}
			number++
			r.known.markers[n.marker], r.known.notes[n.body] = number, number
			r.root.AppendChild(n.body)
		}
	}
}

package report

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// wordBody reads the paragraphs of a part as its XML goes by.
type wordBody struct {
	*wordReader
	add       func(written string, kind lineKind)
	addresses map[string]string // of links, where they are to be written out

	line     strings.Builder
	outer    []string // lines that a text box interrupts
	kind     lineKind
	at       listPlace // the paragraph's place in a list
	contents bool      // it belongs to a table of contents
	unread   int       // depth within what isn't shown
	hidden   bool
	raised   bool // the run is superscript
	text     bool // within an element whose characters are text
	field    bool // within the instruction of a field
	row      int  // depth of table rows; a row is one line
	link     string
	shown    int // length of the line where a link's words begin
}

// Elements whose text isn't the document's: what tracked changes took away, and
// mc:Fallback, which repeats a drawing for older programs.
var wordUnread = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "rPrChange": true, "pPrChange": true}

// wordField is the instruction of a link that is a field.
var wordField = regexp.MustCompile(`HYPERLINK\s+"([^"]*)"`)

func (b *wordBody) token(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		if b.unread > 0 || wordUnread[t.Name.Local] {
			b.unread++
			return
		}
		b.start(t)
	case xml.EndElement:
		if b.unread > 0 {
			b.unread--
			return
		}
		b.end(t.Name.Local)
	case xml.CharData:
		switch {
		case b.unread > 0 || b.hidden:
		case b.text:
			b.write(string(t))
		case b.field && b.addresses != nil:
			if m := wordField.FindSubmatch(t); m != nil {
				b.link, b.shown = string(m[1]), b.line.Len()
			}
		}
	}
}

// write adds text, without the private-use characters that stand for note markers.
func (b *wordBody) write(written string) {
	written = withoutReserved(written)
	if b.raised {
		writeSuper(&b.line, written)
		return
	}
	b.line.WriteString(written)
}

func (b *wordBody) start(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		b.outer = append(b.outer, b.line.String())
		if b.row == 0 {
			b.line.Reset()
		}
		b.kind, b.at, b.contents = unknown, listPlace{}, false
	case "pStyle":
		style := value(e, "val")
		if b.styles.headings[style] {
			b.kind = heading
		}
		b.contents = b.styles.contents[style]
		if b.at.list == "" { // the paragraph's own may stand before or behind it
			b.at = b.styles.lists[style]
		}
	case "numId", "ilvl":
		b.at.read(e)
	case "drawing", "pict":
		b.pictures++
	case "outlineLvl":
		if value(e, "val") != "9" {
			b.kind = heading
		}
	case "numPr":
		if b.kind == unknown {
			b.kind = paragraph
		}
	case "r":
		b.hidden, b.raised = false, false
	case "vertAlign":
		b.raised = value(e, "val") == "superscript"
	case "vanish":
		b.hidden = value(e, "val") != "0" && value(e, "val") != "false"
	case "t":
		b.text = true
	case "instrText":
		b.field = true
	case "tab", "ptab":
		b.write(" ")
	case "noBreakHyphen":
		b.write("-")
	case "br", "cr":
		b.lineBreak(e)
	case "tr":
		if b.row++; b.row == 1 {
			b.line.Reset()
		}
	case "hyperlink":
		b.link, b.shown = b.addresses[value(e, "id")], b.line.Len()
	case "fldChar":
		if value(e, "fldCharType") == "end" {
			b.endLink()
		}
	case "footnoteReference", "endnoteReference":
		id := noteID{strings.TrimSuffix(e.Name.Local, "Reference"), value(e, "id")}
		if isNoteID(id.id) && !b.hidden {
			b.order = append(b.order, id)
			b.line.WriteString(string(markFrom) + id.kind + ":" + id.id + string(markTo))
		}
	}
}

// lineBreak ends a line of a paragraph, unless the break is a page's.
func (b *wordBody) lineBreak(e xml.StartElement) {
	if kind := value(e, "type"); b.row > 0 || kind == "page" || kind == "column" {
		b.write(" ")
		return
	}
	b.add(b.line.String(), b.kind)
	b.line.Reset()
	b.shown = 0
}

func (b *wordBody) end(name string) {
	switch name {
	case "t":
		b.text = false
	case "instrText":
		b.field = false
	case "r":
		b.hidden, b.raised = false, false
	case "hyperlink":
		b.endLink()
	case "tc":
		if b.row == 1 && strings.TrimSpace(b.line.String()) != "" {
			b.write(" | ")
		}
	case "tr":
		if b.row--; b.row == 0 {
			b.add(strings.TrimSuffix(strings.TrimSpace(b.line.String()), " |"), paragraph)
			b.line.Reset()
		}
	case "p":
		outer := ""
		if last := len(b.outer) - 1; last >= 0 {
			outer, b.outer = b.outer[last], b.outer[:last]
		}
		if b.row > 0 {
			b.write(" ")
			return
		}
		b.addParagraph()
		b.line.Reset()
		if len(b.outer) > 0 { // back in the paragraph that holds the text box
			b.line.WriteString(outer)
		}
		b.kind = unknown
	}
}

// addParagraph adds the paragraph that ends, with the number that Word gives it.
func (b *wordBody) addParagraph() {
	written := strings.TrimSpace(b.line.String())
	if b.contents || written == "" {
		return
	}
	if b.at.list != "" && b.at.list != "0" {
		if label := b.lists.next(b.at); label != "" {
			written = label + " " + written
		}
	}
	b.add(written, b.kind)
}

// endLink writes out where a link of a note leads, if its words don't.
func (b *wordBody) endLink() {
	if b.link != "" && strings.Contains(b.link, "://") && b.shown <= b.line.Len() && !strings.Contains(b.line.String()[b.shown:], "://") {
		b.write(" ; " + b.link + " ; ")
	}
	b.link = ""
}

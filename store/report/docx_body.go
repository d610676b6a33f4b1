package report

import (
	"encoding/xml"
	"strings"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// wordBody converts a part's paragraphs and rows to HTML.
type wordBody struct {
	*wordReader
	addresses map[string]string // of links, by their ids

	depths   []int     // how many elements were open where each paragraph, row, cell, link or note began
	kind     lineKind  // of the paragraph
	at       listPlace // the paragraph's place in a list
	contents bool      // it belongs to a table of contents
	unread   int       // depth within what isn't shown
	hidden   bool
	raised   bool // the run is superscript
	text     bool // within an element whose characters are text
	field    bool // within the instruction of a field
	rows     int  // depth of table rows; a row is one line
}

// wordSkipped are elements to skip: deletions in tracked changes, and mc:Fallback, which
// repeats a drawing for older programs.
var wordSkipped = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "rPrChange": true, "pPrChange": true}

// wordField is the instruction of a link that is a field.
var wordField = lazyregexp.New(`HYPERLINK\s+"([^"]*)"`)

func (b *wordBody) token(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		separator := isWordNote(t) && value(t, "type") != "" && value(t, "type") != "normal" // a rule between notes and text
		if b.unread > 0 || wordSkipped[t.Name.Local] || separator {
			b.unread++
			return
		}
		b.begin(t)
	case xml.EndElement:
		if b.unread > 0 {
			b.unread--
			return
		}
		b.finish(t.Name.Local)
	case xml.CharData:
		switch {
		case b.unread > 0 || b.hidden:
		case b.text && b.raised:
			b.start("sup")
			b.write(string(t))
			b.end()
		case b.text:
			b.write(string(t))
		case b.field:
			if m := wordField.FindSubmatch(t); m != nil {
				b.start("a", html.Attribute{Key: "href", Val: string(m[1])})
			}
		}
	}
}

func isWordNote(e xml.StartElement) bool {
	return e.Name.Local == "footnote" || e.Name.Local == "endnote"
}

// openElement opens an HTML element that is closed with the current Word element.
func (b *wordBody) openElement(name string, attributes ...html.Attribute) *html.Node {
	b.depths = append(b.depths, len(b.open))
	return b.start(name, attributes...)
}

// openBlock opens a paragraph or a row. One in a text box comes before the paragraph
// that the box is in.
func (b *wordBody) openBlock(name string) {
	outer := b.paragraph()
	block := b.openElement(name)
	if b.rows == 0 && outer != nil && block.Parent != nil {
		block.Parent.RemoveChild(block)
		outer.Parent.InsertBefore(block, outer)
	}
}

// paragraph returns the innermost open paragraph, or nil.
func (b *wordBody) paragraph() *html.Node {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].DataAtom == atom.Div && b.open[i].Parent != nil {
			return b.open[i]
		}
	}
	return nil
}

func (b *wordBody) begin(e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		b.openBlock("div")
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
		if kind := value(e, "type"); kind == "page" || kind == "column" {
			b.write(" ")
		} else {
			b.start("br")
			b.end()
		}
	case "tr":
		b.openBlock("tr")
		b.rows++
	case "tc":
		b.openElement("td")
	case "hyperlink":
		b.openElement("a", html.Attribute{Key: "href", Val: b.addresses[value(e, "id")]})
	case "fldChar":
		if value(e, "fldCharType") == "end" && b.last().DataAtom == atom.A {
			b.end()
		}
	case "footnote", "endnote":
		b.bodies = append(b.bodies, wordNote{e.Name.Local, value(e, "id"), b.openElement("li")})
	case "footnoteReference", "endnoteReference":
		if !b.hidden {
			b.markers = append(b.markers, wordNote{strings.TrimSuffix(e.Name.Local, "Reference"), value(e, "id"), b.start("a")})
			b.end()
		}
	}
}

func (b *wordBody) finish(name string) {
	switch name {
	case "t":
		b.text = false
	case "instrText":
		b.field = false
	case "r":
		b.hidden, b.raised = false, false
	case "tr", "tc", "hyperlink", "footnote", "endnote", "p":
		last := len(b.depths) - 1
		if name == "p" && b.rows == 0 {
			b.finishParagraph(b.open[b.depths[last]])
		}
		if name == "tr" {
			b.rows--
		}
		b.open, b.depths = b.open[:b.depths[last]], b.depths[:last]
	}
}

// finishParagraph sets the tag of a paragraph's element, and adds its list number.
func (b *wordBody) finishParagraph(p *html.Node) {
	switch {
	case b.contents && p.Parent != nil:
		p.Parent.RemoveChild(p)
	case b.kind == heading:
		p.Data, p.DataAtom = "h1", atom.H1
	case b.kind == paragraph:
		p.Data, p.DataAtom = "li", atom.Li
	}
	if !b.contents && b.at.list != "" && b.at.list != "0" && strings.TrimSpace(words(p)) != "" {
		if label := b.lists.next(b.at); label != "" {
			p.InsertBefore(&html.Node{Type: html.TextNode, Data: label + " "}, p.FirstChild)
		}
	}
	b.kind = unknown
}

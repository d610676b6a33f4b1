package report

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// maxTags limits the memory that an HTML file takes: a report of 20 MB has a few hundred
// thousand tags.
const maxTags = 500_000

var errTags = errors.New("the file is not readable text: it has more than " + strconv.Itoa(maxTags) + " tags")

// readHTML reads the text that a browser would show. A marker is a link whose text is a
// number, to a note further down the page.
func readHTML(data []byte) (*document, error) {
	if bytes.Count(data, []byte("<")) > maxTags {
		return nil, errTags
	}
	if encoding, certain := encodingOf(data); certain || !utf8.Valid(data) {
		if !certain {
			if vietnamese, ok := legacyVietnamese(data); ok {
				encoding, data = unicode.UTF8, vietnamese
			}
		}
		decoded, err := encoding.NewDecoder().Bytes(data)
		if err != nil || bytes.Count(decoded, []byte("\ufffd"))*100 > len(decoded) {
			return nil, ErrNotText
		}
		data = decoded
	}
	data, warnings, err := withoutNULs(data)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	if err != nil {
		return nil, errNested
	}
	if nestedTooDeeply(root, 0) {
		return nil, errNested
	}
	links := findNotes(root)
	facts := factsOf(root)
	boilerplate := findBoilerplate(root, links, facts)
	doc := readPage(root, links, boilerplate)
	doc.warnings = append(warnings, doc.warnings...)
	doc.extractMain(root, facts, boilerplate)
	return doc, nil
}

// maxDepth limits how deep elements are nested, and with it the recursion of readers.
const maxDepth = 500

func nestedTooDeeply(n *html.Node, depth int) bool {
	if depth > maxDepth {
		return true
	}
	for child := range n.ChildNodes() {
		if nestedTooDeeply(child, depth+1) {
			return true
		}
	}
	return false
}

// readPage reads a page with the given notes. Lines in boilerplate elements are marked.
func readPage(root *html.Node, links *htmlNotes, boilerplate map[*html.Node]bool) *document {
	h := &htmlReader{doc: &document{}, line: &strings.Builder{}, items: map[*html.Node]map[*html.Node]string{}, boilerplate: boilerplate}
	h.page, h.notes, h.markers, h.more = links.page, links.notes, links.markers, links.more
	h.walk(root, unknown)
	h.end(unknown)
	return h.doc
}

type htmlReader struct {
	doc         *document
	page        pageAddress
	notes       map[*html.Node]int // elements that hold notes: numbers
	markers     map[*html.Node]int // links that are markers: numbers
	more        map[*html.Node]int // further paragraphs of notes: numbers
	items       map[*html.Node]map[*html.Node]string
	item        string // the number of the item that begins, until it has text
	broken      bool   // the line before ended in a line break
	boilerplate map[*html.Node]bool
	aside       int // depth of elements beside the page's text
	linked      int // characters of the line that are links
	line        *strings.Builder
	row         int // depth of table rows; a row is one line
	note        int // whose text is read; 0: the report's
	raw         strings.Builder
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words returns the text of n.
func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for inner := range n.Descendants() {
		if inner.Type == html.TextNode {
			b.WriteString(inner.Data)
		}
	}
	return b.String()
}

// Elements that a browser doesn't show, and those that start a line.
var (
	unseen = map[atom.Atom]bool{
		atom.Head: true, atom.Title: true, atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Nav: true,
		atom.Svg: true, atom.Iframe: true, atom.Object: true, atom.Select: true, atom.Button: true, atom.Textarea: true,
	}
	blocks = map[atom.Atom]bool{
		atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true, atom.Section: true,
		atom.Article: true, atom.Main: true, atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Table: true,
		atom.Tr: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Pre: true, atom.Figure: true, atom.Figcaption: true,
		atom.Hr: true, atom.Body: true, atom.Address: true, atom.Caption: true, atom.Form: true, atom.Fieldset: true,
		atom.Details: true, atom.Summary: true,
		atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	}
	hiddenStyle = lazyregexp.New(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
)

// walk reads the visible text of n. kind is the kind of its lines.
func (h *htmlReader) walk(n *html.Node, kind lineKind) {
	if n.Type == html.TextNode {
		h.write(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		if h.boilerplate[n] && !blocks[n.DataAtom] && n.DataAtom != atom.Nav {
			return
		}
		if h.boilerplate[n] && h.row == 0 && h.note == 0 {
			h.end(kind)
			h.aside++
			defer func() {
				h.end(kind)
				h.aside--
			}()
		}
		if unseen[n.DataAtom] && !(n.DataAtom == atom.Nav && h.aside > 0) || hiddenStyle.MatchString(attribute(n, "style")) || has(n, "hidden") {
			return
		}
		if number, ok := h.markers[n]; ok {
			writeMarker(h.line, number)
			return
		}
		if h.note != 0 && isBacklink(h.page, n) {
			return
		}
		if number, ok := pageNumberOf(n); ok {
			h.line.WriteString(number)
			return
		}
		switch n.DataAtom {
		case atom.Br:
			h.endBlock(kind)
			h.broken = true
			return
		case atom.Sup:
			h.readSuperscript(n, kind)
			return
		case atom.P:
			if kind == unknown {
				kind = block
			}
		case atom.Td, atom.Th:
			if strings.TrimSpace(h.line.String()) != "" {
				h.line.WriteString(" | ")
			}
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			h.end(kind)
			kind = heading
		case atom.Li, atom.Pre:
			h.endBlock(kind)
			kind = paragraph
			if n.DataAtom == atom.Li {
				h.item = h.numberOf(n)
			}
		case atom.Tr:
			h.endBlock(kind)
			kind = paragraph
			h.row++
			defer func() {
				if h.row--; h.row == 0 {
					h.end(paragraph)
				}
			}()
		}
		if number, ok := h.notes[n]; ok {
			h.end(kind)
			h.readNote(n, number)
			return
		}
		if number, ok := h.more[n]; ok && h.note == 0 {
			h.end(kind)
			h.readMore(n, number)
			return
		}
		if blocks[n.DataAtom] && n.DataAtom != atom.Td {
			h.endBlock(kind)
		}
	}
	before := h.line.Len()
	for child := range n.ChildNodes() {
		h.walk(child, kind)
	}
	if n.DataAtom == atom.A {
		h.linked += max(0, h.line.Len()-before)
		h.address(n)
	}
	if blocks[n.DataAtom] {
		h.endBlock(kind)
	}
}

// inlineRemark matches a superscript that comments on the sentence before it: a missing
// source, or the page of its note.
var inlineRemark = lazyregexp.New(`^\s*(?:\[[\pL\s?!-]{4,}\]|:\s?\d{1,4}(?:[–-]\d{1,4})?)\s*$`)

// readSuperscript reads a superscript.
func (h *htmlReader) readSuperscript(n *html.Node, kind lineKind) {
	outer := h.line
	h.line = &strings.Builder{}
	for child := range n.ChildNodes() {
		h.walk(child, kind)
	}
	inner := h.line.String()
	h.line = outer
	if !inlineRemark.MatchString(inner) {
		writeSuper(h.line, inner)
	}
}

// endBlock ends the line, except within a table's row.
func (h *htmlReader) endBlock(kind lineKind) {
	if h.row > 0 {
		h.line.WriteByte(' ')
		return
	}
	h.end(kind)
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// readNote reads a note without its links back to the text.
func (h *htmlReader) readNote(n *html.Node, number int) {
	h.doc.notes = append(h.doc.notes, printedNote{number, noteBody(h.noteText(n, number), number)})
}

// readMore reads another paragraph of the last note.
func (h *htmlReader) readMore(n *html.Node, number int) {
	if last := len(h.doc.notes) - 1; last >= 0 && h.doc.notes[last].n == number {
		h.doc.notes[last].raw += "\n" + unmarked(strings.TrimSpace(h.noteText(n, number)))
	}
}

// noteText returns the text of an element of a note.
func (h *htmlReader) noteText(n *html.Node, number int) string {
	outer, row := h.note, h.row
	h.note, h.row, h.item = number, 0, ""
	h.raw.Reset()
	for child := range n.ChildNodes() {
		h.walk(child, paragraph)
	}
	h.end(paragraph)
	h.note, h.row = outer, row
	return h.raw.String()
}

// address writes the URL of a link in a note, unless its text is the URL.
func (h *htmlReader) address(n *html.Node) {
	to := h.page.resolve(attribute(n, "href"))
	if h.note != 0 && (strings.HasPrefix(to, "http://") || strings.HasPrefix(to, "https://")) && !strings.Contains(words(n), "://") {
		h.line.WriteString(" ; " + to + " ; ")
	}
}

// write adds text to the line, with single spaces.
func (h *htmlReader) write(written string) {
	if h.item != "" && strings.TrimSpace(written) != "" {
		h.line.WriteString(h.item)
		h.item = ""
	}
	for _, r := range written {
		if reserved(r) {
			continue
		}
		if r == '\n' || r == '\t' || r == '\r' || r == '\f' {
			r = ' '
		}
		h.line.WriteRune(r)
	}
}

// end ends the line.
func (h *htmlReader) end(kind lineKind) {
	written := strings.Join(strings.Fields(norm.NFC.String(h.line.String())), " ")
	h.line.Reset()
	broken, linked := h.broken, h.linked
	h.broken, h.linked = false, 0
	if written == "" {
		return
	}
	if h.note != 0 {
		h.raw.WriteString(written + "\n")
		return
	}
	h.doc.addLine(printedLine{text: written, kind: kind, gap: !broken, boilerplate: h.aside > 0, linked: 2*linked > len(written)})
}

var (
	pageWords = lazyregexp.New(`(?i)^\s*[\[({]?\s*(?:(?:p|pg|page|trang|tr)\.?\s*)?(?:\d{1,4}|[ivxlc]{1,8})\s*[\])}]?\s*$`)
	pageNames = lazyregexp.New(`(?i)(?:^|[\s_-])(?:page|pg)(?:[\s_-]?(?:num(?:ber)?|no|break))?[\s_-]?(?:\d{1,4}|[ivxlc]{1,8})?(?:$|[\s_-])|pagebreak`)
)

// pageNumberOf returns the number of a printed page inside the text: it is no marker, even
// in brackets.
func pageNumberOf(n *html.Node) (string, bool) {
	if !slices.ContainsFunc([]string{"id", "class", "role", "epub:type"}, func(name string) bool { return pageNames.MatchString(attribute(n, name)) }) {
		return "", false
	}
	written := words(n)
	return strings.ReplaceAll(written, "[", string(codeBracket)), pageWords.MatchString(written)
}

package report

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	footnotes "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown supports tables and footnotes. The library's own transformer would drop notes
// without a marker, which must be reported.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(
		parser.WithBlockParsers(util.Prioritized(extension.NewFootnoteBlockParser(), 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
	),
).Parser()

// maxNesting limits how deep quotations and lists are nested.
const maxNesting = 100

// maxOpen limits the brackets and emphasis characters in a line: parse time is quadratic in
// their number.
const maxOpen = 2000

// maxLines limits the memory that a text takes: a report of 20 MB has a hundred thousand
// lines.
const maxLines = 300_000

// maxDefinitions limits the definitions of notes and links.
const maxDefinitions = 5000

var definition = lazyregexp.New(`^[\s>*+-]*\[[^\]]*\]:`)

var nesting = lazyregexp.New(`^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))+`)

var unknownNote = lazyregexp.New(`\[\^(\d{1,4})\]`)

var errNested = errors.New("the file is not readable text: it is nested too deeply, or has too many lines or special characters")

// readMarkdown reads CommonMark with tables and footnotes ([^1]). A link whose
// words are a number, as in [1](https://...), is a marker with its note.
func readMarkdown(data []byte) (*document, error) {
	decoded, warnings, err := decode(data)
	if err != nil {
		return nil, err
	}
	if !canParse(decoded) {
		return nil, errNested
	}
	about, decoded := frontMatter(decoded)
	decoded = superscriptTags(withoutInlineNotes(decoded))
	if linksWithin.Match(decoded) {
		doc, err := renderedMarkdown(decoded)
		if err == nil {
			doc.about, doc.warnings = about, append(warnings, doc.warnings...)
		}
		return doc, err
	}
	m := &markdownReader{doc: &document{warnings: warnings, about: about}, source: decoded, notes: map[*footnotes.Footnote]int{}, cited: map[int]int{}, linked: map[int]string{}}
	root := markdown.Parse(text.NewReader(decoded))
	m.number(root)
	m.block(root, unknown)
	for i := range m.doc.lines { // a marker whose note is missing
		m.doc.lines[i].text = unknownNote.ReplaceAllString(m.doc.lines[i].text, "[$1]")
	}
	for n, address := range m.linked {
		m.doc.notes = append(m.doc.notes, printedNote{n, address})
	}
	return m.doc, nil
}

// canParse reports whether the library can parse a text in time linear in its length.
func canParse(written []byte) bool {
	if bytes.Count(written, []byte("\n")) > maxLines {
		return false
	}
	definitions := 0
	for l := range bytes.Lines(written) {
		prefix := nesting.Find(l)
		open := 0
		for _, sign := range []string{"[", "]", "*", "_", "`"} {
			open += bytes.Count(l, []byte(sign))
		}
		if definition.Match(l) {
			definitions++
		}
		if len(bytes.Join(bytes.Fields(prefix), nil)) > maxNesting || open > maxOpen || definitions > maxDefinitions {
			return false
		}
	}
	return true
}

type markdownReader struct {
	doc    *document
	source []byte
	notes  map[*footnotes.Footnote]int // their numbers
	cited  map[int]int                 // the same, by the library's index of notes that are marked
	linked map[int]string              // addresses of links that are markers
	used   map[int]bool
	headed bool // a heading stands above
}

// headingAttributes are the id and classes of a heading, as pandoc and site
// generators read them: {#costs .wide}.
var headingAttributes = lazyregexp.New(`\s*\{:?\s*[#.][^{}]*\}\s*$`)

// number numbers the notes: by their label, or for a label in words with the first free
// number.
func (m *markdownReader) number(root ast.Node) {
	used := map[int]bool{}
	var named []*footnotes.Footnote
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*footnotes.Footnote); ok && entering {
			if number, err := strconv.Atoi(string(f.Ref)); err == nil && number > 0 && number <= 9999 && !used[number] {
				m.notes[f], used[number] = number, true
			} else {
				named = append(named, f)
			}
		}
		return ast.WalkContinue, nil
	})
	m.used = used
	// Notes without a number are numbered in the order of their markers.
	slices.SortStableFunc(named, func(a, b *footnotes.Footnote) int { return cmp.Compare(uint(a.Index-1), uint(b.Index-1)) })
	for _, f := range named {
		m.notes[f] = m.freeNumber()
	}
	for f, number := range m.notes {
		if f.Index > 0 {
			m.cited[f.Index] = number
		}
	}
}

// freeNumber reserves and returns the first free number.
func (m *markdownReader) freeNumber() int {
	number := 1
	for m.used[number] {
		number++
	}
	m.used[number] = true
	return number
}

// block adds the lines of a block and of its child blocks.
func (m *markdownReader) block(n ast.Node, kind lineKind) {
	switch n := n.(type) {
	case *ast.Heading:
		written := strings.ReplaceAll(m.inline(n), "\n", " ")
		m.doc.add(headingAttributes.ReplaceAllString(written, ""), heading)
		m.headed = true
		return
	case *ast.Paragraph, *ast.TextBlock:
		for i, written := range unwrap(m.inline(n), m.headed) {
			m.doc.addLine(printedLine{text: written, kind: kind, gap: i == 0})
		}
		return
	case *ast.List:
		m.list(n)
		return
	case *footnotes.Footnote:
		inner := &markdownReader{doc: &document{}, source: m.source, notes: m.notes, cited: m.cited, linked: map[int]string{}, used: m.used}
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			inner.block(child, paragraph)
		}
		var written []string
		for _, l := range inner.doc.lines {
			written = append(written, l.text)
		}
		m.doc.notes = append(m.doc.notes, printedNote{m.notes[n], strings.Join(written, "\n")})
		return
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			at := n.Lines().At(i)
			m.doc.add(strings.ReplaceAll(string(at.Value(m.source)), "[", string(codeBracket)), paragraph)
		}
		return
	case *ast.HTMLBlock:
		var written bytes.Buffer
		for i := range n.Lines().Len() {
			at := n.Lines().At(i)
			written.Write(at.Value(m.source))
		}
		if inner, err := readHTML(written.Bytes()); err == nil {
			m.doc.lines = append(m.doc.lines, inner.lines...)
		}
		return
	case *footnotes.TableHeader, *footnotes.TableRow:
		var cells []string
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if written := strings.TrimSpace(m.inline(cell)); written != "" {
				cells = append(cells, written)
			}
		}
		m.doc.add(strings.Join(cells, " | "), paragraph)
		return
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		m.block(child, kind)
	}
}

// list adds the items of a list, with their numbers.
func (m *markdownReader) list(list *ast.List) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		first := len(m.doc.lines)
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			m.block(child, paragraph)
		}
		if list.IsOrdered() && first < len(m.doc.lines) {
			if l := &m.doc.lines[first]; !ownItemNumber.MatchString(l.text) {
				l.text = strconv.Itoa(number) + string(list.Marker) + " " + l.text
			}
			number++
		}
	}
}

// inline returns the text of a block, with markers and line breaks.
func (m *markdownReader) inline(n ast.Node) string {
	var b strings.Builder
	m.write(&b, n)
	return b.String()
}

func (m *markdownReader) write(b *strings.Builder, n ast.Node) {
	outer := b // that a superscript in HTML interrupts
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.RawHTML:
			switch tag := strings.ToLower(string(child.Segments.Value(m.source))); {
			case strings.HasPrefix(tag, "<sup"):
				b = &strings.Builder{}
			case tag == "</sup>" && b != outer:
				raised := b.String()
				b = outer
				writeSuper(b, raised)
			}
		case *ast.Text:
			b.Write(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(child.Segment.Value(m.source)))))
			if child.SoftLineBreak() || child.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(child.Value)
		case *ast.AutoLink:
			b.Write(child.URL(m.source))
		case *ast.CodeSpan:
			for part := child.FirstChild(); part != nil; part = part.NextSibling() {
				if written, ok := part.(*ast.Text); ok {
					b.Write(written.Segment.Value(m.source))
				}
			}
		case *footnotes.FootnoteLink:
			if number, ok := m.cited[child.Index]; ok {
				writeMarker(b, number)
			}
		case *ast.Link:
			m.link(b, child)
		case *ast.Image: // what can't be read aloud
		default:
			m.write(b, child)
		}
	}
	if b != outer { // never closed
		outer.WriteString(b.String())
	}
}

// link writes a link's text. In a note it also writes the URL, if the text differs.
func (m *markdownReader) link(b *strings.Builder, link *ast.Link) {
	words, address := m.inline(link), string(link.Destination)
	if number, err := strconv.Atoi(strings.Trim(words, "[]^ ")); err == nil && number > 0 && number <= 9999 && strings.Contains(address, "://") {
		if m.used[number] && m.linked[number] != address {
			number = m.freeNumber() // another note has it
		}
		m.used[number], m.linked[number] = true, address
		writeMarker(b, number)
		return
	}
	b.WriteString(words)
	if inNote(link) && strings.Contains(address, "://") && !strings.Contains(words, "://") {
		b.WriteString(" ; " + address + " ; ")
	}
}

func inNote(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if _, ok := n.(*footnotes.Footnote); ok {
			return true
		}
	}
	return false
}

const (
	// wrappedFrom and wrappedTo are the range of line lengths, in characters, of a paragraph
	// wrapped by an editor.
	wrappedFrom, wrappedTo = 50, 120
)

// unwrap joins the lines of a wrapped paragraph. Lines of other lengths were ended on
// purpose, such as title, date and authors, or paragraphs without blank lines between
// them. But a line that begins with a lower-case letter is always joined, and below a
// heading also one that continues a sentence.
func unwrap(written string, headed bool) []string {
	lines := strings.Split(written, "\n")
	prose := headed && hasFullStop(lines[len(lines)-1])
	wrapped := true
	for i, l := range lines {
		length := utf8.RuneCountInString(l)
		wrapped = wrapped && length <= wrappedTo && (length >= wrappedFrom || i == len(lines)-1)
	}
	joined := lines[:1]
	for _, l := range lines[1:] {
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(l))
		if unicode.IsLower(first) && !itemStart.MatchString(l) || wrapped && !noteLine.MatchString(l) || prose && endsMidSentence(joined[len(joined)-1], l) {
			joined[len(joined)-1] += " " + l
			continue
		}
		joined = append(joined, l)
	}
	return joined
}

// endsMidSentence reports whether a line ends inside a sentence that continues on the next.
func endsMidSentence(line, next string) bool {
	line = trailingMarker.ReplaceAllString(line, "")
	return !endsSentence(line) && !endsInColon(line) && !strings.HasSuffix(line, ";") &&
		!noteLine.MatchString(next) && !itemStart.MatchString(next) && !raisedDigits.MatchString(next)
}

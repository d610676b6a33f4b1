package pdf

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

// document converts pages to a Document.
func document(pages []*page, about metadata) (*Document, error) {
	if isScan(pages) {
		return nil, ErrPictures
	}
	dropEdges(pages)
	l := newLayout(pages)
	notes := l.footnotes()
	notes = append(notes, l.takeEndnotes()...)
	numbers := number(notes)
	l.resolveMarkers(notes, numbers)
	l.measure() // without the notes
	d := &Document{Authors: authorsOf(about.author), Created: about.created}
	var lines []Line
	for _, p := range l.paragraphs(l.lines) {
		text, turns := l.joined(p)
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, Line{Text: text, Kind: l.kind(p, text), Page: p[0].page, PageStarts: turns})
		}
	}
	isContents := func(i int) bool { return i >= 0 && i < len(lines) && contentsLine.MatchString(lines[i].Text) }
	for i, printed := range lines {
		if !isContents(i) || !isContents(i-1) && !isContents(i+1) {
			d.Lines = append(d.Lines, printed)
		}
	}
	if contents := len(lines) - len(d.Lines); contents > 0 {
		d.Warnings = append(d.Warnings, "left out: a list of contents of "+strconv.Itoa(contents)+" lines")
	}
	for i, n := range notes {
		d.Notes = append(d.Notes, Note{numbers[i], l.noteText(n)})
	}
	if len(d.Lines) == 0 {
		return nil, ErrPictures
	}
	if title := usableTitle(about.title); d.opensWith(title) || !d.hasTitle() {
		d.Title = title
	}
	return d, nil
}

// contentsLine matches the end of a line in a table of contents.
var contentsLine = lazyregexp.New(`(?:\.\s?){5,}\s*\d{1,4}$|(?:…\s?){2,}\s*\d{1,4}$`)

// maxPictureLetters is the maximum number of letters of a scanned page, which may have a
// line added by the scanner.
const maxPictureLetters = 40

// isScan reports whether pages have hardly any text.
func isScan(pages []*page) bool {
	texts := map[string]bool{}
	letters := 0
	for _, p := range pages {
		text := joinUnspaced(p.words)
		n := Letters(text)
		if n > maxPictureLetters {
			return false
		}
		letters += n
		texts[text] = true
	}
	// Short pages are text, unless all have the same text.
	return letters == 0 || len(pages) > 1 && len(texts) == 1
}

// noteText returns a note's text on one line, with the addresses of its links
// written out.
func (l *layout) noteText(n footnote) string {
	var lines paragraph
	for _, printed := range n.lines {
		if printed.words = withAddresses(printed.words); len(printed.words) > 0 {
			lines = append(lines, printed)
		}
	}
	text, _ := l.joined(lines)
	return strings.TrimSpace(backLink.ReplaceAllString(dropRepeated(text, n), ""))
}

// backLink matches the symbols of a link from a note back to its marker.
var backLink = lazyregexp.New(`(?:\s*[↩↑⏎]\x{fe0e}?)+$`)

// withAddresses replaces the text of a link by its URL if the text is the URL, perhaps
// shortened; otherwise it adds the URL after the text.
func withAddresses(words []word) []word {
	var out []word
	for i := 0; i < len(words); {
		w := words[i]
		j := i + 1
		for j < len(words) && w.linkID != 0 && words[j].linkID == w.linkID {
			j++
		}
		out = append(out, words[i:j]...)
		if w.linkID != 0 && isWeb(w.address) && !strings.Contains(joinUnspaced(words[i:j]), "://") {
			w.text, w.glued, w.linkID = "; "+w.address+" ;", false, 0
			out = append(out, w)
		}
		i = j
	}
	return out
}

func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// joinUnspaced joins words without spaces.
func joinUnspaced(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return b.String()
}

// dropRepeated removes a URL that withAddresses added though it was printed already.
func dropRepeated(text string, n footnote) string {
	for _, printed := range n.lines {
		for _, w := range printed.words {
			if added := "; " + w.address + " ;"; isWeb(w.address) {
				before, after, found := strings.Cut(text, added)
				if found && (strings.Contains(before, w.address) || strings.Contains(after, w.address)) {
					text = strings.Join(strings.Fields(before+" "+after), " ")
				}
			}
		}
	}
	return text
}

// programTitle matches default titles set by programs.
var programTitle = lazyregexp.New(`(?i)^(?:untitled|microsoft word|document\d*|slide \d+|powerpoint|title|không tên|\(anonymous\)|new document|print|about:blank|.*\.(?:docx?|odt|rtf|txt|html?|tex|dvi|pdf|indd|qxd|pub|pptx?|md|tmp)$|https?://|/|[a-z]:\\|[\w-]{20,}$)`)

// usableTitle returns the metadata's title; empty if it is a default one.
func usableTitle(title string) string {
	if utf8.RuneCountInString(title) < 4 || utf8.RuneCountInString(title) > 300 || programTitle.MatchString(title) ||
		strings.ContainsRune(title, unicode.ReplacementChar) || !strings.ContainsFunc(title, unicode.IsLetter) {
		return ""
	}
	return title
}

// opensWith reports whether the first page has all the words of a title.
func (d *Document) opensWith(title string) bool {
	words := map[string]bool{}
	for _, l := range d.Lines {
		if l.Page == d.Lines[0].Page {
			for _, w := range strings.Fields(l.Text) {
				words[fold(w)] = true
			}
		}
	}
	for _, w := range strings.Fields(title) {
		if !words[fold(w)] {
			return false
		}
	}
	return title != ""
}

// hasTitle reports whether the first page has a line that is printed as a title.
func (d *Document) hasTitle() bool {
	return slices.ContainsFunc(d.Lines, func(l Line) bool { return l.Kind == Heading && l.Page == d.Lines[0].Page })
}

var authorSeparator = lazyregexp.New(`\s*(?:;|,|\band\b|\bvà\b)\s*`)

// authorsOf reads the metadata's authors; an account's name is none.
func authorsOf(author string) []string {
	var names []string
	for _, name := range authorSeparator.Split(author, -1) {
		words := strings.Fields(name)
		if len(words) < 2 || len(words) > 6 || strings.ContainsFunc(name, unicode.IsDigit) {
			return nil
		}
		names = append(names, name)
	}
	return names
}

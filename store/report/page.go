package report

import (
	"fmt"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reportbot/store/text"
)

const (
	// minMainShare is the share of a page's words that its main text has at least, or
	// it was not found.
	minMainShare = .3
	// minProseShare is the share of its whole sentences that suffices.
	minProseShare = .6
	proseWords    = 10
	// minLines is how many lines a page has that may have more than its text.
	minLines = 6
	// minWords is how many words a main text has.
	minWords = 60
)

// describe reads what a page says of itself, and leaves out what is not its main
// text: menus, banners, links to other pages. Nothing is left out where a marker
// would go with it.
func (d *document) describe(root *html.Node, facts *pageFacts, boilerplate map[*html.Node]bool) {
	furnished := len(boilerplate) > 0 || hasFurniture(root)
	for n := range boilerplate {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	article, err := readability.FromDocument(root, nil)
	if err != nil {
		article = readability.Article{}
	}
	d.about = facts.metadata(article)
	before := countWords(d.lines)
	d.dropBoilerplate()
	if furnished && len(d.lines) >= minLines {
		d.dropAboveTitle(facts)
		var main strings.Builder
		if article.Node != nil && article.RenderText(&main) == nil {
			d.lines = mainLines(d.lines, lineKey(main.String()))
		}
	}
	if left := before - countWords(d.lines); left > 0 {
		d.warnings = append(d.warnings, fmt.Sprintf("%d words beside the main text of the page are left out", left))
	}
}

func countWords(lines []printedLine) int {
	n := 0
	for _, l := range lines {
		n += len(strings.Fields(l.text))
	}
	return n
}

// isNote reports whether a line has a marker, or is a note's or the head of notes.
func (l printedLine) isNote() bool {
	return hasMarker(l.text) || isNotesHeading(l.text) || noteLine.MatchString(l.text)
}

// dropBoilerplate takes out the lines of elements beside the text, unless nothing
// else is there.
func (d *document) dropBoilerplate() {
	kept := slices.DeleteFunc(slices.Clone(d.lines), func(l printedLine) bool { return l.boilerplate && !l.isNote() })
	if countWords(kept) > 0 {
		d.lines = kept
	}
}

// maxAboveTitle is the share of a page's words that stand above its title at most.
const maxAboveTitle = .3

// dropAboveTitle takes out what stands above the heading that is the page's title.
func (d *document) dropAboveTitle(facts *pageFacts) {
	head := facts.head()
	if head == nil {
		return
	}
	title := lineKey(headText(head))
	for i, l := range d.lines {
		if l.isNote() {
			return
		}
		if l.kind == heading && lineKey(l.text) == title {
			if float64(countWords(d.lines[:i])) <= maxAboveTitle*float64(countWords(d.lines)) {
				d.lines = d.lines[i:]
			}
			return
		}
	}
}

// mainLines returns the lines from the first to the last that the main text has,
// less the rows of links among them, if that is most of the page. Lines with markers
// and notes are kept.
func mainLines(lines []printedLine, main string) []printedLine {
	in := make([]bool, len(lines))
	first, last := -1, -1
	words, prose, allProse := 0, 0, 0
	for i, l := range lines {
		key := lineKey(supers.ReplaceAllString(refs.ReplaceAllString(l.text, " "), " $1 "))
		in[i] = strings.Contains(main, key)
		n := len(strings.Fields(l.text))
		if in[i] {
			words += n
		}
		if n >= proseWords && !l.linked && endsSentence(l.text) {
			allProse += n
			if in[i] {
				prose += n
			}
		}
		if in[i] && n >= 4 || l.isNote() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if words < minWords || float64(words) < minMainShare*float64(countWords(lines)) && float64(prose) < minProseShare*float64(allProse) {
		return lines
	}
	var kept []printedLine
	for i, l := range lines {
		inside := first <= i && i <= last
		switch {
		case in[i], l.isNote(), inside && (!l.linked || l.kind == heading):
			kept = append(kept, l)
		case i < first && (len(kept) == 0 && l.kind == heading || len(kept) > 0 && !l.linked):
			kept = append(kept, l) // the title, and what stands between it and the text
		}
	}
	return kept
}

// lineKey is a text for comparing: its words alone.
func lineKey(s string) string {
	var b strings.Builder
	for _, word := range text.Words(s) {
		b.WriteString(word.Exact)
		b.WriteByte(' ')
	}
	return b.String()
}

// hasFurniture reports whether a page has more on it than a text: scripts, forms,
// headers and footers.
func hasFurniture(n *html.Node) bool {
	return anyIn(n, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Script, atom.Form, atom.Button:
			return true
		}
		return false
	})
}

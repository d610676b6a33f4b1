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
	// minMainShare is the minimum share of a page's words for a main text to be accepted.
	minMainShare = .3
	// minProseShare is the share of its whole sentences that suffices.
	minProseShare = .6
	proseWords    = 10
	// minLines is the minimum number of lines of a page to search for a main text.
	minLines = 6
	// minWords is the minimum number of words of a main text.
	minWords = 60
)

// extractMain reads a page's metadata, and drops what is not its main text: menus, banners,
// links to other pages. Nothing is dropped if that would drop a marker.
func (d *document) extractMain(root *html.Node, facts *pageFacts, boilerplate map[*html.Node]bool) {
	furnished := len(boilerplate) > 0 || isWebPage(root)
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

// isNote reports whether a line has a marker, or is a note or the heading of notes.
func (l printedLine) isNote() bool {
	return hasMarker(l.text) || isNotesHeading(l.text) || noteLine.MatchString(l.text)
}

// dropBoilerplate removes the lines of boilerplate elements, unless there are no others.
func (d *document) dropBoilerplate() {
	kept := slices.DeleteFunc(slices.Clone(d.lines), func(l printedLine) bool { return l.boilerplate && !l.isNote() })
	if countWords(kept) > 0 {
		d.lines = kept
	}
}

// maxAboveTitle is the maximum share of a page's words above its title.
const maxAboveTitle = .3

// dropAboveTitle removes the lines above the heading that is the page's title.
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

// mainLines returns the lines from the first to the last of the main text, without rows of
// links, if that is most of the page. Lines with markers and notes are never dropped.
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

// lineKey returns a text's words, for comparisons.
func lineKey(s string) string {
	var b strings.Builder
	for _, word := range text.Words(s) {
		b.WriteString(word.Exact)
		b.WriteByte(' ')
	}
	return b.String()
}

// isWebPage reports whether a page has more than a text: scripts, forms, headers and
// footers.
func isWebPage(n *html.Node) bool {
	return anyDescendant(n, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Script, atom.Form, atom.Button:
			return true
		}
		return false
	})
}

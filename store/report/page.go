package report

import (
	"fmt"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reportbot/store/text"
)

const (
	// leastMain is the share of a page's words that its main text has at least, or
	// it was not found.
	leastMain = .3
	// fewestLines is how many lines a page has that may have more than its text.
	fewestLines = 6
	// fewestWords is how many words a main text has.
	fewestWords = 60
)

// describe reads what a page says of itself, and leaves out what is not its main
// text: menus, banners, links to other pages. Nothing is left out where a marker
// would go with it.
func (d *document) describe(root *html.Node) {
	article, err := readability.FromDocument(root, nil)
	if err != nil {
		return
	}
	d.about = pageMetadata(root, article)
	if article.Node == nil || len(d.lines) < fewestLines || !hasFurniture(root) {
		return
	}
	var main strings.Builder
	if article.RenderText(&main) != nil {
		return
	}
	kept, left, ok := mainLines(d.lines, lineKey(main.String()))
	if !ok {
		return
	}
	if left > 0 {
		d.lines = kept
		d.warnings = append(d.warnings, leftOut(left))
	}
}

// pageMetadata returns a page's title, date and authors where the page names them
// outside its text.
func pageMetadata(root *html.Node, article readability.Article) metadata {
	var about metadata
	if firstOf(root, atom.Title) != nil {
		about.title = text.Clean(article.Title())
	}
	if published, err := article.PublishedTime(); err == nil {
		about.date = published.Format(time.DateOnly)
	}
	if by := byline.ReplaceAllString(text.Clean(article.Byline()), ""); by != "" && !strings.Contains(by, "://") {
		for _, name := range nameList.Split(by, -1) {
			if name != "" {
				about.authors = append(about.authors, name)
			}
		}
	}
	return about
}

// mainLines returns the lines that the main text has, and how many words the others
// have. ok is false if it can't be the main text: it is too short, or a line with a
// marker would be left out.
func mainLines(lines []printedLine, main string) (kept []printedLine, left int, ok bool) {
	words := 0
	for _, l := range lines {
		n := len(strings.Fields(l.text))
		key := lineKey(supers.ReplaceAllString(refs.ReplaceAllString(l.text, " "), " $1 "))
		if strings.Contains(main, key) || l.kind == heading && len(kept) == 0 {
			kept = append(kept, l)
			words += n
			continue
		}
		if hasMarker(l.text) || headsNotes(l.text) || noteLine.MatchString(l.text) {
			return nil, 0, false
		}
		left += n
	}
	return kept, left, words >= fewestWords && float64(words) >= leastMain*float64(words+left)
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

// hasFurniture reports whether a page has more on it than a text: menus, scripts,
// headers and footers.
func hasFurniture(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Script, atom.Form, atom.Button:
		return true
	}
	for _, name := range []string{"class", "id", "role"} {
		value := strings.ToLower(attribute(n, name))
		for _, part := range []string{"menu", "navbar", "navigation", "sidebar", "footer", "cookie", "banner", "related", "share"} {
			if strings.Contains(value, part) {
				return true
			}
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if hasFurniture(child) {
			return true
		}
	}
	return false
}

// firstOf returns the first element of a kind; nil if there is none.
func firstOf(n *html.Node, kind atom.Atom) *html.Node {
	if n.DataAtom == kind {
		return n
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if found := firstOf(child, kind); found != nil {
			return found
		}
	}
	return nil
}

// leftOut warns of words that are not a page's main text.
func leftOut(words int) string {
	return fmt.Sprintf("%d words beside the main text of the page are left out", words)
}

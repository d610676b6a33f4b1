package report

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Boilerplate is what a page has beside its text: menus, banners, share buttons, newsletter
// forms, links to other pages and comments. It is recognized by element, role, class or
// heading.

var (
	// boilerplateNames are words of classes, ids and roles; ambiguousNames are names of
	// text too, where it is long.
	boilerplateNames = vocabulary("boilerplate names", strings.Fields)
	ambiguousNames   = vocabulary("ambiguous names", strings.Fields)
	// iconNames are classes of icons and the like within a line.
	iconNames    = vocabulary("icon names", strings.Fields)
	commentNames = vocabulary("comment names", strings.Fields)
	// boilerplateHeadings are headings of such boxes, in folded text.
	boilerplateHeadings = vocabulary("boilerplate headings", entryLines)
	commentHeadings     = lazyregexp.New(`^(?:[1-9]\d* (?:responses?|replies)|(?:\d+ )?(?:comments?|leave a (?:comment|reply)|post a comment|join the (?:conversation|discussion)|binh luan|y kien ban doc|gui binh luan|viet binh luan)(?: \d+)?)$`)
)

// boilerplateFinder finds boilerplate elements.
type boilerplateFinder struct {
	found map[*html.Node]bool
	words map[*html.Node]int  // in each element
	kept  map[*html.Node]bool // elements that hold the title, a marker or a note: never left out
	total int
}

// findBoilerplate returns the outermost boilerplate elements.
func findBoilerplate(root *html.Node, notes *htmlNotes, facts *pageFacts) map[*html.Node]bool {
	f := &boilerplateFinder{found: map[*html.Node]bool{}, words: map[*html.Node]int{}, kept: map[*html.Node]bool{}}
	f.total = f.count(root)
	keep := func(n *html.Node) {
		for ; n != nil && !f.kept[n]; n = n.Parent {
			f.kept[n] = true
		}
	}
	keep(facts.head())
	for _, nodes := range []map[*html.Node]int{notes.markers, notes.notes, notes.more} {
		for n := range nodes {
			keep(n)
		}
	}
	f.visit(root, false)
	return f.found
}

func (f *boilerplateFinder) count(n *html.Node) int {
	if n.Type == html.TextNode {
		return len(strings.Fields(n.Data))
	}
	if n.DataAtom != atom.Nav && unseen[n.DataAtom] {
		return 0
	}
	words := 0
	for child := range n.ChildNodes() {
		words += f.count(child)
	}
	f.words[n] = words
	return words
}

// visit marks the elements in n; inText: n is an article or in one.
func (f *boilerplateFinder) visit(n *html.Node, inText bool) {
	inText = inText || n.DataAtom == atom.Article || n.DataAtom == atom.Main
	for child := range n.ChildNodes() {
		if child.Type != html.ElementNode || f.found[child] {
			continue
		}
		if !f.kept[child] && f.isBoilerplate(child, inText) {
			f.found[child] = true
			continue
		}
		if f.isHead(child) {
			f.markUnderHeading(child)
		}
		f.visit(child, inText)
	}
}

// isBoilerplate reports whether an element is boilerplate.
func (f *boilerplateFinder) isBoilerplate(n *html.Node, inText bool) bool {
	if !blocks[n.DataAtom] && n.DataAtom != atom.Nav { // what is in a sentence is its text
		return slices.ContainsFunc(nameWords(attribute(n, "class")), func(word string) bool { return iconNames[word] })
	}
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body || n.DataAtom == atom.Main || n.DataAtom == atom.P && !f.isList(n) {
		return false
	}
	most := 2*f.words[n] > f.total
	switch n.DataAtom {
	case atom.Nav:
		return !most
	case atom.Header, atom.Footer:
		if !inText && !most {
			return true
		}
	}
	for _, name := range []string{"class", "id", "role", "aria-label", "data-testid"} {
		if name == "id" && f.idFromHeading(n) {
			continue
		}
		for _, word := range nameWords(attribute(n, name)) {
			if commentNames[word] || boilerplateNames[word] && !most || ambiguousNames[word] && !most && f.isShortOrLinks(n) {
				return true
			}
		}
	}
	return false
}

// idFromHeading reports whether an element's id was generated from its heading, and so is no
// evidence of boilerplate.
func (f *boilerplateFinder) idFromHeading(n *html.Node) bool {
	id := text.Fold(strings.Join(strings.FieldsFunc(attribute(n, "id"), notLetter), " "))
	if id == "" {
		return false
	}
	head := n
	for head != nil && !isHeading(head) {
		head = firstElement(head)
	}
	return head != nil && strings.Contains(text.Fold(strings.Join(strings.FieldsFunc(words(head), notLetter), " ")), id)
}

func firstElement(n *html.Node) *html.Node {
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode {
			return child
		}
	}
	return nil
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// nameWords cuts a class or id into its words, in small letters; two that follow each
// other are one too.
func nameWords(name string) []string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if small && unicode.IsUpper(r) || !unicode.IsLetter(r) {
			b.WriteByte(' ')
		}
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	all := strings.Fields(b.String())
	for i := range len(all) - 1 {
		all = append(all, all[i]+all[i+1]) // "site-footer"
	}
	return all
}

// isHead reports whether an element is a heading, or a short block that looks like one.
func (f *boilerplateFinder) isHead(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Legend, atom.Summary:
		return true
	case atom.P, atom.Div, atom.Strong, atom.B, atom.Span:
		return f.words[n] <= maxHeadingWords
	}
	return false
}

// maxHeadingWords limits the words of such a block.
const maxHeadingWords = 8

// markUnderHeading marks what is under a boilerplate heading: the element that begins with
// it, or what follows up to the next heading.
func (f *boilerplateFinder) markUnderHeading(head *html.Node) {
	title := strings.Trim(text.Fold(headCount.ReplaceAllString(headText(head), "")), ":.… ")
	comments := commentHeadings.MatchString(title)
	if title == "" || !comments && !boilerplateHeadings[title] {
		return
	}
	box := head
	for p := box.Parent; p != nil && blocks[p.DataAtom] && p.DataAtom != atom.Article && p.DataAtom != atom.Main && p.DataAtom != atom.Body; p = p.Parent {
		if f.kept[p] || !begins(p, head) || !comments && 2*f.words[p] > f.total {
			break
		}
		box = p
	}
	if box != head && f.words[box] > f.words[head] {
		f.found[box] = comments || f.isShortOrLinks(box)
		return
	}
	followed := false
	for n := box.NextSibling; n != nil; n = n.NextSibling {
		if n.Type != html.ElementNode {
			continue
		}
		if f.kept[n] || isHeading(n) || !comments && !f.isList(n) {
			break
		}
		f.found[n], followed = true, true
	}
	if followed {
		f.found[box] = !f.kept[box]
	}
}

// begins reports whether the first text in n is that of head.
func begins(n, head *html.Node) bool {
	for child := range n.ChildNodes() {
		if child == head {
			return true
		}
		if strings.TrimSpace(words(child)) != "" {
			return begins(child, head)
		}
	}
	return false
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isList reports whether an element consists of links or a form, not of text.
func (f *boilerplateFinder) isList(n *html.Node) bool {
	return n.DataAtom == atom.Form || f.linkedShare(n) >= .5
}

// maxBoxWords limits the words of a boilerplate element that is not mostly links.
const maxBoxWords = 90

// isShortOrLinks reports whether an element is too short for a text, or mostly links.
func (f *boilerplateFinder) isShortOrLinks(n *html.Node) bool {
	return f.words[n] <= maxBoxWords || f.linkedShare(n) >= .3
}

// linkedShare returns the share of an element's words that are links.
func (f *boilerplateFinder) linkedShare(n *html.Node) float64 {
	linked := 0
	var count func(n *html.Node)
	count = func(n *html.Node) {
		if n.DataAtom == atom.A {
			linked += f.words[n]
			return
		}
		for child := range n.ChildNodes() {
			count(child)
		}
	}
	count(n)
	return float64(linked) / float64(max(1, f.words[n]))
}

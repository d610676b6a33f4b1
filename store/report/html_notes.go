package report

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlNotes are the footnotes of a page. A marker is a link within the page whose text is a
// number or a sign, with evidence that its target is a note.
type htmlNotes struct {
	page    pageAddress
	notes   map[*html.Node]int // elements that hold notes: numbers
	markers map[*html.Node]int // links that are markers: numbers

	more map[*html.Node]int // paragraphs behind them that belong to them

	at      map[*html.Node]int    // place of each element in the page
	named   map[string]*html.Node // elements by their ids
	targets map[*html.Node]bool   // of all candidates
}

var (
	markerWords = lazyregexp.New(`^([\[(]?)\s*(?:(\d{1,4})|((?:n|nb|note)\s*\d{1,3}|[a-z]|[ivxlc]{1,6}|[*†‡§]{1,3}))\s*[\])]?$`)
	// noteLike matches ids and classes of notes and their markers.
	noteLike = lazyregexp.New(`(?i)(?:^|[\s_:.-])(?:_?(?:ftn|edn|fn|sdfootnote|sdendnote)(?:ref|anc|sym)?\d*|(?:foot|end|side|rear)?note(?:ref|s|-?\d+)?|n\d{1,4}|cite(?:_?note|_?ref)?|citation|references?|bib(?:ref|item)?|note-?ref|noteref|reference)(?:$|[\s_:.\d-])`)
)

func newHTMLNotes() *htmlNotes {
	return &htmlNotes{notes: map[*html.Node]int{}, markers: map[*html.Node]int{}, more: map[*html.Node]int{}, at: map[*html.Node]int{}, named: map[string]*html.Node{}, targets: map[*html.Node]bool{}}
}

// findNotes finds the footnotes of a page.
func findNotes(root *html.Node) *htmlNotes {
	f := newHTMLNotes()
	f.page = addressOf(root)
	links := f.visit(root)
	type candidate struct {
		link, target *html.Node
		number       int
	}
	var candidates []candidate
	for _, link := range links {
		m := markerWords.FindStringSubmatch(strings.TrimSpace(words(link)))
		target := f.target(link)
		if m == nil || target == nil || f.at[target] < f.at[link] || !f.looksLikeNoteLink(link, target, m[1] != "") {
			continue // no number, back from the note to the text, or no note
		}
		number, _ := strconv.Atoi(m[2]) // one to four digits, or nothing
		candidates = append(candidates, candidate{link, target, number})
		f.targets[target] = true
	}
	used := map[int]bool{}
	for _, c := range candidates {
		holder := f.noteBlock(c.target, c.link)
		if holder == nil {
			continue
		}
		number, known := f.notes[holder]
		if !known {
			for number = c.number; number == 0 || used[number]; number++ {
			}
			f.notes[holder], used[number] = number, true
		}
		f.markers[c.link] = number
	}
	f.findMore()
	return f
}

// findMore finds the paragraphs between two notes, if all markers are above the notes: they
// belong to the note before them.
func (f *htmlNotes) findMore() {
	last, first := -1, len(f.at)
	for link := range f.markers {
		last = max(last, f.at[link])
	}
	for note := range f.notes {
		first = min(first, f.at[note])
	}
	if last > first {
		return
	}
	for note, number := range f.notes {
		var between []*html.Node
		for n := note.NextSibling; n != nil && len(between) <= maxContinuation; n = n.NextSibling {
			if _, found := f.notes[n]; found {
				for _, more := range between {
					f.more[more] = number
				}
				break
			}
			if n.Type != html.ElementNode {
				continue
			}
			if hasHeading(n) || f.noteCount(n) > 0 {
				break
			}
			between = append(between, n)
		}
	}
}

// visit records the order and the ids of elements, and returns the links within the page.
func (f *htmlNotes) visit(root *html.Node) (links []*html.Node) {
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		f.at[n] = len(f.at)
		for _, name := range idsOf(n) {
			if f.named[name] == nil {
				f.named[name] = n
			}
		}
		if n.DataAtom == atom.A && f.page.fragment(attribute(n, "href")) != "" {
			links = append(links, n)
		}
	}
	return links
}

// idsOf returns the names by which links refer to an element.
func idsOf(n *html.Node) []string {
	return slices.DeleteFunc([]string{attribute(n, "id"), attribute(n, "name")}, func(s string) bool { return s == "" })
}

// target returns the target element of a link within the page.
func (f *htmlNotes) target(link *html.Node) *html.Node {
	fragment := f.page.fragment(attribute(link, "href"))
	if target := f.named[fragment]; target != nil {
		return target
	}
	if decoded, err := url.PathUnescape(fragment); err == nil {
		return f.named[decoded]
	}
	return nil
}

// looksLikeNoteLink reports whether there is evidence that a link's target is a note: it is
// superscript or in brackets, its role or name is a note's, or the target links back.
func (f *htmlNotes) looksLikeNoteLink(link, target *html.Node, inBrackets bool) bool {
	if inBrackets || isSuperscript(link) || isNoteByName(link) || isNoteByName(target) {
		return true
	}
	var back []string
	for n, up := link, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
		back = append(back, idsOf(n)...)
	}
	block := nearestBlock(target)
	return block != nil && anyDescendant(block, func(n *html.Node) bool {
		return n.DataAtom == atom.A && slices.Contains(back, f.page.fragment(attribute(n, "href")))
	})
}

// anyDescendant reports whether an element or one inside it satisfies asked.
func anyDescendant(n *html.Node, asked func(*html.Node) bool) bool {
	if asked(n) {
		return true
	}
	for inner := range n.Descendants() {
		if asked(inner) {
			return true
		}
	}
	return false
}

// isSuperscript reports whether a link is superscript.
func isSuperscript(link *html.Node) bool {
	for n, up := link, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
		if n.DataAtom == atom.Sup {
			return true
		}
	}
	for child := range link.ChildNodes() {
		if child.DataAtom == atom.Sup {
			return true
		}
	}
	return strings.Contains(attribute(link, "style"), "super")
}

// isNoteByName reports whether an element's role, type, id or class is that of a note or a
// marker.
func isNoteByName(n *html.Node) bool {
	for _, name := range []string{"role", "epub:type", "data-type"} {
		if kind := attribute(n, name); strings.Contains(kind, "note") || strings.Contains(kind, "biblio") {
			return true
		}
	}
	return noteLike.MatchString(attribute(n, "id")) || noteLike.MatchString(attribute(n, "class")) || noteLike.MatchString(attribute(n, "name"))
}

// nearestBlock returns the block that n is in; nil for a heading.
func nearestBlock(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Li, atom.P, atom.Div, atom.Aside, atom.Dd, atom.Dt, atom.Td, atom.Tr, atom.Blockquote:
			return n
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Body, atom.Section, atom.Article, atom.Main:
			return nil
		}
	}
	return nil
}

// noteBlock returns the block with all paragraphs of the note whose target is n; nil if
// that is no note: a block with headings, or one with the marker in it too.
func (f *htmlNotes) noteBlock(n, link *html.Node) *html.Node {
	holder := nearestBlock(n)
	if holder == nil || contains(holder, link) || hasHeading(holder) || f.noteCount(holder) > 1 && holder != n {
		return nil
	}
	for up := holder.Parent; up != nil; up = up.Parent {
		switch up.DataAtom {
		case atom.Li, atom.Dd, atom.Aside, atom.Div, atom.Tr:
		default:
			return holder
		}
		if f.noteCount(up) > 1 || contains(up, link) || hasHeading(up) {
			return holder
		}
		holder = up
	}
	return holder
}

// noteCount returns the number of notes in an element, up to two.
func (f *htmlNotes) noteCount(n *html.Node) int {
	count := 0
	anyDescendant(n, func(inner *html.Node) bool {
		if f.targets[inner] {
			count++
		}
		return count == 2
	})
	return count
}

func contains(n, other *html.Node) bool {
	for ; other != nil && other != n; other = other.Parent {
	}
	return other != nil
}

func hasHeading(n *html.Node) bool { return anyDescendant(n, isHeading) }

// backlinkText matches the text of links back to the marker.
var backlinkText = lazyregexp.New(`(?i)^[\s\[(]*(?:\d{1,4}|[a-z]|[↩↑^⏎⮌↵←▲△⬆⇑↖]+\x{fe0e}?\x{fe0f}?|\d{1,4}\.[\d.]+|back(?: to (?:text|content|top))?|jump up|trở lại|quay lại|return)[\s\]).:]*$`)

// isBacklink reports whether a link in a note leads back to the marker.
func isBacklink(page pageAddress, n *html.Node) bool {
	if n.DataAtom != atom.A {
		return false
	}
	return attribute(n, "role") == "doc-backlink" || page.fragment(attribute(n, "href")) != "" && backlinkText.MatchString(words(n))
}

var (
	// ownNumber matches a note's own number at its beginning, in any form.
	ownNumber = lazyregexp.New(`^(?:\x{e004}[\[(]?(\d+)[\])]?\x{e005}\s*|\x{e002}(\d+)\x{e003}\s*|[\[(]?(\d+)[\])]?(?:[.):\]]\s*|\s+|$))`)
	// backlinkRemains matches remains of backlinks.
	backlinkRemains = lazyregexp.New(`^(?:[\^↑]\s*(?:[a-z]\s+)*|\x{e004}[a-z]\x{e005}\s*)+|\s*[↩↑⏎⮌↵]\x{fe0e}?\x{fe0f}?\s*$`)
)

// noteBody returns a note's text without its own number and remains of backlinks.
func noteBody(raw string, number int) string {
	raw = strings.TrimSpace(raw)
	for before := ""; before != raw; {
		before = raw
		raw = strings.TrimSpace(backlinkRemains.ReplaceAllString(raw, ""))
	}
	if m := ownNumber.FindStringSubmatch(raw); m != nil && m[1]+m[2]+m[3] == strconv.Itoa(number) {
		raw = raw[len(m[0]):]
	}
	return unmarked(strings.TrimSpace(raw))
}

// pageAddress is a page's own URLs, as far as the page declares them.
type pageAddress struct{ own []*url.URL }

var savedFrom = lazyregexp.New(`saved from url=\(\d+\)(\S+)`)

// addressOf reads a page's URLs: its base, the canonical one, and the one that browsers
// write into saved pages.
func addressOf(root *html.Node) pageAddress {
	var page pageAddress
	add := func(address string) {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
			u.Fragment, u.RawFragment = "", ""
			page.own = append(page.own, u)
		}
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
				add(m[1])
			}
		case n.DataAtom == atom.Base:
			add(attribute(n, "href"))
		case n.DataAtom == atom.Link && strings.EqualFold(attribute(n, "rel"), "canonical"):
			add(attribute(n, "href"))
		case n.DataAtom == atom.Meta && attribute(n, "property") == "og:url":
			add(attribute(n, "content"))
		}
	}
	return page
}

// fragment returns the fragment of a link within the page; empty for other links.
func (p pageAddress) fragment(href string) string {
	before, fragment, found := strings.Cut(strings.TrimSpace(href), "#")
	if !found || fragment == "" {
		return ""
	}
	if before == "" {
		return fragment
	}
	to, err := url.Parse(before)
	if err != nil {
		return ""
	}
	for _, own := range p.own {
		resolved := own.ResolveReference(to)
		if resolved.Host == own.Host && strings.TrimSuffix(resolved.Path, "/") == strings.TrimSuffix(own.Path, "/") {
			return fragment
		}
	}
	return ""
}

// resolve returns a link's target, as an absolute URL if the page declares its own.
func (p pageAddress) resolve(href string) string {
	to, err := url.Parse(strings.TrimSpace(href))
	if err != nil || to.IsAbs() || href == "" {
		return href
	}
	if len(p.own) > 0 {
		return p.own[0].ResolveReference(to).String()
	}
	if to.Host != "" {
		return "https:" + strings.TrimPrefix(href, "https:")
	}
	return href
}

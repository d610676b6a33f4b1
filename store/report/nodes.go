package report

import (
	"encoding/xml"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// nodes builds an HTML tree from the XML stream of another format.
type nodes struct {
	root  *html.Node
	open  []*html.Node // from the root to the innermost
	count int
	known *htmlNotes // filled by formats that name their notes
}

func newNodes() *nodes {
	root := element("body")
	return &nodes{root: root, open: []*html.Node{root}, known: newHTMLNotes()}
}

func element(name string, attributes ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name)), Attr: attributes}
}

// last returns the innermost open element.
func (n *nodes) last() *html.Node { return n.open[len(n.open)-1] }

// start opens an element; end closes it.
func (n *nodes) start(name string, attributes ...html.Attribute) *html.Node {
	e := element(name, attributes...)
	if n.count++; n.count <= maxTags { // the rest isn't kept: read fails
		n.last().AppendChild(e)
	}
	n.open = append(n.open, e)
	return e
}

func (n *nodes) end() {
	if len(n.open) > 1 {
		n.open = n.open[:len(n.open)-1]
	}
}

func (n *nodes) write(written string) {
	if n.count <= maxTags {
		n.last().AppendChild(&html.Node{Type: html.TextNode, Data: written})
	}
}

// read reads the page, with its notes.
func (n *nodes) read() (*document, error) {
	if n.count > maxTags {
		return nil, errTags
	}
	if nestedTooDeeply(n.root, 0) {
		return nil, errNested
	}
	return readPage(n.root, n.known, nil), nil
}

// attributesOf returns an element's attributes with their HTML names.
func attributesOf(e xml.StartElement) []html.Attribute {
	var all []html.Attribute
	for _, a := range e.Attr {
		key := strings.ToLower(a.Name.Local)
		if strings.HasSuffix(a.Name.Space, "/ops") { // EPUB's own
			key = "epub:" + key
		}
		all = append(all, html.Attribute{Key: key, Val: a.Value})
	}
	return all
}

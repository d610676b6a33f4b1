package report

import (
	"encoding/xml"
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// readEPUB reads the pages of an EPUB in reading order, joined into one HTML page.
func readEPUB(p *parts) (*document, error) {
	if err := p.refuseProtected(); err != nil {
		return nil, err
	}
	packaged := ""
	err := p.each("META-INF/container.xml", func(e xml.StartElement) {
		if e.Name.Local == "rootfile" && packaged == "" {
			packaged = inArchive("", value(e, "full-path"))
		}
	})
	if err != nil {
		return nil, err
	}
	about, err := p.dublinCore(packaged)
	if err != nil {
		return nil, err
	}
	pages, err := p.spine(packaged)
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, errDamaged
	}
	book := &epubReader{nodes: newNodes(), pages: map[string]string{}}
	for i, page := range pages {
		book.pages[page] = "page" + strconv.Itoa(i+1)
	}
	p.lenient = true // pages are HTML, somewhat
	for _, page := range pages {
		if err := book.add(p, page); err != nil {
			return nil, err
		}
	}
	book.known = findNotes(book.root)
	doc, err := book.read()
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(about.title, "untitled") {
		about.title = ""
	}
	doc.about = about
	return doc, nil
}

// refuseProtected refuses an EPUB with encrypted pages (DRM); encrypted fonts are fine.
func (p *parts) refuseProtected() error {
	protected, fonts := false, false
	err := p.each("META-INF/encryption.xml", func(e xml.StartElement) {
		switch e.Name.Local {
		case "EncryptionMethod":
			algorithm := value(e, "Algorithm")
			fonts = strings.Contains(algorithm, "idpf.org") || strings.Contains(algorithm, "ns.adobe.com/pdf/enc")
		case "CipherReference":
			protected = protected || !fonts
		}
	})
	if err != nil {
		return err
	}
	if protected {
		return errEncrypted
	}
	return nil
}

// spine returns the names of the pages in reading order, without the table of contents.
func (p *parts) spine(packaged string) ([]string, error) {
	type item struct {
		name     string
		contents bool
	}
	items := map[string]item{}
	var order []string
	err := p.each(packaged, func(e xml.StartElement) {
		switch e.Name.Local {
		case "item":
			kind := value(e, "media-type")
			if kind == "application/xhtml+xml" || kind == "text/html" || kind == "application/x-dtbook+xml" {
				items[value(e, "id")] = item{inArchive(path.Dir(packaged), value(e, "href")), strings.Contains(" "+value(e, "properties")+" ", " nav ")}
			}
		case "itemref":
			order = append(order, value(e, "idref"))
		}
	})
	var pages []string
	seen := map[string]bool{}
	for _, id := range order {
		page, known := items[id]
		if known && !page.contents && !seen[page.name] && p.files[page.name] != nil {
			seen[page.name] = true
			pages = append(pages, page.name)
		}
	}
	return pages, err
}

// inArchive returns the archive name of a link's target, relative to folder.
func inArchive(folder, href string) string {
	if decoded, err := url.PathUnescape(href); err == nil {
		href = decoded
	}
	return strings.TrimPrefix(path.Join("/", folder, href), "/")
}

// epubReader joins pages; it makes the ids of each page unique.
type epubReader struct {
	*nodes
	pages map[string]string // prefixes of ids, by page
}

// add adds a page.
func (r *epubReader) add(p *parts, page string) error {
	depth := len(r.open)
	defer func() { r.open = r.open[:depth] }()
	r.start("div", html.Attribute{Key: "id", Val: r.pages[page]})
	skipped := 0 // depth within the head
	return p.stream(page, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if skipped > 0 || name == "head" {
				skipped++
				return
			}
			if name == "html" || name == "body" {
				name = "div"
			}
			r.start(name, r.attributes(page, t)...)
		case xml.EndElement:
			if skipped > 0 {
				skipped--
				return
			}
			r.end()
		case xml.CharData:
			if skipped == 0 {
				r.write(string(t))
			}
		}
	})
}

// attributes returns an element's attributes, with unique ids.
func (r *epubReader) attributes(page string, e xml.StartElement) []html.Attribute {
	all := attributesOf(e)
	for i := range all {
		a := &all[i]
		switch {
		case a.Key == "id", a.Key == "name" && e.Name.Local == "a":
			a.Val = r.pages[page] + "-" + a.Val
		case a.Key == "href":
			target, fragment, _ := strings.Cut(a.Val, "#")
			if target != "" {
				target = inArchive(path.Dir(page), target)
			} else {
				target = page
			}
			prefix, known := r.pages[target]
			if !known {
				continue
			}
			if decoded, err := url.PathUnescape(fragment); err == nil {
				fragment = decoded
			}
			a.Val = "#" + prefix
			if fragment != "" {
				a.Val += "-" + fragment
			}
		}
	}
	return all
}

package report

import (
	"cmp"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// pageFacts is a page's metadata from its head, its markup and JSON-LD.
type pageFacts struct {
	meta     map[string][]string // contents of meta elements by name, in small letters
	heads    []string            // texts of the h1
	nodes    []*html.Node        // of the heads
	title    string              // of the title element
	items    []authorName        // itemprop and rel=author
	dates    []string            // of elements that say when the page was published
	linked   *linkedData
	siteName []string
}

// authorName is an author's name, and the attribute it came from.
type authorName struct{ name, by string }

// factsOf collects a page's metadata.
func factsOf(root *html.Node) *pageFacts {
	f := &pageFacts{meta: map[string][]string{}, linked: &linkedData{byID: map[string]map[string]any{}}}
	for n := range root.Descendants() {
		f.visit(n)
	}
	f.linked.own = f.linked.mainObjects(f)
	f.siteName = append(f.meta["og:site_name"], f.meta["application-name"]...)
	f.siteName = append(f.siteName, f.linked.publishers()...)
	return f
}

// visit reads one element.
func (f *pageFacts) visit(n *html.Node) {
	switch n.DataAtom {
	case atom.Title:
		if f.title == "" && (n.Parent == nil || n.Parent.DataAtom != atom.Svg) {
			f.title = text.Clean(words(n))
		}
	case atom.H1:
		f.heads, f.nodes = append(f.heads, headText(n)), append(f.nodes, n)
	case atom.Meta:
		content := text.Clean(html.UnescapeString(attribute(n, "content")))
		for _, name := range []string{"name", "property", "itemprop", "http-equiv"} {
			key := strings.ReplaceAll(strings.ToLower(attribute(n, name)), ".", ":")
			for _, key := range strings.Fields(key) {
				if content != "" {
					f.meta[key] = append(f.meta[key], content)
				}
			}
		}
	case atom.Script:
		if strings.Contains(strings.ToLower(attribute(n, "type")), "ld+json") {
			f.linked.add(words(n))
		}
	default:
		f.visitMicrodata(n)
	}
}

// visitMicrodata reads an element that is marked as author or date.
func (f *pageFacts) visitMicrodata(n *html.Node) {
	for _, property := range strings.Fields(attribute(n, "itemprop")) {
		switch property {
		case "author", "creator":
			f.items = append(f.items, authorName{itemName(n), "itemprop"})
		case "datePublished", "dateCreated":
			f.dates = append(f.dates, text.Clean(cmp.Or(attribute(n, "content"), attribute(n, "datetime"), words(n))))
		}
	}
	if slices.Contains(strings.Fields(strings.ToLower(attribute(n, "rel"))), "author") {
		f.items = append(f.items, authorName{text.Clean(words(n)), "rel"})
	}
	if n.DataAtom == atom.Time && (has(n, "pubdate") || timeNames.MatchString(attribute(n, "class"))) {
		f.dates = append(f.dates, text.Clean(cmp.Or(attribute(n, "datetime"), words(n))))
	}
}

// timeNames match the class names of elements that hold the time of publication.
var timeNames = lazyregexp.New(`(?i)publi|posted|entry-date|post-date|created`)

// itemName returns the name in an element that describes a person.
func itemName(n *html.Node) string {
	if content := attribute(n, "content"); content != "" {
		return text.Clean(content)
	}
	for name := range n.Descendants() {
		if attribute(name, "itemprop") == "name" {
			return text.Clean(cmp.Or(attribute(name, "content"), words(name)))
		}
	}
	return text.Clean(words(n))
}

// headText returns a heading's text without its permalink sign.
func headText(n *html.Node) string {
	return text.Clean(strings.TrimRight(text.Clean(words(n)), "¶#§🔗 "))
}

// metadata returns title, date and authors. The library's title and byline have the lowest
// priority.
func (f *pageFacts) metadata(article readability.Article) metadata {
	about := metadata{title: f.ownTitle(article.Title()), date: f.date(), own: true}
	if about.date == "" {
		if published, err := article.PublishedTime(); err == nil {
			about.date = published.Format("2006-01-02")
		}
	}
	about.authors = f.authors(article.Byline())
	return about
}

// ownTitle returns the title without the site's name: in the form of a heading of the page
// if possible.
func (f *pageFacts) ownTitle(found string) string {
	candidates := f.titles()
	if len(candidates) == 0 {
		return ""
	}
	if head := f.head(); head != nil {
		return headText(head)
	}
	found = text.Clean(found)
	if first := f.withoutSite(candidates[0]); candidates[0] != f.title && first != "" && !slices.Contains(candidates, found) {
		return first
	}
	return f.withoutSite(found)
}

// head returns the heading that is the page's title; nil if none is.
func (f *pageFacts) head() *html.Node {
	candidates := f.titles()
	for n, candidate := range candidates {
		for i, head := range f.heads {
			if head != "" && !f.isSite(head) && titlePart(text.Fold(candidate), text.Fold(head)) && !otherPart(candidates[:n], candidate, head) {
				return f.nodes[i]
			}
		}
	}
	return nil
}

// otherPart reports whether one of the more reliable titles is the other part of a title
// beside head: then head is the site's name.
func otherPart(surer []string, title, head string) bool {
	title, head = text.Fold(title), text.Fold(head)
	return slices.ContainsFunc(surer, func(s string) bool {
		s = text.Fold(s)
		return strings.Contains(title, s) && !strings.Contains(s, head)
	})
}

// titles returns a page's titles, the most reliable first.
func (f *pageFacts) titles() []string {
	candidates := []string{f.linked.headline(f)}
	for _, name := range []string{"citation_title", "dc:title", "dcterms:title", "og:title", "twitter:title", "title", "headline", "parsely-title"} {
		candidates = append(candidates, f.meta[name]...)
	}
	candidates = append(candidates, f.title)
	return slices.DeleteFunc(candidates, func(s string) bool { return s == "" })
}

// titlePart reports whether a heading is a title, or the title without a site's name or
// another part.
func titlePart(title, head string) bool {
	if title == head {
		return true
	}
	rest, found := strings.CutPrefix(title, head)
	if found {
		return titleSeparator.MatchString(rest)
	}
	// The last part, or capital letters at the beginning, may be the site's name.
	rest, found = strings.CutSuffix(title, head)
	return found && len(head) > len(rest) && len(strings.Fields(head)) > 3 && titleSeparator.MatchString(rest)
}

// titleSeparator matches the separator between a title and the site's name.
var titleSeparator = lazyregexp.New(`^\s*[-|–—·»«:/>•_]|[-|–—·»«:/>•_]\s*$`)

// withoutSite removes the site's name from a title's end or beginning.
func (f *pageFacts) withoutSite(title string) string {
	for _, site := range f.siteName {
		for _, sign := range []string{" | ", " - ", " – ", " — ", " · ", " » ", ": "} {
			title = strings.TrimSuffix(title, sign+site)
			title = strings.TrimPrefix(title, site+sign)
		}
	}
	return strings.TrimSpace(title)
}

func (f *pageFacts) isSite(name string) bool {
	return slices.ContainsFunc(f.siteName, func(site string) bool { return text.Fold(site) == text.Fold(name) })
}

// date returns the day when the page was published.
func (f *pageFacts) date() string {
	candidates := f.linked.dates()
	for _, name := range []string{
		"article:published_time", "og:article:published_time", "datepublished", "citation_publication_date", "citation_date", "dcterms:issued",
		"dc:date:issued", "dcterms:date", "dc:date", "dcterms:created", "dcterms:available", "pubdate", "publishdate", "publish-date", "publish_date",
		"date", "parsely-pub-date", "sailthru:date", "datecreated",
	} {
		candidates = append(candidates, f.meta[name]...)
	}
	for _, candidate := range append(candidates, f.dates...) {
		if date := dayOf(candidate); date != "" {
			return date
		}
	}
	return ""
}

// dateWithTime matches a date, with or without a time after it.
var dateWithTime = lazyregexp.New(`^(\d{4})[-/](\d{2})[-/](\d{2})(?:\D.*)?$|^(\d{4})(\d{2})(\d{2})(?:T.*)?$`)

// dayOf returns the day of a time in metadata.
func dayOf(written string) string {
	if m := dateWithTime.FindStringSubmatch(strings.TrimSpace(written)); m != nil {
		written = m[1] + m[4] + "-" + m[2] + m[5] + "-" + m[3] + m[6]
	}
	date, _, _ := parseDate(written)
	return date
}

// authors returns who wrote the page: those of the first source with a name of two or
// more words, else of the first with any.
func (f *pageFacts) authors(byline string) []string {
	sources := [][]string{f.linked.authors()}
	for _, name := range []string{"citation_author", "dc:creator", "dcterms:creator", "author", "parsely-author", "article:author", "byl", "sailthru:author"} {
		sources = append(sources, f.meta[name])
	}
	for _, by := range []string{"itemprop", "rel"} {
		var names []string
		for _, item := range f.items {
			if item.by == by {
				names = append(names, item.name)
			}
		}
		sources = append(sources, names)
	}
	sources = append(sources, []string{byline})
	var others []string
	for i, source := range sources {
		// A name with a comma in it is that of one author, where each has an element.
		names := namesIn(source, i == 1 && len(source) > 1)
		if slices.ContainsFunc(names, func(name string) bool { return len(strings.Fields(name)) > 1 && !f.isSite(name) }) {
			return slices.DeleteFunc(names, f.isSite)
		}
		if len(others) == 0 {
			others = names
		}
	}
	return others
}

// bylinePrefix matches a prefix of author names in metadata.
var bylinePrefix = lazyregexp.New(`(?i)^(?:(?:bài(?: viết)?(?: và ảnh)?|ảnh|biên soạn|biên tập|thực hiện|tổng hợp|tin|nguồn)\s*:\s*|(?:written|posted|words|story|published)\s+by\s*:?\s+)`)

// maxNameWords limits the words of a further author's name.
const maxNameWords = 7

// namesIn returns the names in a list of values, each once.
func namesIn(values []string, whole bool) []string {
	var names []string
	for _, value := range values {
		value = text.Clean(html.UnescapeString(value))
		value = byline.ReplaceAllString(bylinePrefix.ReplaceAllString(value, ""), "")
		if value == "" || strings.Contains(value, "://") || strings.Contains(value, "@") || strings.HasPrefix(value, "www.") {
			continue
		}
		parts := []string{value}
		if !whole {
			parts = nameList.Split(value, -1)
		} else if last, first, found := strings.Cut(value, ", "); found && !strings.Contains(first, ",") {
			parts = []string{first + " " + last} // "Smith, Ann"
		}
		for _, name := range parts {
			if name = strings.Trim(name, " -–|·"); name != "" && !slices.Contains(names, name) && (len(names) == 0 || len(strings.Fields(name)) <= maxNameWords) {
				names = append(names, name)
			}
		}
	}
	return names
}

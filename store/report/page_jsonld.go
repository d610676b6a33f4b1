package report

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// linkedData is a page's JSON-LD: nested objects, in lists and graphs, with or without a
// context.
type linkedData struct {
	articles []map[string]any
	pages    []map[string]any // descriptions of the page around an article
	byID     map[string]map[string]any
	sites    []string
	own      []map[string]any // of the page's own text, see main
}

var (
	articleType = lazyregexp.New(`(?:Article|Posting|Report|Thesis|Legislation|Book|Review|Dataset|Essay|Manuscript|CreativeWork|Document)$`)
	pageType    = lazyregexp.New(`(?:Web|About|Item|FAQ|QA|Medical\w*)Page$`)
	siteType    = lazyregexp.New(`(?:Web[Ss]ite|Organization)$`)
	// jsonWrapping matches comment marks and the like around JSON in a script.
	jsonWrapping = lazyregexp.New(`(?s)^\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)?(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*$`)
	jsonControl  = lazyregexp.New(`[\x00-\x1f]+`)
	commaBefore  = lazyregexp.New(`,\s*([}\]])`)
)

// maxLinked limits how deep objects are nested.
const maxLinked = 12

// add reads one script. Invalid JSON is ignored.
func (d *linkedData) add(script string) {
	var value any
	script = jsonWrapping.ReplaceAllString(script, "")
	if json.Unmarshal([]byte(script), &value) != nil {
		// Line feeds in strings and commas before brackets are common.
		script = commaBefore.ReplaceAllString(jsonControl.ReplaceAllString(script, " "), "$1")
		if json.Unmarshal([]byte(script), &value) != nil {
			return
		}
	}
	d.walk(value, 0)
}

func (d *linkedData) walk(value any, depth int) {
	if depth > maxLinked {
		return
	}
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			d.walk(item, depth+1)
		}
	case map[string]any:
		if id, ok := value["@id"].(string); ok && len(value) > 1 {
			d.byID[id] = value
		}
		switch kinds := typesOf(value); {
		case kinds == "":
		case anyType(kinds, articleType):
			d.articles = append(d.articles, value)
		case anyType(kinds, pageType):
			d.pages = append(d.pages, value)
		case anyType(kinds, siteType) && !strings.Contains(kinds, "Person"):
			d.sites = append(d.sites, plainValue(value["name"]))
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "publisher", "isPartOf", "author", "creator", "hasPart"} {
			if inner, found := value[key]; found {
				d.walk(inner, depth+1)
			}
		}
	}
}

// typesOf returns an object's types, with spaces between them.
func typesOf(object map[string]any) string {
	switch kind := object["@type"].(type) {
	case string:
		return kind
	case []any:
		var all []string
		for _, k := range kind {
			if s, ok := k.(string); ok {
				all = append(all, s)
			}
		}
		return strings.Join(all, " ")
	}
	return ""
}

func anyType(kinds string, pattern *lazyregexp.Regexp) bool {
	return slices.ContainsFunc(strings.Fields(kinds), pattern.MatchString)
}

// plainValue returns a string, also from a list or a value with a language.
func plainValue(value any) string {
	switch value := value.(type) {
	case string:
		return text.Clean(html.UnescapeString(value))
	case []any:
		for _, item := range value {
			if s := plainValue(item); s != "" {
				return s
			}
		}
	case map[string]any:
		return plainValue(value["@value"])
	}
	return ""
}

// mainObjects returns the objects that describe the page's main text: the article whose
// headline is the page's title or heading, else the first one, then those of the page.
func (d *linkedData) mainObjects(f *pageFacts) []map[string]any {
	titles := slices.Concat([]string{f.title}, f.meta["og:title"], f.heads)
	own := slices.IndexFunc(d.articles, func(article map[string]any) bool {
		headline := text.Fold(cmp.Or(plainValue(article["headline"]), plainValue(article["name"])))
		return headline != "" && slices.ContainsFunc(titles, func(title string) bool { return strings.Contains(text.Fold(title), headline) })
	})
	if len(d.articles) == 0 {
		return d.pages
	}
	return append([]map[string]any{d.articles[max(0, own)]}, d.pages...)
}

func (d *linkedData) headline(f *pageFacts) string {
	for _, object := range d.own {
		headline, name := plainValue(object["headline"]), plainValue(object["name"])
		// Some sites put their own name into one of the two.
		if headline == "" || name != "" && strings.HasPrefix(text.Fold(f.title), text.Fold(name)) && !f.isSite(name) {
			headline = name
		}
		if headline != "" {
			return headline
		}
	}
	return ""
}

func (d *linkedData) dates() []string {
	var all []string
	for _, key := range []string{"datePublished", "dateCreated", "uploadDate", "legislationDate"} {
		for _, object := range d.own {
			if date := plainValue(object[key]); date != "" {
				all = append(all, date)
			}
		}
	}
	return all
}

func (d *linkedData) authors() []string {
	for _, object := range d.own {
		for _, key := range []string{"author", "creator"} {
			if names := d.names(object[key], 0); len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

// names returns the names in a value: a string, an object, or a list.
func (d *linkedData) names(value any, depth int) []string {
	if depth > maxLinked {
		return nil
	}
	switch value := value.(type) {
	case string:
		if person, found := d.byID[value]; found {
			return d.names(person, depth+1)
		}
		return []string{value}
	case []any:
		var all []string
		for _, item := range value {
			all = append(all, d.names(item, depth+1)...)
		}
		return all
	case map[string]any:
		if name, listed := value["name"].([]any); listed {
			return d.names(name, depth+1)
		}
		name := plainValue(value["name"])
		if name == "" {
			name = strings.TrimSpace(plainValue(value["givenName"]) + " " + plainValue(value["familyName"]))
		}
		if name != "" {
			return []string{name}
		}
		if id, ok := value["@id"].(string); ok && d.byID[id] != nil {
			return d.names(d.byID[id], depth+1)
		}
	}
	return nil
}

func (d *linkedData) publishers() []string {
	all := d.sites
	for _, object := range append(d.articles, d.pages...) {
		if publisher, ok := object["publisher"].(map[string]any); ok && !strings.Contains(typesOf(publisher), "Person") {
			all = append(all, plainValue(publisher["name"]))
		}
	}
	return all
}

package report

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Link is one valid link of a footnote.
type Link struct {
	URL  string
	Site string // its host without "www."
}

// brokenHosts are words that translation put into host names, with the original letters.
var brokenHosts = []struct {
	pattern *lazyregexp.Regexp
	put     string
}{
	{lazyregexp.New(`(?i)\bunder\s*hiểu\s*war\b`), "understandingwar"},
	{lazyregexp.New(`(?i)inst\s+acad\.`), "institute."},
}

// translatedPathWords matches words of ASCII letters that translation put into paths; words
// with Vietnamese letters are detected anyway.
var translatedPathWords = lazyregexp.New(`(?:^|[^A-Za-z])Nga(?:[^A-Za-z]|$)`)

var (
	// Dots written out so that a link can't be clicked: the English word, its
	// translation, and the usual brackets. The word may be stuck to what
	// follows ("gov dotcn").
	writtenDot = lazyregexp.New(`(?i)\s+(?:dot|chấm)\s+|\s+dot(?:[a-z]{2,4}\b)|\s*[\[({](?:dot|chấm|\.)[\])}]\s*`)
	// hyperlink is a word processor's field left in the text; what it links to
	// follows in quotation marks, and mostly once more behind them.
	hyperlink = lazyregexp.New(`(?i)\x{fffd}?\s*HYPERLINK\s*["“”]([^"“”]*)["“”]\s*`)
	// A link's beginning, with hxxp and [:] so that it can't be clicked.
	schemeAt = lazyregexp.New(`(?i)\bh(?:tt|xx)p(s?)\s*\[?:\]?\s*/\s*/\s*`)
	hostAt   = lazyregexp.New(`(?i)(?:^|[\s(<“"'‘«:,])(www\.)`)
	newLink  = lazyregexp.New(`(?i)\s(?:h(?:tt|xx)ps?\s*\[?:\]?\s*/\s*/|www\.)`)
	bareHost = lazyregexp.New(`(?i)^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:/|$)`)
	goodHost = lazyregexp.New(`(?i)^(?:[\p{L}0-9](?:[\p{L}0-9-]*[\p{L}0-9])?\.)+(?:\p{L}{2,24}|xn--[a-z0-9-]+)$`)
	// archived matches an archive's prefix before the archived URL.
	archived = lazyregexp.New(`(?i)web\.archive\.org/web/\w+/$`)

	plainWord   = lazyregexp.New(`^\pL+[.,]?$`)
	plainNumber = lazyregexp.New(`^\d{1,4}[.,]?$`)
	conjunction = lazyregexp.New(`(?i)^(?:và|and|hoặc|or|&)$`)
	newSentence = lazyregexp.New(`^\p{Lu}\p{Ll}`)
)

// parseLinks parses the links in the note's raw text.
func (f *Footnote) parseLinks() {
	raw := hyperlink.ReplaceAllStringFunc(f.Raw, func(field string) string {
		target := hyperlink.FindStringSubmatch(field)[1]
		return ";" + target + ";"
	})
	for _, part := range strings.Split(raw, ";") {
		for _, printed := range splitLinks(part) {
			f.add(printed)
		}
	}
}

// splitLinks splits a part of a note where another link begins without a semicolon: after
// white space or on a new line.
func splitLinks(part string) []string {
	var parts []string
	from := 0
	for {
		at := newLink.FindStringIndex(part[from:])
		if at == nil {
			return append(parts, part)
		}
		before := part[:from+at[0]]
		if archived.MatchString(before) || !strings.Contains(before, ".") && !writtenDot.MatchString(before) {
			from += at[0] + 1 // still the same link, or words before the first
			continue
		}
		parts = append(parts, before)
		part, from = part[len(before)+1:], 0
	}
}

// add adds the link in printed, a part of the note, if it has one.
func (f *Footnote) add(printed string) {
	printed = strings.TrimSpace(printed)
	link := doi.ReplaceAllString(text.Clean(printed), "${1}https://doi.org/$2")
	scheme := "https://"
	at := schemeAt.FindStringSubmatchIndex(link)
	if at != nil {
		scheme = "http" + strings.ToLower(link[at[2]:at[3]]) + "://"
		link = link[at[1]:]
	}
	undotted := writtenDot.ReplaceAllStringFunc(link, restoreDot)
	defanged := undotted != link
	link = undotted
	for _, broken := range brokenHosts {
		link = broken.pattern.ReplaceAllString(link, broken.put)
	}
	if at == nil {
		if host := hostAt.FindStringSubmatchIndex(link); host != nil {
			link = link[host[2]:]
		} else if !bareHost.MatchString(link) {
			if strings.Contains(link, "://") {
				f.Damaged = append(f.Damaged, printed) // by another scheme, or a broken one
			}
			return // words, no link
		}
	}
	f.Defanged = f.Defanged || defanged
	link, fragment, fragmented := strings.Cut(trimEnd(joinSpaces(scheme+link)), "#")
	if !isIntact(link) {
		f.Damaged = append(f.Damaged, printed)
		return
	}
	if fragmented && hasForeignCharacters(fragment) {
		_, asPrinted, _ := strings.Cut(printed, "#")
		f.Damaged = append(f.Damaged, "#"+asPrinted)
	} else if fragmented {
		link += "#" + fragment
	}
	link = redirectTarget(link)
	good := Link{URL: link, Site: site(link)}
	if !slices.Contains(f.Links, good) {
		f.Links = append(f.Links, good)
	}
}

// doi matches a document's DOI without a URL.
var doi = lazyregexp.New(`(?i)(^|[\s(\[])doi:?\s*(10\.\d{4,9}/\S+)`)

// redirectHosts are the hosts whose URLs redirect to the URL in a parameter.
var redirectHosts = []struct {
	host, path string // how the host ends and the path begins
	parameters []string
}{
	{"google.", "/url", []string{"q", "url"}},
	{"facebook.com", "/l.php", []string{"u"}},
	{"l.instagram.com", "/", []string{"u"}},
	{"youtube.com", "/redirect", []string{"q"}},
	{"safelinks.protection.outlook.com", "/", []string{"url"}},
	{"linkedin.com", "/redir/redirect", []string{"url"}},
	{"vk.com", "/away.php", []string{"to"}},
	{"out.reddit.com", "/", []string{"url"}},
	{"duckduckgo.com", "/l/", []string{"uddg"}},
	{"bing.com", "/ck/", []string{"u"}},
	{"t.umblr.com", "/redirect", []string{"z"}},
	{"steamcommunity.com", "/linkfilter", []string{"url", "u"}},
	{"link.zhihu.com", "/", []string{"target"}},
}

// redirectTarget returns the target of a redirect URL; other URLs are returned unchanged.
func redirectTarget(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	host := strings.ToLower(u.Hostname())
	for _, w := range redirectHosts {
		if !(strings.HasSuffix(host, w.host) || strings.Contains("."+host, "."+w.host) && strings.HasSuffix(w.host, ".")) || !strings.HasPrefix(u.Path, w.path) {
			continue
		}
		for _, parameter := range w.parameters {
			to, err := url.Parse(u.Query().Get(parameter))
			if err == nil && (to.Scheme == "http" || to.Scheme == "https") && goodHost.MatchString(to.Hostname()) {
				return to.String()
			}
		}
	}
	return link
}

// trimEnd drops punctuation after a link, and closing brackets that were not opened in it.
func trimEnd(link string) string {
	for {
		trimmed := strings.TrimRightFunc(link, func(r rune) bool {
			return strings.ContainsRune("`.,:;!\"'“”‘’«»>|\\", r) || r > unicode.MaxASCII && unicode.IsPunct(r)
		})
		for _, pair := range []string{"()", "[]"} {
			opening, closing := pair[:1], pair[1:]
			if strings.Count(trimmed, opening) < strings.Count(trimmed, closing) {
				trimmed = strings.TrimSuffix(trimmed, closing)
			}
		}
		if trimmed == link {
			return link
		}
		link = trimmed
	}
}

// restoreDot replaces a written-out dot by a dot, and preserves letters attached to it.
func restoreDot(dot string) string {
	word := strings.Trim(strings.ToLower(strings.TrimSpace(dot)), "[](){}.")
	return "." + strings.TrimPrefix(strings.TrimPrefix(word, "chấm"), "dot")
}

// joinSpaces drops stray spaces inside a link. The link ends before brackets, a dash, a
// quotation, a new sentence, or two or more words in a row; a fragment includes all of
// these.
func joinSpaces(link string) string {
	chunks := strings.Fields(link)
	joined := chunks[0]
	for i, chunk := range chunks[1:] {
		if !strings.Contains(joined, "#") && endsLink(joined, chunk, chunks[i+2:]) {
			break
		}
		joined += chunk
	}
	return joined
}

// endsLink reports whether link ends before chunk, which follows after white space; rest
// follows chunk.
func endsLink(link, chunk string, rest []string) bool {
	path := strings.Count(link, "/") > 2
	words := plainWord.MatchString(chunk) && len(rest) > 0 && (plainWord.MatchString(rest[0]) || plainNumber.MatchString(rest[0]))
	switch first, _ := utf8.DecodeRuneInString(chunk); {
	case strings.ContainsRune("(“\"«–—", first), conjunction.MatchString(chunk):
		return true
	case chunk == "-" && len(rest) > 0 && newSentence.MatchString(rest[0]):
		return true // a dash before a name, no part of a path
	}
	switch link[len(link)-1] {
	case ',', ')', '"', '>':
		return true
	case '.':
		return path && (words || newSentence.MatchString(chunk))
	case '/':
		return path && words && !hasForeignCharacters(chunk)
	case '-', '%', '+', '_', '=', '&', '?', '~', ':':
		return false
	}
	return strings.HasSuffix(link, "”") || strings.HasSuffix(link, "»") || words && !hasForeignCharacters(chunk)
}

// isIntact reports whether link, without its fragment, is certainly the original one.
func isIntact(link string) bool {
	u, err := url.Parse(link)
	if err != nil || !goodHost.MatchString(u.Hostname()) || hasForeignCharacters(link) {
		return false
	}
	vietnamese := strings.HasSuffix(u.Hostname(), ".vn")
	return vietnamese || !translatedPathWords.MatchString(u.Path)
}

// hasForeignCharacters reports whether part of a link has characters that no link has:
// Latin letters with diacritics, quotation marks, or U+FFFD.
func hasForeignCharacters(part string) bool {
	return strings.ContainsFunc(part, func(r rune) bool {
		return strings.ContainsRune("\ufffd\"“”«»<>", r) || r > unicode.MaxASCII && unicode.Is(unicode.Latin, r)
	})
}

func site(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

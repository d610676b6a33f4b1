package report

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"reportbot/store/text"
)

// Link is one good link of a footnote.
type Link struct {
	URL  string
	Site string // its host without "www."
}

// brokenHosts are words that translation put into host names, with the letters
// that stood there.
var brokenHosts = []struct {
	pattern *regexp.Regexp
	put     string
}{
	{regexp.MustCompile(`(?i)\bunder\s*hiểu\s*war\b`), "understandingwar"},
	{regexp.MustCompile(`(?i)inst\s+acad\.`), "institute."},
}

// translatedWords are words of plain letters that translation put into paths;
// words with Vietnamese letters give themselves away.
var translatedWords = regexp.MustCompile(`(?:^|[^A-Za-z])[Nn]ga(?:[^A-Za-z]|$)`)

var (
	// Dots written out so that a link can't be clicked: the English word, its
	// translation, and the usual brackets. The word may be stuck to what
	// follows ("gov dotcn").
	writtenDot = regexp.MustCompile(`(?i)\s+(?:dot|chấm)\s+|\s+dot(?:[a-z]{2,4}\b)|\s*[\[({](?:dot|chấm|\.)[\])}]\s*`)
	// hyperlink is a word processor's field left in the text; what it links to
	// follows in quotation marks, and mostly once more behind them.
	hyperlink = regexp.MustCompile(`(?i)\x{fffd}?\s*HYPERLINK\s*["“”]([^"“”]*)["“”]\s*`)
	schemeAt  = regexp.MustCompile(`(?i)\bh(?:tt|xx)ps?://`)
	newLink   = regexp.MustCompile(`(?i)\s(?:h(?:tt|xx)ps?://|www\.)`)
	bareHost  = regexp.MustCompile(`(?i)^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:/|$)`)
	goodHost  = regexp.MustCompile(`(?i)^(?:[\p{L}0-9](?:[\p{L}0-9-]*[\p{L}0-9])?\.)+(?:\p{L}{2,24}|xn--[a-z0-9-]+)$`)
	plainWord = regexp.MustCompile(`^\pL+[.,]?$`)
)

// resolve reads the links out of the note's raw text.
func (f *Footnote) resolve() {
	raw := hyperlink.ReplaceAllStringFunc(f.Raw, func(field string) string {
		target := hyperlink.FindStringSubmatch(field)[1]
		return ";" + target + ";"
	})
	for _, part := range strings.Split(raw, ";") {
		for _, printed := range separate(part) {
			f.add(printed)
		}
	}
}

// separate cuts a part of a note where a further link begins without a
// semicolon: behind white space or on a line of its own.
func separate(part string) []string {
	var parts []string
	for {
		at := newLink.FindStringIndex(part)
		if at == nil || !strings.Contains(part[:at[0]], ".") && !writtenDot.MatchString(part[:at[0]]) {
			return append(parts, part)
		}
		parts = append(parts, part[:at[0]])
		part = part[at[0]+1:]
	}
}

// add recovers the link in printed, a part of the note, if it has one.
func (f *Footnote) add(printed string) {
	printed = strings.TrimSpace(printed)
	link := text.Clean(printed)
	if undotted := writtenDot.ReplaceAllStringFunc(link, undot); undotted != link {
		// A note in words may say "dot"; only a link is defanged.
		if schemeAt.MatchString(link) || bareHost.MatchString(undotted) {
			link, f.Defanged = undotted, true
		}
	}
	for _, broken := range brokenHosts {
		link = broken.pattern.ReplaceAllString(link, broken.put)
	}
	switch at := schemeAt.FindStringIndex(link); {
	case at != nil:
		link = link[at[0]:]
		link = strings.Replace(link, "hxxp", "http", 1)
	case bareHost.MatchString(link):
		link = "https://" + link
	default:
		return // words, no link
	}
	link = strings.TrimRight(joinSpaces(link), ".,")
	link, fragment, fragmented := strings.Cut(link, "#")
	if !recovered(link) {
		f.Damaged = append(f.Damaged, printed)
		return
	}
	if fragmented && foreign(fragment) {
		_, asPrinted, _ := strings.Cut(printed, "#")
		f.Damaged = append(f.Damaged, "#"+asPrinted)
	} else if fragmented {
		link += "#" + fragment
	}
	good := Link{URL: link, Site: site(link)}
	if !slices.Contains(f.Links, good) {
		f.Links = append(f.Links, good)
	}
}

// undot turns a written-out dot into one, keeping letters stuck to it.
func undot(dot string) string {
	word := strings.ToLower(strings.TrimSpace(dot))
	return "." + strings.TrimPrefix(strings.Trim(word, "[](){}."), wordOf(word))
}

func wordOf(dot string) string {
	if strings.Contains(dot, "chấm") {
		return "chấm"
	}
	return "dot"
}

// joinSpaces drops the stray spaces inside a link. Words after it, in
// parentheses or two or more in a row, are no part of it; inside a fragment
// anything is.
func joinSpaces(link string) string {
	chunks := strings.Fields(link)
	joined := chunks[0]
	for i, chunk := range chunks[1:] {
		if !strings.Contains(joined, "#") {
			open := strings.ContainsAny(joined[len(joined)-1:], "-/%+_=&?.~:")
			words := plainWord.MatchString(chunk) && i+2 < len(chunks) && plainWord.MatchString(chunks[i+2])
			if strings.HasPrefix(chunk, "(") || strings.HasSuffix(joined, ",") || !open && words && !foreign(chunk) {
				break
			}
		}
		joined += chunk
	}
	return joined
}

// recovered reports whether link, without its fragment, is surely what the
// report's authors printed.
func recovered(link string) bool {
	u, err := url.Parse(link)
	if err != nil || !goodHost.MatchString(u.Hostname()) || foreign(link) {
		return false
	}
	vietnamese := strings.HasSuffix(u.Hostname(), ".vn")
	return vietnamese || !translatedWords.MatchString(u.Path)
}

// foreign reports whether part of a link holds letters that no link is printed
// with: Latin ones with marks, or what couldn't be read.
func foreign(part string) bool {
	return strings.ContainsFunc(part, func(r rune) bool {
		return r == unicode.ReplacementChar || r > unicode.MaxASCII && unicode.Is(unicode.Latin, r)
	})
}

func site(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

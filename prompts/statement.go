package prompts

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	listMark = regexp.MustCompile(`^(?:[-–—*•·▪►→+>]+\s+|[•▪►→◦●○■□‣⁃✓✔✅]\x{FE0F}?\s*|\[[ xX]?\]\s+|\(?\d{1,2}[.)]\s+|\d{1,2}(?:\.\d{1,2})+[.)]\s+|\d\x{FE0F}?\x{20E3}\s*|[①-⑳❶-❿]\s*|\(?[a-zđ][.)]\s+|\(?(?:[ivx]{2,4}|[IVX]{2,4})[.)]\s+)`)
	// dash is a list mark with no space behind it; before a number it is a sign.
	dash     = regexp.MustCompile(`^[-–—]+(\p{L})`)
	heading  = regexp.MustCompile(`^#{1,6}\s+`)
	fenced   = regexp.MustCompile("^(?:`{3,}|~{3,})")
	rule     = regexp.MustCompile(`^[\s|:=_*\-–—.]*$`)
	emphasis = regexp.MustCompile(`(\*{1,3}|_{2,3}|~~|==|` + "`" + `{1,2})([^*_~=` + "`" + `]+?)(\*{1,3}|_{2,3}|~~|==|` + "`" + `{1,2})`)
	// formula is a number set as a formula; in "$5-$6" they are sums of money.
	formula    = regexp.MustCompile(`\$([\d.,%+–~≈<>=/{}-]+)\$(\D|$)`)
	listNumber = regexp.MustCompile(`^\s*\(?\d{1,2}[.)]\s*$`)
	cells      = regexp.MustCompile(`\s*\|\s*`)
	// jsonHead and jsonTail are the syntax around a text of JSON, on a line of its own
	// or between citations.
	jsonHead = regexp.MustCompile(`^[\s,}\]"]*(?:[{\[][\s{\[]*)?(?:"[\pL\d_ -]{1,30}"\s*:\s*[\s{\[]*)+"?|^\s*"?[\s,}\]{]*[\[,][\s{\[]*"`)
	jsonTail = regexp.MustCompile(`"?[\s\]}]*,?\s*(?:"[\pL\d_ -]{1,30}"\s*:[\s{\["]*)+$|"[\s,}\]]*[,}\]]\s*$`)
	// jsonBreak is an escaped line break, not the beginning of a command of LaTeX.
	jsonBreak = regexp.MustCompile(`^(?:\\[nrt])+([^a-z]|$)`)
	jsonOnly  = regexp.MustCompile(`^[\s{}\[\],"]*$`)
	// sourceWord leads to a citation, and says nothing itself.
	sourceWord = regexp.MustCompile(`(?i)(?:^|[\s(–—-]+)(?:` + sourceWords + `)\s*:\W*(?:(?:` + sourceWords + `)\W*)?$|^\W*(?:(?:theo|according to)(?: the)?(?:\s+(?:` + sourceWords + `))?|` + sourceWords + `)\W*$|^\[\^?\d{1,3}\]:?$`)
	roleWord   = regexp.MustCompile(`(?i)^\W*(?:` + roles + `|` + answers + `|` + sourceWords + `|claims?|các ý)\W*$`)
	roleLead   = regexp.MustCompile(`(?i)^(?:(?:` + roles + `|` + answers + `)\s*:\s*|(?:a|text|(?:claim|statement)(?:\s\d{1,2})?|ý\s\d{1,2})\s*:\s+)`)
)

const (
	sourceWords = `nguồn|nguồn dẫn|trích dẫn|dẫn chứng|(?:tài liệu )?tham khảo|câu|sources?|citations?|cites?|references?|источник|источники|출처`

	roles   = `assistant|chatbot|bot|model|ai|user|system|human|trợ lý|người dùng`
	answers = `(?:final )?answer|response|câu trả lời|trả lời|đáp án|đáp|ответ|답변|답`
)

// statement returns the text of a part of a line, without list marks, emphasis and
// the syntax of tables, JSON or chat templates. A heading and a fence say something
// only where they are cited.
func statement(text string, cited bool) string {
	text = strings.TrimSpace(text)
	if fenced.MatchString(text) || heading.MatchString(text) {
		if !cited {
			return ""
		}
		text = heading.ReplaceAllString(fenced.ReplaceAllString(text, ""), "")
	}
	if rule.MatchString(text) || alone.MatchString(text) || jsonOnly.MatchString(text) {
		return ""
	}
	if strings.HasPrefix(text, "|") || strings.Count(text, "|") > 1 {
		text = cells.ReplaceAllString(strings.Trim(text, "| "), ", ")
	}
	text = strings.TrimSpace(jsonTail.ReplaceAllString(jsonHead.ReplaceAllString(text, ""), ""))
	text = formula.ReplaceAllString(jsonBreak.ReplaceAllString(text, "$1"), "$1$2")
	text = balanced(unmarked(text))
	// Emphasis that ends in another part.
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("*_`", r) })
	if roleWord.MatchString(text) {
		return ""
	}
	text = roleLead.ReplaceAllString(text, "")
	if cited {
		text = strings.TrimRight(sourceWord.ReplaceAllString(text, ""), " –—-")
	}
	if strings.Trim(text, " .…,;:!?-–—*_\"'“”()[]{}|") == "" {
		return ""
	}
	return text
}

// unmarked takes off list marks and emphasis, whichever is inside the other.
func unmarked(text string) string {
	for {
		plain := strings.TrimSpace(dash.ReplaceAllString(listMark.ReplaceAllString(text, ""), "$1"))
		plain = emphasis.ReplaceAllString(plain, "$2")
		if plain == text {
			return text
		}
		text = plain
	}
}

// balanced takes off a quotation mark at an end that has no other.
func balanced(text string) string {
	if strings.Count(text, `"`) != 1 {
		return text
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`))
}

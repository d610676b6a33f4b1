package prompts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// NotInReport is the model's reply if the sources don't hold the answer.
const NotInReport = "NOT_IN_REPORT"

// refusal matches NotInReport in any spelling.
var refusal = regexp.MustCompile(`(?i)\bNOT[\s_\\-]{1,2}IN[\s_\\-]{1,2}(?:THE[\s_])?REPORT\b`)

// Claim is one statement of the model's reply.
type Claim struct {
	Text  string
	Cites []int // sentence numbers in order, each once
}

// Reader reads a reply as it streams in. The zero value is ready.
type Reader struct {
	filter  filter
	line    string // the visible part of the unfinished line
	pending *Claim // a claim without citation; the next line may be one
	refused bool
	started bool // a line has been read
	midline bool // the claims of the line's beginning have been read
}

// Write takes the next piece of the reply and returns the claims that it completed.
func (r *Reader) Write(piece string) []Claim {
	r.line += r.filter.write(piece)
	var claims []Claim
	for {
		line, rest, whole := strings.Cut(r.line, "\n")
		if !whole {
			break
		}
		r.line = rest
		claims = append(claims, r.read(line)...)
		r.midline = false
	}
	return append(claims, r.early()...)
}

// early returns the complete claims of the unfinished line: those with text after
// their citation. It reads them as it would at the line's end.
func (r *Reader) early() []Claim {
	line := cite(r.line)
	if !r.midline && citesFirst(line) || strings.HasPrefix(strings.TrimSpace(line), "|") {
		return nil
	}
	for _, at := range slices.Backward(standing.FindAllStringIndex(line, -1)) {
		if behind := line[at[1]:]; !begun.MatchString(behind) {
			r.line = behind
			claims := r.read(line[:at[1]])
			r.midline = true
			return claims
		}
	}
	return nil
}

// citesFirst reports whether a line has a citation before any text.
func citesFirst(line string) bool {
	at := standing.FindStringIndex(line)
	return at != nil && statement(line[:at[0]], false) == ""
}

// Close returns the claims of the last line, none if the reply was cut off in it
// (finished is false).
func (r *Reader) Close(finished bool) []Claim {
	rest := r.line + r.filter.close()
	r.line = ""
	var claims []Claim
	if finished {
		for line := range strings.SplitSeq(rest, "\n") {
			claims = append(claims, r.read(line)...)
			r.midline = false
		}
	}
	return append(claims, r.flush()...)
}

// Refused reports whether the reply says NOT_IN_REPORT.
func (r *Reader) Refused() bool { return r.refused }

// flush returns the claim that was waiting for a citation.
func (r *Reader) flush() []Claim {
	if r.pending == nil {
		return nil
	}
	claim := *r.pending
	r.pending = nil
	return []Claim{claim}
}

// read reads the claims of a whole line, or of its beginning up to a citation.
func (r *Reader) read(line string) []Claim {
	line = normal(line)
	var claims []Claim
	take := func(text string, cites []int) {
		first := !r.started
		r.started = r.started || strings.TrimSpace(text) != ""
		text = statement(text, first)
		switch {
		case refusal.MatchString(text):
			r.refused = true
		case text == "" && len(cites) > 0 && r.pending != nil:
			r.pending.Cites = cites
			claims = append(claims, r.flush()...)
		case text == "":
		default:
			claims = append(claims, r.flush()...)
			if c := (Claim{Text: text, Cites: cites}); len(cites) == 0 {
				r.pending = &c
			} else {
				claims = append(claims, c)
			}
		}
	}
	places := standing.FindAllStringIndex(line, -1)
	from := 0
	if !r.midline && citesFirst(line) && places[len(places)-1][1] < len(strings.TrimRight(line, " .")) {
		for i, at := range places { // each citation is before its text
			end := len(line)
			if i+1 < len(places) {
				end = places[i+1][0]
			}
			take(line[at[1]:end], numbers(line[at[0]:at[1]]))
		}
		return claims
	}
	for _, at := range places {
		take(line[from:at[0]], numbers(line[at[0]:at[1]]))
		from = at[1]
	}
	take(line[from:], nil)
	return claims
}

var (
	listMark = regexp.MustCompile(`^(?:[-–—*•·▪►→+>]+\s+|[•▪►→]\s*|\(?\d{1,2}[.)]\s+|\(?[a-zđ][.)]\s+)`)
	heading  = regexp.MustCompile(`^#{1,6}\s`)
	rule     = regexp.MustCompile(`^[\s|:=_*\-–—.]*$`)
	emphasis = regexp.MustCompile(`(\*{1,3}|_{2,3}|~~|` + "`" + `{1,2})([^*_~` + "`" + `]+?)(\*{1,3}|_{2,3}|~~|` + "`" + `{1,2})`)
	cells    = regexp.MustCompile(`\s*\|\s*`)
	jsonText = regexp.MustCompile(`^[\s{\[,]*"[A-Za-z_ ]{1,30}"\s*:\s*"(.*?)"?[\s,}\]]*$`)
	jsonKey  = regexp.MustCompile(`^[\s{\[,]*"[A-Za-z_ ]{1,30}"\s*:?[\s\[\]{},"]*$`)
	roleWord = regexp.MustCompile(`(?i)^\W*(?:assistant|model|bot|ai|user|system|answer|final answer|claims?|câu trả lời|trả lời|đáp án|các ý|ответ|답변|답)\W*$`)
	roleLead = regexp.MustCompile(`(?i)^(?:assistant|answer|final answer|câu trả lời|trả lời|đáp án|ответ|답변)\s*:\s+`)
)

// statement returns the text of a part of a line, without list marks, emphasis and
// the syntax of tables, JSON or chat templates.
func statement(text string, first bool) string {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "```") || heading.MatchString(text) || rule.MatchString(text) || jsonKey.MatchString(text) {
		return ""
	}
	if m := jsonText.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if strings.HasPrefix(text, "|") || strings.Count(text, "|") > 1 {
		text = cells.ReplaceAllString(strings.Trim(text, "| "), ", ")
	}
	text = strings.TrimSpace(listMark.ReplaceAllString(text, ""))
	for emphasis.MatchString(text) {
		plain := emphasis.ReplaceAllString(text, "$2")
		if plain == text {
			break
		}
		text = plain
	}
	// Emphasis that ends in another part.
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("*_`", r) })
	if first {
		if roleWord.MatchString(text) {
			return ""
		}
		text = roleLead.ReplaceAllString(text, "")
	}
	if strings.Trim(text, " .,;:!?-–—*_\"'“”()[]{}|") == "" {
		return ""
	}
	return text
}

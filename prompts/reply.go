package prompts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// NotInReport is the model's reply if the sources don't hold the answer.
const NotInReport = "NOT_IN_REPORT"

// notInReport matches NotInReport in any spelling.
var notInReport = regexp.MustCompile(NotInReport + `|(?i)\bNOT[\s_\\-]{1,2}IN[\s_\\-]{1,2}(?:THE[\s_])?REPORT\b`)

// Claim is one statement of the model's reply.
type Claim struct {
	Text  string
	Cites []int // sentence numbers in order, each once
}

// Reader reads a reply as it streams in. The zero value is ready.
type Reader struct {
	filter      filter
	line        string // the visible part of the unfinished line
	pending     *Claim // a claim without citation; the next line may be one
	notInReport bool   // the reply says so
	midline     bool   // the claims of the line's beginning have been read
	started     bool   // a line has been read
	tried       int    // bytes of the unfinished line that were read last

	restarted bool    // see Restarted
	fence     bool    // the lines are thoughts, up to the end of their fence
	holding   bool    // the lines are thoughts if a line follows that begins the answer
	held      []Claim // of those lines
}

// Write takes the next piece of the reply and returns the claims that it completed.
func (r *Reader) Write(piece string) []Claim {
	before := r.filter.restarts
	text := strings.Map(seen, r.filter.write(piece))
	if r.filter.restarts != before {
		*r = Reader{filter: r.filter, restarted: true}
	}
	r.line += text
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

// Restarted reports, once, that everything before the last piece was thoughts, though
// no token had begun them. Discard the claims returned before it.
func (r *Reader) Restarted() bool {
	restarted := r.restarted
	r.restarted = false
	return restarted
}

// seen drops control and format characters: what is checked and shown is what one
// sees.
func seen(c rune) rune {
	switch {
	case c == '\n':
		return c
	case c == '\t':
		return ' '
	case unicode.In(c, unicode.Cc, unicode.Cf):
		return -1
	}
	return c
}

const (
	// shortLine is how many bytes of an unfinished line are read with each piece;
	// of a longer one each time that it has grown by an eighth, up to longestLine.
	shortLine   = 1000
	longestLine = 4000
	// citationStart are the characters that a citation has.
	citationStart = "[({«‹【［〔〖⟦（⁽ˢ^|<\""
)

// early returns the complete claims of the unfinished line: those with text after
// their citation. It reads them as it would at the line's end.
func (r *Reader) early() []Claim {
	if len(r.line) < r.tried {
		r.tried = 0 // another line
	}
	grown := len(r.line) - r.tried
	if len(r.line) > longestLine || len(r.line) > shortLine && grown < r.tried/8 || !strings.ContainsAny(r.line, citationStart) {
		return nil
	}
	r.tried = len(r.line)
	line := r.line
	if !r.midline {
		line = labelled(line)
	}
	line = cite(line)
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
	return at != nil && (listNumber.MatchString(line[:at[0]]) || statement(line[:at[0]], true) == "")
}

// Close returns the claims of the last line, none if the reply was cut off in it
// (finished is false).
func (r *Reader) Close(finished bool) []Claim {
	rest := r.line + strings.Map(seen, r.filter.close())
	r.line = ""
	var claims []Claim
	if finished {
		for line := range strings.SplitSeq(rest, "\n") {
			claims = append(claims, r.read(line)...)
			r.midline = false
		}
	}
	claims = append(claims, r.flush()...)
	if r.holding && finished {
		claims = append(r.held, claims...)
	}
	return claims
}

// NotInReport reports whether the reply says NOT_IN_REPORT.
func (r *Reader) NotInReport() bool { return r.notInReport }

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
	if r.isThought(&line) {
		return nil
	}
	if !r.midline {
		line = labelled(line)
	}
	claims := r.claims(normal(line))
	if r.holding {
		r.held = append(r.held, claims...)
		return nil
	}
	return claims
}

// claims reads the claims of a normalized line.
func (r *Reader) claims(line string) []Claim {
	var claims []Claim
	take := func(text string, cites []int) {
		absent := notInReport.MatchString(text)
		text = statement(text, len(cites) > 0)
		switch {
		case absent:
			r.notInReport = true
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

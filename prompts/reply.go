package prompts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// NotInReport is what the model writes, alone on a line, where the sources hold
// no answer.
const NotInReport = "NOT_IN_REPORT"

// Claim is one statement of the model's reply.
type Claim struct {
	Text  string
	Cites []int // sentence numbers in order, each once; none if it cited none
}

var (
	// citations is what ends a claim: one or more groups, with the full stop
	// that may follow them.
	citations = regexp.MustCompile(`\s*\[\s*S\d+(?:\s*[,;]\s*S?\d+)*\s*\](?:\s*[,;]?\s*\[\s*S\d+(?:\s*[,;]\s*S?\d+)*\s*\])*[.,;:]*`)
	// citationBegun is what may still become a further group of the same claim.
	citationBegun = regexp.MustCompile(`^[\s.,;:]*(?:\[[\sS\d,;]*)?$`)
	citedNumber   = regexp.MustCompile(`\d+`)
	listMark      = regexp.MustCompile(`^(?:[-–—*•·]\s+|\d{1,2}[.)]\s+)`)
)

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// Reader reads a reply as it streams in. The zero value is ready.
type Reader struct {
	raw      string // the end of what came: it may be the beginning of a tag
	line     string // what is visible of the unfinished line
	thinking bool
	refused  bool
}

// Write takes the next piece of the reply and returns the claims that it
// finished.
func (r *Reader) Write(piece string) []Claim {
	r.show(piece)
	var claims []Claim
	for {
		line, rest, whole := strings.Cut(r.line, "\n")
		if !whole {
			break
		}
		r.line = rest
		claims = append(claims, r.read(line)...)
	}
	// A citation with more text behind it ends a claim in mid-line.
	for {
		at := citations.FindStringIndex(r.line)
		if at == nil || citationBegun.MatchString(r.line[at[1]:]) {
			return claims
		}
		claims = append(claims, r.read(r.line[:at[1]])...)
		r.line = strings.TrimLeft(r.line[at[1]:], " ")
	}
}

// Close returns the claims of the last line. finished is false where the reply
// was cut off in it: then it is no claim.
func (r *Reader) Close(finished bool) []Claim {
	if !r.thinking {
		r.line += r.raw
	}
	rest := r.line
	r.raw, r.line = "", ""
	if !finished {
		return nil
	}
	return r.read(rest)
}

// show adds to the line what of piece stands outside think tags. A closing tag
// alone, which some models send, ends a line.
func (r *Reader) show(piece string) {
	r.raw += piece
	for {
		open, closed := strings.Index(r.raw, thinkOpen), strings.Index(r.raw, thinkClose)
		switch {
		case closed >= 0 && (r.thinking || open < 0 || closed < open):
			if !r.thinking {
				r.line += r.raw[:closed] + "\n"
			}
			r.raw, r.thinking = r.raw[closed+len(thinkClose):], false
		case open >= 0 && !r.thinking:
			r.line += r.raw[:open]
			r.raw, r.thinking = r.raw[open+len(thinkOpen):], true
		default:
			kept := tagBegun(r.raw)
			if !r.thinking {
				r.line += r.raw[:len(r.raw)-kept]
			}
			r.raw = r.raw[len(r.raw)-kept:]
			return
		}
	}
}

// visible returns what stands in a whole reply outside think tags.
func visible(reply string) string {
	var r Reader
	r.show(reply)
	if !r.thinking {
		r.line += r.raw
	}
	return r.line
}

// tagBegun returns how many bytes at the end of s may be the beginning of a
// think tag.
func tagBegun(s string) int {
	at := strings.LastIndexByte(s, '<')
	if at < 0 || !strings.HasPrefix(thinkOpen, s[at:]) && !strings.HasPrefix(thinkClose, s[at:]) {
		return 0
	}
	return len(s) - at
}

// Refused reports whether a line said NOT_IN_REPORT.
func (r *Reader) Refused() bool { return r.refused }

// read reads the claims of a line. What follows a citation is read as a line
// of its own, since a claim in mid-line may be read before the rest has come.
func (r *Reader) read(line string) []Claim {
	var claims []Claim
	for line != "" {
		text, cited := line, ""
		at := citations.FindStringIndex(line)
		if at == nil {
			line = ""
		} else {
			text, cited, line = line[:at[0]], line[at[0]:at[1]], line[at[1]:]
		}
		text = strings.TrimSpace(text)
		text = strings.TrimSpace(listMark.ReplaceAllString(text, ""))
		switch {
		case strings.HasPrefix(text, "```"):
		case strings.Trim(text, ".`*\"' ") == NotInReport:
			r.refused = true
		case strings.Trim(text, " .,;:-–—*") == "":
			// A citation or punctuation alone claims nothing.
		default:
			claims = append(claims, Claim{Text: text, Cites: numbers(cited)})
		}
	}
	return claims
}

func numbers(cited string) []int {
	var ids []int
	for _, digits := range citedNumber.FindAllString(cited, -1) {
		if n, err := strconv.Atoi(digits); err == nil && !slices.Contains(ids, n) {
			ids = append(ids, n)
		}
	}
	return ids
}

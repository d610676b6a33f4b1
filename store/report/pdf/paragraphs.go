package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/text/unicode/norm"
)

// itemMark is how an item of a list begins, or a clause of a law.
var itemMark = lazyregexp.New(`^(?:[•·▪●■◦○*–—-]|o|\(?(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\[\d{1,4}\])\s`)

// clause is how a numbered clause begins.
var clause = lazyregexp.New(`^(?:Điều|Chương|Mục|Phần|Phụ lục|Article|Section|Chapter|Annex|Appendix)\s+(?:\d+|[IVXLC]+|[A-Z])\b`)

// paragraph is lines that belong together.
type paragraph []line

// paragraphs joins the lines.
func (l *layout) paragraphs(lines []line) []paragraph {
	var all []paragraph
	rights := blockRights(lines)
	for i, printed := range lines {
		if len(printed.words) == 0 {
			continue
		}
		if n := len(all); n > 0 && l.continues(all[n-1], printed, rights, i) {
			all[n-1] = append(all[n-1], printed)
			continue
		}
		all = append(all, paragraph{printed})
	}
	return all
}

// blockRights returns how far each line could reach: the column's right side,
// or that of the lines around it if these are even, as a quotation's are.
func blockRights(lines []line) []float64 {
	rights := make([]float64, len(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		right := lines[from].right
		for to < len(lines) && lines[to].column == lines[from].column && similarSize(lines[to].size, lines[from].size) &&
			lines[to-1].base-lines[to].base < 2*lines[to].size {
			right = max(right, lines[to].right)
			to++
		}
		even := 0
		for _, l := range lines[from:to] {
			if right-l.right < 1.5 {
				even++
			}
		}
		for i := from; i < to; i++ {
			rights[i] = lines[i].columnRight
			if even >= 2 && to-from >= 3 {
				rights[i] = right
			}
		}
		from = to
	}
	return rights
}

// continues reports whether a line, lines[at], continues the paragraph above it.
func (l *layout) continues(p paragraph, cur line, rights []float64, at int) bool {
	prev := p[len(p)-1]
	text := cur.text()
	switch {
	case prev.table || cur.table, !similarSize(prev.size, cur.size):
		return false
	case prev.bold != cur.bold && !(prev.bold && startsLower(text) || cur.bold && len(cur.words) < 4 && startsLower(text)):
		if prev.bold || !mixedBold(prev) {
			return false
		}
	case clause.MatchString(text) && (cur.bold || closedOrShort(prev.text())):
		return false
	}
	room := rights[at-1] - prev.right
	fits := room > cur.words[0].width()+.6*cur.size // the next word had room: the line was ended on purpose
	said := prev.text()
	item := itemMark.MatchString(text)
	if prev.page == cur.page && prev.base-cur.base > 3*l.leading*cur.size {
		return false // also where another column begins below
	}
	if prev.column != cur.column || prev.page != cur.page {
		switch {
		case item && (fits || endsClause(said) || itemMark.MatchString(said)), cur.bold && prev.bold && fits:
			return false
		case hyphenated(said), startsLower(text):
			return !fits || !endsClause(said)
		case endsClause(said):
			// A new column begins a paragraph, unless the lines were full and it
			// isn't indented as the others are.
			return false
		}
		return !fits
	}
	gap := (prev.base - cur.base) / max(1, cur.size)
	broken := startsLower(text) && !endsClause(said) && !fits && gap < 2*l.leading && hasSuperscript(cur) // a figure raised far takes room
	if gap > 1.35*l.leading && gap > l.ownLeading(p)*1.25 && !broken || gap < -.5 {
		return false
	}
	if item && (fits || endsClause(said) || cur.left < p[0].left+.3*cur.size) {
		return false
	}
	if strings.HasSuffix(said, ";") && firstWord(text) == firstWord(p[0].text()) {
		return false // items that all begin with the same word
	}
	if prev.bold && cur.bold && !l.boldBody || prev.size > 1.12*l.body {
		// The lines of a title are broken where they read well.
		return gap <= 1.6*l.leading && !item && !clause.MatchString(text) && (!fits || centred(prev, cur) || startsLower(text))
	}
	if fits {
		return startsLower(text) && !endsClause(said) // ragged lines
	}
	indent := cur.left - prev.left
	hanging := itemMark.MatchString(p[0].text()) && len(p) == 1
	if indent > .7*cur.size && !hanging && endsClause(said) {
		return false
	}
	return true
}

// hasSuperscript reports whether a line has a superscript.
func hasSuperscript(l line) bool {
	for i := range l.words {
		if isRaised(l, i) {
			return true
		}
	}
	return false
}

// ownLeading returns the leading within a paragraph, or 0.
func (l *layout) ownLeading(p paragraph) float64 {
	n := len(p)
	if n < 2 || p[n-1].column != p[n-2].column {
		return 0
	}
	return (p[n-2].base - p[n-1].base) / max(1, p[n-1].size)
}

// mixedBold reports whether some of a line's words are bold.
func mixedBold(l line) bool {
	return slices.ContainsFunc(l.words, func(w word) bool { return w.bold })
}

func centred(a, b line) bool {
	return math.Abs((a.left+a.right)-(b.left+b.right)) < 3*b.size && math.Abs(a.left-b.left) > .5
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

func hyphenated(s string) bool {
	return strings.HasSuffix(s, softHyphen) || strings.HasSuffix(s, "-")
}

// endsClause reports whether a text ends as sentences and items of lists do.
func endsClause(s string) bool {
	s = strings.TrimRight(s, " \"”»’)]⁰¹²³⁴⁵⁶⁷⁸⁹0123456789[*†‡,")
	return s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:;") || strings.HasSuffix(s, "…")
}

func closedOrShort(s string) bool { return endsClause(s) || len(s) < 60 }

// maxHeading is the most characters of a heading.
const maxHeading = 200

// kind says what the print of a paragraph makes of it.
func (l *layout) kind(p paragraph, text string) Kind {
	first := p[0]
	if first.table || itemMark.MatchString(text) && !first.bold {
		return Paragraph
	}
	short := utf8.RuneCountInString(text) <= maxHeading
	unmarked := strings.TrimRight(text, "[]0123456789⁰¹²³⁴⁵⁶⁷⁸⁹ ")
	stopped := unmarked != "" && unmarked != text && strings.ContainsAny(unmarked[len(unmarked)-1:], ".;,!?") || strings.ContainsAny(text[len(text)-1:], ".;,")
	letters := strings.ContainsFunc(text, unicode.IsLetter)
	bold := !l.boldBody && !slices.ContainsFunc(p, func(l line) bool { return !l.bold })
	switch {
	case short && letters && !stopped && (first.size > 1.12*l.body || bold && first.size > .9*l.body):
		return Heading
	case len(p) > 1 && !(short && letters && !stopped && (strings.ToUpper(text) == text || clause.MatchString(text))):
		return Paragraph
	}
	return Unknown
}

// joined returns a paragraph's text, and after how many of its letters each
// further page begins.
func (l *layout) joined(p paragraph) (string, []int) {
	var b strings.Builder
	var turns []int
	letters := 0
	for i, printed := range p {
		written := lineText(printed)
		if i > 0 {
			switch before, joint := l.hyphen(b.String(), written); {
			case joint:
				b.Reset()
				b.WriteString(before)
			case joinsAddress(p[i-1], printed):
			default:
				b.WriteByte(' ')
			}
			for turn := p[i-1].page; turn < printed.page; turn++ {
				turns = append(turns, letters)
			}
		}
		b.WriteString(written)
		letters += Letters(written)
	}
	text := strings.ReplaceAll(b.String(), softHyphen, "-")
	return norm.NFC.String(text), turns
}

// Letters counts the letters of a text. Markers, figures and white space, which
// reading a line may change, are none.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func lineText(l line) string {
	var b strings.Builder
	for i, w := range l.words {
		written := w.text
		if w.note != "" {
			written = w.note
		}
		if i > 0 && !w.glued && w.note == "" && !(isRaised(l, i-1) && strings.ContainsAny(w.text[:1], ".,;:)")) {
			b.WriteByte(' ')
		}
		b.WriteString(written)
	}
	return b.String()
}

// joinsAddress reports whether a line goes on with the address that the line
// above it ends with.
func joinsAddress(prev, cur line) bool {
	last, first := prev.words[len(prev.words)-1], cur.words[0]
	if last.address != "" && last.address == first.address && strings.Contains(last.text, "/") {
		rest := strings.ReplaceAll(last.address, " ", "")
		return strings.Contains(rest, strings.TrimRight(last.text, softHyphen)+first.text) || strings.HasSuffix(last.text, "/")
	}
	return strings.Contains(last.text, "://") && strings.ContainsAny(last.text[len(last.text)-1:], "/-_=?&%.") &&
		!strings.Contains(first.text, "://") && len(first.text) > 1 && first.text[0] < 0x80 && !strings.HasPrefix(first.text, "(")
}

// hyphen rejoins a word that a line's end parts. It returns the text before
// without the hyphen, or with it where the word has one in mid-line too.
func (l *layout) hyphen(before, after string) (string, bool) {
	soft := strings.HasSuffix(before, softHyphen)
	if !soft && !strings.HasSuffix(before, "-") {
		return before, false
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(before, softHyphen), "-")
	head := stem[strings.LastIndexAny(stem, " ([“\"")+1:]
	tail, _, _ := strings.Cut(after, " ")
	tail = strings.TrimRight(tail, ".,;:!?)]”\"’")
	if lastLetter, _ := utf8.DecodeLastRuneInString(head); !unicode.IsLetter(lastLetter) || tail == "" {
		return stem + "-", head != "" && tail != ""
	}
	if strings.Contains(head, "://") {
		return stem + "-", true
	}
	whole, parted := l.vocabulary[fold(head+tail)], l.vocabulary[fold(head+"-"+tail)]
	switch {
	case whole > parted:
		return stem, true
	case parted > 0, !startsLower(tail), strings.Contains(head, "-"), isVietnamese(head), isVietnamese(tail):
		// Vietnamese parts no words; its hyphens are those of foreign names.
		return stem + "-", true
	}
	return stem, true
}

// isVietnamese reports whether a word has letters that only Vietnamese has.
func isVietnamese(s string) bool {
	return strings.ContainsAny(norm.NFC.String(strings.ToLower(s)), "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
}

// fold is how a word is counted in the vocabulary.
func fold(s string) string {
	return strings.ToLower(strings.Trim(s, ".,;:!?()[]“”\"'’‘»«"))
}

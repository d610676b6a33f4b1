package report

import (
	"strings"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Vietnamese laws and official letters begin with a letterhead: the issuer, the state's
// name and motto, the document number, place and date. The title follows below.

const (
	// maxLetterheadLines limits the lines of a letterhead.
	maxLetterheadLines = 20
	// maxKindWords limits the words of a title's first line that is only the kind of
	// document, with the subject on the next line.
	maxKindWords = 4
	// maxTitleLines limits the lines of a title.
	maxTitleLines = 5
)

var (
	stateName = lazyregexp.New(`^cong hoa xa hoi chu nghia viet nam$`)
	motto     = lazyregexp.New(`^doc lap ?[-–—.]? ?tu do ?[-–—.]? ?hanh phuc$`)
	// bothNames are the two in one line, as of a table's cell.
	bothNames = lazyregexp.New(`(?i)(cộng h(?:òa|oà) xã hội chủ nghĩa việt nam)\s+(độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc)`)
	// numberAndDay are the two in one line, as columns are read.
	numberAndDay = lazyregexp.New(`(?i)^((?:\pL+\s+){0,3}số\s*:\s*\S+)\s+(\pL[\pL .-]{1,40},\s*ngày\s)`)
	actNumber    = lazyregexp.New(`(?i)^(?:\pL+\s+){0,3}số\s*:\s*[^\s:]+(?:\s*/\s*\S+)*$`)
	placeDay     = lazyregexp.New(`(?i)^\pL[\pL .-]{1,40},\s*ngày\s+\d.*\d{4}$`)
	rule         = lazyregexp.New(`^[-–—_=*.~\s]+$`)
	headParts    = lazyregexp.New(`\s*\|\s*|\s*[-–—_=*]{3,}\s*|\s{3,}|\t+`)
	subject      = lazyregexp.New(`(?i)^(?:v/v|về việc)\s*:?\s*`)
	// preamble matches the beginning of the text below a title.
	preamble = lazyregexp.New(`(?i)^(?:căn cứ|theo đề nghị|theo|xét|kính gửi|thực hiện|(?:chương|điều|phần|mục)\s+(?:\d+|[ivxlc]+|thứ)|[ivx]{1,4}\.|\d{1,2}\.)(?:[\s.:,]|$)`)
)

// letterheadKind is the kind of a part of a letterhead.
type letterheadKind int

const (
	issuer letterheadKind = iota // or anything else
	stateSign
	numberSign
	daySign
	ruleSign
)

func letterheadKindOf(piece string) letterheadKind {
	folded := text.Fold(text.Clean(piece))
	switch {
	case rule.MatchString(piece):
		return ruleSign
	case stateName.MatchString(folded), motto.MatchString(folded):
		return stateSign
	case actNumber.MatchString(piece):
		return numberSign
	case placeDay.MatchString(piece):
		if _, _, dated := parseDate(piece); dated {
			return daySign
		}
	}
	return issuer
}

// splitColumns splits a line of the letterhead, which may have two columns.
func splitColumns(line string) []string {
	line = numberAndDay.ReplaceAllString(bothNames.ReplaceAllString(line, "$1\t$2"), "$1\t$2")
	var pieces []string
	for _, piece := range headParts.Split(line, -1) {
		if piece = strings.TrimSpace(piece); piece != "" {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// letterheadEnd returns the number of lines of the letterhead at the beginning of lines;
// 0 if there is none.
func letterheadEnd(lines []string) int {
	end, signs := 0, map[letterheadKind]bool{}
	for i, line := range lines[:min(len(lines), maxLetterheadLines)] {
		pieces := splitColumns(line)
		if preamble.MatchString(line) || len([]rune(line)) > longLine && len(pieces) < 2 {
			break
		}
		for _, piece := range pieces {
			if kind := letterheadKindOf(piece); kind == stateSign || kind == numberSign || kind == daySign {
				signs[kind] = true
				end = i + 1
			}
		}
	}
	if signs[stateSign] || signs[numberSign] && signs[daySign] {
		return end
	}
	return 0
}

// letterheadTexts returns the texts of the lines that may be the letterhead.
func letterheadTexts(lines []printedLine) []string {
	texts := make([]string, min(len(lines), maxLetterheadLines))
	for i := range texts {
		texts[i] = text.Clean(unmarked(lines[i].text))
	}
	return texts
}

// letterhead reads the letterhead and the title below it, and returns the remaining lines.
func (b *body) letterhead(lines []printedLine) (rest []printedLine, found bool) {
	written := letterheadTexts(lines)
	end := letterheadEnd(written)
	if end == 0 {
		return lines, false
	}
	b.report.Title = "" // that of the file may be any
	about := ""
	for i, line := range written[:end] {
		b.page = lines[i].page
		for _, piece := range splitColumns(line) {
			switch kind := letterheadKindOf(piece); {
			case kind == daySign && b.report.Date == "":
				b.report.Date, _, _ = parseDate(piece)
			case kind == issuer && subject.MatchString(piece):
				about = piece
				b.paragraph(piece)
			case kind == issuer, kind == numberSign:
				b.paragraph(piece)
			}
		}
	}
	n := titleBelow(lines[end:])
	var title []string
	for _, l := range lines[end : end+n] {
		if !rule.MatchString(l.text) {
			title = append(title, text.Clean(unmarked(l.text)))
		}
	}
	b.report.Title = strings.Join(title, " ")
	if b.report.Title == "" {
		b.report.Title = about
	}
	return lines[end+n:], true
}

// titleBelow returns the number of lines of the title at the beginning of lines.
func titleBelow(lines []printedLine) int {
	kind := false // the line before only names the kind of document
	n := 0
	for n < min(len(lines), maxTitleLines) {
		l := lines[n]
		if preamble.MatchString(l.text) || l.isParagraph() && (l.kind != block || looksLikeParagraph(l.text)) {
			break
		}
		if n > 0 && !kind && !(allCapitals(l.text) && allCapitals(lines[n-1].text) && !l.gap) {
			break
		}
		kind = allCapitals(l.text) && len(strings.Fields(l.text)) <= maxKindWords && (n == 0 || kind && rule.MatchString(lines[n-1].text)) || rule.MatchString(l.text)
		n++
	}
	return n
}

// letterheadLines returns the number of lines of a text file's letterhead, including blank
// ones.
func letterheadLines(lines []wrapLine) int {
	var written []string
	var at []int
	for i, l := range lines {
		if !l.blank && len(written) < maxLetterheadLines {
			written, at = append(written, l.text), append(at, i)
		}
	}
	if end := letterheadEnd(written); end > 0 {
		return at[end-1] + 1
	}
	return 0
}

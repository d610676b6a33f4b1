package report

import (
	"regexp"
	"strings"
	"unicode"

	"reportbot/store/text"
)

// maxDateLine is the most bytes of a line that is the report's date, with a
// publisher's name perhaps; a longer one is a title that has a date in it.
const maxDateLine = 80

// front reads the short lines that a report begins with: title, date, authors,
// and facts about it such as the day its data ends. It returns how many lines
// those are; headings that follow are left to the body.
func (b *body) front(lines []string) int {
	end := 0
	for end < len(lines) && !isParagraph(lines[end]) {
		end++
	}
	// A heading just above the first paragraph is a section, unless it is the
	// only short line: then it is the title.
	authorsAt := -1
	for i, line := range lines[:end] {
		line = text.Clean(line)
		date, dated := parseDate(line)
		last := i == end-1
		switch {
		case dated && b.report.Date == "" && !isFact(line):
			b.report.Date = date
			if len(line) > maxDateLine {
				b.report.Title = line
			}
		case b.report.Title == "" && !isFact(line) && (!dated || b.report.Date != ""):
			b.report.Title = line
		case authorsAt < 0 && b.report.Title != "" && b.authors(line, last):
			authorsAt = i
		case isFact(line) || dated:
			b.paragraph(line)
		default:
			return i
		}
	}
	return end
}

// isFact reports whether a short line states something under a label ("Data
// cut-off: ..."), so that it is text to search and not a heading.
func isFact(line string) bool {
	_, value, found := strings.Cut(line, ": ")
	return found && strings.TrimSpace(value) != "" && strings.IndexFunc(value, unicode.IsDigit) >= 0
}

var (
	byline       = regexp.MustCompile(`(?i)^(?:các )?(?:tác giả|người viết|bởi|authors?|by)\s*:?\s+`)
	nameList     = regexp.MustCompile(`\s*(?:,|;|&|\s(?:và|and)\s)\s*(?:(?:và|and)\s+)?`)
	nameParticle = regexp.MustCompile(`^(?:de|da|van|von|der|den|al|bin|la|le|di)$`)
)

// authors reads a line of people's names, and reports whether it is one. A
// single name counts only under "By", or where it isn't the line that heads
// the text.
func (b *body) authors(line string, last bool) bool {
	rest := byline.ReplaceAllString(line, "")
	signed := rest != line
	names := nameList.Split(rest, -1)
	for _, name := range names {
		words := strings.Fields(name)
		if len(words) < 2 || len(words) > 6 {
			return false
		}
		for _, word := range words {
			first := []rune(word)[0]
			if !unicode.IsUpper(first) && !nameParticle.MatchString(word) {
				return false
			}
			if strings.IndexFunc(word, unicode.IsDigit) >= 0 {
				return false
			}
		}
	}
	if len(names) == 1 && !signed && last {
		return false
	}
	b.report.Authors = names
	return true
}

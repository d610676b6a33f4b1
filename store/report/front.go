package report

import (
	"slices"
	"strings"
	"unicode"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// maxDateLine limits the length of a date line, in bytes, which may include a publisher; a
// longer line is a title with a date in it.
const maxDateLine = 80

// front reads the short lines at the beginning of a report: title, date, authors, and facts
// such as the data cut-off. It returns the number of those lines; headings that follow
// belong to the body.
func (b *body) front(lines []printedLine) int {
	end := 0
	for end < len(lines) && lines[end].isFront() {
		end++
	}
	// A heading just above the first paragraph is a section, unless it is the
	// only short line: then it is the title.
	title := "" // a line with the date in it that is the title if no other is
	signed := false
	for i, l := range lines[:end] {
		b.page = l.page
		line := text.Clean(l.text)
		date, before, dated := parseDate(line)
		if dated && strings.HasSuffix(line, ":") {
			end = i // the first entry of a timeline
			break
		}
		names := authors(line, i == end-1)
		if title != "" && (i == end-1 || len(names) > 1 || len(names) == 1 && len(strings.Fields(line)) <= 3) {
			b.report.Title, title = title, ""
		}
		switch {
		case b.report.Title != "" && text.Fold(line) == text.Fold(b.report.Title):
			// The title that the file's metadata gives.
		case b.report.Title != "" && b.knownAuthors(line):
			// Each author may stand on a line of their own.
			for _, name := range authors(line, false) {
				if !slices.Contains(b.report.Authors, name) {
					b.report.Authors = append(b.report.Authors, name)
				}
			}
			signed = true
		case b.report.Date == "" && isDateLine(line):
			b.report.Date = date
			switch {
			case len(line) > maxDateLine && b.report.Title != "":
				b.paragraph(line)
			case len(line) > maxDateLine:
				b.report.Title = line
			case before > 3 && b.report.Title == "":
				title = line
			}
		case b.report.Title == "" && !isFact(line) && (!dated || b.report.Date != ""):
			b.report.Title, title = line, ""
		case !signed && b.report.Title != "" && len(names) > 0:
			b.report.Authors, signed = names, true
		case isFact(line) || dated:
			b.paragraph(line)
		case b.report.Date == "" && slices.ContainsFunc(lines[i+1:end], func(l printedLine) bool { return isDateLine(l.text) }):
			b.paragraph(line) // a publisher, a second line of the title
		default:
			return i
		}
	}
	if b.report.Title == "" {
		b.report.Title = title
	}
	return end
}

// knownAuthors reports whether a line has only authors from the file's metadata.
func (b *body) knownAuthors(line string) bool {
	names := authors(line, false)
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(b.about.authors, func(known string) bool { return text.Fold(known) == text.Fold(name) })
	})
}

// isDateLine reports whether a short line is the report's date. A row of a table may
// have several.
func isDateLine(line string) bool {
	_, _, dated := parseDate(line)
	return dated && !strings.Contains(line, " | ") && !isFact(line) && !strings.HasSuffix(line, ":")
}

// dateLabel matches the label of a report's date, in folded text.
var dateLabel = lazyregexp.New(`^(?:ngay(?: (?:dang|cong bo|phat hanh|xuat ban))?|(?:publication |release )?date|published(?: on)?)$`)

// isFact reports whether a short line states something under a label ("Data
// cut-off: ..."), so that it is text to search and not a heading.
func isFact(line string) bool {
	label, value, found := strings.Cut(line, ": ")
	return found && strings.IndexFunc(value, unicode.IsDigit) >= 0 && !dateLabel.MatchString(text.Fold(label))
}

var (
	byline       = lazyregexp.New(`(?i)^(?:các )?(?:tác giả|người viết|bởi|authors?|by)\s*:?\s+`)
	nameList     = lazyregexp.New(`\s*(?:,|;|&|\s(?:và|and)\s)\s*(?:(?:và|and)\s+)?`)
	nameParticle = lazyregexp.New(`^(?:de|da|van|von|der|den|al|bin|la|le|di)$`)
)

// documentNumber matches a line with the number of a document or section.
var documentNumber = lazyregexp.New(`(?i)^(?:số|no\.?|number|mã|ref\.?|[ivxlc]+[.)])\s*[:.]?\s`)

// article matches a beginning that a title may have, but not a name.
var article = lazyregexp.New(`^(?i:the|các|những)\s`)

// authors returns the names in a line of authors; none if the line isn't one. A single name
// counts only after "By", or if the line is not the heading of the text.
func authors(line string, last bool) []string {
	rest := byline.ReplaceAllString(line, "")
	names := nameList.Split(rest, -1)
	if rest == line && (allCapitals(line) || article.MatchString(line) || documentNumber.MatchString(line)) {
		return nil // a heading in capitals, or a document's number
	}
	for _, name := range names {
		words := strings.Fields(name)
		if strings.Contains(name, ": ") || len(words) < 2 || len(words) > 6 {
			return nil
		}
		for _, word := range words {
			first := []rune(word)[0]
			if !unicode.IsUpper(first) && !nameParticle.MatchString(word) {
				return nil
			}
			if strings.IndexFunc(word, unicode.IsDigit) >= 0 {
				return nil
			}
		}
	}
	if len(names) == 1 && rest == line && last {
		return nil
	}
	return names
}

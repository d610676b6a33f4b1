package telegram

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"reportbot/bot"
)

// Telegram's limits for one message: UTF-16 units after entity parsing, and entities
// (links, bold, code). It silently drops entities beyond the limit.
const (
	maxUnits    = 4096
	maxEntities = 100
)

// Render returns a message as HTML for parse_mode HTML, in as many parts as Telegram's
// limits require. It is split between lines, and within a line only if that line alone is
// too long; never inside a tag. A message without text has no parts.
func Render(m bot.Message) []string {
	var parts []string
	var page pageBuilder
	for _, line := range slices.Concat(m.Lines, m.Folded) {
		for _, piece := range cutLine(line) {
			if !page.fits(piece) {
				parts = page.flush(parts)
			}
			page.add(piece)
		}
	}
	return page.flush(parts)
}

// pageBuilder builds the HTML of one part of a message.
type pageBuilder struct {
	html            strings.Builder
	units, entities int
	lines           int
	visible         bool // it has text other than white space
	quoting         bool // its last line is in a blockquote
}

func (p *pageBuilder) fits(line bot.Line) bool {
	units, entities := size(line)
	return p.lines == 0 || p.units+1+units <= maxUnits && p.entities+entities <= maxEntities
}

func (p *pageBuilder) add(line bot.Line) {
	if p.lines == 0 && len(line) == 0 {
		return // no part begins with an empty line
	}
	quotes := quoted(line)
	if p.quoting && !quotes {
		p.html.WriteString(quoteEnd)
	}
	if p.lines > 0 {
		p.html.WriteByte('\n')
		p.units++
	}
	if quotes && !p.quoting {
		p.html.WriteString(quoteBegin)
	}
	p.quoting = quotes
	for _, span := range line {
		p.html.WriteString(spanHTML(span))
		p.visible = p.visible || !blank(span.Text)
	}
	units, entities := size(line)
	p.units += units
	p.entities += entities
	p.lines++
}

func (p *pageBuilder) flush(parts []string) []string {
	if p.quoting {
		p.html.WriteString(quoteEnd)
	}
	if p.visible {
		parts = append(parts, strings.TrimSpace(p.html.String()))
	}
	*p = pageBuilder{}
	return parts
}

// quoted reports whether a line is in a blockquote.
func quoted(line bot.Line) bool { return len(line) > 0 && line[0].Quote }

// Clients fold a long blockquote.
const quoteBegin, quoteEnd = "<blockquote expandable>", "</blockquote>"

// spanHTML is the one place where text becomes HTML.
func spanHTML(span bot.Span) string {
	text := html.EscapeString(printable(span.Text))
	if blank(span.Text) {
		return text // Telegram refuses or drops empty entities
	}
	if span.Code {
		return "<code>" + text + "</code>" // code can't have other styles
	}
	if span.Bold {
		text = "<b>" + text + "</b>"
	}
	if span.Link != "" {
		text = `<a href="` + html.EscapeString(printable(span.Link)) + `">` + text + "</a>"
	}
	return text
}

// printable drops NUL, which Telegram drops, and replaces invalid UTF-8, which it
// refuses.
func printable(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd")
}

// blank reports whether s has only white space and control characters.
func blank(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) == ""
}

// size returns how much of a message's limits a line uses. A blockquote counts with each of
// its lines: any of them may be the first of a part.
func size(line bot.Line) (units, entities int) {
	if quoted(line) {
		entities++
	}
	for _, span := range line {
		units += unitsOf(span.Text)
		if span.Link != "" {
			entities++
		}
		if span.Bold || span.Code {
			entities++
		}
	}
	return units, entities
}

func unitsOf(s string) int {
	units := 0
	for _, r := range printable(s) {
		units += utf16.RuneLen(r)
	}
	return units
}

// cutLine cuts a line that is too long for one message: between its spans, and
// within a span at a space where there is one.
func cutLine(line bot.Line) []bot.Line {
	if units, entities := size(line); units <= maxUnits && entities <= maxEntities {
		return []bot.Line{line}
	}
	var lines []bot.Line
	var current bot.Line
	for _, span := range line {
		for _, piece := range cutText(printable(span.Text)) {
			part := span.With(piece)
			units, entities := size(append(current[:len(current):len(current)], part))
			if len(current) > 0 && (units > maxUnits || entities > maxEntities) {
				lines = append(lines, current)
				current = nil
			}
			current = append(current, part)
		}
	}
	return append(lines, current)
}

// cutText cuts a text into pieces that each fit into a message.
func cutText(s string) []string {
	var pieces []string
	for unitsOf(s) > maxUnits {
		units, end, space := 0, 0, 0
		for i, r := range s {
			if units += utf16.RuneLen(r); units > maxUnits {
				break
			}
			end = i + len(string(r))
			if r == ' ' {
				space = end
			}
		}
		if space > end/2 {
			end = space
		}
		pieces = append(pieces, s[:end])
		s = s[end:]
	}
	return append(pieces, s)
}

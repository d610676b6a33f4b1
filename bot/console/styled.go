package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"reportbot/bot"
	"reportbot/store/text/lazyregexp"
)

// The colours of a terminal, as SGR sequences.
const (
	boldStyle = "\x1b[1m"
	linkStyle = "\x1b[36m"
	dimStyle  = "\x1b[2m"
	endStyle  = "\x1b[0m"
	// eraseLine moves to the start of the line and clears it.
	eraseLine = "\r\x1b[K"
)

// styled returns text in a style, unless colours are off.
func (c *Chat) styled(style, text string) string {
	if c.Colourless {
		return text
	}
	return style + text + endStyle
}

// styledLine returns a line for a terminal, with addresses as in Plain.
func (c *Chat) styledLine(line bot.Line) string {
	var b strings.Builder
	for _, span := range line {
		text := visible(span.Text)
		style := ""
		switch {
		case span.Link != "":
			style = linkStyle
		case span.Bold:
			style = boldStyle
		case span.Code:
			style = dimStyle
		}
		if style != "" && text != "" {
			text = c.styled(style, text)
		}
		b.WriteString(text)
		if writtenOut(span) {
			b.WriteString(" " + c.styled(dimStyle, visible(span.Link)))
		}
	}
	return b.String()
}

// wrapped breaks a line between words to fit the columns; 0: no limit. A word that
// is longer, such as an address, stays whole so that it can be copied.
func wrapped(line string, columns int) string {
	if columns < 1 {
		return line
	}
	var b strings.Builder
	width := 0
	for i, word := range strings.Split(line, " ") {
		w := runewidth.StringWidth(styleSequence.ReplaceAllString(word, ""))
		switch {
		case i == 0:
		case width+1+w > columns:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += w
	}
	return b.String()
}

var styleSequence = lazyregexp.New("\x1b\\[[0-9;]*m")

// visible drops control characters, which could manipulate the terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// choices returns the buttons that work in a terminal.
func choices(m bot.Message) []bot.Button {
	var all []bot.Button
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Data != "" {
				all = append(all, b)
			}
		}
	}
	return all
}

// longChoice is from how many characters on a choice has a line of its own.
const longChoice = 30

// choicesLines lists buttons with the numbers that press them.
func choicesLines(buttons []bot.Button) string {
	var b strings.Builder
	for i, button := range buttons {
		text := visible(button.Text)
		switch {
		case i == 0:
		case utf8.RuneCountInString(text) >= longChoice:
			b.WriteString("\n")
		default:
			b.WriteString("   ")
		}
		fmt.Fprintf(&b, "%d) %s", i+1, text)
	}
	return b.String()
}

package telegram

import (
	"html"
	"strings"

	"reportbot/bot"
)

// warningRoom is how many units of a message are reserved for the warning on top of a corrected
// answer.
const warningRoom = 300

// correctedPart returns the part of an answer that gets the warning on top, with the
// warning, and its index: the first part, or the last if the first has no room. Without a
// warning the part is unchanged. The choice depends on the answer alone, so that a later
// warning replaces an earlier one.
func correctedPart(parts []content, warning bot.Warning) (at int, c content) {
	if unitsOfHTML(parts[0].HTML) > maxUnits-warningRoom {
		at = len(parts) - 1
	}
	c = parts[at]
	if warning.IsZero() {
		return at, c
	}
	body := cutHTML(c.HTML, maxUnits-warningRoom)
	const gap = "\n\n"
	line := warning.Line(maxUnits - unitsOfHTML(body) - len(gap))
	c.HTML = lineHTML(line) + gap + body
	return at, c
}

func lineHTML(line bot.Line) string {
	var b strings.Builder
	for _, span := range line {
		b.WriteString(spanHTML(span))
	}
	return b.String()
}

// textOfHTML returns the visible text of HTML from Render.
func textOfHTML(s string) string {
	return html.UnescapeString(tagPattern.ReplaceAllString(s, ""))
}

func unitsOfHTML(s string) int { return unitsOf(textOfHTML(s)) }

// cutHTML drops the last lines of HTML from Render until it has at most that many units;
// a single line that is still too long becomes plain text and is cut. The last lines of an
// answer are its sources, which a button shows too.
func cutHTML(s string, most int) string {
	if unitsOfHTML(s) <= most {
		return s
	}
	const left = "…"
	lines := strings.Split(s, "\n")
	for len(lines) > 1 {
		lines = lines[:len(lines)-1]
		kept := strings.Join(lines, "\n")
		if strings.Count(kept, "<blockquote") > strings.Count(kept, quoteEnd) {
			kept += quoteEnd
		}
		if unitsOfHTML(kept)+len("\n")+unitsOf(left) <= most {
			return strings.TrimRight(kept, "\n") + "\n" + left
		}
	}
	seen, units := textOfHTML(lines[0]), unitsOf(left)
	for i, r := range seen {
		if units += unitsOf(string(r)); units > most {
			return html.EscapeString(seen[:i]) + left
		}
	}
	return lines[0]
}

package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"
)

var (
	// ruled is a line of nothing but signs: an underline, the rule of a table, or a
	// break between paragraphs.
	ruled = lazyregexp.New(`^(?:[-=─━_~+|\s]*[-=─━_~]{3}[-=─━_~+|\s]*|(?:[*#]\s*){3,})$`)
	// gaps part the cells of a row: white space, where a rule tells that it is a
	// table, or wide white space.
	gaps     = lazyregexp.New(`\s{2,}|\t`)
	wideGaps = lazyregexp.New(`\s{3,}|\t`)
)

// maxCellLength is the maximum average length of a table's cells, in characters; longer
// ones are columns of text.
const maxCellLength = 30

// formatTables takes out lines of signs, and writes tables that are set with white
// space as rows of cells. Above the first sentence columns without figures are a
// letterhead's.
func formatTables(lines []wrapLine) []wrapLine {
	kept := lines[:0:0]
	below := false
	for from := 0; from < len(lines); {
		if lines[from].blank {
			kept = append(kept, lines[from])
			from++
			continue
		}
		to, rules := from, 0
		for to < len(lines) && !lines[to].blank {
			if ruled.MatchString(lines[to].text) {
				rules++
			}
			to++
		}
		block := lines[from:to]
		from = to
		table := isTable(block, rules) && (below || hasFigures(block))
		for i := range block {
			l := block[i]
			if ruled.MatchString(l.text) {
				kept = append(kept, wrapLine{blank: true})
				continue
			}
			below = below || endsSentence(l.text)
			if table {
				l.text, l.row = gaps.ReplaceAllString(l.text, " | "), true
			}
			kept = append(kept, l)
		}
	}
	return kept
}

// isTable reports whether each of several lines has cells.
func isTable(block []wrapLine, rules int) bool {
	parting := wideGaps
	if rules > 0 {
		parting = gaps
	}
	rows, cells, length := 0, 0, 0
	for _, l := range block {
		if ruled.MatchString(l.text) {
			continue
		}
		parts := len(parting.FindAllStringIndex(l.text, -1))
		if parts == 0 || strings.Contains(l.text, "://") || isNoteLine(l.text) || itemStart.MatchString(l.text) {
			return false
		}
		rows++
		cells += parts + 1
		length += utf8.RuneCountInString(l.text)
	}
	return rows > 1 && length <= maxCellLength*cells
}

// figure is a cell that is nothing but a number: (5.678), 12,5%.
var figure = lazyregexp.New(`^[(+–-]*\d[\d.,]*[)%]*$`)

// hasFigures reports whether most rows of a table have a cell that is a number.
func hasFigures(block []wrapLine) bool {
	rows, figures := 0, 0
	for _, l := range block {
		if ruled.MatchString(l.text) {
			continue
		}
		rows++
		if slices.ContainsFunc(gaps.Split(strings.TrimSpace(l.text), -1), figure.MatchString) {
			figures++
		}
	}
	return 2*figures > rows
}

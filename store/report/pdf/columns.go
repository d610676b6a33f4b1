package pdf

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// line is one printed line of a column, or one row of a table.
type line struct {
	words       []word
	table       bool // a row of a table
	page        int  // from 1
	at          int  // its place among the lines of the file
	column      int  // counts the columns of the whole file, in reading order
	left, right float64
	columnRight float64 // how far the column's lines reach
	base, size  float64
	bold        bool // all of it
}

const (
	// columnRows is the minimum number of rows of two columns.
	columnRows = 3
	// columnFill is the minimum average width of a column's lines, as a share of its width;
	// table cells are narrower.
	columnFill = .62
	// columnChars is the minimum average number of characters of a column's lines.
	columnChars = 16
	// maxColumns limits how often a page is split.
	maxColumns = 6
)

// reader sorts a page's segments in reading order.
type reader struct {
	page   *page
	column *int
	lines  []line
}

// order reads segments from the top down, columns from left to right.
func (r *reader) order(segments []segment, depth int) {
	rows := rowsOf(segments)
	at, found := 0.0, false
	if depth < maxColumns {
		at, found = findGutter(rows)
	}
	if !found {
		r.plain(rows)
		return
	}
	for len(rows) > 0 {
		n := 0
		for n < len(rows) && crosses(rows[n], at) {
			n++
		}
		if n > 0 {
			r.order(flatten(rows[:n]), depth+1)
			rows = rows[n:]
			continue
		}
		for n < len(rows) && !crosses(rows[n], at) {
			n++
		}
		if n < len(rows) {
			n -= headingRows(rows[:n], at)
		}
		left, right := split(rows[:n], at)
		if isColumns(rows[:n], at) {
			r.order(left, depth+1)
			r.order(right, depth+1)
		} else {
			r.plain(rows[:n])
		}
		rows = rows[n:]
	}
}

// headingRows returns the number of rows at the end that are headings of the text below the
// columns: they begin at the left, with nothing beside or below them.
func headingRows(rows []row, x float64) int {
	n := 0
	for n+1 < len(rows) {
		last, above := rows[len(rows)-1-n], rows[len(rows)-2-n]
		if last[len(last)-1].right > x || !last.bold() && last[0].size < 1.12*above[0].size {
			break
		}
		n++
	}
	return n
}

func (r row) bold() bool {
	return !slices.ContainsFunc(r, func(s segment) bool {
		return slices.ContainsFunc(s.words, func(w word) bool { return !w.bold })
	})
}

func flatten(rows []row) []segment {
	var all []segment
	for _, r := range rows {
		all = append(all, r...)
	}
	return all
}

func crosses(r row, x float64) bool {
	return slices.ContainsFunc(r, func(s segment) bool { return s.left < x && s.right > x })
}

func split(rows []row, x float64) (left, right []segment) {
	for _, s := range flatten(rows) {
		if (s.left+s.right)/2 < x {
			left = append(left, s)
		} else {
			right = append(right, s)
		}
	}
	return left, right
}

// findGutter returns the x position where the most rows have a gap between two columns.
func findGutter(rows []row) (x float64, found bool) {
	type gap struct{ from, to float64 }
	var gaps []gap
	for _, r := range rows {
		for i := 1; i < len(r); i++ {
			if r[i].left > r[i-1].right {
				gaps = append(gaps, gap{r[i-1].right, r[i].left})
			}
		}
	}
	if len(gaps) < columnRows {
		return 0, false
	}
	// The place that most gaps share is at the end of one of them.
	type edge struct {
		x    float64
		step int
	}
	edges := make([]edge, 0, 2*len(gaps))
	for _, g := range gaps {
		edges = append(edges, edge{g.from, 1}, edge{g.to, -1})
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.x, b.x) })
	candidates := map[int]float64{}
	open, most := 0, 0
	for i, e := range edges {
		open += e.step
		if open > most && i+1 < len(edges) {
			most = open
		}
		if open >= columnRows && e.step > 0 && i+1 < len(edges) {
			candidates[open] = (e.x + edges[i+1].x) / 2
		}
	}
	for n := most; n >= columnRows; n-- {
		x, ok := candidates[n]
		if !ok {
			continue
		}
		for from := 0; from < len(rows); {
			to := from
			for to < len(rows) && !crosses(rows[to], x) {
				to++
			}
			if isColumns(rows[from:to], x) {
				return x, true
			}
			from = to + 1
		}
	}
	return 0, false
}

// isColumns reports whether rows, with a gap at x, are text in two columns and not the cells
// of a table.
func isColumns(rows []row, x float64) bool {
	left, right := split(rows, x)
	if len(left) == 0 || len(right) == 0 {
		return false
	}
	leftRows, rightRows := rowsOf(left), rowsOf(right)
	if len(leftRows) < columnRows || len(rightRows) < columnRows {
		return false
	}
	leftFill, leftChars := fill(leftRows)
	rightFill, rightChars := fill(rightRows)
	if min(leftChars, rightChars) < columnChars {
		return false
	}
	if leftFill >= columnFill && rightFill >= columnFill {
		return true
	}
	// The lines of two texts are seldom all at the same heights, those of a table's
	// cells are.
	aligned := 0
	for _, l := range leftRows {
		if slices.ContainsFunc(rightRows, func(r row) bool { return math.Abs(l.base()-r.base()) < 1 }) {
			aligned++
		}
	}
	return float64(aligned) < .5*float64(len(leftRows)) && max(leftFill, rightFill) >= columnFill
}

// fill returns the average width of rows, as a share of their common width, and their
// average number of characters.
func fill(rows []row) (share, chars float64) {
	from, to := bounds(rows)
	for _, r := range rows {
		for _, s := range r {
			share += (s.right - s.left) / max(1, to-from)
			chars += float64(utf8.RuneCountInString(s.text()))
		}
	}
	return share / float64(len(rows)), chars / float64(len(rows))
}

// plain adds rows as they follow each other, tables among them.
func (r *reader) plain(rows []row) {
	if len(rows) == 0 {
		return
	}
	*r.column++
	rows = withItemMarks(rows)
	from := len(r.lines)
	for len(rows) > 0 {
		n := tableRows(rows)
		if n == 0 {
			r.lines = append(r.lines, r.line(rows[0]))
			rows = rows[1:]
			continue
		}
		r.lines = append(r.lines, r.table(rows[:n])...)
		rows = rows[n:]
	}
	right := 0.0
	for i := range r.lines[from:] {
		right = max(right, r.lines[from+i].right)
	}
	for i := range r.lines[from:] {
		r.lines[from+i].columnRight = right
	}
}

// line makes one line of a row.
func (r *reader) line(segments row) line {
	var whole segment
	for _, s := range segments {
		whole.words = append(whole.words, s.words...)
	}
	whole.measure()
	l := line{
		words: whole.words, page: r.page.number, column: *r.column,
		left: whole.left, right: whole.right, base: whole.base, size: whole.size, bold: true,
	}
	for _, w := range whole.words {
		l.bold = l.bold && w.bold
	}
	return l
}

// text returns a line's words as they are printed.
func (l line) text() string { return segment{words: l.words}.text() }

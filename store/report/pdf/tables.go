package pdf

import (
	"cmp"
	"math"
	"slices"
)

// cellGap is the least space between cells, in ems.
const cellGap = 1.4

// cellsOf returns how many cells a row seems to have.
func cellsOf(r row) int {
	n := 1
	for i := 1; i < len(r); i++ {
		if r[i].left-r[i-1].right > cellGap*max(r[i].size, r[i-1].size) {
			n++
		}
	}
	return n
}

// tableRows returns how many of the first rows are a table: at least two rows
// with cells, whose columns begin or end at the same places, and lines between
// them that go on in one cell.
func tableRows(rows []row) int {
	if cellsOf(rows[0]) < 2 {
		return 0
	}
	last, withCells := 0, 1
	edges := columnEdges(rows[:1])
	for n := 1; n < len(rows); n++ {
		gap := rows[n-1].base() - rows[n].base()
		if gap > 4*max(rows[n][0].size, rows[n-1][0].size) {
			break
		}
		cells := cellsOf(rows[n])
		if cells >= 2 && sharesEdges(rows[n], edges) {
			edges = append(edges, columnEdges(rows[n:n+1])...)
			last, withCells = n, withCells+1
			continue
		}
		// A cell's further line is as narrow as the cell.
		if cells >= 2 || n-last > 4 || !sharesEdges(rows[n], edges) || wide(rows[n], rows[:n]) {
			break
		}
	}
	if withCells < 2 {
		return 0
	}
	// Lines that go on in a cell of the last row.
	end := last + 1
	for end < len(rows) && cellsOf(rows[end]) == 1 && rows[end-1].base()-rows[end].base() < 1.5*rows[end][0].size &&
		rows[end][0].left > rows[last][0].right && sharesEdges(rows[end], edges) {
		end++
	}
	return end
}

// wide reports whether a row is wider than half of a table.
func wide(r row, table []row) bool {
	from, to := bounds(table)
	left, right := r.bounds()
	return right-left > .6*(to-from)
}

// columnEdges returns where cells begin, end and have their middle.
func columnEdges(rows []row) [][3]float64 {
	var edges [][3]float64
	for _, r := range rows {
		for _, s := range r {
			edges = append(edges, [3]float64{s.left, s.right, (s.left + s.right) / 2})
		}
	}
	return edges
}

// sharesEdges reports whether most of a row's cells are aligned with others.
func sharesEdges(r row, edges [][3]float64) bool {
	aligned := 0
	for i, own := range columnEdges([]row{r}) {
		near := func(a, b float64) bool { return math.Abs(a-b) < .4*r[i].size }
		if slices.ContainsFunc(edges, func(e [3]float64) bool { return near(e[0], own[0]) || near(e[1], own[1]) || near(e[2], own[2]) }) {
			aligned++
		}
	}
	return 2*aligned >= len(r)
}

// table makes a line of each of a table's rows, its cells parted. A printed
// row without a first cell, close below another, goes on in that one's cells.
func (r *reader) table(rows []row) []line {
	type column struct{ from, to float64 }
	var columns []column
	for _, printed := range rows {
		if cellsOf(printed) < 2 {
			continue
		}
		for _, s := range printed {
			at := slices.IndexFunc(columns, func(c column) bool { return s.left < c.to && s.right > c.from })
			if at < 0 {
				columns = append(columns, column{s.left, s.right})
				continue
			}
			// A cell over two columns widens neither.
			if c := &columns[at]; s.right-s.left < 1.5*(c.to-c.from) || len(columns) == 1 {
				c.from, c.to = min(c.from, s.left), max(c.to, s.right)
			}
		}
	}
	slices.SortStableFunc(columns, func(a, b column) int { return cmp.Compare(a.from, b.from) })
	of := func(s segment) int {
		best, bestGap := 0, math.Inf(1)
		for i, c := range columns {
			gap := max(0, max(c.from-s.right, s.left-c.to))
			if gap < bestGap {
				best, bestGap = i, gap
			}
		}
		return best
	}
	var lines []line
	var cells [][][]word // of each line: the words of each cell
	for i, printed := range rows {
		gap := 0.0
		if i > 0 {
			gap = rows[i-1].base() - printed.base()
		}
		goesOn := i > 0 && of(printed[0]) > 0 && gap < 1.6*printed[0].size && len(printed) < len(columns)
		if !goesOn {
			lines = append(lines, r.line(printed))
			cells = append(cells, make([][]word, len(columns)))
		}
		row := cells[len(cells)-1]
		for _, s := range printed {
			c := of(s)
			row[c] = append(row[c], s.words...)
		}
	}
	for i := range lines {
		lines[i].table, lines[i].words = true, nil
		for _, cell := range cells[i] {
			if len(cell) == 0 {
				continue
			}
			if len(lines[i].words) > 0 {
				lines[i].words = append(lines[i].words, word{text: "|", base: cell[0].base, size: cell[0].size, left: cell[0].left, right: cell[0].left})
			}
			lines[i].words = append(lines[i].words, cell...)
		}
	}
	return lines
}

// withItemMarks joins the mark of a list's item, which often stands far to the
// left, with its text.
func withItemMarks(rows []row) []row {
	joined := make([]row, len(rows))
	for i, r := range rows {
		if len(r) > 1 && len(r[0].words) == 1 && itemMark.MatchString(r[0].words[0].text+" ") && r[1].left-r[0].right < 4*r[1].size {
			first := segment{words: append(append([]word{}, r[0].words...), r[1].words...)}
			first.measure()
			first.base, first.size = r[1].base, r[1].size
			r = append(row{first}, r[2:]...)
		}
		joined[i] = r
	}
	return joined
}

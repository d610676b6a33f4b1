package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// edgeRows is how many rows at a page's top, and at its bottom, may be page headers, page
// numbers or stamps.
const edgeRows = 4

// edgeRow is a row at the top or bottom of a page.
type edgeRow struct {
	page  int // index
	text  string
	key   string // its words, numbers aside
	base  float64
	words []int // indexes
}

// dropEdges removes what repeats at the top or bottom of pages: page headers and page
// numbers.
func dropEdges(pages []*page) {
	tops, bottoms := make([][]edgeRow, len(pages)), make([][]edgeRow, len(pages))
	for i, p := range pages {
		tops[i], bottoms[i] = edgesOf(i, p)
	}
	drop := make([]map[int]bool, len(pages))
	for i := range drop {
		drop[i] = map[int]bool{}
	}
	for _, side := range [][][]edgeRow{tops, bottoms} {
		dropRunningHeads(side, drop)
		dropPageNumbers(side, drop)
		dropNumberedHeads(side, drop)
	}
	for i, p := range pages {
		if len(drop[i]) == 0 {
			continue
		}
		var kept []word
		for j, w := range p.words {
			if !drop[i][j] {
				kept = append(kept, w)
			}
		}
		p.words = kept
	}
}

var digits = lazyregexp.New(`\d+`)

// edgesOf returns the rows at a page's top and bottom, the outermost first.
func edgesOf(at int, p *page) (top, bottom []edgeRow) {
	order := make([]int, len(p.words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.words[b].base, p.words[a].base) })
	var rows []edgeRow
	last := 0.0
	for _, i := range order {
		w := p.words[i]
		if n := len(rows); n > 0 && last-w.base < .5*w.size {
			rows[n-1].words = append(rows[n-1].words, i)
			continue
		}
		last = w.base
		rows = append(rows, edgeRow{page: at, base: w.base, words: []int{i}})
	}
	for i := range rows {
		r := &rows[i]
		slices.SortStableFunc(r.words, func(a, b int) int { return cmp.Compare(p.words[a].left, p.words[b].left) })
		var b strings.Builder
		for j, k := range r.words {
			if j > 0 && !p.words[k].glued {
				b.WriteByte(' ')
			}
			b.WriteString(p.words[k].text)
		}
		r.text = b.String()
		r.key = strings.ToLower(digits.ReplaceAllString(r.text, "#"))
	}
	// On a short page rows may stand at both edges.
	top = rows[:min(edgeRows, len(rows))]
	bottom = slices.Clone(rows[len(rows)-len(top):])
	slices.Reverse(bottom)
	return top, bottom
}

// nearbyPages is how many pages before and after are searched for the same page header: left
// and right pages differ, and chapters begin without one.
const nearbyPages = 4

// dropRunningHeads marks rows that nearby pages have at the same height with the same words,
// ignoring numbers.
func dropRunningHeads(side [][]edgeRow, drop []map[int]bool) {
	for i, rows := range side {
		for _, r := range rows {
			if !strings.ContainsFunc(r.key, isLetter) {
				continue
			}
			twins := 0
			for j := max(0, i-nearbyPages); j <= min(len(side)-1, i+nearbyPages); j++ {
				if j == i {
					continue
				}
				if slices.ContainsFunc(side[j], func(other edgeRow) bool { return other.key == r.key && math.Abs(other.base-r.base) < 4 }) {
					twins++
				}
			}
			if twins >= 2 || twins == 1 && len(side) <= nearbyPages {
				for _, w := range r.words {
					drop[i][w] = true
				}
			}
		}
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r > 0x7f }

// pageNumber matches a row that is only a page number.
var pageNumber = lazyregexp.New(`(?i)^(?:[-–—|.\s[(]*|(?:page|trang|tr\.?|p\.?|pg\.?|seite)\s*)(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|trên|trong|sur|von)\s*\d{1,4})?[-–—|.\s\])]*$`)

// dropPageNumbers marks the page numbers: a row of a number alone at the edge, on
// at least two pages one after the other, or with "page" beside it.
func dropPageNumbers(side [][]edgeRow, drop []map[int]bool) {
	number := func(i int) (row edgeRow, value string, ok bool) {
		for _, r := range side[i] {
			if allDropped(drop[i], r.words) {
				continue // a running head beyond it
			}
			m := pageNumber.FindStringSubmatch(r.text)
			if m == nil {
				return r, "", false
			}
			return r, m[1], true
		}
		return edgeRow{}, "", false
	}
	for i := range side {
		row, value, ok := number(i)
		if !ok {
			continue
		}
		labelled := value != row.text && strings.ContainsFunc(strings.ToLower(row.text), func(r rune) bool { return r >= 'a' && r <= 'z' })
		series := len(side) == 1 && value == "1"
		for _, j := range []int{i - 2, i - 1, i + 1, i + 2} {
			if j < 0 || j >= len(side) || len(side) == 1 {
				continue
			}
			for _, other := range side[j] {
				if m := pageNumber.FindStringSubmatch(other.text); m != nil && follows(value, m[1], j-i) {
					series = true
				}
			}
		}
		if labelled || series {
			for _, w := range row.words {
				drop[i][w] = true
			}
		}
	}
}

// maxHeadWords limits the words of a page header.
const maxHeadWords = 14

// dropNumberedHeads marks the outermost row of pages where it begins or ends with
// the page's number: the words beside it may be those of a section of one page.
func dropNumberedHeads(side [][]edgeRow, drop []map[int]bool) {
	heads := make([]*edgeRow, len(side))
	for i, rows := range side {
		if len(rows) > 0 && strings.ContainsFunc(rows[0].key, isLetter) && len(strings.Fields(rows[0].text)) <= maxHeadWords {
			heads[i] = &rows[0]
		}
	}
	surely := make([]bool, len(heads))
	for range 2 { // the second time beside those of the first
		for i, head := range heads {
			if head == nil || surely[i] {
				continue
			}
			twins := 0
			for j := max(0, i-nearbyPages); j <= min(len(heads)-1, i+nearbyPages); j++ {
				if j == i || heads[j] == nil || math.Abs(heads[j].base-head.base) >= 4 || !numbersAdvance(*head, *heads[j], j-i) {
					continue
				}
				if twins++; surely[j] {
					twins++
				}
			}
			if surely[i] = twins >= 2; surely[i] {
				for _, w := range head.words {
					drop[i][w] = true
				}
			}
		}
	}
}

// numbersAdvance reports whether a number at one end of row b follows one of row a by so
// many pages.
func numbersAdvance(a, b edgeRow, by int) bool {
	for _, n := range endNumbers(a.text) {
		if slices.ContainsFunc(endNumbers(b.text), func(m string) bool { return follows(n, m, by) }) {
			return true
		}
	}
	return false
}

// endNumbers are the numbers that a row begins and ends with.
func endNumbers(text string) []string {
	words := strings.Fields(text)
	return slices.DeleteFunc([]string{words[0], words[len(words)-1]}, func(w string) bool { return len(w) > 4 || digits.FindString(w) != w })
}

func allDropped(drop map[int]bool, words []int) bool {
	return !slices.ContainsFunc(words, func(w int) bool { return !drop[w] })
}

// follows reports whether b is the number of the page that stands by pages
// after that of number a.
func follows(a, b string, by int) bool {
	n, m := numeral(a), numeral(b)
	return n > 0 && m > 0 && m-n == by
}

// numeral reads a number in digits or in Roman numerals; 0 if it is neither.
func numeral(s string) int {
	n := 0
	if s[0] >= '0' && s[0] <= '9' {
		for _, c := range s {
			n = 10*n + int(c-'0')
		}
		return n
	}
	values := map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	last := 0
	for _, c := range strings.ToLower(s) {
		v := values[c]
		if v > last {
			n -= 2 * last
		}
		n += v
		last = v
	}
	return n
}

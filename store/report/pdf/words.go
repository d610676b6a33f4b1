package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/text/unicode/norm"
)

// word is a run of characters in one size on one line of writing, without a
// space in it. A superscript is a word of its own, glued to the one before it.
type word struct {
	text                     string
	left, right, bottom, top float64
	base                     float64 // the line of writing
	size                     float64
	bold                     bool
	glued                    bool   // no space before it
	address                  string // that its link annotation leads to
	linkID                   int    // of that annotation, from 1
	note                     string // set once it is known to be a marker: what stands in its place
}

func (w word) width() float64 { return w.right - w.left }

// low and high bound the body of a word's letters, the same for all letters,
// so that words of one line always overlap.
func (w word) low() float64  { return w.base - .2*w.size }
func (w word) high() float64 { return w.base + .75*w.size }

// page is a page's words, upright.
type page struct {
	number int
	words  []word
}

// maxSkew is the maximum angle, in radians, between text of the report and the page.
const maxSkew = .1

// readWords joins a page's characters to words. Skewed text, such as stamps and watermarks,
// is dropped; text rotated by a quarter turn comes last.
func readWords(raw *rawPage) *page {
	quarter := mainQuarter(raw.chars)
	p := &page{number: raw.number}
	t := &tokenizer{page: p}
	for _, c := range raw.chars {
		if isSpace(c.text) {
			t.open = false
			continue
		}
		turn := c.angle - float64(quarter)*math.Pi/2
		if math.Abs(math.Sin(turn)) > maxSkew || math.Cos(turn) < 0 {
			t.open = false
			continue
		}
		t.add(upright(c, quarter))
	}
	t.open = false
	for i := range raw.links {
		l := raw.links[i]
		box := upright(char{left: l.left, right: l.right, bottom: l.bottom, top: l.top}, quarter)
		p.mark(box, l.address, i+1)
	}
	return p
}

// mainQuarter returns how many quarter turns most of the text is turned by.
func mainQuarter(chars []char) int {
	var counts [4]int
	for _, c := range chars {
		if quarter := math.Round(c.angle / (math.Pi / 2)); math.Abs(c.angle-quarter*math.Pi/2) < maxSkew {
			counts[(int(quarter)%4+4)%4]++
		}
	}
	best := 0
	for quarter, n := range counts {
		if n > counts[best] {
			best = quarter
		}
	}
	return best
}

// upright turns a character so that its line of writing runs from left to
// right.
func upright(c char, quarter int) char {
	turned := c
	switch quarter {
	case 1:
		turned.left, turned.right, turned.bottom, turned.top, turned.base = c.bottom, c.top, -c.right, -c.left, -c.base
	case 2:
		turned.left, turned.right, turned.bottom, turned.top, turned.base = -c.right, -c.left, -c.top, -c.bottom, -c.base
	case 3:
		turned.left, turned.right, turned.bottom, turned.top = -c.top, -c.bottom, c.left, c.right
	}
	return turned
}

// tokenizer splits characters into words.
type tokenizer struct {
	page *page
	open bool // the last word goes on
}

func (t *tokenizer) add(c char) {
	written := plainText(c.text)
	if written == "" {
		return
	}
	if c.size <= 0 {
		c.size = max(1, c.top-c.bottom)
	}
	words := t.page.words
	if n := len(words); n > 0 {
		last := &words[n-1]
		gap := c.left - last.right
		level := math.Abs(c.base-last.base) < .1*last.size && math.Abs(c.size-last.size) < .1*last.size
		near := gap < .35*c.size && gap > -.9*c.size
		if t.open && level && near {
			last.text += written
			last.left, last.right = min(last.left, c.left), max(last.right, c.right)
			last.bottom, last.top = min(last.bottom, c.bottom), max(last.top, c.top)
			last.bold = last.bold && c.bold
			return
		}
		// A raised figure, or what follows it.
		if t.open && !level && gap < .25*c.size && gap > -.5*c.size && math.Abs(c.base-last.base) < last.size {
			t.begin(c, written, true)
			return
		}
	}
	t.begin(c, written, false)
}

func (t *tokenizer) begin(c char, written string, glued bool) {
	t.page.words = append(t.page.words, word{
		text: written, left: c.left, right: c.right, bottom: c.bottom, top: c.top,
		base: c.base, size: c.size, bold: c.bold, glued: glued,
	})
	t.open = true
}

// softHyphen is how a hyphen at the end of a line is written here that the
// library knows to part a word.
const softHyphen = "\u00ad"

// plainText returns a character as it is written in plain text: ligatures are
// letters, and what stands for no character is none.
func plainText(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r == 0x02 || r == 0xfffe || r == 0xad:
		return softHyphen
	case r >= 0xfb00 && r <= 0xfb06, r >= 0xf0a7 && r <= 0xf0b7:
		if r >= 0xf000 {
			return "•" // Wingdings and Symbol
		}
		return norm.NFKC.String(s)
	case unicode.IsControl(r), r == 0xfeff, r == utf8.RuneError, r == 0x200b:
		return ""
	}
	return s
}

// mark sets a link's address on the words that it covers.
func (p *page) mark(box char, address string, id int) {
	for i := range p.words {
		w := &p.words[i]
		x, y := (w.left+w.right)/2, (w.bottom+w.top)/2
		if x >= box.left && x <= box.right && y >= box.bottom && y <= box.top {
			w.address, w.linkID = address, id
		}
	}
}

// segment is words that follow each other on a line without a wide gap.
type segment struct {
	words       []word
	left, right float64
	base, size  float64 // of most of it
}

// wideGap is the minimum space, in ems, between segments of a line: columns, table cells.
// The spaces of justified text are narrower.
const wideGap = .95

// closeGap is how much space stands at most beside a figure that is raised far.
const closeGap = .6

// segments groups words that are side by side.
func segments(words []word) []segment {
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(words[a].left, words[b].left) })
	// next is the nearest word to the right of each.
	taken := make([]bool, len(words))
	next := make([]int, len(words))
	for i := range next {
		next[i] = -1
	}
	rows := byHeight(words)
	for _, i := range order {
		w := &words[i]
		best, bestGap := -1, math.Inf(1)
		for _, j := range rows.near(w.low(), w.high()) {
			o := &words[j]
			if j == i || taken[j] || o.left < w.left || o.left == w.left && j < i {
				continue
			}
			gap := o.left - w.right
			overlap := min(w.high(), o.high()) - max(w.low(), o.low())
			em := max(w.size, o.size)
			least := .5
			if a, b := marker.MatchString(w.text), marker.MatchString(o.text); a != b && gap < closeGap*em || a && gap < .2*em {
				least = .25
			}
			if gap < -.6*em || gap > wideGap*em || overlap < least*min(w.high()-w.low(), o.high()-o.low()) {
				continue
			}
			if gap < bestGap {
				best, bestGap = j, gap
			}
		}
		if best >= 0 {
			next[i], taken[best] = best, true
		}
	}
	var all []segment
	for _, i := range order {
		if taken[i] {
			continue
		}
		var s segment
		for j := i; j >= 0; j = next[j] {
			s.words = append(s.words, words[j])
		}
		s.measure()
		all = append(all, s)
	}
	return all
}

// measure sets a segment's box, and base and size as most of its characters
// have them.
func (s *segment) measure() {
	var most int
	counts := map[[2]int]int{}
	for i, w := range s.words {
		if i == 0 {
			s.left, s.right = w.left, w.right
		}
		s.left, s.right = min(s.left, w.left), max(s.right, w.right)
		key := [2]int{int(math.Round(w.base * 2)), int(math.Round(w.size * 4))}
		n := utf8.RuneCountInString(w.text)
		if marker.MatchString(w.text) {
			n = 1
		}
		if counts[key] += n; counts[key] > most {
			most, s.base, s.size = counts[key], w.base, w.size
		}
	}
}

// heights is an index of words by their vertical position.
type heights struct {
	step  float64
	cells map[int][]int
}

func byHeight(words []word) heights {
	h := heights{step: 10, cells: map[int][]int{}}
	for i, w := range words {
		for cell := h.cell(w.low()); cell <= h.cell(w.high()); cell++ {
			h.cells[cell] = append(h.cells[cell], i)
		}
	}
	return h
}

func (h heights) cell(y float64) int {
	return int(math.Floor(max(-1e6, min(1e6, y)) / h.step))
}

// near returns the words that share a cell with the range.
func (h heights) near(low, high float64) []int {
	from, to := h.cell(low), h.cell(high)
	if from == to {
		return h.cells[from]
	}
	var all []int
	for cell := from; cell <= to; cell++ {
		all = append(all, h.cells[cell]...)
	}
	return all // some twice
}

// row is segments at one height, from left to right.
type row []segment

func (r row) base() float64 { return r[0].base }

func (r row) bounds() (left, right float64) {
	left, right = r[0].left, r[0].right
	for _, s := range r {
		left, right = min(left, s.left), max(right, s.right)
	}
	return left, right
}

// bounds returns how far rows reach to both sides.
func bounds(rows []row) (left, right float64) {
	left, right = rows[0].bounds()
	for _, r := range rows {
		from, to := r.bounds()
		left, right = min(left, from), max(right, to)
	}
	return left, right
}

// rowsOf groups segments at the same height into rows, from top to bottom.
func rowsOf(segments []segment) []row {
	sorted := slices.Clone(segments)
	slices.SortStableFunc(sorted, func(a, b segment) int { return cmp.Compare(b.base, a.base) })
	var rows []row
	for _, s := range sorted {
		if n := len(rows); n > 0 {
			last := rows[n-1][0]
			if last.base-s.base < .45*max(1, min(s.size, last.size)) {
				rows[n-1] = append(rows[n-1], s)
				continue
			}
		}
		rows = append(rows, row{s})
	}
	for _, r := range rows {
		slices.SortStableFunc(r, func(a, b segment) int { return cmp.Compare(a.left, b.left) })
	}
	return rows
}

var marker = lazyregexp.New(`^(?:[\d,;–-]+|[*†‡§]+)$`)

// text returns a segment's words as they are read.
func (s segment) text() string {
	var b strings.Builder
	for i, w := range s.words {
		if i > 0 && !w.glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

package pdf

import (
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// layout is the lines of a whole file in reading order, and what they have in
// common.
type layout struct {
	lines    []line
	body     float64 // the size of most of the text, in points
	leading  float64 // of most of the text, as a share of its size
	boldBody bool    // most of the text is bold: then bold says nothing
	// vocabulary counts the words that no line's end parts.
	vocabulary map[string]int
}

// newLayout puts the words of all pages in reading order.
func newLayout(pages []*page) *layout {
	l := &layout{vocabulary: map[string]int{}}
	column := 0
	for _, p := range pages {
		r := &reader{page: p, column: &column}
		r.order(segments(p.words), 0)
		l.lines = append(l.lines, r.lines...)
		p.words = nil
	}
	for i := range l.lines {
		l.lines[i].at = i
	}
	l.measure()
	return l
}

// measure finds the size and leading of most of the text, and its vocabulary.
func (l *layout) measure() {
	clear(l.vocabulary)
	sizes, leadings := map[float64]int{}, map[float64]int{}
	bold, all := 0, 0
	for i, line := range l.lines {
		n := 0
		for _, w := range line.words {
			n += utf8.RuneCountInString(w.text)
			if w.bold {
				bold += utf8.RuneCountInString(w.text)
			}
		}
		all += n
		sizes[math.Round(line.size*2)/2] += n
		for j, w := range line.words {
			if j < len(line.words)-1 {
				l.vocabulary[fold(w.text)]++
			}
		}
		// Only lines that surely go on: in a text of short paragraphs most gaps are
		// those between them.
		if i > 0 && l.lines[i-1].column == line.column && similarSize(l.lines[i-1].size, line.size) && line.size > 0 && startsLower(line.text()) {
			if gap := (l.lines[i-1].base - line.base) / line.size; gap > .8 && gap < 3 {
				leadings[math.Round(gap*20)/20] += n
			}
		}
	}
	l.body = mostFrequent(sizes)
	if l.leading = mostFrequent(leadings); l.leading == 0 {
		l.leading = 1.2
	}
	l.boldBody = 2*bold > all
}

// mostFrequent returns the key with the highest count, of several the smallest.
func mostFrequent(counts map[float64]int) float64 {
	best, most := 0.0, 0
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		if counts[key] > most {
			best, most = key, counts[key]
		}
	}
	return best
}

func similarSize(a, b float64) bool { return math.Abs(a-b) < .12*max(a, b) }

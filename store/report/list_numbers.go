package report

import (
	"cmp"
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
)

// listNumbers generates the automatic numbers of Word and OpenDocument paragraphs: "1.",
// "2.1.", "a)". They become part of the text, since other text refers to them.
type listNumbers struct {
	levels   map[string][]numberLevel // of a list, by its id
	counted  map[string]string        // by a list's id, by what it is counted where others go on with it
	counters map[string][]int         // how far each has come, by level
}

// numberLevel is the number format of one level of a list.
type numberLevel struct {
	format string // decimal, lowerLetter, ...; bullet for none
	text   string // with %1 for the number of the first level
	start  int
}

// listPlace is a paragraph's list and its level in it.
type listPlace struct {
	list  string
	level int
}

// read reads an element of a paragraph's or style's numbering.
func (at *listPlace) read(e xml.StartElement) {
	switch e.Name.Local {
	case "numId":
		at.list = value(e, "val")
	case "ilvl":
		at.level, _ = strconv.Atoi(value(e, "val"))
	}
}

// readNumbers reads the definitions of a file's lists.
func (p *parts) readNumbers(main string) (*listNumbers, error) {
	n := newListNumbers()
	abstract := map[string][]numberLevel{}
	definition, list, override := "", "", 0
	err := p.each(path.Join(path.Dir(main), "numbering.xml"), func(e xml.StartElement) {
		levels := abstract[definition]
		switch e.Name.Local {
		case "abstractNum":
			definition, list = value(e, "abstractNumId"), ""
		case "lvl":
			if list == "" && len(levels) < 9 {
				abstract[definition] = append(levels, numberLevel{start: 1})
			}
		case "start", "numFmt", "lvlText":
			if list != "" || len(levels) == 0 {
				return
			}
			level := &levels[len(levels)-1]
			switch e.Name.Local {
			case "start":
				level.start, _ = strconv.Atoi(value(e, "val"))
			case "numFmt":
				level.format = value(e, "val")
			case "lvlText":
				level.text = value(e, "val")
			}
		case "num":
			list = value(e, "numId")
		case "abstractNumId":
			if list != "" {
				n.levels[list] = slices.Clone(abstract[value(e, "val")])
				n.counted[list] = "definition " + value(e, "val")
			}
		case "lvlOverride":
			override, _ = strconv.Atoi(value(e, "ilvl"))
		case "startOverride": // this list begins anew
			if start, err := strconv.Atoi(value(e, "val")); err == nil && override >= 0 && override < len(n.levels[list]) {
				n.levels[list][override].start = start
				delete(n.counted, list)
			}
		}
	})
	return n, err
}

func newListNumbers() *listNumbers {
	return &listNumbers{levels: map[string][]numberLevel{}, counted: map[string]string{}, counters: map[string][]int{}}
}

// restart resets a list's numbers.
func (n *listNumbers) restart(list string) { delete(n.counters, list) }

// next returns the number of the next paragraph at a place; empty for a bullet or
// none.
func (n *listNumbers) next(at listPlace) string {
	levels := n.levels[at.list]
	if at.level < 0 || at.level >= len(levels) {
		return ""
	}
	counted := cmp.Or(n.counted[at.list], at.list)
	counters := n.counters[counted]
	if len(counters) < len(levels) {
		counters = make([]int, len(levels))
		for i, level := range levels {
			counters[i] = level.start - 1
		}
		n.counters[counted] = counters
	}
	counters[at.level]++
	for i := at.level + 1; i < len(counters); i++ {
		counters[i] = levels[i].start - 1
	}
	level := levels[at.level]
	if level.format == "bullet" || level.format == "none" {
		return ""
	}
	label := level.text
	for i := range at.level + 1 {
		label = strings.ReplaceAll(label, "%"+strconv.Itoa(i+1), writtenNumber(max(counters[i], levels[i].start), levels[i].format))
	}
	return strings.TrimSpace(withoutReserved(label))
}

// writtenNumber formats a number in one of Word's formats.
func writtenNumber(n int, format string) string {
	switch format {
	case "lowerLetter", "upperLetter":
		letter := strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
		if format == "upperLetter" {
			return strings.ToUpper(letter)
		}
		return letter
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	case "upperRoman":
		return romanNumeral(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// romanNumeral writes a number up to 3999 in Roman numerals, others in digits.
func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value  int
		letter string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.letter)
		}
	}
	return b.String()
}

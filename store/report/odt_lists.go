package report

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
)

// odtFormats are the kinds of numbers of OpenDocument's lists, as Word names them.
var odtFormats = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// odtLevel reads how the items of one level of a list are numbered.
func odtLevel(e xml.StartElement) numberLevel {
	format := odtFormats[value(e, "num-format")]
	if format == "" {
		return numberLevel{format: "none", start: 1}
	}
	level, _ := strconv.Atoi(value(e, "level")) // 0 where it isn't said
	shown, _ := strconv.Atoi(value(e, "display-levels"))
	start, err := strconv.Atoi(value(e, "start-value"))
	if err != nil {
		start = 1
	}
	var label []string
	for n := max(1, level-max(1, shown)+1); n <= min(max(1, level), 10); n++ {
		label = append(label, "%"+strconv.Itoa(n))
	}
	return numberLevel{format: format, text: value(e, "num-prefix") + strings.Join(label, ".") + value(e, "num-suffix"), start: start}
}

// beginList opens a list, which is of its parent's style if it has none.
func (r *odtReader) beginList(e xml.StartElement) {
	parent := ""
	if len(r.lists) > 0 {
		parent = r.lists[len(r.lists)-1]
	}
	style := cmp.Or(value(e, "style-name"), parent)
	continued := value(e, "continue-numbering") == "true" || value(e, "continue-list") != ""
	if parent == "" && !continued {
		r.numbers.restart(style)
	}
	r.lists = append(r.lists, style)
}

// nextItem returns the number of a list's next item.
func (r *odtReader) nextItem(e xml.StartElement) string {
	if len(r.lists) == 0 {
		return ""
	}
	at := listPlace{r.lists[len(r.lists)-1], len(r.lists) - 1}
	number := r.numbers.next(at)
	if start, err := strconv.Atoi(value(e, "start-value")); err == nil && number != "" {
		r.numbers.counters[at.list][at.level] = start - 1
		number = r.numbers.next(at)
	}
	return number
}

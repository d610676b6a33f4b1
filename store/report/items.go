package report

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ownItemNumber is a number that a list's item was typed with, beside that which
// it is shown with.
var ownItemNumber = regexp.MustCompile(`^\s*(?:\(?\d{1,4}[.)]|\[\d{1,4}\]|(?:\pL|[ivxlc]{1,6})\))`)

// numberKept is the attribute that holds an item's number where another format
// than HTML numbers it.
const numberKept = "data-number"

// itemTypes are the kinds of numbers of HTML's lists, as Word names them.
var itemTypes = map[string]string{
	"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
	"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
	"lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero", "none": "none", "disc": "none",
}

var listStyle = regexp.MustCompile(`(?i)list-style(?:-type)?\s*:\s*([a-z-]+)`)

// itemNumbers returns what the items of a list in HTML are numbered with; empty
// for one with bullets.
func itemNumbers(list *html.Node) map[*html.Node]string {
	numbers := map[*html.Node]string{}
	var items []*html.Node
	for item := list.FirstChild; item != nil; item = item.NextSibling {
		if item.DataAtom != atom.Li {
			continue
		}
		items = append(items, item)
		if kept := attribute(item, numberKept); kept != "" {
			numbers[item] = kept
		}
	}
	if list.DataAtom != atom.Ol {
		return numbers
	}
	format := itemTypes[attribute(list, "type")]
	if m := listStyle.FindStringSubmatch(attribute(list, "style")); m != nil {
		format = itemTypes[strings.ToLower(m[1])]
	}
	if format == "none" {
		return numbers
	}
	next, step := 1, 1
	if has(list, "reversed") {
		next, step = len(items), -1
	}
	if start, err := strconv.Atoi(attribute(list, "start")); err == nil {
		next = start
	}
	for _, item := range items {
		if value, err := strconv.Atoi(attribute(item, "value")); err == nil {
			next = value
		}
		if next > 0 && next <= 9999 {
			numbers[item] = writtenNumber(next, format) + "."
		}
		next += step
	}
	return numbers
}

// numberOf returns the number that is to be written before an item, whose list's
// numbers are found once.
func (h *htmlReader) numberOf(item *html.Node) string {
	list := item.Parent
	if list == nil {
		return ""
	}
	numbers, known := h.items[list]
	if !known {
		numbers = itemNumbers(list)
		h.items[list] = numbers
	}
	number := numbers[item]
	if number == "" || ownItemNumber.MatchString(words(item)) {
		return ""
	}
	return number + " "
}

package report

import (
	"strconv"
	"strings"

	"reportbot/store/text/lazyregexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ownItemNumber matches a number in the text of a list item, beside the list's own number.
var ownItemNumber = lazyregexp.New(`^\s*(?:\(?\d{1,4}[.)]|\[\d{1,4}\]|(?:\pL|[ivxlc]{1,6})\))`)

// numberAttribute has an item's number if it comes from another format than HTML.
const numberAttribute = "data-number"

// itemTypes are the kinds of numbers of HTML's lists, as Word names them.
var itemTypes = map[string]string{
	"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
	"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
	"lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero", "none": "none", "disc": "none",
}

var listStyle = lazyregexp.New(`(?i)list-style(?:-type)?\s*:\s*([a-z-]+)`)

// itemNumbers returns the numbers of the items of an HTML list; empty for bullets.
func itemNumbers(list *html.Node) map[*html.Node]string {
	numbers := map[*html.Node]string{}
	var items []*html.Node
	for item := list.FirstChild; item != nil; item = item.NextSibling {
		if item.DataAtom != atom.Li {
			continue
		}
		items = append(items, item)
		if kept := attribute(item, numberAttribute); kept != "" {
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

// numberOf returns the number to write before an item. The numbers of a list are cached.
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

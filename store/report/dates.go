package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

var englishMonths = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
	"july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
	"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

const englishMonth = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

// Full dates, in folded text: day, month and year in the order named.
var (
	vietnameseDate = lazyregexp.New(`\b(\d{1,2}) thang (\d{1,2})(?:,? nam |[/,-] ?)(\d{4})\b`)
	numericDate    = lazyregexp.New(`\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b`)
	isoDate        = lazyregexp.New(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	monthDayYear   = lazyregexp.New(`\b` + englishMonth + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	dayMonthYear   = lazyregexp.New(`\b(\d{1,2})(?:st|nd|rd|th)? ` + englishMonth + `,? (\d{4})\b`)
)

// parseDate finds a full date in a line and returns it as 2024-11-01, with the number of
// words before it.
func parseDate(line string) (date string, before int, ok bool) {
	s := text.Fold(text.Clean(line))
	number := func(s string) int {
		if month, ok := englishMonths[s]; ok {
			return month
		}
		n, _ := strconv.Atoi(s) // the patterns match digits only
		return n
	}
	for _, p := range []struct {
		pattern          *lazyregexp.Regexp
		year, month, day int
	}{
		{vietnameseDate, 3, 2, 1}, {isoDate, 1, 2, 3}, {monthDayYear, 3, 1, 2}, {dayMonthYear, 3, 2, 1}, {numericDate, 3, 2, 1},
	} {
		m := p.pattern.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		date = fmt.Sprintf("%04d-%02d-%02d", number(m[p.year]), number(m[p.month]), number(m[p.day]))
		if _, err := time.Parse(time.DateOnly, date); err == nil {
			return date, len(strings.Fields(s[:strings.Index(s, m[0])])), true
		}
	}
	return "", 0, false
}

// entryLabel is a timeline entry's date, in folded text, up to its colon: a
// day, month or year alone.
var entryLabel = lazyregexp.New(`^(?:(?:ngay )?\d{1,2}[ /-])?(?:(?:thang )?\d{1,2}(?:(?:,? nam |[/,-] ?)(\d{4}))?|nam (\d{4})|(\d{4})|` +
	englishMonth + `(?: \d{1,2},?)?(?: (\d{4}))?)$`)

// dateWord must match a label without a year, so that "3:" is no entry.
var dateWord = lazyregexp.New(`thang|[a-z]{3}|/|\d{4}`)

// parseEntry reads the date at the beginning of a timeline entry ("Tháng 9 năm
// 2022: ..."). label is as printed, without the colon; year is 0 if the label has none.
func parseEntry(line string) (label string, year int, ok bool) {
	label, _, found := strings.Cut(line, ":")
	label = text.Clean(label)
	if !found || len(label) > 40 {
		return "", 0, false
	}
	folded := text.Fold(label)
	m := entryLabel.FindStringSubmatch(folded)
	if m == nil || !dateWord.MatchString(folded) || m[4] != "" && text.HasDiacritics(label) { // Máy is no May
		return "", 0, false
	}
	for _, group := range []string{m[1], m[2], m[3], m[5]} {
		if group != "" {
			year, _ = strconv.Atoi(group)
		}
	}
	return label, year, true
}

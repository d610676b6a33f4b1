package bot

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reportbot/store/text"
)

// date returns 2024-11-01 in the reader's format.
func date(iso string, lang text.Language) string {
	day, err := time.Parse(time.DateOnly, iso)
	switch {
	case err != nil:
		return iso
	case lang == text.Vietnamese:
		return day.Format("02/01/2006")
	}
	return day.Format("2 January 2006")
}

// dateTime returns a time in the reader's format, in the program's time zone.
func dateTime(at time.Time, lang text.Language) string {
	return date(at.Format(time.DateOnly), lang) + " " + at.Format("15:04")
}

func daysOf(kept time.Duration) int { return int(kept.Hours() / 24) }

// megabytes returns a size in the reader's number format.
func megabytes(bytes int64, lang text.Language) string {
	return decimal("%.1f", float64(bytes)/(1<<20), lang) + " MB"
}

// dollars formats an amount for lang; a small one to the hundredth of a cent.
func dollars(amount float64, lang text.Language) string {
	form := "%.2f"
	if amount > 0 && amount < 0.1 {
		form = "%.4f"
	}
	if lang == text.Vietnamese {
		return decimal(form, amount, lang) + " $"
	}
	return "$" + decimal(form, amount, lang)
}

func decimal(form string, n float64, lang text.Language) string {
	return message.NewPrinter(language.Make(string(lang))).Sprintf(form, n)
}

// enumerated joins names: "A, B and C".
func enumerated(lang text.Language, names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + say(lang, "and") + " " + names[last]
}

// markers returns the markers of footnotes: "[3] [4]".
func markers(numbers []int) string {
	marks := make([]string, len(numbers))
	for i, n := range numbers {
		marks[i] = fmt.Sprintf("[%d]", n)
	}
	return strings.Join(marks, " ")
}

// truncate returns at most most characters of a text.
func truncate(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// exampleLength is the most characters of an example in a list.
const exampleLength = 100

// excerpt returns the beginning of a text as an example.
func excerpt(s string) string { return cmp.Or(truncate(text.Clean(s), exampleLength), "—") }

// units returns the length of a text in UTF-16 units, as Telegram counts.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

package console

import (
	"fmt"
	"io"
	"strings"

	"reportbot/store/report"
)

// Count formats a number with its noun: "1 note", "2 notes".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// counts is Count of the parts of a report.
func counts(sections, paragraphs, sentences, passages, notes int) string {
	return strings.Join([]string{
		Count(sections, "section"), Count(paragraphs, "paragraph"), Count(sentences, "sentence"),
		Count(passages, "passage"), Count(notes, "note"),
	}, ", ")
}

// WriteCheck prints a summary of a report and its problems.
func WriteCheck(out io.Writer, location string, r *report.Report) {
	fmt.Fprintf(out, "%s\n", location)
	for _, fact := range []struct{ name, value string }{
		{"title", r.Title}, {"date", r.Date}, {"authors", strings.Join(r.Authors, ", ")},
	} {
		if fact.value == "" {
			fact.value = "(none)"
		}
		fmt.Fprintf(out, "  %-8s %s\n", fact.name, fact.value)
	}
	fmt.Fprintf(out, "  %s\n", counts(len(r.Sections), len(r.Paragraphs), r.SentenceCount(), len(r.Passages()), len(r.Footnotes)))
	faults := 0
	fault := func(format string, args ...any) {
		faults++
		fmt.Fprintf(out, "  "+format+"\n", args...)
	}
	if len(r.Missing) > 0 {
		fault("markers without a note: %s", numbered(r.Missing))
	}
	if len(r.Uncited) > 0 {
		fault("notes that nothing marks: %s", numbered(r.Uncited))
	}
	var damaged, useless []string
	for _, f := range r.Footnotes {
		for _, printed := range f.Damaged {
			what := "link"
			if strings.HasPrefix(printed, "#") {
				what = "fragment (the link before it is good)"
			}
			damaged = append(damaged, fmt.Sprintf("note [%d]: damaged %s: %s", f.N, what, strings.Join(strings.Fields(printed), " ")))
		}
		if len(f.Links) == 0 && len(f.Damaged) > 0 {
			useless = append(useless, fmt.Sprintf("note [%d]: no good link", f.N))
		}
	}
	for _, line := range append(report.SummarizeWarnings(damaged, "damaged links"), report.SummarizeWarnings(useless, "notes have no good link")...) {
		fault("%s", line)
	}
	for _, warning := range r.Warnings {
		fault("%s", warning)
	}
	if faults == 0 {
		fmt.Fprintln(out, "  nothing wrong")
	}
}

func numbered(numbers []int) string {
	const most = 100
	marks := make([]string, min(len(numbers), most))
	for i := range marks {
		marks[i] = fmt.Sprintf("[%d]", numbers[i])
	}
	if more := len(numbers) - most; more > 0 {
		marks = append(marks, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(marks, " ")
}

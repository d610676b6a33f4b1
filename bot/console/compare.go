package console

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"reportbot/store/report"
)

// comparisonJSON is what `diff --json` prints.
type comparisonJSON struct {
	Before     int64                   `json:"before"`
	After      int64                   `json:"after"`
	Same       bool                    `json:"same"`
	Front      []changeJSON[string]    `json:"front"` // title, date, authors
	Sections   sectionsDiffJSON        `json:"sections"`
	Paragraphs diffJSON[paragraphJSON] `json:"paragraphs"`
	Footnotes  diffJSON[noteJSON]      `json:"footnotes"`
	Damaged    []damagedJSON           `json:"damaged"` // links in added or changed notes
}

// changeJSON is a value before and after a change.
type changeJSON[T any] struct {
	Old T `json:"old"`
	New T `json:"new"`
}

// sectionsDiffJSON lists headings added and removed.
type sectionsDiffJSON struct {
	Added []string `json:"added"`
	Gone  []string `json:"gone"`
}

// diffJSON lists what was added, removed and changed.
type diffJSON[T any] struct {
	Added   []T             `json:"added"`
	Gone    []T             `json:"gone"`
	Changed []changeJSON[T] `json:"changed"`
}

// paragraphJSON is a paragraph with the numbers of its notes.
type paragraphJSON struct {
	N         int    `json:"n"`
	Text      string `json:"text"`
	Footnotes []int  `json:"footnotes"`
}

// noteJSON is a note as printed.
type noteJSON struct {
	N   int    `json:"n"`
	Raw string `json:"raw"`
}

// damagedJSON is a link that could not be recovered.
type damagedJSON struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// Comparison returns the JSON form of the changes from one edition to another.
func Comparison(before, after int64, c *report.Comparison) comparisonJSON {
	return comparisonJSON{
		Before: before, After: after, Same: c.Same(),
		Front:      mapped(c.Front, func(c report.Change[string]) changeJSON[string] { return changeJSON[string](c) }),
		Sections:   sectionsDiffJSON{present(c.SectionsAdded), present(c.SectionsGone)},
		Paragraphs: diff(c.Added, c.Gone, c.Changed, paragraph),
		Footnotes:  diff(c.FootnotesAdded, c.FootnotesGone, c.FootnotesChanged, note),
		Damaged:    mapped(c.Damaged, func(d report.DamagedLink) damagedJSON { return damagedJSON(d) }),
	}
}

func diff[A, B any](added, gone []A, changed []report.Change[A], to func(A) B) diffJSON[B] {
	return diffJSON[B]{
		mapped(added, to), mapped(gone, to), mapped(changed, func(c report.Change[A]) changeJSON[B] { return changeJSON[B]{to(c.Old), to(c.New)} }),
	}
}

func paragraph(p report.Paragraph) paragraphJSON {
	whole := report.Passage{Sentences: p.Sentences}
	return paragraphJSON{p.N, whole.Text(), present(whole.Footnotes())}
}

func note(f report.Footnote) noteJSON { return noteJSON{f.N, f.Raw} }

// maxShown is the most differences printed of one kind.
const maxShown = 10

// WriteComparison prints a short list of changes.
func WriteComparison(out io.Writer, c *report.Comparison) error {
	var b strings.Builder
	if c.Same() {
		b.WriteString("nothing changed\n")
	}
	for _, f := range c.Front {
		fmt.Fprintf(&b, "%s → %s\n", cmp.Or(f.Old, "(none)"), cmp.Or(f.New, "(none)"))
	}
	group(&b, "sections", 0, c.SectionsAdded, c.SectionsGone)
	group(&b, "paragraphs", len(c.Changed), mapped(c.Added, shownParagraph), mapped(c.Gone, shownParagraph),
		mapped(c.Changed, func(p report.Change[report.Paragraph]) string { return shownParagraph(p.New) })...)
	group(&b, "notes", len(c.FootnotesChanged), mapped(c.FootnotesAdded, shownNote), mapped(c.FootnotesGone, shownNote),
		mapped(c.FootnotesChanged, func(f report.Change[report.Footnote]) string { return shownNote(f.New) })...)
	for _, d := range c.Damaged {
		fmt.Fprintf(&b, "damaged link in note [%d]: %s\n", d.N, short(d.Text))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// group prints the additions, changes and removals of one kind.
func group(b *strings.Builder, kind string, count int, added, gone []string, changed ...string) {
	if len(added)+len(gone)+count == 0 {
		return
	}
	fmt.Fprintf(b, "%s: %d new, %d changed, %d gone\n", kind, len(added), count, len(gone))
	for _, list := range []struct {
		sign  string
		lines []string
	}{{"+", added}, {"~", changed}, {"-", gone}} {
		for i, line := range list.lines {
			if i == maxShown {
				fmt.Fprintf(b, "  %s … and %d more\n", list.sign, len(list.lines)-maxShown)
				break
			}
			fmt.Fprintf(b, "  %s %s\n", list.sign, line)
		}
	}
}

func shownParagraph(p report.Paragraph) string {
	return fmt.Sprintf("%d: %s", p.N, short(report.Passage{Sentences: p.Sentences}.Text()))
}

func shownNote(f report.Footnote) string { return fmt.Sprintf("[%d] %s", f.N, short(f.Raw)) }

// short cuts a text to fit a line.
func short(text string) string {
	const most = 90
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

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
	Before     int64             `json:"before"`
	After      int64             `json:"after"`
	Same       bool              `json:"same"`
	Front      []changeJSON      `json:"front"` // title, date, authors
	Sections   sectionsDiffJSON  `json:"sections"`
	Paragraphs paragraphDiffJSON `json:"paragraphs"`
	Footnotes  footnoteDiffJSON  `json:"footnotes"`
	Damaged    []damagedJSON     `json:"damaged"` // links in added or changed notes
}

// changeJSON is a text before and after.
type changeJSON struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// sectionsDiffJSON lists headings added and removed.
type sectionsDiffJSON struct {
	Added []string `json:"added"`
	Gone  []string `json:"gone"`
}

// paragraphDiffJSON lists paragraphs added, removed and changed.
type paragraphDiffJSON struct {
	Added   []paragraphJSON       `json:"added"`
	Gone    []paragraphJSON       `json:"gone"`
	Changed []paragraphChangeJSON `json:"changed"`
}

// paragraphJSON is a paragraph with the numbers of its notes.
type paragraphJSON struct {
	N         int    `json:"n"`
	Text      string `json:"text"`
	Footnotes []int  `json:"footnotes"`
}

// paragraphChangeJSON is a paragraph before and after.
type paragraphChangeJSON struct {
	Old paragraphJSON `json:"old"`
	New paragraphJSON `json:"new"`
}

// footnoteDiffJSON lists notes added, removed and changed.
type footnoteDiffJSON struct {
	Added   []noteJSON       `json:"added"`
	Gone    []noteJSON       `json:"gone"`
	Changed []noteChangeJSON `json:"changed"`
}

// noteJSON is a note as printed.
type noteJSON struct {
	N   int    `json:"n"`
	Raw string `json:"raw"`
}

// noteChangeJSON is a note before and after.
type noteChangeJSON struct {
	Old noteJSON `json:"old"`
	New noteJSON `json:"new"`
}

// damagedJSON is a link that could not be recovered.
type damagedJSON struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// Comparison returns the JSON form of what changed from one edition to another.
func Comparison(before, after int64, c *report.Comparison) comparisonJSON {
	wire := comparisonJSON{
		Before: before, After: after, Same: c.Same(), Front: []changeJSON{}, Damaged: []damagedJSON{},
		Sections:   sectionsDiffJSON{present(c.SectionsAdded), present(c.SectionsGone)},
		Paragraphs: paragraphDiffJSON{Added: mapped(c.Added, paragraph), Gone: mapped(c.Gone, paragraph), Changed: []paragraphChangeJSON{}},
		Footnotes:  footnoteDiffJSON{Added: mapped(c.FootnotesAdded, note), Gone: mapped(c.FootnotesGone, note), Changed: []noteChangeJSON{}},
	}
	for _, f := range c.Front {
		wire.Front = append(wire.Front, changeJSON(f))
	}
	for _, p := range c.Changed {
		wire.Paragraphs.Changed = append(wire.Paragraphs.Changed, paragraphChangeJSON{paragraph(p.Old), paragraph(p.New)})
	}
	for _, f := range c.FootnotesChanged {
		wire.Footnotes.Changed = append(wire.Footnotes.Changed, noteChangeJSON{note(f.Old), note(f.New)})
	}
	for _, d := range c.Damaged {
		wire.Damaged = append(wire.Damaged, damagedJSON(d))
	}
	return wire
}

func mapped[A, B any](list []A, to func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = to(v)
	}
	return out
}

func paragraph(p report.Paragraph) paragraphJSON {
	whole := report.Passage{Sentences: p.Sentences}
	return paragraphJSON{p.N, whole.Text(), present(whole.Footnotes())}
}

func note(f report.Footnote) noteJSON { return noteJSON{f.N, f.Raw} }

// mostShown is the most differences printed of one kind.
const mostShown = 10

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
			if i == mostShown {
				fmt.Fprintf(b, "  %s … and %d more\n", list.sign, len(list.lines)-mostShown)
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

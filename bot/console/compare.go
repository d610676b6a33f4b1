package console

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"reportbot/store/report"
)

// ComparisonJSON is what `diff --json` prints.
type ComparisonJSON struct {
	Before     int64             `json:"before"`
	After      int64             `json:"after"`
	Same       bool              `json:"same"`
	Front      []ChangeJSON      `json:"front"` // title, date, authors
	Sections   SectionsDiffJSON  `json:"sections"`
	Paragraphs ParagraphDiffJSON `json:"paragraphs"`
	Footnotes  FootnoteDiffJSON  `json:"footnotes"`
	Damaged    []DamagedJSON     `json:"damaged"` // links of notes that are added or changed
}

// ChangeJSON is a text as it was and as it is.
type ChangeJSON struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// SectionsDiffJSON is which headings came and went.
type SectionsDiffJSON struct {
	Added []string `json:"added"`
	Gone  []string `json:"gone"`
}

// ParagraphDiffJSON is which paragraphs came, went and changed.
type ParagraphDiffJSON struct {
	Added   []ParagraphJSON       `json:"added"`
	Gone    []ParagraphJSON       `json:"gone"`
	Changed []ParagraphChangeJSON `json:"changed"`
}

// ParagraphJSON is a paragraph with the numbers of its notes.
type ParagraphJSON struct {
	N         int    `json:"n"`
	Text      string `json:"text"`
	Footnotes []int  `json:"footnotes"`
}

// ParagraphChangeJSON is a paragraph as it was and as it is.
type ParagraphChangeJSON struct {
	Old ParagraphJSON `json:"old"`
	New ParagraphJSON `json:"new"`
}

// FootnoteDiffJSON is which notes came, went and changed.
type FootnoteDiffJSON struct {
	Added   []NoteJSON       `json:"added"`
	Gone    []NoteJSON       `json:"gone"`
	Changed []NoteChangeJSON `json:"changed"`
}

// NoteJSON is a note as printed.
type NoteJSON struct {
	N   int    `json:"n"`
	Raw string `json:"raw"`
}

// NoteChangeJSON is a note as it was and as it is.
type NoteChangeJSON struct {
	Old NoteJSON `json:"old"`
	New NoteJSON `json:"new"`
}

// DamagedJSON is a link that could not be recovered.
type DamagedJSON struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// Comparison returns the JSON form of what changed from one edition to another.
func Comparison(before, after int64, c *report.Comparison) ComparisonJSON {
	wire := ComparisonJSON{
		Before: before, After: after, Same: c.Same(), Front: []ChangeJSON{}, Damaged: []DamagedJSON{},
		Sections:   SectionsDiffJSON{present(c.SectionsAdded), present(c.SectionsGone)},
		Paragraphs: ParagraphDiffJSON{Added: mapped(c.Added, paragraph), Gone: mapped(c.Gone, paragraph), Changed: []ParagraphChangeJSON{}},
		Footnotes:  FootnoteDiffJSON{Added: mapped(c.FootnotesAdded, note), Gone: mapped(c.FootnotesGone, note), Changed: []NoteChangeJSON{}},
	}
	for _, f := range c.Front {
		wire.Front = append(wire.Front, ChangeJSON(f))
	}
	for _, p := range c.Changed {
		wire.Paragraphs.Changed = append(wire.Paragraphs.Changed, ParagraphChangeJSON{paragraph(p.Old), paragraph(p.New)})
	}
	for _, f := range c.FootnotesChanged {
		wire.Footnotes.Changed = append(wire.Footnotes.Changed, NoteChangeJSON{note(f.Old), note(f.New)})
	}
	for _, d := range c.Damaged {
		wire.Damaged = append(wire.Damaged, DamagedJSON(d))
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

func paragraph(p report.Paragraph) ParagraphJSON {
	whole := report.Passage{Sentences: p.Sentences}
	return ParagraphJSON{p.N, whole.Text(), present(whole.Footnotes())}
}

func note(f report.Footnote) NoteJSON { return NoteJSON{f.N, f.Raw} }

// mostShown is how many differences of one kind are printed.
const mostShown = 10

// WriteComparison prints in short what changed.
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

// group prints what was added, changed and gone of one kind of thing.
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

// short cuts a text for a line.
func short(text string) string {
	const most = 90
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

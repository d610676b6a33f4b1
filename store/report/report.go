// Package report reads a report file (plain text, Markdown, HTML, DOCX, EPUB,
// OpenDocument or PDF) into sections, paragraphs, sentences, and footnotes with their
// links.
//
// Each format is read into a common form, a list of lines and notes, which is then
// converted to a report. The first short lines are title, date and authors; a short line
// without a full stop is a heading; the notes are at the end, each on a line that begins
// with its number in brackets. What can't be parsed with certainty stays as printed, and is
// listed in the report's warnings and damaged links.
package report

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Report is a parsed report. Paragraphs and footnotes are in the order and wording of the
// file.
type Report struct {
	Title    string
	Date     string // 2024-11-01, or empty
	Authors  []string
	Sections []string // titles in order; a text without headings has none

	Paragraphs []Paragraph
	Footnotes  []Footnote // by number, each once

	Uncited  []int // notes that no sentence marks
	Missing  []int // markers without a note
	Warnings []string
}

// Paragraph is one line of the body, headings excluded.
type Paragraph struct {
	N       int    // from 1
	Section string // the heading above it, or empty
	// Entry is the date of the timeline entry it belongs to, with
	// its year ("Tháng 9 năm 2022"), or empty.
	Entry string
	// Year applies to dates without a year: the entry's year, else the report's; 0 if
	// neither is known.
	Year      int
	Sentences []Sentence
}

// Sentence is one sentence in the report's own words, without markers.
type Sentence struct {
	Text      string
	Footnotes []int // numbers of its markers in order; none is usual
	Page      int   // that it begins on, from 1; 0 where the format has no pages
}

// Footnote is one note at the report's end.
type Footnote struct {
	N        int
	Raw      string // as printed, without its number
	Links    []Link // the good ones, each once
	Defanged bool   // had dots written out
	Damaged  []string
}

// ErrEmpty means that a file has no text to search.
var ErrEmpty = errors.New("the report is empty: it has no paragraph of text")

// Parse parses a plain-text report. It fails with ErrEmpty, or if the data is not text;
// other problems are listed in Warnings.
func Parse(data []byte) (*Report, error) {
	doc, err := readText(data)
	if err != nil {
		return nil, err
	}
	return doc.report()
}

// Doubtful reports whether a file may not be a report: it has neither a title nor notes.
func (r *Report) Doubtful() bool { return r.Title == "" && len(r.Footnotes) == 0 }

// Footnote returns the note with the number n.
func (r *Report) Footnote(n int) (Footnote, bool) {
	i, found := slices.BinarySearchFunc(r.Footnotes, n, func(f Footnote, n int) int { return f.N - n })
	if !found {
		return Footnote{}, false
	}
	return r.Footnotes[i], true
}

// SentenceCount returns how many sentences the report has.
func (r *Report) SentenceCount() int {
	count := 0
	for _, p := range r.Paragraphs {
		count += len(p.Sentences)
	}
	return count
}

// CrossCheck fills Uncited and Missing from the paragraphs and notes.
func (r *Report) CrossCheck() {
	marked := map[int]bool{}
	for _, p := range r.Paragraphs {
		for _, s := range p.Sentences {
			for _, n := range s.Footnotes {
				marked[n] = true
			}
		}
	}
	for _, f := range r.Footnotes {
		if !marked[f.N] {
			r.Uncited = append(r.Uncited, f.N)
		}
		delete(marked, f.N)
	}
	r.Missing = slices.Sorted(maps.Keys(marked))
	if len(r.Footnotes) == 0 {
		r.warn("the report has no notes: answers from it will carry no footnotes")
	}
}

func (r *Report) warn(format string, args ...any) {
	r.Warnings = append(r.Warnings, fmt.Sprintf(format, args...))
}

// Package pdf reads the text of a PDF with its footnotes.
//
// A PDF has characters with their positions on a page. PDFium, Chromium's PDF library in
// its WebAssembly build, returns them; from the positions this package
// finds lines, columns and tables, joins paragraphs over lines, columns and
// pages, drops what is printed on every page, and pairs raised figures with the
// notes at the foot of their page. A file comes from outside, and PDFium is
// large: it runs in a process of its own, with limits on memory and time.
package pdf

import "errors"

var (
	// ErrEncrypted means that a file opens only with a password.
	ErrEncrypted = errors.New("the PDF is encrypted")
	// ErrPictures means that a file has pages but no text, as a scan has.
	ErrPictures = errors.New("the PDF has only pictures")
	// ErrDamaged means that a file can't be opened or has no page that can.
	ErrDamaged = errors.New("the PDF is cut off or damaged")
	// ErrTooLong means that a file has more pages or text than any report.
	ErrTooLong = errors.New("the PDF is too long for a report")
	// ErrTooMuch means that a file exceeded the limits on memory or time.
	ErrTooMuch = errors.New("the PDF takes too much memory or time to read")
)

// Document is the text of a file.
type Document struct {
	// Title is the metadata's title, if the first page has the same one or none.
	Title   string   `json:"title,omitempty"`
	Authors []string `json:"authors,omitempty"`
	Created string   `json:"created,omitempty"` // the day the file was made: 2024-11-01
	Lines   []Line   `json:"lines"`
	Notes   []Note   `json:"notes,omitempty"`
	// Warnings list what was left out.
	Warnings []string `json:"warnings,omitempty"`
}

// Line is a heading, a paragraph or a row of a table.
type Line struct {
	// Text has markers of Notes in it, such as [12]. A raised figure without a
	// note at the foot of its page is written in raised digits: ¹².
	Text string `json:"text"`
	Kind Kind   `json:"kind,omitempty"`
	Page int    `json:"page"` // that it begins on, from 1
	// PageStarts is, for each further page, how many letters of Text (not digits or signs)
	// come before it.
	PageStarts []int `json:"turns,omitempty"`
}

// Kind is the kind of a line by its size, weight and position.
type Kind int

const (
	Unknown Kind = iota
	Heading
	Paragraph
)

// Note is a note at the foot of a page.
type Note struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

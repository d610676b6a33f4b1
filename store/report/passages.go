package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// passageLength is how many characters of whole sentences a passage holds; a
// longer sentence is a passage of its own. From 350 to 900 the report's
// questions find as much in 4,000 characters, within the intervals, and among
// the first five most at 700.
const passageLength = 700

// MaxPassage is the most characters that a passage's text has.
const MaxPassage = 1000

// Passage is what search finds: sentences that follow each other in one
// paragraph, every sentence in exactly one passage.
type Passage struct {
	Paragraph *Paragraph
	Sentences []Sentence
}

// Passages cuts the report's paragraphs.
func (r *Report) Passages() []Passage {
	var passages []Passage
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		from, length := 0, 0
		for j, s := range p.Sentences {
			n := utf8.RuneCountInString(s.Text)
			if j > from && length+1+n > passageLength {
				passages = append(passages, Passage{p, p.Sentences[from:j]})
				from, length = j, 0
			}
			length += n + 1
		}
		passages = append(passages, Passage{p, p.Sentences[from:]})
	}
	return passages
}

// Text returns the passage in the report's own words.
func (p Passage) Text() string {
	texts := make([]string, len(p.Sentences))
	for i, s := range p.Sentences {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}

// Page returns the page that it begins on, 0 where the format has no pages.
func (p Passage) Page() int {
	if len(p.Sentences) == 0 {
		return 0
	}
	return p.Sentences[0].Page
}

// Footnotes returns the numbers that its sentences carry, each once, in order.
func (p Passage) Footnotes() []int {
	var numbers []int
	for _, s := range p.Sentences {
		for _, n := range s.Footnotes {
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

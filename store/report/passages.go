package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// passageLength limits a passage of whole sentences, in characters; a longer sentence is a
// passage of its own. From 350 to 900, recall at 4,000 characters doesn't differ
// significantly; recall at 5 is highest at 700.
const passageLength = 700

// MaxPassage is the maximum length of a passage's text, in characters.
const MaxPassage = 1000

// Passage is the unit of search: consecutive sentences of one paragraph. Every sentence is
// in exactly one passage.
type Passage struct {
	Paragraph *Paragraph
	Sentences []Sentence
}

// Passages splits the report's paragraphs into passages.
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

// Page returns the page on which it begins; 0 if the format has no pages.
func (p Passage) Page() int {
	if len(p.Sentences) == 0 {
		return 0
	}
	return p.Sentences[0].Page
}

// Footnotes returns the note numbers of its sentences, each once, in order.
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

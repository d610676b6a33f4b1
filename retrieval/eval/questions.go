// Package eval scores retrieval on question sets: recall, MRR and nDCG by kind
// of question, with bootstrap intervals, beside plain FTS5 on the same text.
package eval

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
)

// Question is a question with what answers it.
type Question struct {
	ID   string
	Kind string
	Text string
	Gold []Gold // several: the answer needs all of them; none: the report doesn't answer
	Expected
}

// Gold is something that a right passage holds.
type Gold struct {
	Quote     string // the report's words
	Paragraph int    // or, where it isn't 0, the paragraph that answers
	Sentences []int  // and of it only these sentences, from 1
}

// In reports whether a passage holds the gold: whole, markers and white space
// aside.
func (g Gold) In(p store.Passage) bool {
	if g.Paragraph != 0 && p.Paragraph != g.Paragraph {
		return false
	}
	return g.quotedIn(p.Text())
}

func (g Gold) quotedIn(text string) bool { return strings.Contains(squeeze(text), squeeze(g.Quote)) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// BySentence reports whether some gold is given by its sentences' numbers, so
// that Resolve needs the report.
func BySentence(questions []Question) bool {
	return slices.ContainsFunc(questions, func(q Question) bool {
		return slices.ContainsFunc(q.Gold, func(g Gold) bool { return len(g.Sentences) > 0 })
	})
}

// Resolve gives gold that is given by sentence numbers its words, those of r.
func Resolve(questions []Question, r *report.Report) error {
	for _, q := range questions {
		for i := range q.Gold {
			g := &q.Gold[i]
			var texts []string
			for _, n := range g.Sentences {
				if g.Paragraph < 1 || g.Paragraph > len(r.Paragraphs) || n < 1 || n > len(r.Paragraphs[g.Paragraph-1].Sentences) {
					return fmt.Errorf("%q: this report has no sentence %d in a paragraph %d", q.Text, n, g.Paragraph)
				}
				texts = append(texts, r.Paragraphs[g.Paragraph-1].Sentences[n-1].Text)
			}
			if len(texts) > 0 {
				g.Quote = strings.Join(texts, " ")
			}
		}
	}
	return nil
}

// whatIsWrong says without the words of Go what is wrong with a line of JSON.
func whatIsWrong(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("its field %q must not be a %s", strings.ToLower(kind.Field), kind.Value)
	}
	return "is no whole JSON object"
}

// eachLine decodes each line that isn't blank, and calls use with it. name is for
// errors.
func eachLine[T any](r io.Reader, name string, use func(T) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		written := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(written) == 0 {
			continue
		}
		var line T
		if err := json.Unmarshal(written, &line); err != nil {
			return fmt.Errorf("%s: line %d: %s", name, n, whatIsWrong(err))
		}
		if err := use(line); err != nil {
			return fmt.Errorf("%s: line %d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// ReadQuestions reads JSON lines with q, kind, gold (quotes, or paragraphs with
// their sentences, which Resolve gives their words), and what an answer must
// hold (answer_any, footnotes). name is for errors.
func ReadQuestions(r io.Reader, name string) ([]Question, error) {
	var questions []Question
	useful := false // there is something to score, here or for ReadMessages
	err := eachLine(r, name, func(line struct {
		ID, Q, Kind, Intent string
		Turns               json.RawMessage
		Gold                []Gold
		AnswerAny           [][]string `json:"answer_any"`
		Footnotes           []int
	}) error {
		useful = useful || len(line.Gold) > 0
		switch {
		case len(line.Turns) > 0, line.Intent != "" && len(line.Gold) == 0 && line.Kind == "":
			useful = true
			return nil
		case line.Q == "":
			return errors.New("no question: it has no q")
		}
		questions = append(questions, Question{line.ID, cmp.Or(line.Kind, "all"), line.Q, line.Gold, Expected{line.AnswerAny, line.Footnotes}})
		return nil
	})
	if err == nil && !useful {
		err = fmt.Errorf("%s: has no question with a gold quote", name)
	}
	return questions, err
}

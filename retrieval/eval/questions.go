// Package eval scores retrieval on question sets: recall, MRR and nDCG by kind
// of question, with bootstrap intervals, beside plain FTS5 on the same text.
package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
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
	return strings.Contains(squeeze(p.Text()), squeeze(g.Quote))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// BySentence reports whether some gold is told by its sentences' numbers, so
// that Resolve needs the report.
func BySentence(questions []Question) bool {
	return slices.ContainsFunc(questions, func(q Question) bool {
		return slices.ContainsFunc(q.Gold, func(g Gold) bool { return len(g.Sentences) > 0 })
	})
}

// Resolve gives gold that is told by sentences its words, those of r.
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

// ReadQuestions reads JSON lines with q, kind, gold (quotes, or paragraphs with
// their sentences, which Resolve gives their words), and what an answer must
// hold (answer_any, footnotes). name is for errors.
func ReadQuestions(r io.Reader, name string) ([]Question, error) {
	var questions []Question
	others := 0
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var line struct {
			ID     string          `json:"id"`
			Q      string          `json:"q"`
			Kind   string          `json:"kind"`
			Intent string          `json:"intent"`
			Turns  json.RawMessage `json:"turns"`
			Gold   []struct {
				Quote     string `json:"quote"`
				Paragraph int    `json:"paragraph"`
				Sentences []int  `json:"sentences"`
			} `json:"gold"`
			AnswerAny [][]string `json:"answer_any"`
			Footnotes []int      `json:"footnotes"`
		}
		err := json.Unmarshal(lines.Bytes(), &line)
		if err == nil && (len(line.Turns) > 0 || line.Intent != "" && len(line.Gold) == 0 && line.Kind == "") {
			others++ // for ReadMessages
			continue
		}
		if err != nil || line.Q == "" {
			return nil, fmt.Errorf("%s: line %d is no question in JSON with q and gold", name, n)
		}
		q := Question{ID: line.ID, Kind: line.Kind, Text: line.Q, Expected: Expected{line.AnswerAny, line.Footnotes}}
		if q.Kind == "" {
			q.Kind = "all"
		}
		for _, gold := range line.Gold {
			q.Gold = append(q.Gold, Gold(gold))
		}
		questions = append(questions, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if others == 0 && !slices.ContainsFunc(questions, func(q Question) bool { return len(q.Gold) > 0 }) {
		return nil, fmt.Errorf("%s: has no question with a gold quote", name)
	}
	return questions, nil
}

// ReadXQuAD reads paragraphs with questions in two languages (JSON lines with
// paragraph and questions) as a report, one paragraph a line, and its
// questions in three kinds: Vietnamese, the same without diacritics, English.
func ReadXQuAD(r io.Reader) (*report.Report, []Question, error) {
	var body strings.Builder
	var questions []Question
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		var line struct {
			Paragraph string `json:"paragraph"`
			Questions []struct {
				Vi string `json:"vi"`
				En string `json:"en"`
			} `json:"questions"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n, err)
		}
		body.WriteString(strings.Join(strings.Fields(line.Paragraph), " ") + "\n")
		gold := []Gold{{Paragraph: n}}
		for _, q := range line.Questions {
			questions = append(questions,
				Question{Kind: "vietnamese", Text: q.Vi, Gold: gold},
				Question{Kind: "no diacritics", Text: text.Fold(q.Vi), Gold: gold},
				Question{Kind: "english", Text: q.En, Gold: gold})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, err
	}
	parsed, err := report.Parse([]byte(body.String()))
	return parsed, questions, err
}

// ReadXQuADSentences makes a paragraph of each sentence of paragraphs, which
// ReadXQuAD has read from the same lines, with the questions, of kind sentences,
// whose answer stands in exactly one sentence of their paragraph.
func ReadXQuADSentences(r io.Reader, paragraphs *report.Report) (*report.Report, []Question, error) {
	sentences := &report.Report{}
	var questions []Question
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for n := 0; lines.Scan(); n++ {
		var line struct {
			Questions []struct{ Vi, Answer string }
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		first := len(sentences.Paragraphs) + 1
		for i, s := range paragraphs.Paragraphs[n].Sentences {
			sentences.Paragraphs = append(sentences.Paragraphs, report.Paragraph{N: first + i, Sentences: []report.Sentence{s}})
		}
		for _, q := range line.Questions {
			gold, holding := 0, 0
			for i, s := range paragraphs.Paragraphs[n].Sentences {
				if strings.Contains(s.Text, text.Clean(q.Answer)) {
					gold, holding = first+i, holding+1
				}
			}
			if holding == 1 {
				questions = append(questions, Question{Kind: "sentences", Text: q.Vi, Gold: []Gold{{Paragraph: gold}}})
			}
		}
	}
	return sentences, questions, lines.Err()
}

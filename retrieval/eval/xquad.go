package eval

import (
	"io"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// xquadParagraph is a line of XQuAD: a paragraph with questions in two languages.
type xquadParagraph struct {
	Paragraph string
	Questions []struct{ Vi, En, Answer string }
}

// ReadXQuAD reads paragraphs with questions in two languages (JSON lines with
// paragraph and questions) as a report, one paragraph a line, and its
// questions in three kinds: Vietnamese, the same without diacritics, English.
func ReadXQuAD(r io.Reader) (*report.Report, []Question, error) {
	var body strings.Builder
	var questions []Question
	n := 0
	err := eachLine(r, "XQuAD", func(line xquadParagraph) error {
		n++
		body.WriteString(strings.Join(strings.Fields(line.Paragraph), " ") + "\n")
		gold := []Gold{{Paragraph: n}}
		for _, q := range line.Questions {
			questions = append(questions,
				Question{Kind: "vietnamese", Text: q.Vi, Gold: gold},
				Question{Kind: "no diacritics", Text: text.Fold(q.Vi), Gold: gold},
				Question{Kind: "english", Text: q.En, Gold: gold})
		}
		return nil
	})
	if err != nil {
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
	n := 0
	err := eachLine(r, "XQuAD", func(line xquadParagraph) error {
		of, first := paragraphs.Paragraphs[n].Sentences, len(sentences.Paragraphs)+1
		n++
		for i, s := range of {
			sentences.Paragraphs = append(sentences.Paragraphs, report.Paragraph{N: first + i, Sentences: []report.Sentence{s}})
		}
		for _, q := range line.Questions {
			var gold []Gold
			for i, s := range of {
				if strings.Contains(s.Text, text.Clean(q.Answer)) {
					gold = append(gold, Gold{Paragraph: first + i})
				}
			}
			if len(gold) == 1 {
				questions = append(questions, Question{Kind: "sentences", Text: q.Vi, Gold: gold})
			}
		}
		return nil
	})
	return sentences, questions, err
}

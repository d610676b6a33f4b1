package retrieval

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"
	"unicode/utf8"

	"reportbot/retrieval/eval"
	"reportbot/store/report"
)

// Of an archive: passages, sentences a passage, and characters of one.
const (
	archivePassages  = 6000
	archiveSentences = 3
	archiveLength    = 690
)

// archiveQuestions asks, among many passages, about every other paragraph of
// XQuAD; the passages among them are made of all other sentences.
func archiveQuestions(t *testing.T) []instance {
	t.Helper()
	var paragraphs *report.Report
	asked := with(t, shared+"/xquad/vi-dev.jsonl", func(f *os.File) (questions []eval.Question, err error) {
		paragraphs, questions, err = eval.ReadXQuAD(f)
		return questions, err
	})
	source, err := report.Open(context.Background(), shared+"/report/isw-2024-11-01.vi.txt")
	if err != nil {
		t.Fatal(err)
	}
	others := source.Report.Paragraphs
	_, of, _ := articles(t)
	for _, article := range of {
		others = append(others, parsed(t, "Báo cáo", article).Paragraphs...)
	}
	r := &report.Report{Title: "archive"}
	add := func(sentences []report.Sentence) {
		r.Paragraphs = append(r.Paragraphs, report.Paragraph{N: len(r.Paragraphs) + 1, Sentences: sentences})
	}
	place := map[int]int{} // by the paragraph of XQuAD
	for i, p := range paragraphs.Paragraphs {
		if i%2 == 0 {
			others = append(others, p)
			continue
		}
		add((&report.Report{Paragraphs: []report.Paragraph{p}}).Passages()[0].Sentences)
		place[p.N] = len(r.Paragraphs)
	}
	var pool []report.Sentence
	for _, p := range others {
		pool = append(pool, p.Sentences...)
	}
	random := rand.New(rand.NewPCG(7, archivePassages))
	for len(r.Paragraphs) < archivePassages {
		random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		for from := 0; from+archiveSentences <= len(pool) && len(r.Paragraphs) < archivePassages; from += archiveSentences {
			to, length := from, 0
			for to < from+archiveSentences && (to == from || length < archiveLength) {
				length += utf8.RuneCountInString(pool[to].Text)
				to++
			}
			add(append([]report.Sentence(nil), pool[from:to]...))
		}
	}
	var questions []eval.Question
	for _, q := range asked {
		if at, ok := place[q.Gold[0].Paragraph]; ok && q.Kind != "english" {
			q.Gold = []eval.Gold{{Paragraph: at}}
			questions = append(questions, q)
		}
	}
	return instances(t, "archive", r, questions, func(i int) int { return questions[i].Gold[0].Paragraph % folds }, true)
}

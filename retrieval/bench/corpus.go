package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"reportbot/retrieval/eval"
	"reportbot/store/report"
)

const (
	// perPassage is how many sentences a shuffled passage has, fewer where they
	// would be longer than maxLength characters: then Load would cut it in two.
	perPassage = 3
	maxLength  = 690
	// asked and warmUp are how many questions are timed, and asked before.
	asked  = 200
	warmUp = 20
)

// material is what documents and questions are made of.
type material struct {
	report *report.Report // the original, else the embedded one
	// The rest is nil without the development data.
	reportQuestions []eval.Question
	xquad           *report.Report
	xquadQuestions  []eval.Question
	sentences       *report.Report // XQuAD's sentences, each a paragraph
	articles        *report.Report // MLQA's paragraphs
	sentenceGold    []eval.Question
}

// read reads the development data in the folder shared. Where there is none,
// only the embedded report is there.
func read(ctx context.Context, shared string) (*material, error) {
	m := &material{}
	location := filepath.Join(shared, "report", "isw-2024-11-01.vi.txt")
	if _, err := os.Stat(location); errors.Is(err, fs.ErrNotExist) {
		location = report.Embedded
	}
	source, err := report.Open(ctx, location)
	if err != nil {
		return nil, err
	}
	m.report = source.Report
	if location == report.Embedded {
		return m, nil
	}
	name := filepath.Join(shared, "report", "dev-questions.jsonl")
	if err := with(name, func(f *os.File) error {
		m.reportQuestions, err = eval.ReadQuestions(f, name)
		return err
	}); err != nil {
		return nil, err
	}
	name = filepath.Join(shared, "xquad", "vi-dev.jsonl")
	if err := with(name, func(f *os.File) error {
		m.xquad, m.xquadQuestions, err = eval.ReadXQuAD(f)
		return err
	}); err != nil {
		return nil, err
	}
	if err := with(name, func(f *os.File) error {
		m.sentences, m.sentenceGold, err = eval.ReadXQuADSentences(f, m.xquad)
		return err
	}); err != nil {
		return nil, err
	}
	return m, with(filepath.Join(shared, "external", "mlqa-vi-dev.jsonl"), func(f *os.File) error {
		m.articles, err = readArticles(f)
		return err
	})
}

// readArticles reads the paragraphs of articles, JSON lines, as one report.
func readArticles(r io.Reader) (*report.Report, error) {
	var body strings.Builder
	for lines := json.NewDecoder(r); ; {
		var line struct{ Paragraphs []string }
		if err := lines.Decode(&line); err == io.EOF {
			return report.Parse([]byte(body.String()))
		} else if err != nil {
			return nil, err
		}
		for _, p := range line.Paragraphs {
			body.WriteString(strings.Join(strings.Fields(p), " ") + "\n")
		}
	}
}

func with(name string, read func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := read(f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func paragraph(n int, sentences ...report.Sentence) report.Paragraph {
	return report.Paragraph{N: n, Sentences: sentences}
}

// planted is a question and the passage made for it, by number from 0.
type planted struct {
	question string
	passage  int
}

// corpus is a report of many passages, each a paragraph, with the questions to
// time a search by.
type corpus struct {
	report *report.Report
	warmUp []string
	asked  []planted
}

// asksAbout reports whether questions are asked about a paragraph of XQuAD:
// every other one; what stands among them is made of the rest.
func asksAbout(p *report.Paragraph) bool { return p.N%2 == 0 }

// filler returns the sentences of all that no question is about; without the
// development data those of the report.
func (m *material) filler() []report.Sentence {
	var pool []report.Sentence
	for _, r := range []*report.Report{m.report, m.xquad, m.articles} {
		if r == nil {
			continue
		}
		for i := range r.Paragraphs {
			if r != m.xquad || !asksAbout(&r.Paragraphs[i]) {
				pool = append(pool, r.Paragraphs[i].Sentences...)
			}
		}
	}
	return pool
}

// newCorpus makes n passages of the filler's sentences, shuffled, and among
// them, each once, the passages that the questions are about; at most half of
// all. The same n gives the same corpus.
func newCorpus(m *material, n int) *corpus {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	pool := m.filler()
	c := &corpus{report: &report.Report{Title: "bench", Paragraphs: make([]report.Paragraph, n)}}
	places := random.Perm(n)
	at := map[int]int{} // place by the paragraph that is planted there
	questions := m.questions()
	for i := range asked {
		q := questions[i*len(questions)/asked]
		place, ok := at[q.about.N]
		if !ok && len(at) < n/2 {
			place, ok = places[len(at)], true
			at[q.about.N] = place
			first := (&report.Report{Paragraphs: []report.Paragraph{*q.about}}).Passages()[0]
			c.report.Paragraphs[place] = paragraph(place+1, first.Sentences...)
		}
		if ok {
			c.asked = append(c.asked, planted{q.text, place})
		}
	}
	for i := range warmUp {
		c.warmUp = append(c.warmUp, questions[i*len(questions)/warmUp+1].text)
	}
	order := random.Perm(len(pool))
	next := 0
	for i := range c.report.Paragraphs {
		p := &c.report.Paragraphs[i]
		if p.N != 0 {
			continue
		}
		*p = paragraph(i + 1)
		for length := 0; len(p.Sentences) < perPassage; next++ {
			if next == len(order) {
				next = 0
				random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			}
			s := pool[order[next]]
			length += utf8.RuneCountInString(s.Text)
			if len(p.Sentences) > 0 && length > maxLength {
				break
			}
			p.Sentences = append(p.Sentences, s)
		}
	}
	return c
}

// aboutQuestion is a question with the paragraph it is about.
type aboutQuestion struct {
	text  string
	about *report.Paragraph
}

// questions returns XQuAD's Vietnamese questions about every other paragraph; without the development data
// the middle words of the report's sentences.
func (m *material) questions() []aboutQuestion {
	var questions []aboutQuestion
	for _, q := range m.xquadQuestions {
		if p := &m.xquad.Paragraphs[q.Gold[0].Paragraph-1]; q.Kind == "vietnamese" && asksAbout(p) {
			questions = append(questions, aboutQuestion{q.Text, p})
		}
	}
	if m.xquad != nil {
		return questions
	}
	for i := range m.report.Paragraphs {
		p := &m.report.Paragraphs[i]
		for _, s := range p.Sentences {
			words := strings.Fields(s.Text)
			questions = append(questions, aboutQuestion{strings.Join(words[len(words)/3:min(len(words), len(words)/3+12)], " "), p})
		}
	}
	return questions
}

package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"

	"reportbot/retrieval/eval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// answerKind is what a message is to a report.
type answerKind int

const (
	answered answerKind = iota
	onSubject
	offSubject
)

// message is a message with what it is to a report and the evidence for it.
type message struct {
	set, text string
	kind      answerKind
	sealed    bool // took no part in fitting
	query     query
	evidence  evidence
	found     bool // search found anything
}

// sealedThird reports whether a message is kept for the last measurement.
func sealedThird(s string) bool {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()%3 == 0
}

// asked is a message to ask of a report.
type asked struct {
	text   string
	kind   answerKind
	sealed bool
}

// withFolded returns the messages and the Vietnamese ones without marks.
func withFolded(all []asked) []asked {
	for _, a := range slices.Clone(all) {
		if text.HasDiacritics(a.text) && text.LanguageOf(a.text, text.Vietnamese) == text.Vietnamese {
			all = append(all, asked{text.Fold(a.text), a.kind, a.sealed})
		}
	}
	return all
}

// measure asks a report the messages.
func measure(t *testing.T, set string, r *report.Report, all []asked) []message {
	t.Helper()
	ctx := context.Background()
	searcher, edition, close := searcherOver(t, r)
	defer close()
	c := searcher.corpus(edition)
	var measured []message
	for _, a := range all {
		hits, err := searcher.Search(ctx, edition, a.text, 12)
		if err != nil {
			t.Fatal(err)
		}
		q, err := understand(ctx, c, searcher.concepts, a.text)
		if err != nil {
			t.Fatal(err)
		}
		m := message{set: set, text: a.text, kind: a.kind, sealed: a.sealed, query: q, found: len(hits) > 0}
		if m.found {
			subject, err := newSubject(ctx, c, q)
			if err != nil {
				t.Fatal(err)
			}
			if m.evidence, err = subject.evidence(ctx, c, hits); err != nil {
				t.Fatal(err)
			}
		}
		measured = append(measured, m)
	}
	return measured
}

func parsed(t *testing.T, title string, paragraphs []string) *report.Report {
	t.Helper()
	r, err := report.Parse([]byte(title + "\n\n" + strings.Join(paragraphs, "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unanswerable reads the messages that the original report doesn't answer.
func unanswerable(t *testing.T) (off, subject []asked) {
	t.Helper()
	data, err := os.ReadFile("testdata/unanswerable.txt")
	if err != nil {
		t.Fatal(err)
	}
	kind := offSubject
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line == "[on the subject]":
			kind = onSubject
		case line[0] == '[':
		case kind == offSubject:
			off = append(off, asked{line, kind, sealedThird(line)})
		default:
			subject = append(subject, asked{line, kind, sealedThird(line)})
		}
	}
	return off, subject
}

// articles reads MLQA's articles with their questions.
func articles(t *testing.T) (titles []string, paragraphs [][]string, questions [][]string) {
	t.Helper()
	each(t, shared+"/external/mlqa-vi-dev.jsonl", func(line []byte) error {
		var a struct {
			Title      string
			Paragraphs []string
			Questions  []struct{ Q string }
		}
		err := json.Unmarshal(line, &a)
		titles, paragraphs = append(titles, a.Title), append(paragraphs, a.Paragraphs)
		var own []string
		for _, q := range a.Questions {
			own = append(own, q.Q)
		}
		questions = append(questions, own)
		return err
	})
	return titles, paragraphs, questions
}

// xquadGroups reads XQuAD's paragraphs, five a report: they are of one article or two.
func xquadGroups(t *testing.T, file string, questions func(line []byte) (paragraph string, asked []string)) (paragraphs, questionsOf [][]string) {
	t.Helper()
	n := 0
	each(t, file, func(line []byte) error {
		if n%5 == 0 {
			paragraphs, questionsOf = append(paragraphs, nil), append(questionsOf, nil)
		}
		p, asked := questions(line)
		last := len(paragraphs) - 1
		paragraphs[last], questionsOf[last] = append(paragraphs[last], p), append(questionsOf[last], asked...)
		n++
		return nil
	})
	return paragraphs, questionsOf
}

// absenceMessages asks all reports of the development data.
func absenceMessages(t *testing.T) []message {
	t.Helper()
	var all []message
	off, subject := unanswerable(t)
	source, err := report.Open(context.Background(), shared+"/report/isw-2024-11-01.vi.txt")
	if err != nil {
		t.Skip("the development data isn't here")
	}
	var questions []asked
	for _, file := range []string{shared + "/report/dev-questions.jsonl", "eval/testdata/questions.jsonl"} {
		for _, q := range with(t, file, func(f *os.File) ([]eval.Question, error) { return eval.ReadQuestions(f, file) }) {
			a := asked{q.Text, answered, sealedThird(q.Text)}
			if len(q.Gold) == 0 {
				a.kind = onSubject
			}
			questions = append(questions, a)
		}
	}
	all = append(all, measure(t, "report", source.Report, withFolded(slices.Concat(questions, off, subject)))...)

	titles, paragraphs, own := articles(t)
	for i := range titles {
		var ask []asked
		for _, q := range own[i] {
			ask = append(ask, asked{q, answered, sealed(titles[i])})
		}
		for _, by := range []int{17, 40, 71} {
			j := (i + by) % len(titles)
			for _, q := range own[j] {
				ask = append(ask, asked{q, offSubject, sealed(titles[i]) || sealed(titles[j])})
			}
		}
		all = append(all, measure(t, "MLQA", parsed(t, titles[i], paragraphs[i]), withFolded(ask))...)
	}
	vi, viAsked := xquadGroups(t, shared+"/xquad/vi-dev.jsonl", func(line []byte) (string, []string) {
		var p struct {
			Paragraph string
			Questions []struct{ Vi, En string }
		}
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, q := range p.Questions {
			asked = append(asked, q.Vi)
		}
		return p.Paragraph, asked
	})
	en, enAsked := xquadGroups(t, shared+"/xquad/en-dev.jsonl", func(line []byte) (string, []string) {
		var p struct {
			Paragraph string
			Questions []string
		}
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		return p.Paragraph, p.Questions
	})
	for _, set := range []struct {
		name             string
		paragraphs, asks [][]string
	}{{"XQuAD vi", vi, viAsked}, {"XQuAD en", en, enAsked}} {
		for i := range set.paragraphs {
			half := i%2 == 1
			var ask []asked
			for _, q := range set.asks[i] {
				ask = append(ask, asked{q, answered, half})
			}
			for _, q := range set.asks[(i+8)%len(set.asks)] {
				ask = append(ask, asked{q, offSubject, half || ((i+8)%len(set.asks))%2 == 1})
			}
			all = append(all, measure(t, set.name, parsed(t, fmt.Sprintf("Báo cáo %d", i), set.paragraphs[i]), withFolded(ask))...)
		}
	}
	// Larger reports, of half of the material.
	var half []string
	var ask []asked
	for i := range vi {
		if i%2 == 0 {
			half = append(half, vi[i]...)
			for _, q := range viAsked[i] {
				ask = append(ask, asked{q, answered, false})
			}
		}
	}
	for i := range own {
		for _, q := range own[i] {
			ask = append(ask, asked{q, offSubject, sealed(titles[i])})
		}
	}
	all = append(all, measure(t, "XQuAD vi, one report", parsed(t, "Báo cáo", half), withFolded(append(ask, off...)))...)
	return all
}

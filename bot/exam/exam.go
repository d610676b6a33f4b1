// Package exam tests a report: for each of its sentences with a number, a date or a
// name it forms questions, with and without diacritics, whose answers without a model
// must have the sentence. Questions that pass can be offered to people.
package exam

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"reportbot/bot/answer"
	"reportbot/bot/inflight"
	"reportbot/bot/intent"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/questions"
	"reportbot/store/report"
	"reportbot/store/text"
)

// maxExamined is the most sentences that are tested; of a longer report they are
// sampled evenly.
const maxExamined = 1500

// Examiner examines the editions of a store. It may be used from any goroutine.
type Examiner struct {
	store    *store.Store
	searcher *retrieval.Searcher
	running  inflight.Group[int64, struct{}, store.Exam]
}

// New returns an Examiner for the editions of a store. It uses neither a model nor
// embeddings.
func New(s *store.Store, searcher *retrieval.Searcher) *Examiner {
	return &Examiner{store: s, searcher: searcher}
}

// Exam returns the exam of an edition: the stored one, else it runs and stores it.
// Simultaneous callers share one run.
func (e *Examiner) Exam(ctx context.Context, edition *store.Edition) (store.Exam, error) {
	stored, err := e.store.Exam(ctx, edition.ID)
	if err == nil && stored.Rules == questions.Version || err != nil && !errors.Is(err, store.ErrNotFound) {
		return stored, err
	}
	result, _, err := e.running.Do(ctx, edition.ID, func(struct{}) {}, func(ctx context.Context, _ func(struct{})) (store.Exam, error) {
		result, passed, err := e.run(ctx, edition)
		if err != nil {
			return store.Exam{}, err
		}
		return result, e.store.SaveExam(ctx, result, passed)
	})
	return result, err
}

// examined is a sentence with the questions that it answers.
type examined struct {
	report.Sentence
	paragraph int
	questions []questions.Question
}

// workers is how many questions are asked at once: few, so that the bot's answers
// aren't delayed.
const workers = 2

// run asks an edition its questions.
func (e *Examiner) run(ctx context.Context, edition *store.Edition) (store.Exam, []store.ExamQuestion, error) {
	result := store.Exam{Edition: edition.ID, Rules: questions.Version}
	sentences, facts, err := e.form(ctx, edition)
	if err != nil {
		return result, nil, err
	}
	result.Facts, result.Examined = facts, len(sentences)
	formed := formedOf(sentences)
	asker := answer.New(pinned{e.store, edition}, e.searcher, nil)
	asked := make([]outcome, len(sentences))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i, s := range sentences {
		group.Go(func() (err error) {
			asked[i], err = s.ask(ctx, asker)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return result, nil, err
	}
	var passed []store.ExamQuestion
	for i, s := range sentences {
		for _, q := range asked[i].passed {
			if formed[q] == 1 && offerable(edition, s.Sentence, q) {
				passed = append(passed, questionOf(edition, s, q))
			}
		}
		if asked[i].found {
			result.Found++
		} else {
			result.Missed = append(result.Missed, store.MissedSentence{Paragraph: s.paragraph, Text: s.Text})
		}
	}
	return result, passed, nil
}

// formedOf counts the sentences of each question. A question of several sentences has
// several answers.
func formedOf(sentences []examined) map[string]int {
	formed := map[string]int{}
	for _, s := range sentences {
		for _, q := range s.questions {
			formed[q.Text]++
		}
	}
	return formed
}

func questionOf(edition *store.Edition, s examined, q string) store.ExamQuestion {
	language := string(text.LanguageOf(q, text.Vietnamese))
	return store.ExamQuestion{Edition: edition.ID, Paragraph: s.paragraph, Language: language, Question: q, Sentence: s.Text}
}

// outcome is the result of a sentence's questions.
type outcome struct {
	found  bool
	passed []string // those answered with the sentence first, which can be offered
}

// ask asks the questions of a sentence.
func (s examined) ask(ctx context.Context, asker *answer.Answerer) (o outcome, err error) {
	for _, q := range s.questions {
		marked, err := ask(ctx, asker, q.Text, s.Sentence)
		if err != nil {
			return o, err
		}
		folded := marked
		if marked == missing || q.Offered {
			if folded, err = ask(ctx, asker, text.Fold(q.Text), s.Sentence); err != nil {
				return o, err
			}
		}
		o.found = o.found || marked != missing || folded != missing
		if q.Offered && marked == first && folded != missing {
			o.passed = append(o.passed, q.Text)
		}
	}
	return o, nil
}

// form returns the sentences of an edition for which a question can be formed, and how
// many have a number, a date or a name.
func (e *Examiner) form(ctx context.Context, edition *store.Edition) (sentences []examined, facts int, err error) {
	passages, err := e.store.Body(ctx, edition.ID)
	if err != nil {
		return nil, 0, err
	}
	var all []examined
	var texts []string
	for _, p := range passages {
		for _, s := range p.Sentences {
			texts = append(texts, s.Text)
			if questions.Examined(s.Text) {
				all = append(all, examined{Sentence: s, paragraph: p.Paragraph})
			}
		}
	}
	facts = len(all)
	former := questions.New(texts)
	step := max(1, (len(all)+maxExamined-1)/maxExamined)
	for i := 0; i < len(all); i += step {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		if all[i].questions = former.Of(all[i].Text); len(all[i].questions) > 0 {
			sentences = append(sentences, all[i])
		}
	}
	return sentences, facts, nil
}

// place is the place of the expected sentence in an answer.
type place int

const (
	missing place = iota
	among
	first
)

// ask asks a question and returns the place of a sentence, with its footnotes, in the answer.
func ask(ctx context.Context, asker *answer.Answerer, question string, s report.Sentence) (place, error) {
	a, err := asker.Ask(ctx, answer.Request{Question: question, Fallback: text.Vietnamese}, nil)
	if err != nil {
		return missing, err
	}
	for i, claim := range a.Claims {
		if !slices.Contains(claim.Sources, s.Text) {
			continue
		}
		for _, n := range s.Footnotes {
			if !slices.ContainsFunc(a.Footnotes, func(f report.Footnote) bool { return f.N == n }) {
				return missing, nil
			}
		}
		if i == 0 {
			return first, nil
		}
		return among, nil
	}
	return missing, nil
}

// offerable reports whether a question that passed may be offered: its answer has a
// footnote, if the report has any, and the bot recognizes it as a question.
func offerable(edition *store.Edition, s report.Sentence, question string) bool {
	return (edition.Footnotes == 0 || len(s.Footnotes) > 0) && intent.Read(question, edition.Sections, false).Kind == intent.Question
}

// pinned is the store with one edition as the live one.
type pinned struct {
	*store.Store
	edition *store.Edition
}

// Live returns the pinned edition.
func (p pinned) Live(context.Context) (*store.Edition, error) { return p.edition, nil }

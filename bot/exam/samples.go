package exam

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/questions"
)

// sampleLength is the preferred length of a sample question in characters: enough for
// its subject, and short enough for a line.
const sampleLength = 48

// Samples returns at most n questions that an edition answers, spread over the report.
// Before the exam it tests only as many questions as needed.
func (e *Examiner) Samples(ctx context.Context, edition *store.Edition, n int) ([]store.ExamQuestion, error) {
	sat, err := e.store.Exam(ctx, edition.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if err == nil && sat.Rules == questions.Version {
		offered, err := e.store.ExamQuestions(ctx, edition.ID)
		if err != nil {
			return nil, err
		}
		return spread(offered, n, func(store.ExamQuestion) (bool, error) { return true, nil })
	}
	sentences, _, err := e.form(ctx, edition)
	if err != nil {
		return nil, err
	}
	formed := formedOf(sentences)
	asker := answer.New(pinned{e.store, edition}, e.searcher, nil)
	var candidates []store.ExamQuestion
	from := map[string]examined{}
	for _, s := range sentences {
		for _, q := range s.questions {
			if q.Offered && formed[q.Text] == 1 && offerable(edition, s.Sentence, q.Text) {
				candidates = append(candidates, questionOf(edition, s, q.Text))
				from[q.Text] = s
			}
		}
	}
	return spread(candidates, n, func(q store.ExamQuestion) (bool, error) {
		s := from[q.Question]
		s.questions = []questions.Question{{Text: q.Question, Offered: true}}
		o, err := s.ask(ctx, asker)
		return len(o.passed) > 0, err
	})
}

// spread chooses n questions that pass, one from each n-th of a list.
func spread(all []store.ExamQuestion, n int, passes func(store.ExamQuestion) (bool, error)) ([]store.ExamQuestion, error) {
	var chosen []store.ExamQuestion
	for i := range n {
		part := slices.Clone(all[i*len(all)/n : (i+1)*len(all)/n])
		slices.SortStableFunc(part, func(a, b store.ExamQuestion) int { return cmp.Compare(oddity(a), oddity(b)) })
		for _, q := range part {
			if slices.ContainsFunc(chosen, func(c store.ExamQuestion) bool { return c.Sentence == q.Sentence }) {
				continue
			}
			ok, err := passes(q)
			if err != nil {
				return nil, err
			}
			if ok {
				chosen = append(chosen, q)
				break
			}
		}
	}
	return chosen, nil
}

// oddity is the difference of a question's length from sampleLength.
func oddity(q store.ExamQuestion) int {
	n := utf8.RuneCountInString(q.Question)
	return max(n-sampleLength, sampleLength-n)
}

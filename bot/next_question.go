package bot

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/store"
)

const (
	// maxNext is the most questions offered under an answer, and maxNextLength their
	// greatest length in characters: longer ones are cut off on a phone's button.
	maxNext, maxNextLength = 3, 60
	// A question is not offered if it is answered by one of the thread's last
	// maxAnswered answers within answeredLately.
	answeredLately, maxAnswered = 24 * time.Hour, 20
)

// nextButtons returns buttons, one a row, for questions whose answers are near the
// passages of an answer and were not given in the thread lately.
func (b *Bot) nextButtons(ctx context.Context, in Incoming, question string, a *answer.Answer) [][]Button {
	if len(a.Claims) == 0 {
		return nil
	}
	offered, err := b.memory.ExamQuestions(ctx, a.Edition.ID)
	if err == nil && len(offered) > 0 {
		offered, err = b.notAnswered(ctx, in, question, a, offered)
	}
	if err != nil {
		b.log.Error("next questions can't be offered", "error", err)
		return nil
	}
	var rows [][]Button
	for _, q := range nearest(offered, a)[:min(maxNext, len(offered))] {
		rows = append(rows, questionButton(q))
	}
	return rows
}

func questionButton(q store.ExamQuestion) []Button {
	return []Button{{Text: "❓ " + q.Question, Data: buttonData(nextData, q.ID)}}
}

// notAnswered returns the questions that can be offered under an answer: short ones in its
// language, one for each sentence that neither the answer shows nor an earlier one in
// the thread.
func (b *Bot) notAnswered(ctx context.Context, in Incoming, question string, a *answer.Answer, offered []store.ExamQuestion) ([]store.ExamQuestion, error) {
	earlier, err := b.memory.Answered(ctx, in.Thread, a.Edition.ID, time.Now().Add(-answeredLately), maxAnswered)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, claim := range a.Claims {
		for _, source := range claim.Sources {
			seen[source] = true
		}
	}
	asked := map[string]bool{question: true}
	for _, e := range earlier {
		asked[e.Question] = true
		for _, cited := range e.Cited {
			seen[cited.Text] = true
		}
	}
	var left []store.ExamQuestion
	for _, q := range offered {
		if q.Language == string(a.Language) && utf8.RuneCountInString(q.Question) <= maxNextLength && !seen[q.Sentence] && !asked[q.Question] {
			seen[q.Sentence] = true
			left = append(left, q)
		}
	}
	return left, nil
}

// nearest sorts questions by how far their paragraphs are from those that an answer
// cites.
func nearest(offered []store.ExamQuestion, a *answer.Answer) []store.ExamQuestion {
	far := func(q store.ExamQuestion) int {
		least := 1 << 30
		for _, claim := range a.Claims {
			for _, n := range claim.Paragraphs {
				least = min(least, max(n-q.Paragraph, q.Paragraph-n))
			}
		}
		return least
	}
	sorted := slices.Clone(offered)
	slices.SortStableFunc(sorted, func(x, y store.ExamQuestion) int { return cmp.Compare(far(x), far(y)) })
	return sorted
}

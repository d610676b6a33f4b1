package store

import (
	"context"
	"time"
)

// Exam is how an edition did when it was asked the questions that its own sentences
// answer.
type Exam struct {
	Edition int64
	Rules   int // version of the rules that form questions
	// Facts is how many sentences have a number, a date or a name, Examined of how many
	// a question was asked, and Found how many of those were found.
	Facts, Examined, Found int
	Missed                 []MissedSentence // those that were not found
	SatAt                  time.Time
}

// MissedSentence is a sentence that none of its questions found.
type MissedSentence struct {
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
}

// ExamQuestion is a question that was answered with its sentence and can be offered.
type ExamQuestion struct {
	ID        int64 // never reused
	Edition   int64
	Paragraph int
	Language  string // ISO 639-1
	Question  string
	Sentence  string // that answers it
}

// SaveExam stores an edition's exam with the questions that passed, replacing one by
// other rules. It does nothing if the edition was deleted, or has sat this exam already,
// as two programs may have it do: buttons have the ids of the questions.
func (s *Store) SaveExam(ctx context.Context, exam Exam, passed []ExamQuestion) error {
	return s.update(ctx, durable, func(tx *tx) {
		added := tx.exec(`INSERT OR REPLACE INTO exam (edition, rules, facts, examined, found, missed, sat_at)
			SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM edition WHERE id = ?1
			AND NOT EXISTS (SELECT 1 FROM exam WHERE edition = ?1 AND rules = ?2)`,
			exam.Edition, exam.Rules, exam.Facts, exam.Examined, exam.Found, array(exam.Missed), s.now().Unix())
		if added == 0 {
			return
		}
		tx.exec(`DELETE FROM exam_question WHERE edition = ?`, exam.Edition)
		for _, q := range passed {
			tx.exec(`INSERT INTO exam_question (edition, paragraph, language, question, sentence) VALUES (?, ?, ?, ?, ?)`,
				exam.Edition, q.Paragraph, q.Language, q.Question, q.Sentence)
		}
	})
}

// Exam returns the exam of an edition; ErrNotFound if it has not sat any.
func (s *Store) Exam(ctx context.Context, edition int64) (Exam, error) {
	return get(ctx, s, func(e *Exam) []any {
		return []any{&e.Edition, &e.Rules, &e.Facts, &e.Examined, &e.Found, asJSON(&e.Missed), asTime(&e.SatAt)}
	}, `SELECT edition, rules, facts, examined, found, missed, sat_at FROM exam WHERE edition = ?`, edition)
}

// ExamQuestions returns the questions of an edition's exam that can be offered, in the
// report's order.
func (s *Store) ExamQuestions(ctx context.Context, edition int64) ([]ExamQuestion, error) {
	return list(ctx, s, intoExamQuestion, selectExamQuestions+`WHERE edition = ? ORDER BY id`, edition)
}

// ExamQuestion returns a question by its id; ErrNotFound if it is no longer stored.
func (s *Store) ExamQuestion(ctx context.Context, id int64) (ExamQuestion, error) {
	return get(ctx, s, intoExamQuestion, selectExamQuestions+`WHERE id = ?`, id)
}

const selectExamQuestions = `SELECT id, edition, paragraph, language, question, sentence FROM exam_question `

func intoExamQuestion(q *ExamQuestion) []any {
	return []any{&q.ID, &q.Edition, &q.Paragraph, &q.Language, &q.Question, &q.Sentence}
}

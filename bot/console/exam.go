package console

import (
	"fmt"
	"io"

	"reportbot/store"
)

// Exam is the result of a report's exam, with the questions that can be offered.
type Exam struct {
	store.Exam
	Offered []store.ExamQuestion
}

// examJSON is the exam in the output of `check --exam --json`.
type examJSON struct {
	Facts    int                    `json:"facts"`    // sentences with a number, a date or a name
	Examined int                    `json:"examined"` // those with a question
	Found    int                    `json:"found"`    // examined sentences that search found
	Missed   []store.MissedSentence `json:"missed"`   // examined sentences that search did not find
	Offered  []offeredJSON          `json:"offered"`
}

// offeredJSON is a question that can be offered to people.
type offeredJSON struct {
	Question  string `json:"question"`
	Paragraph int    `json:"paragraph"`
	Sentence  string `json:"sentence"` // that answers it
}

func (e *Exam) json() *examJSON {
	return &examJSON{e.Facts, e.Examined, e.Found, present(e.Missed), mapped(e.Offered, func(q store.ExamQuestion) offeredJSON {
		return offeredJSON{q.Question, q.Paragraph, q.Sentence}
	})}
}

// maxMissed is how many sentences that were not found are printed.
const maxMissed = 20

// WriteExam prints the result of a report's exam.
func WriteExam(out io.Writer, e *Exam) {
	fmt.Fprintf(out, "  exam: %d of %d sentences found, of %d with a number, a date or a name; %s can be offered\n",
		e.Found, e.Examined, e.Facts, Count(len(e.Offered), "question"))
	for _, missed := range e.Missed[:min(maxMissed, len(e.Missed))] {
		fmt.Fprintf(out, "  not found, paragraph %d: %s\n", missed.Paragraph, missed.Text)
	}
	if more := len(e.Missed) - maxMissed; more > 0 {
		fmt.Fprintf(out, "  not found: %d more\n", more)
	}
}

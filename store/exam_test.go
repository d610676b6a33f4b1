package store

import (
	"errors"
	"reflect"
	"testing"
)

func TestAnExamIsKeptWithItsEdition(t *testing.T) {
	s := openAt(t, Memory)
	ctx := t.Context()
	edition := load(t, s, numbered(t, 1))
	if _, err := s.Exam(ctx, edition.ID); !errors.Is(err, ErrNotFound) {
		t.Fatalf("before the exam: %v", err)
	}
	exam := Exam{Edition: edition.ID, Rules: 1, Facts: 10, Examined: 8, Found: 7, Missed: []MissedSentence{{Paragraph: 3, Text: "Ba."}}}
	passed := []ExamQuestion{{Edition: edition.ID, Paragraph: 1, Language: "vi", Question: "Một?", Sentence: "Một."}}
	earlier := Exam{Edition: edition.ID, Rules: 0, Facts: 9}
	for _, e := range []Exam{earlier, exam, exam} { // by other rules it replaces, by the same it doesn't
		if err := s.SaveExam(ctx, e, passed); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Exam(ctx, edition.ID)
	if err != nil || got.SatAt.IsZero() {
		t.Fatalf("the exam is %+v, %v", got, err)
	}
	got.SatAt = exam.SatAt
	if !reflect.DeepEqual(got, exam) {
		t.Errorf("the exam is %+v, want %+v", got, exam)
	}
	questions, err := s.ExamQuestions(ctx, edition.ID)
	if err != nil || len(questions) != 1 {
		t.Fatalf("the questions are %v, %v", questions, err)
	}
	if questions[0].ID != 2 {
		t.Errorf("an id was used again: %d", questions[0].ID)
	}
	one, err := s.ExamQuestion(ctx, questions[0].ID)
	if err != nil || one != questions[0] {
		t.Errorf("the question is %+v, %v", one, err)
	}
	for n := 2; n < 4+maxOldEditions; n++ {
		load(t, s, numbered(t, n))
	}
	if _, err := s.Exam(ctx, edition.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("an exam has outlived its edition: %v", err)
	}
	if _, err := s.ExamQuestion(ctx, questions[0].ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a question has outlived its edition: %v", err)
	}
	if err := s.SaveExam(ctx, exam, passed); err != nil {
		t.Errorf("the exam of a deleted edition: %v", err)
	}
}

package store

import (
	"context"
	"database/sql"
	"time"
)

// KeptUsage is how long usage is kept.
const KeptUsage = 31 * 24 * time.Hour

// Usage is a person's or a chat's use of the model.
type Usage struct {
	Questions                      int
	PromptTokens, CompletionTokens int
}

// Tokens returns the total of tokens.
func (u Usage) Tokens() int { return u.PromptTokens + u.CompletionTokens }

// AddUsage adds to a person's usage today in a chat, and returns the person's usage
// today in all chats. Usage older than a month is deleted.
func (s *Store) AddUsage(ctx context.Context, chat, person string, used Usage) (today Usage, err error) {
	err = s.update(ctx, soon, func(ctx context.Context, tx *sql.Tx) error {
		now := s.now()
		_, err := tx.ExecContext(ctx, `INSERT INTO spending (day, person, chat, questions, prompt, completion) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (day, person, chat) DO UPDATE SET questions = questions + ?4, prompt = prompt + ?5, completion = completion + ?6`,
			now.Format(time.DateOnly), person, chat, used.Questions, used.PromptTokens, used.CompletionTokens)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `DELETE FROM spending WHERE day < ?`, now.Add(-KeptUsage).Format(time.DateOnly)); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT sum(questions), sum(prompt), sum(completion) FROM spending WHERE day = ? AND person = ?`,
			now.Format(time.DateOnly), person).Scan(&today.Questions, &today.PromptTokens, &today.CompletionTokens)
	})
	return today, err
}

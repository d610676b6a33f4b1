package store

import (
	"context"
	"database/sql"
	"time"
)

// keptSpending is how long it is known who asked how much.
const keptSpending = 31 * 24 * time.Hour

// Spending is how much a person, or a chat, has asked of the model.
type Spending struct {
	Questions                      int
	PromptTokens, CompletionTokens int
}

// Tokens returns all tokens.
func (s Spending) Tokens() int { return s.PromptTokens + s.CompletionTokens }

// Spend adds to what a person asked today in a chat, and returns what the
// person has asked today in all chats. Old days are forgotten.
func (s *Store) Spend(ctx context.Context, chat, person string, spent Spending) (today Spending, err error) {
	now := s.now()
	err = s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO spending (day, person, chat, questions, prompt, completion) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (day, person, chat) DO UPDATE SET questions = questions + ?4, prompt = prompt + ?5, completion = completion + ?6`,
			now.Format(time.DateOnly), person, chat, spent.Questions, spent.PromptTokens, spent.CompletionTokens)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `DELETE FROM spending WHERE day < ?`, now.Add(-keptSpending).Format(time.DateOnly)); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT sum(questions), sum(prompt), sum(completion) FROM spending WHERE day = ? AND person = ?`,
			now.Format(time.DateOnly), person).Scan(&today.Questions, &today.PromptTokens, &today.CompletionTokens)
	})
	return today, err
}

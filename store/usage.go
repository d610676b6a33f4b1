package store

import (
	"context"
	"database/sql"
	"strings"
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

// UsageToday is a person's usage of today in all chats, and a chat's by everybody.
type UsageToday struct{ Person, Chat Usage }

// sumUsage selects the columns that scanUsage reads.
const sumUsage = `coalesce(sum(questions), 0), coalesce(sum(prompt), 0), coalesce(sum(completion), 0)`

func scanUsage(r row) (u Usage, err error) {
	return u, r.Scan(&u.Questions, &u.PromptTokens, &u.CompletionTokens)
}

// AddUsage adds to a person's usage today in a chat, and returns what it is then. Usage
// older than a month is deleted.
func (s *Store) AddUsage(ctx context.Context, chat, person string, used Usage) (today UsageToday, err error) {
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
		today.Person, err = scanUsage(tx.QueryRowContext(ctx, `SELECT `+sumUsage+` FROM spending WHERE day = ? AND person = ?`, now.Format(time.DateOnly), person))
		if err == nil {
			today.Chat, err = scanUsage(tx.QueryRowContext(ctx, `SELECT `+sumUsage+` FROM spending WHERE day = ? AND chat = ?`, now.Format(time.DateOnly), chat))
		}
		return err
	})
	return today, err
}

// UsageOf is usage by its day, its chat or its person.
type UsageOf struct {
	Of string // 2024-11-01, or the transport's key
	Usage
}

// UsageByDay returns the usage of the last days, today first.
func (s *Store) UsageByDay(ctx context.Context, days int) ([]UsageOf, error) {
	return s.usage(ctx, `GROUP BY day ORDER BY day DESC LIMIT ?`, days)
}

// UsageByChat returns the usage of the last month by chat, most tokens first, at most
// limit.
func (s *Store) UsageByChat(ctx context.Context, limit int) ([]UsageOf, error) {
	return s.usage(ctx, `GROUP BY chat ORDER BY sum(prompt + completion) DESC, sum(questions) DESC, chat LIMIT ?`, limit)
}

// UsageTodayByGroup returns today's usage of chats in which others ask than the one that
// a private chat is named for; UsageTodayByPerson that of people in all chats.
func (s *Store) UsageTodayByGroup(ctx context.Context) ([]UsageOf, error) {
	return s.usage(ctx, `WHERE day = ? GROUP BY chat HAVING sum(person <> chat) > 0 ORDER BY chat`, s.now().Format(time.DateOnly))
}

// UsageTodayByPerson is described with UsageTodayByGroup.
func (s *Store) UsageTodayByPerson(ctx context.Context) ([]UsageOf, error) {
	return s.usage(ctx, `WHERE day = ? GROUP BY person ORDER BY person`, s.now().Format(time.DateOnly))
}

// usage sums usage by what the condition groups it by.
func (s *Store) usage(ctx context.Context, condition string, args ...any) ([]UsageOf, error) {
	_, by, _ := strings.Cut(condition, "GROUP BY ")
	by, _, _ = strings.Cut(by, " ")
	return list(ctx, s, func(r row) (u UsageOf, err error) {
		return u, r.Scan(&u.Of, &u.Questions, &u.PromptTokens, &u.CompletionTokens)
	}, `SELECT `+by+`, `+sumUsage+` FROM spending `+condition, args...)
}

package store

import (
	"context"
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

// sumUsage selects the columns that intoUsage reads.
const sumUsage = `coalesce(sum(questions), 0), coalesce(sum(prompt), 0), coalesce(sum(completion), 0)`

func intoUsage(u *Usage) []any {
	return []any{&u.Questions, &u.PromptTokens, &u.CompletionTokens}
}

// AddUsage adds to a person's usage today in a chat, and returns what it is then. Usage
// older than a month is deleted.
func (s *Store) AddUsage(ctx context.Context, chat, person string, used Usage) (today UsageToday, err error) {
	err = s.update(ctx, crashSafe, func(tx *tx) {
		now := s.now()
		day := now.Format(time.DateOnly)
		tx.exec(`INSERT INTO spending (day, person, chat, questions, prompt, completion) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (day, person, chat) DO UPDATE SET questions = questions + ?4, prompt = prompt + ?5, completion = completion + ?6`,
			day, person, chat, used.Questions, used.PromptTokens, used.CompletionTokens)
		tx.exec(`DELETE FROM spending WHERE day < ?`, now.Add(-KeptUsage).Format(time.DateOnly))
		today.Person = getIn(tx, intoUsage, `SELECT `+sumUsage+` FROM spending WHERE day = ? AND person = ?`, day, person)
		today.Chat = getIn(tx, intoUsage, `SELECT `+sumUsage+` FROM spending WHERE day = ? AND chat = ?`, day, chat)
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
	return s.usage(ctx, "day", `GROUP BY day ORDER BY day DESC LIMIT ?`, days)
}

// UsageByChat returns the usage of the last month by chat, most tokens first, at most
// limit.
func (s *Store) UsageByChat(ctx context.Context, limit int) ([]UsageOf, error) {
	return s.usage(ctx, "chat", `GROUP BY chat ORDER BY sum(prompt + completion) DESC, sum(questions) DESC, chat LIMIT ?`, limit)
}

// UsageTodayByGroup returns today's usage of chats in which others ask than the one that
// a private chat is named for; UsageTodayByPerson that of people in all chats.
func (s *Store) UsageTodayByGroup(ctx context.Context) ([]UsageOf, error) {
	return s.usage(ctx, "chat", `WHERE day = ? GROUP BY chat HAVING sum(person <> chat) > 0 ORDER BY chat`, s.now().Format(time.DateOnly))
}

// UsageTodayByPerson is described with UsageTodayByGroup.
func (s *Store) UsageTodayByPerson(ctx context.Context) ([]UsageOf, error) {
	return s.usage(ctx, "person", `WHERE day = ? GROUP BY person ORDER BY person`, s.now().Format(time.DateOnly))
}

// usage sums usage by a column, by which the condition groups it.
func (s *Store) usage(ctx context.Context, by, condition string, args ...any) ([]UsageOf, error) {
	return list(ctx, s, func(u *UsageOf) []any {
		return append([]any{&u.Of}, intoUsage(&u.Usage)...)
	}, `SELECT `+by+`, `+sumUsage+` FROM spending `+condition, args...)
}

// DailyStats are the statistics of one day.
type DailyStats struct {
	Questions  int
	Unanswered int // of these, not answered by the report
	Refused    int // the model's claims that were not shown
}

// countExchange adds a question to the statistics of its day.
func countExchange(tx *tx, now time.Time, unanswered bool, refused int) {
	tx.exec(`INSERT INTO tally (day, questions, unanswered, refused) VALUES (?1, 1, ?2, ?3)
		ON CONFLICT (day) DO UPDATE SET questions = questions + 1, unanswered = unanswered + ?2, refused = refused + ?3`,
		now.Format(time.DateOnly), unanswered, refused)
}

// Today returns the statistics of this day so far.
func (s *Store) Today(ctx context.Context) (DailyStats, error) {
	return get(ctx, s, func(day *DailyStats) []any {
		return []any{&day.Questions, &day.Unanswered, &day.Refused}
	}, `SELECT coalesce(sum(questions), 0), coalesce(sum(unanswered), 0), coalesce(sum(refused), 0)
		FROM tally WHERE day = ?`, s.now().Format(time.DateOnly))
}

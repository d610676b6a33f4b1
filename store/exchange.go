package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// keptExchanges is how many exchanges of a thread are remembered.
const keptExchanges = 50

// Exchange is a question and what was answered to it.
type Exchange struct {
	ID       int64
	Thread   string // the transport's key of chat and topic
	Message  int    // id of the answer's first message there; 0 before it is shown, negative where the chat has moved since
	Parent   int64  // the exchange that it followed in a chain of replies; 0 for none
	Edition  int64
	Question string
	Language string // of the answer, ISO 639-1
	Answer   string // plain text, with its markers
	Notes    []int
	Cited    []Cited
	Passages []int64 // what was found, nearest first
	AskedAt  time.Time

	// What counts in the day's tally and isn't stored with the exchange.
	Unanswered bool
	Refused    int // claims of the model's that were not shown
}

// Cited is a sentence that an answer rests on.
type Cited struct {
	Paragraph int    `json:"p"`
	Text      string `json:"t"`
}

const exchangeColumns = `id, thread, coalesce(message, 0), coalesce(parent, 0), edition, question, language, answer, notes, cited, passages, asked_at`

// AddExchange stores an exchange before its answer is shown and returns its
// id; the oldest of its thread are forgotten.
func (s *Store) AddExchange(ctx context.Context, e Exchange) (id int64, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, s.explain(err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	err = tx.QueryRowContext(ctx,
		`INSERT INTO exchange (thread, parent, edition, question, language, answer, notes, cited, passages, asked_at)
		 VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		e.Thread, e.Parent, e.Edition, e.Question, e.Language, e.Answer, array(e.Notes), array(e.Cited), array(e.Passages), s.now().Unix()).Scan(&id)
	if err == nil {
		_, err = tx.ExecContext(ctx,
			`DELETE FROM exchange WHERE thread = ?1 AND id NOT IN (SELECT id FROM exchange WHERE thread = ?1 ORDER BY id DESC LIMIT ?2)`,
			e.Thread, keptExchanges)
	}
	if err == nil {
		err = count(ctx, tx, e, s.now())
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return 0, s.explain(err)
	}
	return id, nil
}

// ShowExchange records which message shows an exchange's answer. One that the
// message showed before is not found by it any more.
func (s *Store) ShowExchange(ctx context.Context, id int64, message int) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE exchange SET message = NULL
			WHERE message = ?2 AND id <> ?1 AND thread = (SELECT thread FROM exchange WHERE id = ?1)`, id, message)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE exchange SET message = ?2 WHERE id = ?1`, id, message)
		}
		return err
	})
}

// Exchange returns an exchange by its id, ErrNotFound if it isn't remembered.
func (s *Store) Exchange(ctx context.Context, id int64) (Exchange, error) {
	return s.exchange(ctx, `WHERE id = ?`, id)
}

// ExchangeAt returns the exchange whose answer a message shows, for message 0
// the thread's last one; ErrNotFound if it isn't remembered.
func (s *Store) ExchangeAt(ctx context.Context, thread string, message int) (Exchange, error) {
	return s.exchange(ctx, `WHERE thread = ?1 AND message IS NOT NULL AND (?2 = 0 OR message = ?2) ORDER BY id DESC LIMIT 1`, thread, message)
}

func (s *Store) exchange(ctx context.Context, where string, args ...any) (Exchange, error) {
	e, err := scanExchange(s.read.QueryRowContext(ctx, `SELECT `+exchangeColumns+` FROM exchange `+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return Exchange{}, ErrNotFound
	}
	if err != nil {
		return Exchange{}, s.explain(err)
	}
	return e, nil
}

func scanExchange(row interface{ Scan(into ...any) error }) (Exchange, error) {
	var e Exchange
	var notes, cited, passages string
	var askedAt int64
	err := row.Scan(&e.ID, &e.Thread, &e.Message, &e.Parent, &e.Edition, &e.Question, &e.Language, &e.Answer, &notes, &cited, &passages, &askedAt)
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(notes), &e.Notes), json.Unmarshal([]byte(cited), &e.Cited), json.Unmarshal([]byte(passages), &e.Passages))
	}
	e.AskedAt = time.Unix(askedAt, 0)
	return e, err
}

// RecentExchanges returns a thread's last exchanges from an edition, at most
// limit, asked since a time, oldest first. What was forgotten is left out.
func (s *Store) RecentExchanges(ctx context.Context, thread string, edition int64, since time.Time, limit int) ([]Exchange, error) {
	return s.exchanges(ctx, `SELECT `+exchangeColumns+` FROM (SELECT * FROM exchange
		WHERE thread = ? AND edition = ? AND asked_at >= ? AND remembered AND message IS NOT NULL ORDER BY id DESC LIMIT ?) ORDER BY id`,
		thread, edition, since.Unix(), limit)
}

// ExchangeChain returns an exchange and those that it followed, from an
// edition, at most limit, oldest first. What was forgotten, and what lies
// before that, is left out.
func (s *Store) ExchangeChain(ctx context.Context, id, edition int64, limit int) ([]Exchange, error) {
	return s.exchanges(ctx, `WITH RECURSIVE chain(link, depth) AS (
			SELECT ?1, 1
			UNION ALL
			SELECT parent, depth + 1 FROM chain JOIN exchange ON exchange.id = link
			WHERE parent IS NOT NULL AND parent < link AND remembered AND depth < ?3)
		SELECT `+exchangeColumns+` FROM exchange JOIN chain ON id = link WHERE edition = ?2 AND remembered ORDER BY id`,
		id, edition, limit)
}

func (s *Store) exchanges(ctx context.Context, query string, args ...any) ([]Exchange, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var all []Exchange
	for rows.Next() {
		e, err := scanExchange(rows)
		if err != nil {
			return nil, s.explain(err)
		}
		all = append(all, e)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return all, nil
}

// ForgetExchanges makes a thread's exchanges be followed by no further
// question; their answers' sources and buttons stay.
func (s *Store) ForgetExchanges(ctx context.Context, thread string) error {
	if _, err := s.write.ExecContext(ctx, `UPDATE exchange SET remembered = 0 WHERE thread = ?`, thread); err != nil {
		return s.explain(err)
	}
	return nil
}

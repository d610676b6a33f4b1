package store

import (
	"context"
	"slices"
	"time"

	"reportbot/store/text"
)

// KeptExchanges is how many exchanges of a thread are kept.
const KeptExchanges = 50

// Exchange is a question and its answer.
type Exchange struct {
	ID       int64
	Thread   string // the transport's key of chat and topic
	Message  int    // id of the answer's first message; 0 before it is sent, negative if unknown, as after the chat was moved
	Parent   int64  // the exchange that it replies to; 0 for none
	Edition  int64
	Question string
	Language string // of the answer, ISO 639-1
	Answer   string // plain text, with its markers
	Notes    []int
	Cited    []Cited
	Passages []int64 // that were found, best first
	AskedAt  time.Time

	// Not stored with the exchange, and not read: the asker's key, empty if unknown, of
	// whom only a seal is stored; and when the question came, zero if that doesn't matter.
	Asker    string
	Received time.Time
	// For the unanswered questions and the daily statistics; not read.
	Unanswered bool
	Refused    int // the model's claims that were not shown
}

// Cited is a sentence that an answer cites.
type Cited struct {
	Paragraph int    `json:"p"`
	Text      string `json:"t"`
}

const exchangeColumns = `id, thread, coalesce(message, 0), coalesce(parent, 0), edition, question, language, answer, notes, cited, passages, asked_at`

// owner returns whose exchange it is.
func (e Exchange) owner() Owner { return Owner{Chat: chatOf(e.Thread), Person: e.Asker} }

// AddExchange stores an exchange before its answer is sent, returns its id, and
// deletes the oldest of its thread. An unanswered question is stored among those too.
// ErrForgotten if the asker's or the chat's data was deleted since the question came.
func (s *Store) AddExchange(ctx context.Context, e Exchange) (id int64, err error) {
	err = s.update(ctx, crashSafe, func(tx *tx) {
		now := s.now()
		if forgottenSince(tx, e.Received, e.owner()) {
			tx.err = ErrForgotten
		}
		id = getIn(tx, single[int64], `INSERT INTO exchange (thread, asker, parent, edition, question, language, answer, notes, cited, passages, asked_at)
			 VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			e.Thread, seal(e.Asker), e.Parent, e.Edition, e.Question, e.Language, e.Answer, array(e.Notes), array(e.Cited), array(e.Passages), now.Unix())
		tx.exec(`DELETE FROM exchange WHERE thread = ?1
			AND id <= (SELECT id FROM exchange WHERE thread = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`, e.Thread, KeptExchanges)
		addUnanswered(tx, e, now)
		countExchange(tx, now, e.Unanswered, e.Refused)
	})
	return id, err
}

// ShowExchange records the message with an exchange's answer; 0: it was sent in a message
// whose id is unknown. An earlier exchange with this message is no longer found by it.
func (s *Store) ShowExchange(ctx context.Context, id int64, message int) error {
	return s.update(ctx, crashSafe, func(tx *tx) { showExchange(tx, id, message) })
}

func showExchange(tx *tx, id int64, message int) {
	if message == 0 {
		tx.exec(`UPDATE exchange SET message = -id WHERE id = ?`, id)
		return
	}
	tx.exec(`UPDATE exchange SET message = NULL
		WHERE message = ?2 AND id <> ?1 AND thread = (SELECT thread FROM exchange WHERE id = ?1)`, id, message)
	tx.exec(`UPDATE exchange SET message = ?2 WHERE id = ?1`, id, message)
}

// Exchange returns an exchange by its id; ErrNotFound if it isn't stored.
func (s *Store) Exchange(ctx context.Context, id int64) (Exchange, error) {
	return s.exchange(ctx, `WHERE id = ?`, id)
}

// ExchangeAt returns the exchange whose answer is in a message, or for message 0
// the thread's last one; ErrNotFound if it isn't stored.
func (s *Store) ExchangeAt(ctx context.Context, thread string, message int) (Exchange, error) {
	return s.exchange(ctx, `WHERE thread = ?1 AND +message IS NOT NULL AND (?2 = 0 OR message = ?2) ORDER BY id DESC LIMIT 1`, thread, message)
}

func (s *Store) exchange(ctx context.Context, where string, args ...any) (Exchange, error) {
	return get(ctx, s, scanExchange, `SELECT `+exchangeColumns+` FROM exchange `+where, args...)
}

func scanExchange(e *Exchange) []any {
	return []any{&e.ID, &e.Thread, &e.Message, &e.Parent, &e.Edition, &e.Question, &e.Language, &e.Answer,
		asJSON(&e.Notes), asJSON(&e.Cited), asJSON(&e.Passages), asTime(&e.AskedAt)}
}

// historyColumns are exchangeColumns with only what a follow-up needs.
const historyColumns = `id, thread, coalesce(message, 0), coalesce(parent, 0), edition, question, language, answer, '[]', '[]', '[]', asked_at`

// RecentExchanges returns a thread's last exchanges on an edition since a time, at
// most limit, oldest first, without Notes, Cited, Passages and forgotten ones. below is
// the id that theirs are less than, 0 for any. Of exchanges with the same question only
// the last is returned.
func (s *Store) RecentExchanges(ctx context.Context, thread string, edition int64, since time.Time, below int64, limit int) ([]Exchange, error) {
	exchanges, err := list(ctx, s, scanExchange, `SELECT `+historyColumns+` FROM exchange WHERE id IN (
			SELECT max(id) FROM exchange
			WHERE thread = ?1 AND edition = ?2 AND asked_at >= ?3 AND (?4 = 0 OR id < ?4) AND remembered AND +message IS NOT NULL
			GROUP BY question)
		ORDER BY id DESC LIMIT ?5`,
		thread, edition, since.Unix(), below, limit)
	slices.Reverse(exchanges)
	return exchanges, err
}

// Answered returns a thread's last sent exchanges on an edition since a time, at most limit,
// newest first, with all they hold.
func (s *Store) Answered(ctx context.Context, thread string, edition int64, since time.Time, limit int) ([]Exchange, error) {
	return list(ctx, s, scanExchange, `SELECT `+exchangeColumns+` FROM exchange
		WHERE thread = ? AND edition = ? AND asked_at >= ? AND +message IS NOT NULL ORDER BY id DESC LIMIT ?`, thread, edition, since.Unix(), limit)
}

// ExchangeChain returns an exchange and the ones it followed, on an edition, at
// most limit, oldest first, without Notes, Cited and Passages. The chain ends at a
// forgotten exchange.
func (s *Store) ExchangeChain(ctx context.Context, id, edition int64, limit int) ([]Exchange, error) {
	return list(ctx, s, scanExchange, `WITH RECURSIVE chain(link, depth) AS (
			SELECT ?1, 1
			UNION ALL
			SELECT parent, depth + 1 FROM chain JOIN exchange ON exchange.id = link
			WHERE parent IS NOT NULL AND parent < link AND remembered AND depth < ?3)
		SELECT `+historyColumns+` FROM exchange JOIN chain ON id = link WHERE edition = ?2 AND remembered ORDER BY id`,
		id, edition, limit)
}

// ForgetExchanges keeps later questions from following a thread's exchanges. The
// sources and buttons of their answers keep working.
func (s *Store) ForgetExchanges(ctx context.Context, thread string) error {
	return s.exec(ctx, durable, `UPDATE exchange SET remembered = 0 WHERE thread = ?`, thread)
}

// unansweredTTL is how long a question that the report did not answer is kept.
const unansweredTTL = 90 * 24 * time.Hour

// Unanswered is a question that the report did not answer. Who asked isn't stored.
type Unanswered struct {
	Question string
	Language string // vi or en
	Edition  int64
	AskedAt  time.Time
}

// addUnanswered stores an exchange's question if it was not answered, and deletes
// questions over 90 days old.
func addUnanswered(tx *tx, e Exchange, now time.Time) {
	if !e.Unanswered {
		return
	}
	asker, place := e.owner().seals()
	tx.exec(`INSERT INTO unanswered (question, lang, edition, asked_at, asker, place) VALUES (?, ?, ?, ?, ?, ?)`,
		text.Clean(e.Question), e.Language, e.Edition, now.Unix(), asker, place)
	tx.exec(`DELETE FROM unanswered WHERE asked_at < ?`, now.Add(-unansweredTTL).Unix())
}

// Unanswered returns the questions of the last 90 days, newest first.
func (s *Store) Unanswered(ctx context.Context) ([]Unanswered, error) {
	return list(ctx, s, func(q *Unanswered) []any {
		return []any{&q.Question, &q.Language, &q.Edition, asTime(&q.AskedAt)}
	}, `SELECT question, lang, edition, asked_at FROM unanswered
		WHERE asked_at >= ? ORDER BY asked_at DESC, id DESC`, s.now().Add(-unansweredTTL).Unix())
}

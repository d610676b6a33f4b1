package store

import (
	"context"
	"database/sql"
)

// Reply is what the bot shows in reply to an update, as far as it has come.
type Reply struct {
	Update   int64
	Chat     int64
	Question int   // id of the message that is replied to; 0: none
	Messages []int // ids of the messages that show it, first to last
	// Parts are what the messages are to show, in the transport's own form. It
	// is empty while that isn't known, and again once all is shown.
	Parts []byte
	Shown int // how many parts are shown
}

// Reply returns the reply to an update; ErrNotFound if none was begun.
func (s *Store) Reply(ctx context.Context, update int64) (Reply, error) {
	return s.reply(ctx, `WHERE update_id = ?`, update)
}

// ReplyTo returns the last reply to a question of a chat; ErrNotFound if there
// was none within the time for which updates are remembered.
func (s *Store) ReplyTo(ctx context.Context, chat int64, question int) (Reply, error) {
	return s.reply(ctx, `WHERE chat = ? AND question = ? ORDER BY began_at DESC LIMIT 1`, chat, question)
}

// RecentReplies returns the replies to the last updates, newest first, at most
// limit.
func (s *Store) RecentReplies(ctx context.Context, limit int) ([]Reply, error) {
	return list(ctx, s, scanReply, selectReply+`ORDER BY update_id DESC LIMIT ?`, limit)
}

func (s *Store) reply(ctx context.Context, where string, args ...any) (Reply, error) {
	return get(ctx, s, scanReply, selectReply+where, args...)
}

const selectReply = `SELECT update_id, chat, question, messages, parts, shown FROM reply `

func scanReply(row row) (r Reply, err error) {
	err = row.Scan(&r.Update, &r.Chat, &r.Question, asJSON(&r.Messages), &r.Parts, &r.Shown)
	return r, err
}

// PrepareReply stores how far a reply has come, with what is to be sent next.
func (s *Store) PrepareReply(ctx context.Context, r Reply) error {
	return s.storeReply(ctx, soon, r, false)
}

// SaveReply stores how far a reply has come once Telegram has taken a message
// of it.
func (s *Store) SaveReply(ctx context.Context, r Reply) error {
	return s.storeReply(ctx, first, r, false)
}

// CompleteReply records, in one step, that a reply is shown whole and that its
// update is dealt with.
func (s *Store) CompleteReply(ctx context.Context, r Reply) error {
	r.Parts = nil
	return s.storeReply(ctx, first, r, true)
}

func (s *Store) storeReply(ctx context.Context, how urgency, r Reply, done bool) error {
	parts := r.Parts
	if parts == nil {
		parts = []byte{}
	}
	return s.update(ctx, how, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO reply (update_id, chat, question, messages, parts, shown, began_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
			ON CONFLICT (update_id) DO UPDATE SET chat = ?2, question = ?3, messages = ?4, parts = ?5, shown = ?6`,
			r.Update, r.Chat, r.Question, array(r.Messages), parts, r.Shown, s.now().UnixMilli())
		if err == nil && done {
			_, err = tx.ExecContext(ctx, markDone, r.Update)
		}
		return err
	})
}

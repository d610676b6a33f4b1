package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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

func (s *Store) reply(ctx context.Context, where string, args ...any) (Reply, error) {
	var r Reply
	var messages string
	err := s.read.QueryRowContext(ctx, `SELECT update_id, chat, question, messages, parts, shown FROM reply `+where, args...).
		Scan(&r.Update, &r.Chat, &r.Question, &messages, &r.Parts, &r.Shown)
	if errors.Is(err, sql.ErrNoRows) {
		return Reply{}, ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal([]byte(messages), &r.Messages)
	}
	if err != nil {
		return Reply{}, s.explain(err)
	}
	return r, nil
}

// SaveReply stores how far a reply has come. Once it returns that outlives the
// program.
func (s *Store) SaveReply(ctx context.Context, r Reply) error {
	if err := s.saveReply(ctx, s.write, r); err != nil {
		return s.explain(err)
	}
	return nil
}

// executor is a database or a transaction in it.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (s *Store) saveReply(ctx context.Context, in executor, r Reply) error {
	parts := r.Parts
	if parts == nil {
		parts = []byte{}
	}
	_, err := in.ExecContext(ctx, `INSERT INTO reply (update_id, chat, question, messages, parts, shown, began_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (update_id) DO UPDATE SET chat = ?2, question = ?3, messages = ?4, parts = ?5, shown = ?6`,
		r.Update, r.Chat, r.Question, array(r.Messages), parts, r.Shown, s.now().UnixMilli())
	return err
}

// FinishShown records, in one step, that a reply is shown whole and that its
// update is dealt with.
func (s *Store) FinishShown(ctx context.Context, r Reply) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		r.Parts = nil
		if err := s.saveReply(ctx, tx, r); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, finish, r.Update)
		return err
	})
}

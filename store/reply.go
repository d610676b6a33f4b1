package store

import "context"

// Reply is the progress of the bot's reply to an update.
type Reply struct {
	Update   int64
	Chat     int64
	Question int   // id of the message that it replies to; 0: none
	Messages []int // ids of the sent messages, in order; 0: unknown
	// Parts are the messages to send, in the transport's form: empty before they
	// are known and after all were sent.
	Parts []byte
	Shown int // number of parts sent
	// Answer is set for CompleteReply if the reply is an exchange's answer.
	Answer *SentAnswer
}

// SentAnswer is an exchange's answer with its parts, in the transport's form.
type SentAnswer struct {
	Exchange int64
	Parts    []byte
}

// Reply returns the reply to an update; ErrNotFound if there is none.
func (s *Store) Reply(ctx context.Context, update int64) (Reply, error) {
	return s.reply(ctx, `WHERE update_id = ?`, update)
}

// ReplyTo returns the last reply to a question of a chat; ErrNotFound if there is
// none among the updates that are still stored.
func (s *Store) ReplyTo(ctx context.Context, chat int64, question int) (Reply, error) {
	return s.reply(ctx, `WHERE chat = ? AND question = ? ORDER BY began_at DESC LIMIT 1`, chat, question)
}

// RecentReplies returns the last replies of all chats and the last ones of one chat, at
// most limit of each.
func (s *Store) RecentReplies(ctx context.Context, chat int64, limit int) ([]Reply, error) {
	return list(ctx, s, intoReply, selectReply+`WHERE update_id IN (SELECT update_id FROM reply ORDER BY update_id DESC LIMIT ?2)
		OR update_id IN (SELECT update_id FROM reply WHERE chat = ?1 ORDER BY question DESC LIMIT ?2)`, chat, limit)
}

func (s *Store) reply(ctx context.Context, where string, args ...any) (Reply, error) {
	return get(ctx, s, intoReply, selectReply+where, args...)
}

const selectReply = `SELECT update_id, chat, question, messages, parts, shown FROM reply `

func intoReply(r *Reply) []any {
	return []any{&r.Update, &r.Chat, &r.Question, asJSON(&r.Messages), &r.Parts, &r.Shown}
}

// PrepareReply stores a reply before its next part is sent.
func (s *Store) PrepareReply(ctx context.Context, r Reply) error {
	return s.storeReply(ctx, crashSafe, r, false)
}

// SaveReply stores a reply after Telegram accepted a message of it.
func (s *Store) SaveReply(ctx context.Context, r Reply) error {
	return s.storeReply(ctx, first, r, false)
}

// CompleteReply records in one step that a reply was sent completely, that its update
// is done, and which answer its messages show.
func (s *Store) CompleteReply(ctx context.Context, r Reply) error {
	r.Parts = nil
	return s.storeReply(ctx, first, r, true)
}

func (s *Store) storeReply(ctx context.Context, how urgency, r Reply, done bool) error {
	parts := r.Parts
	if parts == nil {
		parts = []byte{}
	}
	return s.update(ctx, how, func(tx *tx) {
		tx.exec(`INSERT INTO reply (update_id, chat, question, messages, parts, shown, began_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
			ON CONFLICT (update_id) DO UPDATE SET chat = ?2, question = ?3, messages = ?4, parts = ?5, shown = ?6`,
			r.Update, r.Chat, r.Question, array(r.Messages), parts, r.Shown, s.now().UnixMilli())
		if done {
			tx.exec(markDone, r.Update)
		}
		if done && r.Answer != nil && len(r.Messages) > 0 {
			showAnswer(tx, r)
		}
	})
}

// showAnswer records that a reply's messages show an exchange's answer, if the exchange
// is still stored. If the first message's id is unknown, since the chat was moved after it was
// sent, the answer can't be edited any more, so its parts aren't stored.
func showAnswer(tx *tx, r Reply) {
	showExchange(tx, r.Answer.Exchange, r.Messages[0])
	if r.Messages[0] == 0 {
		return
	}
	tx.exec(`INSERT INTO shown_answer (exchange, messages, parts) SELECT id, ?2, ?3 FROM exchange WHERE id = ?1
		ON CONFLICT (exchange) DO UPDATE SET messages = ?2, parts = ?3`, r.Answer.Exchange, array(r.Messages), r.Answer.Parts)
}

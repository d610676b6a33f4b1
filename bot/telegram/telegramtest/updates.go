package telegramtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// queue holds the updates the bot has not confirmed.
type queue struct {
	nextID    int64
	waiting   []update
	confirmed []int64
	allowed   []string // nil means Telegram's default
	poll      *poll    // the one that waits now
}

type update struct {
	id   int64
	chat int64 // 0 if it belongs to none
	raw  json.RawMessage
}

func newQueue() queue { return queue{nextID: 700_000_001} }

func (q *queue) ids() []int64 {
	ids := []int64{}
	for _, u := range q.waiting {
		ids = append(ids, u.id)
	}
	return ids
}

// confirm forgets the updates below an id. The lock is held.
func (q *queue) confirm(below int64) {
	n := 0
	for n < len(q.waiting) && q.waiting[n].id < below {
		q.confirmed = append(q.confirmed, q.waiting[n].id)
		n++
	}
	q.waiting = q.waiting[n:]
}

// wants says whether the bot asked for updates of a kind.
func (q *queue) wants(kind string) bool {
	if len(q.allowed) == 0 {
		return !slices.Contains([]string{"chat_member", "message_reaction", "message_reaction_count"}, kind)
	}
	return slices.Contains(q.allowed, kind)
}

var updateKinds = []string{
	"message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
	"edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
	"inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
	"purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request",
	"chat_boost", "removed_chat_boost", "managed_bot", "guest_message", "subscription", "stopped_message_generation",
}

// readAllowed takes over allowed_updates, for updates to come. Without the
// parameter the last list holds; an empty one means the default.
func (q *queue) readAllowed(r *request) *apiError {
	if !r.has("allowed_updates") {
		return nil
	}
	var list []string
	if !r.params.JSON("allowed_updates", &list) {
		return malformed("can't parse allowed_updates")
	}
	for _, kind := range list {
		if !slices.Contains(updateKinds, kind) {
			return malformed("can't parse allowed_updates").because("allowed_updates: unknown kind %q", kind)
		}
	}
	q.allowed = list
	return nil
}

// Push queues an update, given as anything that marshals to an object with
// one field named for its kind, and returns its update_id. It returns 0 if
// the bot's allowed_updates leave that kind out: then it never arrives.
func (s *Server) Push(u any) int64 {
	s.t.Helper()
	raw, err := json.Marshal(u)
	var fields map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(raw, &fields)
	}
	delete(fields, "update_id")
	if err != nil || len(fields) != 1 {
		s.t.Errorf("telegramtest: Push: an update is an object with one field besides update_id, not %s (%v)", raw, err)
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for kind, content := range fields {
		return s.enqueue(kind, content, chatOf(content))
	}
	return 0
}

// PushRaw queues an update that need not make sense, and returns its
// update_id. That id is put in front of the fields of an object; anything else
// stands in the list of updates as it is, even if that makes the whole answer
// unreadable.
func (s *Server) PushRaw(text string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.queue.nextID
	s.queue.nextID++
	if rest, ok := bytes.CutPrefix([]byte(text), []byte("{")); ok {
		separator := ","
		if bytes.HasPrefix(bytes.TrimSpace(rest), []byte("}")) {
			separator = ""
		}
		text = fmt.Sprintf(`{"update_id":%d%s%s`, id, separator, rest)
	}
	s.queue.waiting = append(s.queue.waiting, update{id: id, raw: json.RawMessage(text)})
	s.notify()
	return id
}

// enqueue queues an update of a kind and returns its id, 0 if the bot does
// not want it. The lock is held.
func (s *Server) enqueue(kind string, content any, chat int64) int64 {
	if !s.queue.wants(kind) {
		return 0
	}
	id := s.queue.nextID
	raw, err := json.Marshal(map[string]any{"update_id": id, kind: content})
	if err != nil {
		s.t.Errorf("telegramtest: update of kind %s: %v", kind, err)
		return 0
	}
	s.queue.nextID++
	s.queue.waiting = append(s.queue.waiting, update{id: id, chat: chat, raw: raw})
	s.notify()
	return id
}

// chatOf finds the chat of an update's content.
func chatOf(content json.RawMessage) int64 {
	var c struct {
		Chat    struct{ ID int64 }
		Message struct{ Chat struct{ ID int64 } }
		From    struct{ ID int64 }
	}
	_ = json.Unmarshal(content, &c)
	for _, id := range []int64{c.Chat.ID, c.Message.Chat.ID, c.From.ID} {
		if id != 0 {
			return id
		}
	}
	return 0
}

// SetNextUpdateID makes the next update begin a new numbering, as Telegram's
// does after an idle week.
func (s *Server) SetNextUpdateID(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.nextID = id
}

// Confirmed returns the ids of the updates the bot has confirmed, by asking
// for later ones or by answering the webhook, in that order.
func (s *Server) Confirmed() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.queue.confirmed)
}

// Pending returns the ids of the updates not confirmed yet, delivered or not.
func (s *Server) Pending() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queue.ids()
}

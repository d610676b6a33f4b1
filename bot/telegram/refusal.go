package telegram

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
)

// Why Telegram refuses a message is only in the error's description: as a sentence, or as
// the name of the error on Telegram's own servers (CHAT_WRITE_FORBIDDEN).

// mayNotWrite reports whether the bot lacks the permission to write in the chat or topic,
// though it was not removed from the chat.
func mayNotWrite(err error) bool {
	return !descriptionHas(err, "send documents", "chat_send_docs_forbidden") && descriptionHas(err, "not enough rights", "no rights", "need administrator rights", "no write access", "topic_closed", "topic is closed", "topic closed",
		"chat_write_forbidden", "chat_send_", "chat_guest_send_forbidden", "chat_restricted", "chat_forbidden", "chat_admin_required", "user_restricted",
		"user_banned_in_channel", "chat not found", "chat_id_invalid", "peer_id_invalid", "chat was deactivated")
}

// topicClosed reports whether the bot may not write only because the topic is closed.
func topicClosed(err error) bool {
	return descriptionHas(err, "topic_closed", "topic is closed", "topic closed")
}

// topicGone reports whether a topic was deleted.
func topicGone(err error) bool {
	return descriptionHas(err, "thread not found", "topic not found", "topic_deleted", "topic_id_invalid", "topic_not_found", "thread_id_invalid", "thread_not_found")
}

// replyTargetGone reports whether the message to reply to doesn't exist any more.
func replyTargetGone(err error) bool {
	return descriptionHas(err, "replied not found", "replied message not found", "reply message not found", "reply_message_id_invalid", "reply_to_message_invalid", "reply_to_invalid")
}

// chatGone reports whether no chat has this id any more; the chat may have another one now.
func chatGone(err error) bool {
	return descriptionHas(err, "upgraded to a supergroup", "chat not found", "chat was deactivated")
}

// notModified reports whether an edit would change nothing.
func notModified(err error) bool {
	return descriptionHas(err, "message is not modified", "message_not_modified")
}

// descriptionHas reports whether err is a refusal with one of these words.
func descriptionHas(err error, words ...string) bool {
	if !refused(err) {
		return false
	}
	said := strings.ToLower(err.Error())
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

// refused reports whether Telegram refuses a call for a reason that no retry can change.
func refused(err error) bool {
	return errors.Is(err, tg.ErrorBadRequest) || errors.Is(err, tg.ErrorForbidden) || errors.Is(err, tg.ErrorNotFound)
}

// mutedFor is how long the bot answers nothing where it may not write: Telegram doesn't
// always send an update when it may again.
const mutedFor = 5 * time.Minute

// mutes records where the bot may not write, so that no answers are generated for there.
type mutes struct {
	mu    sync.Mutex
	until map[place]time.Time
}

// mute records that a message to a place was refused, and reports whether that is new.
func (m *mutes) mute(where place, err error) bool {
	where = muteKey(where)
	if !topicClosed(err) {
		where.topic = 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	for old, until := range m.until {
		if now.After(until) {
			delete(m.until, old)
		}
	}
	_, known := m.until[where]
	if m.until == nil {
		m.until = map[place]time.Time{}
	}
	m.until[where] = now.Add(mutedFor)
	return !known
}

// isMuted reports whether the bot may not write in a place.
func (m *mutes) isMuted(where place) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	where = muteKey(where)
	return time.Now().Before(m.until[where]) || time.Now().Before(m.until[place{chat: where.chat}])
}

// unmute removes the mutes of a chat and its topics.
func (m *mutes) unmute(chat int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for where := range m.until {
		if where.chat == chat {
			delete(m.until, where)
		}
	}
}

func muteKey(where place) place { return place{chat: where.chat, topic: where.topic} }

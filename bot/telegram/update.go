package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// place is where a message stands: a chat, and a topic in it.
type place struct {
	chat    int64
	topic   int // message_thread_id; 0 for none
	private bool
}

// key names a place in the store and in queues.
func (p place) key() string {
	if p.topic == 0 {
		return strconv.FormatInt(p.chat, 10)
	}
	return fmt.Sprintf("%d/%d", p.chat, p.topic)
}

// question is a message that the bot may answer.
type question struct {
	place   place
	message int // its id
	in      bot.Incoming
}

var errNoMessage = errors.New("the update has no message")

// decode reads an update. It fails for what is no message; a message of a kind
// that the bot doesn't read has no text.
func decode(body []byte, me models.User) (question, error) {
	var update models.Update
	if err := json.Unmarshal(body, &update); err != nil {
		return question{}, err
	}
	m := update.Message
	if m == nil {
		return question{}, errNoMessage
	}
	q := question{
		place:   place{chat: m.Chat.ID, private: m.Chat.Type == models.ChatTypePrivate},
		message: m.ID,
	}
	if m.IsTopicMessage {
		q.place.topic = m.MessageThreadID
	}
	q.in = bot.Incoming{Chat: q.place.key(), Private: q.place.private, Text: m.Text}
	if m.From != nil {
		q.in.Client = m.From.LanguageCode
	}
	q.in.Addressed = mentions(m, me)
	// In a topic every message replies to the service message that opened it.
	if reply := m.ReplyToMessage; reply != nil && reply.From != nil && reply.From.ID == me.ID && reply.ForumTopicCreated == nil {
		q.in.Addressed = true
		q.in.RepliesTo = reply.ID
	}
	return q, nil
}

// mentions reports whether a message names the bot with @ or as a person
// without a user name is named.
func mentions(m *models.Message, me models.User) bool {
	units := utf16.Encode([]rune(m.Text))
	for _, entity := range m.Entities {
		switch entity.Type {
		case models.MessageEntityTypeTextMention:
			if entity.User != nil && entity.User.ID == me.ID {
				return true
			}
		case models.MessageEntityTypeMention:
			// Entities come from outside: one that lies about its place names nobody.
			end := entity.Offset + entity.Length
			if entity.Offset < 0 || entity.Length < 0 || end < entity.Offset || end > len(units) {
				continue
			}
			name := string(utf16.Decode(units[entity.Offset:end]))
			if strings.EqualFold(name, "@"+me.Username) {
				return true
			}
		}
	}
	return false
}

// ignorable reports whether a message needs no answer even in private: what
// Telegram says about the chat itself, and what bots write. Who writes in the
// name of a chat, as an anonymous administrator does, is a person behind a bot.
func ignorable(body []byte) bool {
	var update struct {
		Message struct {
			From *struct {
				IsBot bool `json:"is_bot"`
			} `json:"from"`
			As     *json.RawMessage `json:"sender_chat"`
			Pinned *json.RawMessage `json:"pinned_message"`
			Joined *json.RawMessage `json:"new_chat_members"`
			Left   *json.RawMessage `json:"left_chat_member"`
		} `json:"message"`
	}
	if json.Unmarshal(body, &update) != nil {
		return true
	}
	m := update.Message
	return m.From != nil && m.From.IsBot && m.As == nil || m.Pinned != nil || m.Joined != nil || m.Left != nil
}

package telegram

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// anonymousAdmin is the user id that Telegram gives as the sender of messages from
// anonymous administrators.
const anonymousAdmin = 1087968824

// question is a message that the bot may answer.
type question struct {
	place   place
	message int // its id
	sender  bot.Sender
	in      bot.Incoming
	file    *file  // nil: none
	album   string // id of the album that the message belongs to; empty: none
}

// file is an uploaded file.
type file struct {
	id, name string
	size     int64
}

// move changes the question's chat to its new id. Message ids of the old chat are not
// valid there, so there is nothing to reply to.
func (q *question) move(chat int64) {
	q.place.chat, q.message = chat, 0
	q.in.Chat, q.in.Thread = q.place.chatKey(), q.place.key()
}

// placeOf returns where a message is; ok is false if it has no readable chat.
func placeOf(m object) (p place, ok bool) {
	chat := m.object("chat")
	p = place{chat: chat.id("id")}
	// A private chat has the person's id; all others are negative.
	p.private = chat.text("type") == string(models.ChatTypePrivate) || chat.text("type") == "" && p.chat > 0
	if m.flag("is_topic_message") {
		p.topic = int(m.id("message_thread_id"))
	}
	return p, p.chat != 0
}

func readQuestion(m object, where place, me models.User) question {
	q := question{place: where, message: int(m.id("message_id")), album: m.text("media_group_id")}
	if d := m.object("document"); d.text("file_id") != "" {
		q.file = &file{id: d.text("file_id"), name: d.text("file_name"), size: d.id("file_size")}
	}
	q.sender = senderOf(m, where)
	q.in = bot.Incoming{
		Chat: where.chatKey(), Thread: where.key(), Private: where.private, Sender: q.sender,
		Text: textOf(m), Client: m.object("from").text("language_code"), Addressed: mentions(m, me), Forwarded: m.has("forward_origin"),
	}
	reply := m.object("reply_to_message")
	// In a topic every message replies to the service message that opened it.
	if isBot(reply.object("from"), me) && !reply.has("forum_topic_created") {
		q.in.Addressed = true
		q.in.RepliesTo = int(reply.id("message_id"))
	}
	q.in.Quoted = cmp.Or(m.object("quote").text("text"), textOf(reply))
	return q
}

// textOf returns a message's text or caption.
func textOf(m object) string {
	return cmp.Or(m.text("text"), m.text("caption"), richText(m.object("rich_message")))
}

// richText returns the words of a rich message's blocks, a line for each.
func richText(m object) string {
	var lines []string
	for _, name := range []string{"blocks", "items"} {
		blocks, _ := m.objects(name)
		for _, block := range blocks {
			if line := cmp.Or(inlineText(block["text"]), richText(block)); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// inlineText returns the words of a rich text: a string, a list of rich texts,
// or an object that holds one.
func inlineText(raw json.RawMessage) string {
	var words string
	if json.Unmarshal(raw, &words) == nil {
		return words
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		if o := readObject(raw); o != nil {
			return inlineText(o["text"])
		}
	}
	for _, element := range list {
		words += inlineText(element)
	}
	return words
}

// senderOf returns who wrote a message; the zero Sender if it was sent on behalf of a
// channel or another group.
func senderOf(m object, where place) bot.Sender {
	id := m.object("from").id("id")
	switch {
	case id == anonymousAdmin, m.has("sender_chat") && m.object("sender_chat").id("id") == where.chat:
		return bot.Sender{ID: id, Anonymous: true}
	case m.has("sender_chat"):
		return bot.Sender{}
	case id == 0 && where.private:
		return bot.Sender{ID: where.chat} // a private chat has its person's id
	}
	return bot.Sender{ID: id}
}

// isBot reports whether a user is the bot.
func isBot(u object, me models.User) bool { return me.ID != 0 && u.id("id") == me.ID }

// mentions reports whether a message mentions the bot: by @name, or by a text mention
// as for people without a user name.
func mentions(m object, me models.User) bool {
	text, name := m.text("text"), "entities"
	if text == "" {
		text, name = m.text("caption"), "caption_entities"
	}
	entities, readable := m.objects(name)
	readable = readable || !m.has(name) && text != ""
	units := utf16.Encode([]rune(text))
	for _, entity := range entities {
		offset, begins := entity.number("offset")
		length, ends := entity.number("length")
		kind := entity.text("type")
		readable = readable && (begins || !entity.has("offset")) && (ends || !entity.has("length")) && entity.isText("type")
		switch models.MessageEntityType(kind) {
		case models.MessageEntityTypeTextMention:
			if isBot(entity.object("user"), me) {
				return true
			}
		case models.MessageEntityTypeMention:
			// An entity outside the text is ignored.
			end := offset + length
			if !begins || !ends || offset < 0 || length < 0 || end < offset || end > int64(len(units)) {
				continue
			}
			if strings.EqualFold(string(utf16.Decode(units[offset:end])), "@"+me.Username) {
				return true
			}
		}
	}
	// If the entities are unreadable or missing, look for the name in the text.
	said := textOf(m)
	return !readable && strings.Contains(said, "@") && mentionPattern(me).MatchString(said)
}

// mentionPattern matches the bot's @name in text.
func mentionPattern(me models.User) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[^\pL\pN_@])@` + regexp.QuoteMeta(me.Username) + `($|[^\pL\pN_])`)
}

// place is where a message is: a chat, and a topic in it.
type place struct {
	chat    int64
	topic   int // message_thread_id; 0 for none
	private bool
}

// chatKey is the chat's id in the store.
func (p place) chatKey() string { return strconv.FormatInt(p.chat, 10) }

// key is the place's id in the store: its chat, and its topic if it has one.
func (p place) key() string {
	if p.topic == 0 {
		return p.chatKey()
	}
	return fmt.Sprintf("%d/%d", p.chat, p.topic)
}

// placeAt parses a place's key.
func placeAt(key string) (p place, ok bool) {
	chat, topic, inTopic := strings.Cut(key, "/")
	var err error
	if p.chat, err = strconv.ParseInt(chat, 10, 64); err != nil {
		return place{}, false
	}
	if inTopic {
		if p.topic, err = strconv.Atoi(topic); err != nil {
			return place{}, false
		}
	}
	p.private = p.chat > 0 // only a person's chat has a positive id
	return p, true
}

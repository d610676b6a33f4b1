package telegram

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// anonymousAdmin is as whom Telegram sends what a group's administrator
// writes in the group's name.
const anonymousAdmin = 1087968824

// question is a message that the bot may answer.
type question struct {
	place   place
	message int // its id
	sender  bot.Sender
	in      bot.Incoming
	file    *file  // that it carries; nil for none
	album   string // of several messages that were sent as one; empty for none
}

// file is a file that somebody sent.
type file struct {
	id, name string
	size     int64
}

// move takes the question to another id of its chat. No message of the old one
// can be replied to there.
func (q *question) move(chat int64) {
	q.place.chat, q.message = chat, 0
	q.in.Chat, q.in.Thread = q.place.chatKey(), q.place.key()
}

// placeOf returns where a message stands; ok is false where that can't be read.
func placeOf(m object) (p place, ok bool) {
	chat := m.object("chat")
	p = place{chat: chat.id("id")}
	// Chats with one person have the person's id, all others are below nought.
	p.private = chat.text("type") == string(models.ChatTypePrivate) || chat.text("type") == "" && p.chat > 0
	if m.flag("is_topic_message") {
		p.topic = int(m.id("message_thread_id"))
	}
	return p, p.chat != 0
}

// readMessage reads a message. What bots write needs no answer, what a person
// posted from the bot's own inline results neither. Who writes in the name of a
// chat, as an anonymous administrator does, is a person behind a bot.
func readMessage(m object, me models.User) (decoded, error) {
	where, ok := placeOf(m)
	if !ok {
		return decoded{}, errUnreadable
	}
	if new := m.id("migrate_to_chat_id"); new != 0 {
		return decoded{moved: &migration{where.chat, new}}, nil
	}
	if old := m.id("migrate_from_chat_id"); old != 0 {
		return decoded{moved: &migration{old, where.chat}}, nil
	}
	if m.has("forum_topic_reopened") {
		return decoded{rights: where.chat}, nil
	}
	from := m.object("from")
	joining, _ := m.objects("new_chat_members")
	if slices.ContainsFunc(joining, func(u object) bool { return is(u, me) }) {
		return joined(where, from), nil
	}
	switch {
	case from.flag("is_bot") && from.id("id") != anonymousAdmin && !m.has("sender_chat"),
		is(m.object("via_bot"), me),
		!byHand(m):
		return decoded{}, errNoMessage
	}
	q := readQuestion(m, where, me)
	return decoded{question: &q}, nil
}

// contentFields are the fields that a message has which somebody wrote or sent.
var contentFields = []string{
	"text", "caption", "animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location",
	"paid_media", "photo", "poll", "rich_message", "sticker", "story", "venue", "video", "video_note", "voice",
}

// byHand reports whether somebody wrote or sent a message; else it is what
// Telegram says about the chat.
func byHand(m object) bool { return slices.ContainsFunc(contentFields, m.has) }

// joined is what tells the bot that somebody added it to a chat; there is no
// message that it could reply to.
func joined(where place, by object) decoded {
	q := question{place: where}
	q.in = bot.Incoming{Chat: where.chatKey(), Thread: where.key(), Joined: true, Client: by.text("language_code")}
	return decoded{question: &q}
}

func readQuestion(m object, where place, me models.User) question {
	q := question{place: where, message: int(m.id("message_id")), album: m.text("media_group_id")}
	if d := m.object("document"); d.text("file_id") != "" {
		q.file = &file{id: d.text("file_id"), name: d.text("file_name"), size: d.id("file_size")}
	}
	q.sender = senderOf(m, where)
	q.in = bot.Incoming{
		Chat: where.chatKey(), Thread: where.key(), Private: where.private, Sender: q.sender,
		Text: textOf(m), Client: m.object("from").text("language_code"), Addressed: mentions(m, me),
	}
	reply := m.object("reply_to_message")
	// In a topic every message replies to the service message that opened it.
	if is(reply.object("from"), me) && !reply.has("forum_topic_created") {
		q.in.Addressed = true
		q.in.RepliesTo = int(reply.id("message_id"))
	}
	q.in.Quoted = cmp.Or(m.object("quote").text("text"), textOf(reply))
	return q
}

// textOf returns what is written in a message, or under its picture.
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

// senderOf says who wrote a message. Who writes in a channel's name, or another
// group's, is nobody that is known.
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

// is reports whether a user is the bot.
func is(u object, me models.User) bool { return me.ID != 0 && u.id("id") == me.ID }

// mentions reports whether a message names the bot with @ or as a person
// without a user name is named.
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
			if is(entity.object("user"), me) {
				return true
			}
		case models.MessageEntityTypeMention:
			// Entities come from outside: one that lies about its place names nobody.
			end := offset + length
			if !begins || !ends || offset < 0 || length < 0 || end < offset || end > int64(len(units)) {
				continue
			}
			if strings.EqualFold(string(utf16.Decode(units[offset:end])), "@"+me.Username) {
				return true
			}
		}
	}
	// What Telegram has found can't be read, or stands where it isn't told.
	return !readable && mentionOf(me).MatchString(textOf(m))
}

// mentionOf matches the bot's name as people write it.
func mentionOf(me models.User) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[^\pL\pN_@])@` + regexp.QuoteMeta(me.Username) + `($|[^\pL\pN_])`)
}

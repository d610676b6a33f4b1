package telegram

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// chatKey names a place's chat in the store.
func (p place) chatKey() string { return strconv.FormatInt(p.chat, 10) }

// key names a place in the store.
func (p place) key() string {
	if p.topic == 0 {
		return p.chatKey()
	}
	return fmt.Sprintf("%d/%d", p.chat, p.topic)
}

// question is a message that the bot may answer.
type question struct {
	place   place
	message int // its id
	sender  bot.Sender
	in      bot.Incoming
	file    *models.Document // that it carries; nil for none
}

// move takes the question to another id of its chat. No message of the old one
// can be replied to there.
func (q *question) move(chat int64) {
	q.place.chat, q.message = chat, 0
	q.in.Chat, q.in.Thread = q.place.chatKey(), q.place.key()
}

// press is a button that was pressed.
type press struct {
	question // stands for the message that has the button
	query    string
	press    bot.Press
}

// decoded is an update that concerns the bot: one of its fields is set.
type decoded struct {
	question *question
	press    *press
	stopped  *place // where somebody pressed the stop button of a draft
	inline   *inlineQuery
}

var errNoMessage = errors.New("the update is nothing for the bot")

// anonymousAdmin is as whom Telegram sends what a group's administrator
// writes in the group's name.
const anonymousAdmin = 1087968824

// decode reads an update. It fails with errNoMessage for what needs no answer
// from anybody; a message of a kind that the bot doesn't read has no text.
func decode(body []byte, me models.User) (decoded, error) {
	var update models.Update
	if err := json.Unmarshal(body, &update); err != nil {
		return decoded{}, err
	}
	switch {
	case update.Message != nil:
		return readMessage(update.Message, me)
	case update.MyChatMember != nil:
		return readMembership(update.MyChatMember)
	case update.CallbackQuery != nil:
		return readPress(update.CallbackQuery)
	case update.InlineQuery != nil:
		return readInline(update.InlineQuery)
	case update.StoppedMessageGeneration != nil:
		stopped := update.StoppedMessageGeneration
		return decoded{stopped: &place{chat: stopped.Chat.ID, topic: stopped.MessageThreadID, private: true}}, nil
	}
	return decoded{}, errNoMessage
}

// placeOf says where a message stands.
func placeOf(m *models.Message) place {
	p := place{chat: m.Chat.ID, private: m.Chat.Type == models.ChatTypePrivate}
	if m.IsTopicMessage {
		p.topic = m.MessageThreadID
	}
	return p
}

// readPress reads a button that was pressed. One under a message that the bot
// sent through somebody's inline query, or that Telegram no longer shows,
// stands nowhere that could be answered.
func readPress(query *models.CallbackQuery) (decoded, error) {
	m := query.Message.Message
	if m == nil {
		return decoded{}, errNoMessage
	}
	p := press{query: query.ID, question: question{place: placeOf(m), message: m.ID, sender: bot.Sender{ID: query.From.ID}}}
	p.press = bot.Press{
		Chat: p.place.chatKey(), Thread: p.place.key(), Private: p.place.private, Sender: p.sender,
		Client: query.From.LanguageCode, Message: m.ID, Data: query.Data,
	}
	return decoded{press: &p}, nil
}

// readMessage reads a message. What bots write needs no answer, what a person
// posted from the bot's own inline results neither. Who writes in the name of a
// chat, as an anonymous administrator does, is a person behind a bot.
func readMessage(m *models.Message, me models.User) (decoded, error) {
	if slices.ContainsFunc(m.NewChatMembers, func(u models.User) bool { return u.ID == me.ID }) {
		return joined(placeOf(m), m.From), nil
	}
	switch {
	case m.From != nil && m.From.IsBot && m.From.ID != anonymousAdmin && m.SenderChat == nil,
		m.ViaBot != nil && m.ViaBot.ID == me.ID,
		!byHand(m):
		return decoded{}, errNoMessage
	}
	q := readQuestion(m, me)
	return decoded{question: &q}, nil
}

// byHand reports whether somebody wrote or sent a message; else it is what
// Telegram says about the chat.
func byHand(m *models.Message) bool {
	return m.Text != "" || m.Caption != "" || m.Animation != nil || m.Audio != nil || m.Checklist != nil || m.Contact != nil ||
		m.Dice != nil || m.Document != nil || m.Game != nil || m.LivePhoto != nil || m.Location != nil || m.PaidMedia != nil ||
		m.Photo != nil || m.Poll != nil || m.RichMessage != nil || m.Sticker != nil || m.Story != nil || m.Venue != nil ||
		m.Video != nil || m.VideoNote != nil || m.Voice != nil
}

// readMembership reads that the bot's place in a chat has changed: it is told
// to the bot where it was added to a group.
func readMembership(change *models.ChatMemberUpdated) (decoded, error) {
	outside := func(member models.ChatMember) bool {
		return member.Type == models.ChatMemberTypeLeft || member.Type == models.ChatMemberTypeBanned
	}
	group := change.Chat.Type == models.ChatTypeGroup || change.Chat.Type == models.ChatTypeSupergroup
	if !group || !outside(change.OldChatMember) || outside(change.NewChatMember) {
		return decoded{}, errNoMessage
	}
	return joined(place{chat: change.Chat.ID}, &change.From), nil
}

// joined is what tells the bot that somebody added it to a chat; there is no
// message that it could reply to.
func joined(where place, by *models.User) decoded {
	q := question{place: where}
	q.in = bot.Incoming{Chat: where.chatKey(), Thread: where.key(), Joined: true}
	if by != nil {
		q.in.Client = by.LanguageCode
	}
	return decoded{question: &q}
}

func readQuestion(m *models.Message, me models.User) question {
	q := question{place: placeOf(m), message: m.ID, file: m.Document}
	q.sender = senderOf(m)
	q.in = bot.Incoming{
		Chat: q.place.chatKey(), Thread: q.place.key(), Private: q.place.private, Sender: q.sender,
		Text: cmp.Or(m.Text, m.Caption),
	}
	if m.From != nil {
		q.in.Client = m.From.LanguageCode
	}
	q.in.Addressed = mentions(m, me)
	// In a topic every message replies to the service message that opened it.
	if reply := m.ReplyToMessage; reply != nil && reply.From != nil && reply.From.ID == me.ID && reply.ForumTopicCreated == nil {
		q.in.Addressed = true
		q.in.RepliesTo = reply.ID
	}
	switch {
	case m.Quote != nil:
		q.in.Quoted = m.Quote.Text
	case m.ReplyToMessage != nil:
		q.in.Quoted = cmp.Or(m.ReplyToMessage.Text, m.ReplyToMessage.Caption)
	}
	return q
}

// senderOf says who wrote a message. Who writes in a channel's name, or another
// group's, is nobody that is known.
func senderOf(m *models.Message) bot.Sender {
	switch {
	case m.From == nil:
		return bot.Sender{}
	case m.From.ID == anonymousAdmin, m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID:
		return bot.Sender{ID: m.From.ID, Anonymous: true}
	case m.SenderChat != nil:
		return bot.Sender{}
	}
	return bot.Sender{ID: m.From.ID}
}

// mentions reports whether a message names the bot with @ or as a person
// without a user name is named.
func mentions(m *models.Message, me models.User) bool {
	text, entities := m.Text, m.Entities
	if text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	units := utf16.Encode([]rune(text))
	for _, entity := range entities {
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

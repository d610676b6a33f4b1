package telegram

import (
	"errors"
	"slices"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// allowedUpdates are the kinds of updates to receive.
var allowedUpdates = []string{
	models.AllowedUpdateMessage,
	models.AllowedUpdateEditedMessage,
	models.AllowedUpdateCallbackQuery,
	models.AllowedUpdateInlineQuery,
	models.AllowedUpdateMyChatMember,
	models.AllowedUpdateStoppedMessageGeneration,
}

// migration is the upgrade of a group to a supergroup, with a new id.
type migration struct{ old, new int64 }

// decoded is an update that needs handling. Exactly one field is set, except that edited
// goes with question.
type decoded struct {
	question      *question
	edited        bool // the question is an edited message
	callback      *callback
	stopped       *place // the place of a draft whose stop button was pressed
	inline        *inlineQuery
	moved         *migration
	removed       int64 // a chat that the bot was removed from or blocked in
	rightsChanged int64 // a chat in which the bot's rights may have changed
}

var (
	errNoMessage  = errors.New("the update needs no answer")
	errUnreadable = errors.New("no readable chat or sender")
)

// decode decodes an update. It fails with errNoMessage if the update needs no answer, and
// with errUnreadable if a required field, such as the chat, is missing. A message of an
// unsupported kind has an empty text.
func decode(body []byte, me models.User) (decoded, error) {
	update := readObject(body)
	if update == nil {
		return decoded{}, errUnreadable
	}
	switch {
	case update.has("message"):
		return readMessage(update.object("message"), me)
	case update.has("edited_message"):
		d, err := readMessage(update.object("edited_message"), me)
		d.edited = true
		return d, err
	case update.has("my_chat_member"):
		return readMembership(update.object("my_chat_member"))
	case update.has("callback_query"):
		return readCallback(update.object("callback_query"))
	case update.has("inline_query"):
		return readInline(update.object("inline_query"))
	case update.has("stopped_message_generation"):
		stopped := update.object("stopped_message_generation")
		where := place{chat: stopped.object("chat").id("id"), topic: int(stopped.id("message_thread_id")), private: true}
		return decoded{stopped: &where}, nil
	}
	return decoded{}, errNoMessage
}

// readCallback decodes a callback query. If the message came from an inline query, its chat
// is unknown and there is nowhere to reply. If the message is inaccessible, its chat is
// known but not its topic.
func readCallback(query object) (decoded, error) {
	id := query.text("id")
	if id == "" {
		return decoded{}, errUnreadable
	}
	from := query.object("from")
	p := callback{query: id, question: question{sender: bot.Sender{ID: from.id("id")}}}
	m := query.object("message")
	where, ok := placeOf(m)
	if !ok || p.sender.ID == 0 {
		return decoded{callback: &p}, nil
	}
	p.place, p.message = where, int(m.id("message_id"))
	p.event = bot.Callback{
		Chat: where.chatKey(), Thread: where.key(), Private: where.private, Sender: p.sender,
		Client: from.text("language_code"), Name: from.text("first_name"), Message: p.message, Data: query.text("data"),
		Gone: m.id("date") == 0,
	}
	p.in = bot.Incoming{Chat: p.event.Chat, Thread: p.event.Thread, Private: p.event.Private, Sender: p.sender, Client: p.event.Client}
	return decoded{callback: &p}, nil
}

// readMembership decodes a change of the bot's membership in a chat: it was removed, got
// other permissions, or was added to a group.
func readMembership(change object) (decoded, error) {
	chat := change.object("chat")
	outside := func(name string) bool {
		status := change.object(name).text("status")
		return status == string(models.ChatMemberTypeLeft) || status == string(models.ChatMemberTypeBanned)
	}
	group := chat.text("type") == string(models.ChatTypeGroup) || chat.text("type") == string(models.ChatTypeSupergroup)
	switch {
	case chat.id("id") == 0:
	case outside("new_chat_member"):
		return decoded{removed: chat.id("id")}, nil
	case group && outside("old_chat_member"):
		return joined(place{chat: chat.id("id")}, change.object("from")), nil
	default:
		return decoded{rightsChanged: chat.id("id")}, nil
	}
	return decoded{}, errNoMessage
}

// readMessage decodes a message. Messages from bots need no answer, nor do messages posted
// from the bot's own inline results. Messages on behalf of a chat, such as those of
// anonymous administrators, have a bot as their sender but come from a person.
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
		return decoded{rightsChanged: where.chat}, nil
	}
	from := m.object("from")
	joining, _ := m.objects("new_chat_members")
	if slices.ContainsFunc(joining, func(u object) bool { return isBot(u, me) }) {
		return joined(where, from), nil
	}
	switch {
	case from.flag("is_bot") && from.id("id") != anonymousAdmin && !m.has("sender_chat"),
		isBot(m.object("via_bot"), me),
		!hasContent(m):
		return decoded{}, errNoMessage
	}
	q := readQuestion(m, where, me)
	return decoded{question: &q}, nil
}

// joined returns a question without text for the bot being added to a chat. There is no
// message to reply to.
func joined(where place, by object) decoded {
	q := question{place: where}
	q.in = bot.Incoming{Chat: where.chatKey(), Thread: where.key(), Joined: true, Client: by.text("language_code")}
	return decoded{question: &q}
}

// contentFields are the fields that messages from people have, one at least.
var contentFields = []string{
	"text", "caption", "animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location",
	"paid_media", "photo", "poll", "rich_message", "sticker", "story", "venue", "video", "video_note", "voice",
}

// hasContent reports whether a message has content from a person; the others are service
// messages, such as "Ana joined the group".
func hasContent(m object) bool { return slices.ContainsFunc(contentFields, m.has) }

// inlineQuery is what somebody types after the bot's name in any chat.
type inlineQuery struct {
	id    string
	query bot.Query
}

func readInline(q object) (decoded, error) {
	from := q.object("from")
	if q.text("id") == "" || from.id("id") == 0 {
		return decoded{}, errNoMessage
	}
	return decoded{inline: &inlineQuery{q.text("id"), bot.Query{
		Sender: bot.Sender{ID: from.id("id")}, Client: from.text("language_code"), Text: q.text("query"),
	}}}, nil
}

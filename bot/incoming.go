package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"reportbot/store"
	"reportbot/store/text"
)

// Sender is who wrote a message or pressed a button.
type Sender struct {
	ID int64 // the numeric id at the transport; 0 if unknown
	// Anonymous is set for administrators who write in the group's own name.
	Anonymous bool
	// Owner is set for the person at the program's own terminal.
	Owner bool
}

// key is the sender's id in the store; empty if it is unknown or shared.
func (s Sender) key() string {
	if s.ID == 0 || s.Anonymous {
		return ""
	}
	return strconv.FormatInt(s.ID, 10)
}

// owner returns the owner of the message in the store.
func (in Incoming) owner() store.Owner { return store.Owner{Chat: in.Chat, Person: in.Sender.key()} }

// Incoming is a message to the bot, or another one in a group that the bot is in.
type Incoming struct {
	Chat    string // key of the chat; its settings are stored under it
	Thread  string // key of chat and topic; answers are stored under it
	Private bool   // a chat with one person
	Sender  Sender
	Text    string // empty: it has none
	// Addressed is set if it mentions the bot or replies to one of its messages. It has
	// no meaning in private chats.
	Addressed bool
	// RepliesTo is the id of the bot's message that it replies to, or 0.
	RepliesTo int
	// Quoted is the text of the message that it replies to, from any author, or the
	// part of it that was quoted.
	Quoted string
	// Forwarded is set if the person forwarded somebody else's message.
	Forwarded bool
	Client    string // language of the person's client, as ISO 639-1; may be empty
	Upload    *Upload
	// Received is when the message arrived; zero: now.
	Received time.Time
	// Joined is set if, instead of a message, this is the bot's addition to the chat.
	Joined bool

	settings settings // the chat's
	// alone is set if earlier exchanges aren't context of the text.
	alone bool
	// spoken is the language of the reply; empty: the chat's.
	spoken text.Language
}

// Upload is a file that a person sent.
type Upload struct {
	Name string
	Size int64 // in bytes, as reported by the transport; 0 if unknown
	// Read fetches the file. It reads no more than limit bytes.
	Read func(ctx context.Context, limit int64) ([]byte, error)
}

// language is the language of all replies but answers, which follow the question's.
func (in Incoming) language() text.Language {
	if in.spoken != "" {
		return in.spoken
	}
	return in.settings.language(in.Client)
}

// say returns a phrase in the language of the reply.
func (in Incoming) say(key phrase, fields ...any) string { return say(in.language(), key, fields...) }

// reply returns a phrase as a message.
func (in Incoming) reply(key phrase, fields ...any) Message {
	return textMessage(in.say(key, fields...))
}

// Responder sends the answer to one incoming message. Never are two of its methods called
// at the same time, but Partial may be called from another goroutine.
type Responder interface {
	// Working shows until Final that an answer is in progress. After an error the
	// caller makes no answer, since Final would fail too.
	Working(ctx context.Context, note Message) error
	// Partial replaces what Working showed with the checked part of the answer so far.
	Partial(ctx context.Context, m Message)
	// Final sends the complete answer and returns the id of its first message. It is
	// called once.
	Final(ctx context.Context, m Message) (id int, err error)
	// Administers reports whether the sender may change the chat's settings:
	// one of a group's administrators, or anybody in their own private chat.
	Administers(ctx context.Context) (bool, error)
}

// Callback is a person's press of a button under one of the bot's messages.
type Callback struct {
	Chat, Thread string
	Private      bool
	Sender       Sender
	Client       string
	Name         string // of the person, as shown in chats; may be empty
	Message      int    // id of the message that has the button
	Data         string // the button's data; untrusted
	// Gone is set if the message is no longer accessible: it can't be changed, and its
	// topic is unknown.
	Gone bool

	settings settings
}

// in reports whether the button is in a thread, or may be if its topic is unknown.
func (p Callback) in(thread string) bool {
	return thread == p.Thread || p.Gone && strings.HasPrefix(thread, p.Chat+"/")
}

func (p Callback) language() text.Language { return p.settings.language(p.Client) }

func (p Callback) say(key phrase, fields ...any) string { return say(p.language(), key, fields...) }

// incoming returns the callback as a message, for code that handles both.
func (p Callback) incoming() Incoming {
	return Incoming{
		Chat: p.Chat, Thread: p.Thread, Private: p.Private, Sender: p.Sender, Client: p.Client, Addressed: true,
		settings: p.settings,
	}
}

// CallbackResponder answers one callback. The methods of Responder send a new message
// that replies to the one with the button.
type CallbackResponder interface {
	Responder
	// Toast shows the person a short notice of at most 200 characters.
	Toast(ctx context.Context, said string)
	// Replace replaces the message with the button by m.
	Replace(ctx context.Context, m Message) error
}

package telegramtest

import (
	"maps"
	"time"
)

// Option changes a message that a person sends.
type Option func(*writing)

type writing struct {
	message   *Message
	anonymous bool
}

// ReplyTo makes the message a reply.
func ReplyTo(m Message) Option {
	return func(w *writing) { w.message.ReplyTo = m.ID }
}

// InTopic puts the message into a topic of a forum.
func InTopic(thread int) Option {
	return func(w *writing) { w.message.ThreadID = thread }
}

// Anonymously sends a group message as an anonymous administrator does: from
// GroupAnonymousBot, with the group as sender_chat.
func Anonymously() Option {
	return func(w *writing) { w.anonymous = true }
}

// WithEntities replaces the entities Telegram would find in the text, also by
// impossible ones.
func WithEntities(entities ...Entity) Option {
	return func(w *writing) {
		w.message.Entities, w.message.Found = entities, []Entity{}
	}
}

// Caption puts a text under a document, or what else is sent.
func Caption(text string) Option {
	return func(w *writing) { w.message.Text = text }
}

// anonymousAdmin is the account that stands for anonymous administrators.
var anonymousAdmin = User{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}

// Writes sends a text to the bot in private.
func (u *User) Writes(text string, options ...Option) Message {
	u.srv.t.Helper()
	return u.WritesIn(u.Chat(), text, options...)
}

// WritesIn sends a text in a chat. Commands, mentions and links in it become
// entities as in Telegram.
func (u *User) WritesIn(c *Chat, text string, options ...Option) Message {
	u.srv.t.Helper()
	if n := Length(text); text == "" || n > maxText {
		u.srv.t.Errorf("telegramtest: nobody can send a text of %d units", n)
	}
	return u.send(c, &Message{Text: settle(text, nil).text}, options)
}

// SendsDocument sends a file in a chat.
func (u *User) SendsDocument(c *Chat, d Document, options ...Option) Message {
	u.srv.t.Helper()
	u.srv.mu.Lock()
	u.srv.files.add(&d)
	u.srv.mu.Unlock()
	return u.send(c, &Message{Document: &d}, options)
}

// Sends sends a message of another kind in a chat: its fields as they are in
// the API's JSON, such as "photo", "sticker" or "new_chat_members", besides
// those every message has.
func (u *User) Sends(c *Chat, fields map[string]any, options ...Option) Message {
	return u.send(c, &Message{extra: fields}, options)
}

func (u *User) send(c *Chat, m *Message, options []Option) Message {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	m.ChatID, m.From, m.Date = c.ID, u.ID, time.Now()
	w := writing{message: m}
	for _, o := range options {
		o(&w)
	}
	if w.anonymous {
		m.From = anonymousAdmin.ID
		m.extra = maps.Clone(m.extra)
		if m.extra == nil {
			m.extra = map[string]any{}
		}
		m.extra["sender_chat"] = wireChat(c)
	}
	if m.Found == nil {
		m.Found = findEntities(m.Text)
	}
	if c.Type == "private" {
		c.started = true
	} else if c.members[u.ID] == "" {
		c.members[u.ID] = "member"
	}
	if reply := c.messages[m.ReplyTo]; reply != nil && m.ThreadID == 0 && c.Type == "supergroup" {
		// A reply stands in the topic of what it replies to; without topics
		// its thread is the first message of the conversation.
		m.ThreadID = reply.ThreadID
		if m.ThreadID == 0 && !c.Forum {
			m.ThreadID = reply.ID
		}
	}
	s.store(c, m)
	m.UpdateID = s.enqueue("message", s.wireMessage(m, true), c.ID)
	return m.clone()
}

// Edits changes a text the person has sent, by an edited_message update, and
// returns the message as it is now.
func (u *User) Edits(m Message, text string) Message {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.find(m)
	if old == nil || old.From != u.ID {
		s.t.Errorf("telegramtest: %s edits message %d, which is not theirs", u, m.ID)
		return m
	}
	old.Text = settle(text, nil).text
	old.Entities, old.Found = nil, findEntities(old.Text)
	old.Edits++
	old.edited = time.Now()
	old.UpdateID = s.enqueue("edited_message", s.wireMessage(old, true), m.ChatID)
	return old.clone()
}

// Deletes removes a message from its chat. Bots are not told.
func (u *User) Deletes(m Message) {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	if stored := s.find(m); stored != nil {
		stored.Deleted = true
	}
	s.notify()
}

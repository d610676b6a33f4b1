package telegramtest

import (
	"fmt"
	"time"
)

// User is a person, or the bot. Its methods do what the person does in
// Telegram and queue the updates the bot gets of it.
type User struct {
	ID           int64
	IsBot        bool
	FirstName    string
	Username     string // without @, empty if none
	LanguageCode string // of the person's client, empty if not told

	srv *Server
}

// User makes a person who has not met the bot yet: until they write, it
// cannot write to them. The language code may be empty.
func (s *Server) User(firstName, languageCode string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastUser++
	u := &User{ID: s.lastUser, FirstName: firstName, LanguageCode: languageCode, srv: s}
	s.users[u.ID] = u
	s.chats[u.ID] = &Chat{ID: u.ID, Type: "private", user: u, srv: s}
	return u
}

// Chat is a private chat, group or supergroup.
type Chat struct {
	ID    int64
	Type  string // "private", "group" or "supergroup"
	Title string // empty in a private chat
	Forum bool   // has topics

	srv *Server
	// The rest is guarded by the server's lock.
	user       *User // of a private chat
	started    bool  // the person of a private chat has written
	blocked    bool  // by the person of a private chat
	botGone    bool  // the bot was removed
	upgradedTo int64
	topics     map[int]bool
	members    map[int64]string // status by user id
	messages   map[int]*Message
	lastID     int // of a supergroup
}

// Chat returns the person's private chat with the bot.
func (u *User) Chat() *Chat {
	u.srv.mu.Lock()
	defer u.srv.mu.Unlock()
	return u.srv.chats[u.ID]
}

// Group makes a basic group the bot is a member of.
func (s *Server) Group(title string) *Chat {
	return s.newChat("group", title, -4_000_000_000)
}

// Supergroup makes a supergroup the bot is a member of. With topics, which
// are thread ids above 1, it is a forum.
func (s *Server) Supergroup(title string, topics ...int) *Chat {
	c := s.newChat("supergroup", title, -1_002_000_000_000)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Forum = len(topics) > 0
	for _, id := range topics {
		c.topics[id] = true
		c.lastID = max(c.lastID, id)
	}
	return c
}

func (s *Server) newChat(kind, title string, base int64) *Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastChat++
	c := &Chat{
		ID: base - s.lastChat, Type: kind, Title: title, srv: s,
		topics: map[int]bool{}, members: map[int64]string{s.Me.ID: "member"},
	}
	s.chats[c.ID] = c
	return c
}

// SetMember sets a person's status in a group: "creator", "administrator",
// "member", "restricted", "left" or "kicked". No update is sent. Who writes
// becomes a member without it.
func (c *Chat) SetMember(u *User, status string) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.members[u.ID] = status
}

// Upgrade turns a basic group into a supergroup with another id, which it
// returns. What the bot sends to the old id is refused with the new one; it
// also gets both service messages.
func (c *Chat) Upgrade() *Chat {
	next := c.srv.Supergroup(c.Title)
	s := c.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, status := range c.members {
		next.members[id] = status
	}
	c.upgradedTo = next.ID
	s.announceUpgrade(c, "migrate_to_chat_id", next.ID)
	s.announceUpgrade(next, "migrate_from_chat_id", c.ID)
	return next
}

func (s *Server) announceUpgrade(c *Chat, field string, other int64) {
	m := &Message{ChatID: c.ID, From: s.Me.ID, Date: time.Now(), extra: map[string]any{field: other}}
	s.store(c, m)
	s.enqueue("message", s.wireMessage(m, true), c.ID)
}

// AddsBot puts the bot into a group and tells it by my_chat_member.
func (u *User) AddsBot(c *Chat) { u.changeBot(c, "left", "member") }

// RemovesBot takes the bot out of a group and tells it by my_chat_member.
// It can't write there any more.
func (u *User) RemovesBot(c *Chat) { u.changeBot(c, "member", "kicked") }

// Blocks blocks the bot, which is told by my_chat_member.
func (u *User) Blocks() { u.changeBot(u.Chat(), "member", "kicked") }

func (u *User) changeBot(c *Chat, from, to string) {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Type == "private" {
		c.blocked = to == "kicked"
	} else {
		c.members[s.Me.ID] = to
		c.botGone = to == "kicked"
	}
	s.enqueue("my_chat_member", map[string]any{
		"chat": wireChat(c), "from": wireUser(u), "date": time.Now().Unix(),
		"old_chat_member": wireMember(s.Me, from), "new_chat_member": wireMember(s.Me, to),
	}, c.ID)
}

// chat finds a chat by the chat_id of a call and decides whether the bot may
// write there. The lock is held.
func (s *Server) chat(r *request) (*Chat, *apiError) {
	c := s.chats[r.params.Int("chat_id")]
	switch {
	case c == nil:
		return nil, badRequest("chat not found")
	case c.upgradedTo != 0:
		err := badRequest("group chat was upgraded to a supergroup chat")
		err.migrateTo = c.upgradedTo
		return nil, err
	case c.Type == "private" && c.blocked:
		return nil, forbidden("bot was blocked by the user")
	case c.Type == "private" && !c.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case c.botGone:
		return nil, forbidden("bot was kicked from the " + c.Type + " chat")
	}
	return c, nil
}

func (u *User) String() string { return fmt.Sprintf("%s (%d)", u.FirstName, u.ID) }

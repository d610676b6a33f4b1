package telegramtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// Message is a message as it stands in its chat.
type Message struct {
	ID     int
	ChatID int64
	From   int64 // the sender's user id
	Date   time.Time
	// Text is the text after parsing, or a document's caption.
	Text string
	// Entities are those the sender asked for, by parse_mode. Offsets are in
	// UTF-16 units.
	Entities []Entity
	// Found are those Telegram finds by itself: commands, mentions, URLs.
	Found []Entity
	// HTML is the text as the bot sent it, before parsing.
	HTML string
	// ReplyTo is the id of the message this one replies to, or 0.
	ReplyTo int
	// ThreadID is the topic, or 0.
	ThreadID int
	// Buttons are the rows of the inline keyboard.
	Buttons [][]Button
	// NoPreview says that link previews are off.
	NoPreview bool
	// Silent says that it was sent with disable_notification.
	Silent   bool
	Document *Document
	// Edits counts how often it was edited.
	Edits   int
	Deleted bool
	// Params are the parameters of the call that sent or last edited it.
	Params Params
	// UpdateID is the update that told the bot of it, 0 if none did.
	UpdateID int64

	edited time.Time
	markup any            // the keyboard as sent
	extra  map[string]any // further fields on the wire
}

// Document is a file in a message.
type Document struct {
	FileID string // given by the server
	Name   string
	MIME   string
	Data   []byte
	// Size is the size in bytes; 0 means that of Data. A larger one stands
	// for a file too big to be downloaded.
	Size int64
}

// Links returns the addresses of the text's links, in order.
func (m Message) Links() []string {
	var links []string
	for _, e := range m.Entities {
		if e.Type == "text_link" {
			links = append(links, e.URL)
		}
	}
	return links
}

// Folded returns the text in expandable quotations.
func (m Message) Folded() string {
	units := utf16.Encode([]rune(m.Text))
	var folded string
	for _, e := range m.Entities {
		if e.Type == "expandable_blockquote" {
			folded += string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
		}
	}
	return folded
}

// String is one line for failure messages.
func (m Message) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d in %d from %d", m.ID, m.ChatID, m.From)
	if m.ReplyTo != 0 {
		fmt.Fprintf(&b, ", reply to #%d", m.ReplyTo)
	}
	if m.ThreadID != 0 {
		fmt.Fprintf(&b, ", topic %d", m.ThreadID)
	}
	if m.Edits > 0 {
		fmt.Fprintf(&b, ", edited %d times", m.Edits)
	}
	if m.Deleted {
		b.WriteString(", deleted")
	}
	fmt.Fprintf(&b, ": %q", m.Text)
	for _, row := range m.Buttons {
		for _, button := range row {
			fmt.Fprintf(&b, " [%s]", button.Text)
		}
	}
	return b.String()
}

func (m *Message) clone() Message {
	c := *m
	c.Entities = slices.Clone(m.Entities)
	c.Found = slices.Clone(m.Found)
	c.Params = maps.Clone(m.Params)
	c.Buttons = make([][]Button, len(m.Buttons))
	for i, row := range m.Buttons {
		c.Buttons[i] = slices.Clone(row)
	}
	if m.Document != nil {
		d := *m.Document
		c.Document = &d
	}
	return c
}

// store gives a message its id and puts it into its chat. The lock is held.
func (s *Server) store(c *Chat, m *Message) {
	switch c.Type {
	case "supergroup":
		c.lastID++
		m.ID = c.lastID
	default:
		s.lastShared++
		m.ID = s.lastShared
	}
	if c.messages == nil {
		c.messages = map[int]*Message{}
	}
	c.messages[m.ID] = m
	s.sent = append(s.sent, m)
	if s.observer != nil && m.From == s.Me.ID {
		s.observer(m.clone())
	}
	s.notify()
}

// Observe has seen called with each message that the bot sends, as soon as it
// is there. It must return at once and call nothing of the server: it is for
// tests with too many messages to look through them all.
func (s *Server) Observe(seen func(Message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observer = seen
}

// find returns the stored message of a copy, nil if it is in no chat. The
// lock is held.
func (s *Server) find(m Message) *Message {
	c := s.chats[m.ChatID]
	if c == nil {
		return nil
	}
	return c.messages[m.ID]
}

// Messages returns the bot's messages in a chat as they are now, in order of
// sending, deleted ones too. Chat 0 means all chats.
func (s *Server) Messages(chatID int64) []Message {
	return s.messages(func(m *Message) bool {
		return m.From == s.Me.ID && m.extra == nil && (chatID == 0 || m.ChatID == chatID)
	})
}

// History returns everybody's messages in a chat, in order of sending.
func (s *Server) History(chatID int64) []Message {
	return s.messages(func(m *Message) bool { return m.ChatID == chatID })
}

func (s *Server) messages(want func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Message
	for _, m := range s.sent {
		if want(m) {
			list = append(list, m.clone())
		}
	}
	return list
}

// Call is a call of the bot, whatever came of it.
type Call struct {
	Method string // in Telegram's spelling if it is known
	Params Params
	Files  map[string]File
	Time   time.Time // of its arrival
	Done   bool      // the call has ended
	Status int       // of the answer, 0 if it got none
	Error  string    // why there was no result
}

// Calls returns the calls of the named methods, or all, in order of arrival.
func (s *Server) Calls(methods ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Call
	for _, c := range s.calls {
		if len(methods) == 0 || slices.Contains(methods, c.Method) {
			list = append(list, *c)
		}
	}
	return list
}

package telegramtest

import (
	"slices"
	"time"
)

// draftLife is how long a draft stays without being sent again.
const draftLife = 30 * time.Second

// Draft is a message that streams into a private chat.
type Draft struct {
	ID       int64 // the bot's number for it
	ChatID   int64
	ThreadID int
	Text     string // as last sent, after parsing; empty shows "Thinking…"
	CanStop  bool
	Stopped  bool // the person pressed stop
	// Versions are all texts it had, in order.
	Versions []string
	Last     time.Time
	// Live says that the person still sees it: it is not stopped, no message
	// or other draft took its place, and it was sent within 30 seconds.
	Live bool

	replaced bool
}

// Drafts returns the drafts sent to a chat, in order of their first sending.
// Chat 0 means all chats.
func (s *Server) Drafts(chatID int64) []Draft {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Draft
	for _, d := range s.drafts {
		if chatID != 0 && d.ChatID != chatID {
			continue
		}
		c := *d
		c.Versions = slices.Clone(d.Versions)
		c.Live = !d.replaced && !d.Stopped && time.Since(d.Last) < draftLife
		list = append(list, c)
	}
	return list
}

func (s *Server) sendMessageDraft(r *request) (any, *apiError) {
	id := r.params.Int("draft_id")
	if id == 0 {
		return nil, malformed("RANDOM_ID_INVALID").because("draft_id must not be 0")
	}
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	if c.Type != "private" {
		return nil, malformed("TEXTDRAFT_PEER_INVALID").because("drafts are for private chats, this is a %s", c.Type)
	}
	thread, err := s.readThread(r, c, nil)
	if err != nil {
		return nil, err
	}
	f, err := s.readText(r, r.params["text"], r.params["parse_mode"], maxText)
	if err != nil {
		return nil, err
	}
	if f.text == "" && r.params["text"] != "" {
		return nil, emptyText(f)
	}
	var draft *Draft
	for _, d := range s.drafts {
		if d.ChatID != c.ID || d.ThreadID != thread {
			continue
		}
		if d.ID == id {
			draft = d
		} else {
			d.replaced = true
		}
	}
	if draft == nil {
		draft = &Draft{ID: id, ChatID: c.ID, ThreadID: thread}
		s.drafts = append(s.drafts, draft)
	}
	draft.Text, draft.CanStop = f.text, r.params.Bool("can_stop")
	draft.Versions = append(draft.Versions, f.text)
	draft.Last, draft.replaced = time.Now(), false
	return true, nil
}

// StopsDraft presses the stop button of a draft in the person's private chat
// and returns the id of the stopped_message_generation update.
func (u *User) StopsDraft(id int64) int64 {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.drafts {
		if d.ChatID == u.ID && d.ID == id && d.CanStop && !d.Stopped {
			d.Stopped = true
			return s.enqueue("stopped_message_generation",
				map[string]any{"chat": wireChat(s.chats[u.ID]), "draft_id": id}, u.ID)
		}
	}
	s.t.Errorf("telegramtest: %s has no draft %d with a stop button", u, id)
	return 0
}

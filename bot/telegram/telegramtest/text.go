package telegramtest

import (
	"fmt"
	"slices"
	"strings"
)

const (
	maxText     = 4096 // UTF-16 units after parsing
	maxCaption  = 1024
	maxEntities = 100 // links, code, quotes and formatting of one text
)

// readText parses the text of a call by its parse_mode. It does not mind an
// empty one. The lock is held.
func (s *Server) readText(r *request, text, mode string, limit int) (formatted, *apiError) {
	f, err := s.format(text, mode)
	if err != nil {
		return f, err
	}
	// The server counts code points; UTF-16 units are never fewer, and are
	// what a bot should count.
	if n := Length(f.text); n > limit {
		what := "message is too long"
		if limit == maxCaption {
			what = "message caption is too long"
		}
		return f, malformed("%s", what).because("%s: %d UTF-16 units, %d are allowed", what, n, limit)
	}
	for _, what := range f.lost {
		s.complain(r.method, r.params, "Telegram silently drops "+what)
	}
	return f, nil
}

func (s *Server) format(text, mode string) (formatted, *apiError) {
	var f formatted
	switch strings.ToLower(mode) {
	case "":
		f = settle(text, nil)
	case "html":
		var err error
		if f, err = parseHTML(text); err != nil {
			return f, malformed("%v", err)
		}
	default:
		return f, malformed("unsupported parse_mode").because("parse_mode %q, the bot writes HTML only", mode)
	}
	f.dropExcess()
	f.entities = slices.DeleteFunc(f.entities, func(e Entity) bool {
		unknown := e.Type == "text_mention" && s.users[e.UserID] == nil
		if unknown {
			f.lost = append(f.lost, fmt.Sprintf("the mention of user %d, whom it does not know", e.UserID))
		}
		return unknown
	})
	return f, nil
}

// dropExcess keeps the entities a message can have: links, code and quotes
// first, then bold and the like.
func (f *formatted) dropExcess() {
	count := 0
	over := map[int]bool{}
	for _, soft := range []bool{false, true} {
		for i, e := range f.entities {
			if isSplittable(e.Type) != soft {
				continue
			}
			if count++; count > maxEntities {
				over[i] = true
			}
		}
	}
	if len(over) == 0 {
		return
	}
	f.lost = append(f.lost, fmt.Sprintf("%d of %d entities, a message has at most %d", len(over), count, maxEntities))
	kept := f.entities[:0]
	for i, e := range f.entities {
		if !over[i] {
			kept = append(kept, e)
		}
	}
	f.entities = kept
}

// readReply checks reply_parameters and returns the message replied to, nil
// if there is none. The lock is held.
func (s *Server) readReply(r *request, c *Chat) (*Message, *apiError) {
	raw, given := r.params["reply_parameters"]
	if !given {
		return nil, nil
	}
	var p struct {
		MessageID                int  `json:"message_id"`
		AllowSendingWithoutReply bool `json:"allow_sending_without_reply"`
	}
	if err := decodeStrict(raw, &p); err != nil {
		return nil, malformed("can't parse reply parameters JSON object").because("reply_parameters: %v", err)
	}
	if p.MessageID <= 0 {
		return nil, malformed("message to be replied not found").because("reply_parameters without a message_id: %s", raw)
	}
	m := c.messages[p.MessageID]
	if m == nil || m.Deleted {
		if p.AllowSendingWithoutReply {
			return nil, nil
		}
		return nil, badRequest("message to be replied not found")
	}
	return m, nil
}

// readThread decides the topic of a message that is sent. The lock is held.
func (s *Server) readThread(r *request, c *Chat, reply *Message) (int, *apiError) {
	thread := int(r.params.Int("message_thread_id"))
	if thread == 0 {
		// A reply goes where the message it replies to stands.
		if reply != nil && c.Forum {
			return reply.ThreadID, nil
		}
		return 0, nil
	}
	known := c.topics[thread]
	if c.Type == "supergroup" && !c.Forum {
		known = c.messages[thread] != nil // a thread of replies
	}
	if !known {
		return 0, badRequest("message thread not found")
	}
	if reply != nil && c.Forum && reply.ThreadID != thread {
		return 0, malformed("message to be replied not found").because("a reply in topic %d to a message of topic %d", thread, reply.ThreadID)
	}
	return thread, nil
}

// readPreview checks link_preview_options.
func readPreview(r *request) (off bool, err *apiError) {
	raw, given := r.params["link_preview_options"]
	if !given {
		return false, nil
	}
	var p struct {
		IsDisabled bool `json:"is_disabled"`
	}
	if e := decodeStrict(raw, &p); e != nil {
		return false, malformed("can't parse link preview options JSON object").because("link_preview_options: %v", e)
	}
	return p.IsDisabled, nil
}

// emptyText words the refusal of a text of which parsing left nothing.
func emptyText(f formatted) *apiError {
	if f.text != "" {
		return nil
	}
	return malformed("text must be non-empty")
}

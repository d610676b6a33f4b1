package telegramtest

import (
	"slices"
	"time"
)

func (s *Server) sendMessage(r *request) (any, *apiError) {
	f, err := s.readText(r, r.params["text"], r.params["parse_mode"], maxText)
	if err == nil {
		err = emptyText(f)
	}
	if err != nil {
		return nil, err
	}
	m := &Message{Text: f.text, Entities: f.entities, HTML: r.params["text"]}
	if m.NoPreview, err = readPreview(r); err != nil {
		return nil, err
	}
	return s.deliver(r, m)
}

func (s *Server) sendDocument(r *request) (any, *apiError) {
	f, err := s.readText(r, r.params["caption"], r.params["parse_mode"], maxCaption)
	if err != nil {
		return nil, err
	}
	m := &Message{Text: f.text, Entities: f.entities, HTML: r.params["caption"]}
	if file, uploaded := r.files["document"]; uploaded {
		if len(file.Data) == 0 {
			return nil, malformed("file must be non-empty")
		}
		m.Document = &Document{Name: file.Name, MIME: file.MIME, Data: file.Data}
		s.files.add(m.Document)
	} else if m.Document = s.files.byID[r.params["document"]]; m.Document == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	return s.deliver(r, m)
}

// deliver puts a message of the bot into its chat and drops the chat's draft,
// which the message replaces.
func (s *Server) deliver(r *request, m *Message) (any, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	if c.members[s.Me.ID] == "restricted" {
		return nil, badRequest("not enough rights to send text messages to the chat")
	}
	reply, err := s.readReply(r, c)
	if err != nil {
		return nil, err
	}
	if m.ThreadID, err = s.readThread(r, c, reply); err != nil {
		return nil, err
	}
	if m.Buttons, m.markup, err = readMarkup(r); err != nil {
		return nil, err
	}
	m.ChatID, m.From, m.Date, m.Params = c.ID, s.Me.ID, time.Now(), r.params
	m.Silent = r.params.Bool("disable_notification")
	m.Found = findEntities(m.Text)
	if reply != nil {
		m.ReplyTo = reply.ID
	}
	s.store(c, m)
	for _, d := range s.drafts {
		if d.ChatID == c.ID && d.ThreadID == m.ThreadID {
			d.replaced = true
		}
	}
	return s.wireMessage(m, true), nil
}

// own finds the message of the bot that a call edits. The lock is held.
func (s *Server) own(r *request) (*Message, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	m := c.messages[int(r.params.Int("message_id"))]
	if m == nil || m.Deleted {
		return nil, badRequest("message to edit not found")
	}
	if m.From != s.Me.ID {
		return nil, malformed("message can't be edited")
	}
	return m, nil
}

func (s *Server) editMessageText(r *request) (any, *apiError) {
	m, err := s.own(r)
	if err != nil {
		return nil, err
	}
	if m.Document != nil {
		return nil, malformed("there is no text in the message to edit")
	}
	f, err := s.readText(r, r.params["text"], r.params["parse_mode"], maxText)
	if err == nil {
		err = emptyText(f)
	}
	if err != nil {
		return nil, err
	}
	noPreview, err := readPreview(r)
	if err != nil {
		return nil, err
	}
	buttons, markup, err := readMarkup(r)
	if err != nil {
		return nil, err
	}
	if f.text == m.Text && slices.Equal(f.entities, m.Entities) && sameButtons(buttons, m.Buttons) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	m.Text, m.Entities, m.Found, m.HTML = f.text, f.entities, findEntities(f.text), r.params["text"]
	m.Buttons, m.markup, m.NoPreview = buttons, markup, noPreview
	m.Edits++
	m.edited, m.Params = time.Now(), r.params
	return s.wireMessage(m, true), nil
}

func sameButtons(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(x, y []Button) bool { return slices.Equal(x, y) })
}

func (s *Server) deleteMessage(r *request) (any, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	m := c.messages[int(r.params.Int("message_id"))]
	if m == nil || m.Deleted {
		return nil, badRequest("message to delete not found")
	}
	if m.From != s.Me.ID && c.Type != "private" && c.members[s.Me.ID] != "administrator" {
		return nil, badRequest("message can't be deleted")
	}
	m.Deleted = true
	return true, nil
}

var chatActions = []string{
	"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
	"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}

func (s *Server) sendChatAction(r *request) (any, *apiError) {
	if !slices.Contains(chatActions, r.params["action"]) {
		return nil, malformed("wrong parameter action in request").because("unknown action %q", r.params["action"])
	}
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	// Only here the general topic of a forum has a number.
	if r.params.Int("message_thread_id") != 1 || !c.Forum {
		if _, err := s.readThread(r, c, nil); err != nil {
			return nil, err
		}
	}
	return true, nil
}

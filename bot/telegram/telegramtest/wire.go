package telegramtest

import (
	"maps"
	"slices"
)

// wireMessage is a message as Telegram sends it, with the message it replies
// to but not what that replies to. The lock is held.
func (s *Server) wireMessage(m *Message, withReply bool) map[string]any {
	c := s.chats[m.ChatID]
	w := map[string]any{"message_id": m.ID, "date": m.Date.Unix(), "chat": wireChat(c)}
	maps.Copy(w, m.extra)
	if m.From == anonymousAdmin.ID {
		w["from"] = wireUser(&anonymousAdmin)
	} else if sender := s.users[m.From]; sender != nil {
		w["from"] = wireUser(sender)
	}
	if !m.edited.IsZero() {
		w["edit_date"] = m.edited.Unix()
	}
	text, entities := "text", "entities"
	if m.Document != nil {
		w["document"] = wireDocument(m.Document)
	}
	if m.Document != nil || m.extra["photo"] != nil {
		text, entities = "caption", "caption_entities"
	}
	if m.Text != "" {
		w[text] = m.Text
	}
	if list := s.wireEntities(m); len(list) > 0 {
		w[entities] = list
	}
	if m.ThreadID != 0 {
		w["message_thread_id"] = m.ThreadID
		if c.topics[m.ThreadID] {
			w["is_topic_message"] = true
		}
	}
	if reply := c.messages[m.ReplyTo]; withReply && reply != nil {
		w["reply_to_message"] = s.wireMessage(reply, false)
	}
	if m.markup != nil {
		w["reply_markup"] = m.markup
	}
	if m.NoPreview {
		w["link_preview_options"] = map[string]any{"is_disabled": true}
	}
	return w
}

func (s *Server) wireEntities(m *Message) []map[string]any {
	all := slices.Clone(m.Entities)
	for _, f := range m.Found {
		inside := func(e Entity) bool {
			return !isSplittable(e.Type) && !isQuote(e.Type) && f.Offset < e.end() && e.Offset < f.end()
		}
		if !slices.ContainsFunc(m.Entities, inside) {
			all = append(all, f)
		}
	}
	sortEntities(all)
	var list []map[string]any
	for _, e := range all {
		w := map[string]any{"type": e.Type, "offset": e.Offset, "length": e.Length}
		if e.URL != "" {
			w["url"] = e.URL
		}
		if e.Language != "" {
			w["language"] = e.Language
		}
		if u := s.users[e.UserID]; u != nil {
			w["user"] = wireUser(u)
		}
		list = append(list, w)
	}
	return list
}

func wireUser(u *User) map[string]any {
	w := map[string]any{"id": u.ID, "is_bot": u.IsBot, "first_name": u.FirstName}
	if u.Username != "" {
		w["username"] = u.Username
	}
	if u.LanguageCode != "" {
		w["language_code"] = u.LanguageCode
	}
	return w
}

func wireChat(c *Chat) map[string]any {
	w := map[string]any{"id": c.ID, "type": c.Type}
	if c.user != nil {
		w["first_name"] = c.user.FirstName
		if c.user.Username != "" {
			w["username"] = c.user.Username
		}
		return w
	}
	w["title"] = c.Title
	if c.Forum {
		w["is_forum"] = true
	}
	return w
}

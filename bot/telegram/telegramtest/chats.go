package telegramtest

import (
	"maps"
	"slices"
)

func (s *Server) getChat(r *request) (any, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	w := wireChat(c)
	w["accent_color_id"] = 0
	w["max_reaction_count"] = 11
	w["accepted_gift_types"] = map[string]any{
		"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
		"premium_subscription": false, "gifts_from_channels": false,
	}
	if c.Type == "group" || c.Type == "supergroup" {
		w["permissions"] = map[string]any{"can_send_messages": true}
	}
	return w, nil
}

func (s *Server) getChatMember(r *request) (any, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	u := s.users[r.params.Int("user_id")]
	if u == nil {
		return nil, badRequest("invalid user_id specified")
	}
	status := c.members[u.ID]
	if c.Type == "private" && (u == c.user || u == s.Me) {
		status = "member"
	}
	if status == "" {
		status = "left"
	}
	return wireMember(u, status), nil
}

func (s *Server) getChatAdministrators(r *request) (any, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	if c.Type == "private" {
		return nil, malformed("there are no administrators in the private chat")
	}
	list := []any{}
	for _, id := range slices.Sorted(maps.Keys(c.members)) {
		status := c.members[id]
		u := s.users[id]
		if (status == "creator" || status == "administrator") && (!u.IsBot || u == s.Me || r.params.Bool("return_bots")) {
			list = append(list, wireMember(u, status))
		}
	}
	return list, nil
}

// wireMember has the fields each status must have.
func wireMember(u *User, status string) map[string]any {
	w := map[string]any{"status": status, "user": wireUser(u)}
	switch status {
	case "creator":
		w["is_anonymous"] = false
	case "administrator":
		for _, right := range []string{
			"can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
			"can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
			"can_post_stories", "can_edit_stories", "can_delete_stories",
		} {
			w[right] = right == "can_manage_chat" || right == "can_delete_messages"
		}
	case "restricted":
		w["is_member"], w["until_date"] = true, 0
		for _, right := range []string{
			"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
			"can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
			"can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
		} {
			w[right] = false
		}
	case "kicked":
		w["until_date"] = 0
	}
	return w
}

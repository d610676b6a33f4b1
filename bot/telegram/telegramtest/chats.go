package telegramtest

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

func wireMember(u *User, status string) map[string]any {
	return map[string]any{"status": status, "user": wireUser(u)}
}

package telegramtest

// readEphemeral makes a message visible to one person only, if the call asks
// for it. The lock is held.
func (s *Server) readEphemeral(r *request, c *Chat, m *Message) *apiError {
	raw, given := r.params["ephemeral_message_parameters"]
	if !given {
		return nil
	}
	var p struct {
		ReceiverUserID              int64  `json:"receiver_user_id"`
		CallbackQueryID             string `json:"callback_query_id"`
		ReplaceCallbackQueryMessage bool   `json:"replace_callback_query_message"`
	}
	if err := decodeStrict(raw, &p); err != nil {
		e := malformed("can't parse ephemeral message parameters JSON object")
		e.reason = "ephemeral_message_parameters: " + err.Error()
		return e
	}
	if c.Type != "group" && c.Type != "supergroup" {
		err := malformed("ephemeral messages are available only in groups")
		err.reason = "an ephemeral message in a " + c.Type + " chat"
		return err
	}
	if c.members[p.ReceiverUserID] == "" {
		return badRequest("user not found")
	}
	c.lastShort++
	m.EphemeralID, m.Receiver = c.lastShort, p.ReceiverUserID
	return nil
}

// ephemeral finds the ephemeral message a call is about. The lock is held.
func (s *Server) ephemeral(r *request) (*Message, *apiError) {
	c, err := s.chat(r)
	if err != nil {
		return nil, err
	}
	for _, m := range s.sent {
		if m.ChatID == c.ID && m.EphemeralID == int(r.params.Int("ephemeral_message_id")) && m.EphemeralID != 0 &&
			m.Receiver == r.params.Int("receiver_user_id") && !m.Deleted {
			return m, nil
		}
	}
	return nil, badRequest("message to edit not found")
}

func (s *Server) editEphemeralMessageText(r *request) (any, *apiError) {
	m, err := s.ephemeral(r)
	if err == nil {
		err = s.changeText(r, m)
	}
	return true, err
}

func (s *Server) editEphemeralMessageReplyMarkup(r *request) (any, *apiError) {
	m, err := s.ephemeral(r)
	if err == nil {
		err = s.changeMarkup(r, m)
	}
	return true, err
}

func (s *Server) deleteEphemeralMessage(r *request) (any, *apiError) {
	m, err := s.ephemeral(r)
	if err != nil {
		err.description = "Bad Request: message to delete not found"
		return nil, err
	}
	m.Deleted = true
	return true, nil
}

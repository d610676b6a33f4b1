package telegramtest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// query is a callback or inline query that waits for its answer.
type query struct {
	from     *User
	answered bool
}

// Presses presses the button with the callback data under a message of the
// bot and returns the id of the callback query.
func (u *User) Presses(m Message, data string) string {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.find(m)
	found := false
	if stored != nil && !stored.Deleted {
		for _, row := range stored.Buttons {
			for _, b := range row {
				found = found || b.CallbackData == data
			}
		}
	}
	if !found {
		s.t.Errorf("telegramtest: message #%d in %d has no button with data %q", m.ID, m.ChatID, data)
		return ""
	}
	return s.callback(u, stored, data)
}

// Forges sends a callback query with data that stands on no button, or on one
// that is gone, as old and modified clients do. It returns the query's id.
func (u *User) Forges(m Message, data string) string {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.find(m)
	if stored == nil {
		s.t.Errorf("telegramtest: there is no message #%d in %d", m.ID, m.ChatID)
		return ""
	}
	return s.callback(u, stored, data)
}

func (s *Server) callback(u *User, m *Message, data string) string {
	id := s.nextQuery(s.callbacks, u)
	wire := s.wireMessage(m, true)
	if m.Deleted {
		// What the bot can't see any more comes without content, dated 0.
		wire = map[string]any{"chat": wire["chat"], "message_id": m.ID, "date": 0}
	}
	s.enqueue("callback_query", map[string]any{
		"id": id, "from": wireUser(u), "message": wire, "data": data,
		"chat_instance": fmt.Sprint(-m.ChatID * 31),
	}, m.ChatID)
	return id
}

// AsksInline types a query after the bot's name in some other chat and
// returns the id of the inline query.
func (u *User) AsksInline(text, offset string) string {
	s := u.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.nextQuery(s.inline, u)
	s.enqueue("inline_query", map[string]any{
		"id": id, "from": wireUser(u), "query": text, "offset": offset, "chat_type": "sender",
	}, u.ID)
	return id
}

func (s *Server) nextQuery(table map[string]*query, u *User) string {
	s.lastQuery++
	id := fmt.Sprint(4_000_000_000_000_000_000 + s.lastQuery)
	table[id] = &query{from: u}
	return id
}

// take marks a query as answered, or says why it can't be. The lock is held.
func take(table map[string]*query, id string) *apiError {
	q := table[id]
	if q == nil || q.answered {
		return badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	q.answered = true
	return nil
}

func (s *Server) answerCallbackQuery(r *request) (any, *apiError) {
	if n := utf8.RuneCountInString(r.params["text"]); n > 200 {
		return nil, malformed("MESSAGE_TOO_LONG").because("an answer of %d characters, 200 are allowed", n)
	}
	if err := take(s.callbacks, r.params["callback_query_id"]); err != nil {
		return nil, err
	}
	return true, nil
}

// Answered says whether a callback or inline query was answered.
func (s *Server) Answered(queryID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, table := range []map[string]*query{s.callbacks, s.inline} {
		if q := table[queryID]; q != nil {
			return q.answered
		}
	}
	return false
}

func (s *Server) answerInlineQuery(r *request) (any, *apiError) {
	var results []json.RawMessage
	r.params.JSON("results", &results)
	if len(results) > 50 {
		return nil, malformed("RESULTS_TOO_MUCH")
	}
	if len(r.params["next_offset"]) > 64 {
		return nil, malformed("NEXT_OFFSET_INVALID")
	}
	seen := map[string]bool{}
	for _, raw := range results {
		if err := s.checkInlineResult(r, raw, seen); err != nil {
			return nil, err
		}
	}
	if err := take(s.inline, r.params["inline_query_id"]); err != nil {
		return nil, err
	}
	return true, nil
}

func (s *Server) checkInlineResult(r *request, raw json.RawMessage, seen map[string]bool) *apiError {
	var result struct {
		Type        string `json:"type"`
		ID          string `json:"id"`
		Title       string `json:"title"`
		Description string `json:"description"`
		Content     *struct {
			Text        string          `json:"message_text"`
			ParseMode   string          `json:"parse_mode"`
			LinkPreview json.RawMessage `json:"link_preview_options"`
		} `json:"input_message_content"`
		ReplyMarkup json.RawMessage `json:"reply_markup"`
	}
	if err := decodeStrict(string(raw), &result); err != nil {
		return malformed("can't parse inline query result: %v", err).because("results: %v", err)
	}
	if result.Type != "article" {
		return malformed("inline results of type %q are not modelled by this stand-in", result.Type)
	}
	if n := len(result.ID); n < 1 || n > 64 || seen[result.ID] {
		err := malformed("RESULT_ID_INVALID")
		if seen[result.ID] {
			err = malformed("RESULT_ID_DUPLICATE")
		}
		err.reason = fmt.Sprintf("inline result id %q: 1 to 64 bytes, each once", result.ID)
		return err
	}
	seen[result.ID] = true
	if result.Title == "" {
		return malformed("can't parse inline query result: Can't find field \"title\"")
	}
	if result.Content == nil {
		return malformed("can't parse inline query result: input message content is not specified")
	}
	f, err := s.readText(r, result.Content.Text, result.Content.ParseMode, maxText)
	if err != nil {
		return err
	}
	return emptyText(f)
}

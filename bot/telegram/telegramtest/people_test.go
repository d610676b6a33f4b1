package telegramtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// lastUpdate returns the newest update that waits, as JSON.
func lastUpdate(t testing.TB, s *Server) string {
	t.Helper()
	var list []json.RawMessage
	if err := json.Unmarshal(call(t, s, "getUpdates", `{"offset":-1}`).Result, &list); err != nil || len(list) != 1 {
		t.Errorf("%d updates, %v", len(list), err)
		return ""
	}
	return string(list[0])
}

func expect(t testing.TB, what, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%s: %s\nlacks %s", what, got, part)
		}
	}
}

func TestPeople(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "vi")
	ana.Username = "ana_ng"
	ana.Writes("hi")
	expect(t, "a private message", lastUpdate(t, s), `"type":"private"`, `"username":"ana_ng"`,
		`"language_code":"vi"`, fmt.Sprintf(`"chat":{"first_name":"Ana","id":%d`, ana.ID))

	group := s.Group("Team")
	ana.WritesIn(group, "x", WithEntities(Entity{Type: "bot_command", Offset: 5, Length: 9}))
	expect(t, "forged entities", lastUpdate(t, s), `{"length":9,"offset":5,"type":"bot_command"}`)
	ana.Sends(group, map[string]any{"sticker": map[string]any{"file_id": "x"}})
	expect(t, "a sticker", lastUpdate(t, s), `"sticker":{"file_id":"x"}`)
	bo := s.User("Bo", "")
	bo.AddsBot(group)
	expect(t, "added", lastUpdate(t, s), `"my_chat_member":{`, `"status":"left"`, `"status":"member"`)
}

func TestButtons(t *testing.T) {
	s, r := newRecorded(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	keyboard := `{"inline_keyboard":[[{"text":"More","callback_data":"more"}],[]]}`
	send := fmt.Sprintf(`{"chat_id":%d,"text":"x","reply_markup":%s}`, ana.ID, keyboard)
	if a := call(t, s, "sendMessage", send); !a.OK {
		t.Fatalf("%+v", a)
	}
	m := s.Messages(ana.ID)[0]
	if len(m.Buttons) != 1 || m.Buttons[0][0] != (Button{Text: "More", CallbackData: "more"}) {
		t.Errorf("buttons %+v", m.Buttons)
	}
	if ana.Presses(m, "less") != "" || len(r.take()) != 1 {
		t.Error("a button was pressed that is not there")
	}
	old := ana.Presses(m, "more")
	expect(t, "a callback", lastUpdate(t, s), `"callback_query":{`, `"data":"more"`, `"chat_instance":"`, `"reply_markup":{`)
	answer := `{"callback_query_id":"` + old + `"}`
	if a := call(t, s, "answerCallbackQuery", answer); !a.OK || !s.Answered(old) {
		t.Errorf("the answer: %+v", a)
	}
	if a := call(t, s, "answerCallbackQuery", answer); a.ErrorCode != 400 {
		t.Errorf("a second answer: %+v", a)
	}
	edit := fmt.Sprintf(`{"chat_id":%d,"message_id":%d,"text":"x"}`, ana.ID, m.ID)
	if a := call(t, s, "editMessageText", edit); !a.OK || len(s.Messages(ana.ID)[0].Buttons) != 0 {
		t.Errorf("without buttons: %+v", a)
	}
	if a := call(t, s, "editMessageText", edit); !strings.Contains(a.Description, "message is not modified") {
		t.Errorf("again: %+v", a)
	}
	if c := s.WaitCall(time.Second, "editMessageText", func(c Call) bool { return c.Status == 400 }); c.Error == "" {
		t.Errorf("call %+v", c)
	}
	ana.Deletes(m)
	if id := ana.Forges(m, "DROP"); id == "" {
		t.Error("no query")
	}
	expect(t, "a forged callback", lastUpdate(t, s), `"data":"DROP"`, `"date":0`)
	if errors := r.take(); len(errors) != 0 {
		t.Errorf("reported %q", errors)
	}
}

func TestUpgrade(t *testing.T) {
	s := New(t)
	group := s.Group("Team")
	bigger := group.Upgrade()
	a := call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, group.ID))
	if a.ErrorCode != 400 || a.Parameters.MigrateToChatID != bigger.ID || bigger.Type != "supergroup" {
		t.Errorf("the old id: %+v", a)
	}
	expect(t, "the news", string(call(t, s, "getUpdates", `{}`).Result),
		fmt.Sprintf(`"migrate_to_chat_id":%d`, bigger.ID), fmt.Sprintf(`"migrate_from_chat_id":%d`, group.ID))
}

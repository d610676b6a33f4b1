package telegram

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

// page is a reply with a status and a body that need not be Telegram's.
func page(status int, body string) telegramtest.Fault {
	return telegramtest.Fault{Status: status, Body: body}
}

// Whatever servers do to single calls, a question in private and one in a group each
// get their answer once.
func TestUnusualServersLoseNoAnswer(t *testing.T) {
	slow(t)
	for _, test := range []struct {
		name, method string
		times        int
		fault        telegramtest.Fault
	}{
		{"429 without a word how long", "sendMessage", 2, telegramtest.Fault{Status: http.StatusTooManyRequests}},
		{"429 with nonsense for how long", "sendMessage", 1, page(429, `{"ok": false, "error_code": 429, "parameters": {"retry_after": {"s": 1}}}`)},
		{"429 with status 200", "sendMessage", 1, page(200, `{"ok": false, "error_code": 429, "parameters": {"retry_after": "1"}}`)},
		{"429 of a proxy", "sendMessage", 1, page(429, `<html>slow down</html>`)},
		{"502 of a proxy", "sendMessage", 2, page(502, `<html>502</html>`)},
		{"503 with JSON of another kind", "sendMessage", 1, page(503, `["unavailable"]`)},
		{"403 of a proxy, which is no word of Telegram's", "sendMessage", 1, page(403, `<html>denied</html>`)},
		{"500", "sendMessage", 2, telegramtest.Fault{Status: 500}},
		{"a refusal without a code", "sendMessage", 1, page(200, `{"ok": false}`)},
		{"a refusal of a kind that does not exist yet", "sendMessage", 1, telegramtest.Fault{Status: 418, Description: "I'm a teapot"}},
		{"a slow server", "sendMessage", 2, telegramtest.Fault{Hang: 2 * time.Second}},
		{"a reset", "sendMessage", 2, telegramtest.Fault{Reset: true}},
		{"a reply that is cut", "sendMessage", 1, telegramtest.Fault{Status: 200, Body: `{"ok": true, "resu`, Apply: true}},
		{"no right to type", "sendChatAction", -1, telegramtest.Fault{Status: 400, Description: "Bad Request: CHAT_WRITE_FORBIDDEN"}},
		{"a server that doesn't know drafts", "sendMessageDraft", -1, telegramtest.Fault{Status: 404}},
		{"drafts that fail", "sendMessageDraft", -1, page(502, `<html>`)},
		{"edits that fail", "editMessageText", 2, page(502, `<html>`)},
		{"edits that are refused", "editMessageText", -1, telegramtest.Fault{Status: 400, Description: "Bad Request: MESSAGE_ID_INVALID"}},
		{"a menu that is refused", "setMyCommands", -1, telegramtest.Fault{Status: 400}},
		{"a menu that can't be read", "getMyCommands", -1, page(200, `{"ok": true, "result": {"commands": 7}}`)},
		{"a poll without a result", "getUpdates", 3, page(200, `{"ok": true, "result": null}`)},
		{"a poll with a result of another kind", "getUpdates", 2, page(200, `{"ok": true, "result": {"updates": []}}`)},
		{"a poll that is cut", "getUpdates", 2, page(200, `{"ok": true, "result": [{"update_id": 1, "mess`)},
		{"a poll that is too large", "getUpdates", 1, page(413, `<html>413</html>`)},
		{"a poll that another one ends", "getUpdates", 2, telegramtest.Fault{Status: 409}},
		{"a poll that must wait", "getUpdates", 1, telegramtest.Fault{RetryAfter: 1}},
		{"an identity with fields of other kinds", "getMe", 1,
			page(200, `{"ok": "true"}`)},
		{"a webhook that is deleted at the second try", "deleteWebhook", 2, page(500, `<html>`)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, bridge)
			s.srv.Fail(test.method, test.times, test.fault)
			s.start()
			ana := s.srv.User("Ana", "vi")
			team := s.srv.Supergroup("Team")
			questions := []telegramtest.Message{ana.Writes(lengthQuestion), ana.WritesIn(team, "/ask "+lengthQuestion)}
			s.settled()
			for _, q := range questions {
				n := 0
				for _, m := range s.srv.Messages(q.ChatID) {
					if strings.Contains(m.Text, lengthAnswer) && m.ReplyTo == q.ID {
						n++
					}
				}
				if n != 1 {
					t.Errorf("question %d of chat %d got %d answers: %v", q.ID, q.ChatID, n, s.srv.Messages(q.ChatID))
				}
			}
			if failed := s.inbox.failed(); len(failed) > 0 {
				t.Errorf("failed updates: %v", failed)
			}
		})
	}
}

// A press is answered even where the first answers get lost.
func TestCallbackIsAlwaysAnswered(t *testing.T) {
	slow(t)
	for name, fault := range map[string]telegramtest.Fault{
		"a reset": {Reset: true}, "a proxy's page": page(502, "<html>"), "a wait": {RetryAfter: 1}, "a reply of another kind": page(200, `{"ok": true, "result": {"new": 1}}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, bridge)
			s.start()
			ana := s.srv.User("Ana", "vi")
			answer := s.srv.WaitReply(patience, ana.Writes(lengthQuestion))
			s.srv.Fail("answerCallbackQuery", 1, fault)
			press := ana.Presses(answer, answer.Buttons[0][0].CallbackData)
			s.srv.WaitMessage(patience, func(m telegramtest.Message) bool { return strings.Contains(m.Text, "Đoạn") })
			if fault.Status != 200 {
				s.srv.Wait(patience, "the press to be answered", func() bool { return s.srv.Answered(press) })
			}
			s.settled()
		})
	}
}

// Where a press tells nothing but its id it is answered with nothing.
func TestCallbackWithoutAChatIsAnswered(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	ana := s.srv.User("Ana", "vi")
	s.srv.WaitReply(patience, ana.Writes(lengthQuestion))
	for i, fields := range []string{
		fmt.Sprintf(`"from": {"id": %d}, "inline_message_id": "x", "data": "p:1"`, ana.ID),
		fmt.Sprintf(`"from": {"id": %d}, "message": "gone", "data": "p:1"`, ana.ID),
		fmt.Sprintf(`"from": "nobody", "message": {"message_id": 2, "chat": {"id": %d, "type": "private"}, "date": 1}, "data": "p:1"`, ana.ID),
		fmt.Sprintf(`"from": {"id": %d}, "message": {"message_id": 2, "chat": {"id": %d, "type": "private"}, "date": 1}, "game_short_name": "x"`, ana.ID, ana.ID),
	} {
		id := fmt.Sprintf("press %d", i)
		s.srv.PushRaw(fmt.Sprintf(`{"callback_query": {"id": %q, %s}}`, id, fields))
		s.srv.WaitCall(patience, "answerCallbackQuery", func(c telegramtest.Call) bool { return c.Params["callback_query_id"] == id })
	}
	s.settled()
	if said := s.srv.Messages(0); len(said) != 1 {
		t.Errorf("the bot said %v", said)
	}
}

// What people send in unusual ways is answered as usual.
func TestUnusualMessagesAreAnswered(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	ana := s.srv.User("Ana", "vi")
	ana.Writes("/start")
	s.settled()
	team := s.srv.Supergroup("Team")
	private := func(fields string) string {
		return fmt.Sprintf(`{"message": {"message_id": %%d, "date": 1700000000, "chat": {"id": %d, "type": "private"}, %s}}`, ana.ID, fields)
	}
	group := func(fields string) string {
		return fmt.Sprintf(`{"message": {"message_id": %%d, "date": 1700000000, "chat": {"id": %d, "type": "supergroup"}, %s}}`, team.ID, fields)
	}
	asked := fmt.Sprintf(`"text": %q`, lengthQuestion)
	mentioned := func(before, mention, entities string) string {
		return fmt.Sprintf(`"from": {"id": %d}, "text": %q, "entities": [%s]`, ana.ID, before+mention+" "+lengthQuestion, entities)
	}
	for _, update := range []string{
		private(asked),                           // nobody wrote it
		private(asked + `, "from": "somebody"`),  // nor here
		private(asked + `, "date": "yesterday"`), // at no time
		private(asked + `, "from": {"id": "7"}`), // an id as a string
		private(fmt.Sprintf(`"caption": %q, "voice": {"file_id": "x"}`, lengthQuestion)),
		private(asked + `, "forward_origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1}`),
		private(asked + `, "reply_to_message": {"message_id": 99999, "date": 0}`),
		group(mentioned("", "@Report_TEST_bot", `{"type": "mention", "offset": 0, "length": 16}`)),
		group(mentioned("🇻🇳👩‍🚀 ", "@report_test_bot", `{"type": "mention", "offset": 10, "length": 16}`)),
		group(mentioned("", "Bot", fmt.Sprintf(`{"type": "text_mention", "offset": 0, "length": 3, "user": {"id": %d, "is_bot": true}}`, s.srv.Me.ID))),
		group(fmt.Sprintf(`"text": "/ask@REPORT_test_bot %s", "from": {"id": 1087968824, "is_bot": true}, "sender_chat": {"id": %d, "type": "supergroup"}`, lengthQuestion, team.ID)),
		group(fmt.Sprintf(`"text": "/ask %s", "sender_chat": {"id": -1009, "type": "channel"}, "from": {"id": 136817688, "is_bot": true}`, lengthQuestion)),
	} {
		before := len(s.srv.Messages(0))
		id := 500 + before
		s.srv.PushRaw(fmt.Sprintf(update, id))
		s.settled()
		said := s.srv.Messages(0)
		if len(said) != before+1 || !strings.Contains(said[before].Text, lengthAnswer) {
			t.Errorf("%s\nis answered with %v", update, said[before:])
		}
	}
	for _, update := range []string{
		`{"channel_post": {"message_id": 1, "chat": {"id": -1003, "type": "channel"}, "text": "/ask x"}}`,
		`{"edited_channel_post": {"message_id": 1, "chat": {"id": -1003, "type": "channel"}, "text": "/ask x"}}`,
		`{"business_message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": "/help"}}`,
		`{"message_reaction": {"chat": {"id": 7}, "message_id": 1}}`, `{"chat_boost": 7}`, `{"poll": {"id": "1"}}`, `{"guest_message": []}`,
	} {
		before := len(s.srv.Messages(0))
		s.srv.PushRaw(update)
		s.settled()
		if said := s.srv.Messages(0)[before:]; len(said) > 0 {
			t.Errorf("%s\nis answered with %v", update, said)
		}
	}
	if failed := s.inbox.failed(); len(failed) > 0 {
		t.Errorf("failed updates: %v", failed)
	}
}

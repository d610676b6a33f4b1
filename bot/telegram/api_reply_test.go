package telegram

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"reportbot/bot/telegram/telegramtest"
)

func TestErrorRepliesOfAnyForm(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		header string // Retry-After
		body   string
		want   string // code, seconds to wait, new chat
	}{
		{"as Telegram writes them", 429, "", `{"ok": false, "error_code": 429, "description": "no", "parameters": {"retry_after": 7}}`, "429 7 0"},
		{"with status 200", 200, "", `{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}`, "403 0 0"},
		{"with a code that is a string", 400, "", `{"ok": false, "error_code": "400", "description": "no"}`, "400 0 0"},
		{"without a code", 403, "", `{"ok": false, "description": "no"}`, "403 0 0"},
		{"without a code, with status 200", 200, "", `{"ok": false, "description": "Bad Request: chat not found"}`, "400 0 0"},
		{"without anything", 200, "", `{}`, "500 0 0"},
		{"with a truth value that is none", 200, "", `{"ok": "yes"}`, "500 0 0"},
		{"a wait that is a string", 429, "", `{"error_code": 429, "parameters": {"retry_after": "7"}}`, "429 7 0"},
		{"a wait that is a fraction", 429, "", `{"error_code": 429, "parameters": {"retry_after": 6.6}}`, "429 7 0"},
		{"a wait below nought", 429, "", `{"error_code": 429, "parameters": {"retry_after": -7}}`, "429 0 0"},
		{"a wait without end", 429, "", `{"error_code": 429, "parameters": {"retry_after": 1e300}}`, "429 86400 0"},
		{"a wait of another kind", 429, "", `{"error_code": 429, "parameters": {"retry_after": [7]}}`, "429 0 0"},
		{"a wait in the header alone", 429, "7", `{"error_code": 429, "parameters": []}`, "429 7 0"},
		{"a wait in the description alone", 429, "", `{"error_code": 429, "description": "Too Many Requests: retry after 7"}`, "429 7 0"},
		{"a wait under another code", 420, "", `{"ok": false, "error_code": 420, "description": "FLOOD_WAIT_7"}`, "429 7 0"},
		{"slow mode", 400, "", `{"ok": false, "error_code": 400, "description": "Bad Request: SLOWMODE_WAIT_30"}`, "429 30 0"},
		{"no wait", 429, "", `{"error_code": 429, "parameters": null}`, "429 0 0"},
		{"a proxy's page that asks to wait", 429, "7", `<html>`, "429 7 0"},
		{"a chat that has moved", 400, "", `{"error_code": 400, "parameters": {"migrate_to_chat_id": -1002000000001}}`, "400 0 -1002000000001"},
		{"a chat that has moved, as a string", 400, "", `{"error_code": 400, "parameters": {"migrate_to_chat_id": "-1002000000001"}}`, "400 0 -1002000000001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := http.Header{}
			header.Set("Retry-After", test.header)
			var got struct {
				OK         bool `json:"ok"`
				Code       int  `json:"error_code"`
				Parameters struct {
					RetryAfter int   `json:"retry_after"`
					MigrateTo  int64 `json:"migrate_to_chat_id"`
				}
			}
			if err := json.Unmarshal(normalizeReply("sendMessage", test.status, header, []byte(test.body)), &got); err != nil {
				t.Fatal(err)
			}
			if said := fmt.Sprint(got.Code, got.Parameters.RetryAfter, got.Parameters.MigrateTo); got.OK || said != test.want {
				t.Errorf("read %s, ok: %v; want %s", said, got.OK, test.want)
			}
		})
	}
}

func TestRepliesThatAreNotTelegrams(t *testing.T) {
	for _, body := range []string{``, `<html>`, `7`, `"ok"`, `[]`, `null`, `{"ok": true`} {
		if got := normalizeReply("sendMessage", http.StatusOK, nil, []byte(body)); got != nil {
			t.Errorf("%s is read as %s", body, got)
		}
	}
}

// Telegram has taken the message, whatever stands in the reply.
func TestAcceptedMessageIsNotResent(t *testing.T) {
	for _, result := range []string{
		`{"message_id": 101, "date": 1, "forward_origin": {"type": "telepathy"}, "reply_to_message": {"text": {"new": 1}}}`,
		`{"message_id": "101", "chat": 7, "entities": {"a": 1}}`, `{"message_id": 101.0, "rich_message": {"blocks": [{"type": "hologram"}]}}`,
		`{"date": 1}`, `true`, `null`, `[]`,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSending(t, inPrivate)
			s.fails(func() (*http.Response, error) { return reply(200, "\ufeff"+`{"ok": true, "result": `+result+`}`), nil })
			id, err := s.Final(t.Context(), said("đây"))
			if err != nil || id != 101 && strings.Contains(result, "101") {
				t.Errorf("%s: Final returned %d, %v", result, id, err)
			}
			s.did(t, "0s sendMessage to #5: đây")
		})
	}
}

// What Telegram sends of a question it also sends in the reply to the answer's
// sendMessage, as the message that it replies to.
func TestUnknownMessageKindNeitherFailsNorRepeats(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	ana, ben := s.srv.User("Ana", "vi"), s.srv.User("Ben", "vi")
	var questions []telegramtest.Message
	for _, fields := range []map[string]any{
		{"forward_origin": map[string]any{"type": "telepathy"}}, {"external_reply": "x"}, {"quote": 7}, {"entities": map[string]any{}},
		{"rich_message": map[string]any{"blocks": []any{map[string]any{"type": "hologram"}}}}, {"link_preview_options": []any{}},
	} {
		questions = append(questions, ana.Sends(ana.Chat(), fields, telegramtest.Caption(lengthQuestion)))
	}
	s.once(t, lengthAnswer, append(questions, ben.Writes(lengthQuestion))...)
}

// The reply to sendMessage is lost, but Telegram has taken the message: it is
// found, and not sent again.
func TestMessageWithLostReplyIsShownOnce(t *testing.T) {
	slow(t)
	for name, fault := range map[string]telegramtest.Fault{
		"a reset":           {Apply: true, Reset: true},
		"a proxy's timeout": {Apply: true, Status: http.StatusGatewayTimeout, Body: "<html>504</html>"},
		"an empty page":     {Apply: true, Status: http.StatusOK, Body: " "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, bridge)
			s.start()
			ana, group := s.srv.User("Ana", "vi"), s.srv.Supergroup("Team")
			s.once(t, lengthAnswer, ana.Writes(lengthQuestion))
			s.srv.Fail("sendMessage", 2, fault)
			first := ana.Writes(lengthQuestion)
			s.settled()
			second := ana.WritesIn(group, "/ask "+lengthQuestion)
			s.settled()
			for _, question := range []telegramtest.Message{first, second} {
				n := 0
				for _, m := range s.srv.Messages(question.ChatID) {
					if m.ReplyTo == question.ID && strings.Contains(m.Text, lengthAnswer) {
						n++
					}
				}
				if n != 1 {
					t.Errorf("question %d of %d is answered %d times", question.ID, question.ChatID, n)
				}
			}
			if n := len(s.srv.Messages(0)); n != 3 {
				t.Errorf("the bot said %d things: %v", n, s.srv.Messages(0))
			}
		})
	}
}

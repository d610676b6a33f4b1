package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

var inTopic = question{place: place{chat: -100, topic: 9}, message: 5}

func TestRefusedMessageIsChangedAndResent(t *testing.T) {
	for _, test := range []struct {
		name    string
		status  int
		says    []string // what Telegram says to one try after the other; then it takes it
		to      question
		want    []string
		refused string // "": it is shown
	}{
		{"the topic was deleted", 400, []string{"Bad Request: message thread not found"}, inTopic,
			[]string{"sendMessage to #5 in 9 with buttons: <b>đây</b>", "sendMessage to #5 with buttons: <b>đây</b>"}, ""},
		{"the topic was deleted, in other words", 400, []string{"Bad Request: TOPIC_DELETED"}, inTopic,
			[]string{"sendMessage to #5 in 9 with buttons: <b>đây</b>", "sendMessage to #5 with buttons: <b>đây</b>"}, ""},
		{"the question was deleted", 400, []string{"Bad Request: message to be replied not found"}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>", "sendMessage with buttons: <b>đây</b>"}, ""},
		{"the question was deleted, in other words", 400, []string{"Bad Request: REPLY_MESSAGE_ID_INVALID"}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>", "sendMessage with buttons: <b>đây</b>"}, ""},
		{"both", 400, []string{"Bad Request: message thread not found", "Bad Request: message to be replied not found"}, inTopic,
			[]string{"sendMessage to #5 in 9 with buttons: <b>đây</b>", "sendMessage to #5 with buttons: <b>đây</b>", "sendMessage with buttons: <b>đây</b>"}, ""},
		{"an old server that doesn't know a tag", 400, []string{`Bad Request: can't parse entities: Unsupported start tag "blockquote"`}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>", "sendMessage to #5 as text with buttons: đây"}, ""},
		{"a button that it doesn't take", 400, []string{"Bad Request: BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>", "sendMessage to #5 as text with buttons: đây", "sendMessage to #5 as text: đây"}, ""},
		{"all of it, for ever", 400, []string{"no", "no", "no"}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>", "sendMessage to #5 as text with buttons: đây", "sendMessage to #5 as text: đây"}, "bad request"},
		{"no right to write", 400, []string{"Bad Request: not enough rights to send text messages to the chat", "no"}, inTeam,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>"}, "not enough rights"},
		{"a closed topic", 400, []string{"Bad Request: TOPIC_CLOSED", "no"}, inTopic,
			[]string{"sendMessage to #5 in 9 with buttons: <b>đây</b>"}, "TOPIC_CLOSED"},
		{"a person who has blocked the bot", 403, []string{"Forbidden: bot was blocked by the user", "no"}, inPrivate,
			[]string{"sendMessage to #5 with buttons: <b>đây</b>"}, "blocked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, test.to)
				says := test.says
				s.fails(func() (*http.Response, error) {
					if len(says) == 0 {
						return nil, nil
					}
					description, err := json.Marshal(says[0])
					says = says[1:]
					return reply(test.status, fmt.Sprintf(`{"ok": false, "error_code": %d, "description": %s}`, test.status, description)), err
				})
				m := message(bot.Line{{Text: "đây", Bold: true}})
				m.Buttons = [][]bot.Button{{{Text: "thêm", Data: "more"}}}
				_, err := s.Final(t.Context(), m)
				if (err == nil) != (test.refused == "") || err != nil && !strings.Contains(err.Error(), test.refused) {
					t.Errorf("Final returned %v, want %q in it", err, test.refused)
				}
				var want []string
				for _, call := range test.want {
					want = append(want, "0s "+call)
				}
				s.did(t, want...)
			})
		})
	}
}

// Telegram has told in a message of its own that the chat has moved, but not to this
// call.
func TestReplyFollowsAMigratedChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inTeam)
		s.outbox.chats.move(-100, -1002)
		left := 1
		s.fails(func() (*http.Response, error) {
			if left--; left < 0 {
				return nil, nil
			}
			return reply(400, `{"ok": false, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat"}`), nil
		})
		if _, err := s.Final(t.Context(), said("đây")); err != nil || s.to.place.chat != -1002 {
			t.Errorf("Final returned %v; the last chat was %d", err, s.to.place.chat)
		}
	})
}

func TestRefusalKinds(t *testing.T) {
	kinds := map[string]func(error) bool{"no right": mayNotWrite, "topic gone": topicGone, "reply gone": replyTargetGone, "same": notModified}
	for said, want := range map[string]string{
		"not enough rights to send text messages to the chat": "no right", "have no rights to send a message": "no right",
		"need administrator rights in the channel chat": "no right", "CHAT_WRITE_FORBIDDEN": "no right", "TOPIC_CLOSED": "no right",
		"CHAT_SEND_PLAIN_FORBIDDEN": "no right", "CHAT_RESTRICTED": "no right", "chat not found": "no right", "PEER_ID_INVALID": "no right",
		"CHAT_ADMIN_REQUIRED": "no right", "message thread not found": "topic gone", "TOPIC_ID_INVALID": "topic gone",
		"message to be replied not found": "reply gone", "replied message not found": "reply gone", "MESSAGE_NOT_MODIFIED": "same",
		"message is not modified: specified new message content": "same",
		"not enough rights to send documents to the chat":        "", "CHAT_SEND_DOCS_FORBIDDEN": "",
		"message to edit not found": "", "message can't be edited": "", "can't parse entities": "", "message is too long": "",
		"query is too old and response timeout expired or query ID is invalid": "",
	} {
		for kind, is := range kinds {
			if err := fmt.Errorf("%w, %s", tg.ErrorBadRequest, said); is(err) != (kind == want) {
				t.Errorf("%q is %s: %v", said, kind, is(err))
			}
			if is(errors.New(said)) {
				t.Errorf("%q is no word of Telegram's, but taken for %s", said, kind)
			}
		}
	}
	for _, said := range []string{"bot was blocked by the user", "bot was kicked from the supergroup chat", "user is deactivated", "bot can't initiate conversation with a user"} {
		if mayNotWrite(fmt.Errorf("%w, %s", tg.ErrorForbidden, said)) {
			t.Errorf("%q is taken for something that passes", said)
		}
	}
}

func TestMutesExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m mutes
		closed, noRights := fmt.Errorf("%w, TOPIC_CLOSED", tg.ErrorBadRequest), fmt.Errorf("%w, not enough rights", tg.ErrorBadRequest)
		topic, other := place{chat: -1, topic: 7}, place{chat: -1, topic: 8}
		if !m.mute(topic, closed) || m.mute(topic, closed) {
			t.Error("that a topic is closed is news once")
		}
		if !m.isMuted(topic) || m.isMuted(other) || m.isMuted(place{chat: -1}) {
			t.Error("a closed topic mutes that topic alone")
		}
		m.mute(place{chat: -2, topic: 7}, noRights)
		if !m.isMuted(place{chat: -2, topic: 8}) || !m.isMuted(place{chat: -2}) || m.isMuted(place{chat: -3}) {
			t.Error("a right that is lacking mutes its chat alone")
		}
		m.unmute(-2)
		if m.isMuted(place{chat: -2}) || !m.isMuted(topic) {
			t.Error("a right that comes back concerns its chat alone")
		}
		time.Sleep(mutedFor + time.Second)
		if m.isMuted(topic) {
			t.Error("it is known for ever")
		}
	})
}

// In a chat where the bot may not write the model isn't asked, neither then nor for
// a while after, and nothing is forgotten.
func TestNoAnswerIsMadeForAMutedChat(t *testing.T) {
	for name, refuse := range map[string]func(s *stage, group *telegramtest.Chat){
		"no right": func(s *stage, group *telegramtest.Chat) { group.SetMember(s.srv.Me, "restricted") },
		"a closed topic": func(s *stage, _ *telegramtest.Chat) {
			s.srv.Fail("sendMessage", -1, telegramtest.Fault{Status: 400, Description: "Bad Request: TOPIC_CLOSED"})
		},
		"forbidden for a time": func(s *stage, _ *telegramtest.Chat) {
			s.srv.Fail("sendMessage", -1, telegramtest.Fault{Status: 403, Description: "Forbidden: CHAT_WRITE_FORBIDDEN"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, bridge)
			s.model = modeltest.New(t)
			s.model.Handle(modeltest.QuoteMatching("1.240 mét"))
			s.start()
			ana, group := s.srv.User("Ana", "vi"), s.srv.Supergroup("Team", 7)
			refuse(s, group)
			for range 3 {
				ana.WritesIn(group, "/ask "+lengthQuestion, telegramtest.InTopic(7))
				s.settled()
			}
			if n, calls := len(s.model.Requests()), len(s.srv.Calls("sendMessage")); n != 0 || calls != 1 {
				t.Errorf("the model was asked %d times, and %d messages were tried", n, calls)
			}
			if n := strings.Count(s.log.String(), "no permission to write"); n != 1 {
				t.Errorf("logged %d times", n)
			}
			if failed := s.inbox.failed(); len(failed) > 0 {
				t.Errorf("failed updates: %v", failed)
			}
			s.srv.Recover()
			group.SetMember(s.srv.Me, "member")
			s.srv.Push(map[string]any{"my_chat_member": map[string]any{
				"chat": map[string]any{"id": group.ID, "type": "supergroup"}, "from": map[string]any{"id": ana.ID}, "date": 1,
				"old_chat_member": map[string]any{"status": "restricted"}, "new_chat_member": map[string]any{"status": "member"},
			}})
			s.settled()
			s.once(t, lengthAnswer, ana.WritesIn(group, "/ask "+lengthQuestion, telegramtest.InTopic(7)))
		})
	}
}

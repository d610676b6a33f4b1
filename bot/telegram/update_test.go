package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

var me = models.User{ID: 42, IsBot: true, Username: "report_test_bot"}

// update5 wraps the fields of a message, given as JSON, in an update. Message
// 5 of Ana in a group, unless the fields say otherwise.
func update5(fields string) []byte {
	message := map[string]json.RawMessage{
		"message_id": json.RawMessage("5"),
		"date":       json.RawMessage("1700000000"),
		"chat":       json.RawMessage(`{"id": -100, "type": "supergroup"}`),
		"from":       json.RawMessage(`{"id": 7, "first_name": "Ana", "language_code": "en"}`),
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal([]byte(fields), &given); err != nil {
		panic(err) // the test's own
	}
	for name, value := range given {
		message[name] = value
	}
	body, err := json.Marshal(map[string]any{"update_id": 1, "message": message})
	if err != nil {
		panic(err)
	}
	return body
}

func TestReadMessage(t *testing.T) {
	const private = `"chat": {"id": 7, "type": "private"}`
	for _, test := range []struct {
		name, fields string
		place        place
		in           bot.Incoming
	}{
		{"in private", `{` + private + `, "text": "vì sao"}`,
			place{chat: 7, private: true}, bot.Incoming{Thread: "7", Private: true, Text: "vì sao", Client: "en"}},
		{"in a group", `{"text": "vì sao"}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "vì sao", Client: "en"}},
		{"in a topic", `{"text": "vì sao", "message_thread_id": 9, "is_topic_message": true}`,
			place{chat: -100, topic: 9}, bot.Incoming{Thread: "-100/9", Text: "vì sao", Client: "en"}},
		{"in a thread of replies, which is no topic", `{"text": "vì sao", "message_thread_id": 9}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "vì sao", Client: "en"}},
		{"of what is no text", `{` + private + `, "sticker": {"file_id": "x"}}`,
			place{chat: 7, private: true}, bot.Incoming{Thread: "7", Private: true, Client: "en"}},
		{"of a picture with words under it", `{` + private + `, "photo": [], "caption": "@report_test_bot"}`,
			place{chat: 7, private: true}, bot.Incoming{Thread: "7", Private: true, Client: "en", Text: "@report_test_bot"}},
		{"of a person whose client tells no language", `{"text": "x", "from": {"id": 7, "first_name": "Ana"}}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "x"}},
		{"of nobody", `{"text": "x", "from": null}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "x"}},

		{"a reply to the bot", `{"text": "x", "reply_to_message": {"message_id": 3, "from": {"id": 42, "is_bot": true}, "text": "y"}}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "x", Client: "en", Addressed: true, RepliesTo: 3, Quoted: "y"}},
		{"a reply to somebody else", `{"text": "x", "reply_to_message": {"message_id": 3, "from": {"id": 43}, "text": "y"}}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "x", Client: "en", Quoted: "y"}},
		{"a reply to a channel's post", `{"text": "x", "reply_to_message": {"message_id": 3, "text": "y"}}`,
			place{chat: -100}, bot.Incoming{Thread: "-100", Text: "x", Client: "en", Quoted: "y"}},
		{"in a topic that the bot opened, where all replies to its opening",
			`{"text": "x", "message_thread_id": 3, "is_topic_message": true,
			  "reply_to_message": {"message_id": 3, "from": {"id": 42}, "forum_topic_created": {"name": "T"}}}`,
			place{chat: -100, topic: 3}, bot.Incoming{Thread: "-100/3", Text: "x", Client: "en"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode(update5(test.fields), me)
			if err != nil {
				t.Fatal(err)
			}
			want := test.in
			want.Chat, want.Sender = strconv.FormatInt(test.place.chat, 10), bot.Sender{ID: 7}
			if strings.Contains(test.fields, `"from": null`) {
				want.Sender = bot.Sender{}
			}
			q := got.question
			if q.place != test.place || q.in != want || q.message != 5 {
				t.Errorf("got %+v\nwant message 5 at %+v: %+v", q, test.place, want)
			}
		})
	}
}

func TestSenderOf(t *testing.T) {
	for _, test := range []struct {
		name, fields string
		want         bot.Sender
	}{
		{"a person", `{"text": "x"}`, bot.Sender{ID: 7}},
		{"an administrator in the group's name", `{"text": "x", "from": {"id": 1087968824, "is_bot": true}, "sender_chat": {"id": -100, "type": "supergroup"}}`,
			bot.Sender{ID: 1087968824, Anonymous: true}},
		{"an administrator in the group's name, by the id alone", `{"text": "x", "from": {"id": 1087968824, "is_bot": true}}`,
			bot.Sender{ID: 1087968824, Anonymous: true}},
		{"somebody in a channel's name, who is no administrator for that", `{"text": "x", "from": {"id": 136817688, "is_bot": true}, "sender_chat": {"id": -200, "type": "channel"}}`,
			bot.Sender{}},
		{"nobody", `{"text": "x", "from": null}`, bot.Sender{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode(update5(test.fields), me)
			if err != nil {
				t.Fatal(err)
			}
			if got.question.in.Sender != test.want {
				t.Errorf("got %+v, want %+v", got.question.in.Sender, test.want)
			}
		})
	}
}

func TestQuotedText(t *testing.T) {
	const reply = `"reply_to_message": {"message_id": 3, "from": {"id": 43}, "text": "one two"}`
	for _, test := range []struct{ name, fields, want string }{
		{"a whole message", `{"text": "x", ` + reply + `}`, "one two"},
		{"a part of it", `{"text": "x", ` + reply + `, "quote": {"text": "two", "position": 4}}`, "two"},
		{"the words under a picture", `{"text": "x", "reply_to_message": {"message_id": 3, "photo": [], "caption": "a bridge"}}`, "a bridge"},
		{"nothing", `{"text": "x"}`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode(update5(test.fields), me)
			if err != nil {
				t.Fatal(err)
			}
			if got.question.in.Quoted != test.want {
				t.Errorf("quoted %q, want %q", got.question.in.Quoted, test.want)
			}
		})
	}
}

func TestReadCallback(t *testing.T) {
	const from = `"from": {"id": 7, "first_name": "Ana", "language_code": "en"}`
	for _, test := range []struct {
		name, query string
		want        bot.Callback // nowhere: it is only answered
	}{
		{"in a topic", `{"id": "q", ` + from + `, "data": "stop", "message": {"message_id": 5, "date": 1700000000,
			"chat": {"id": -100, "type": "supergroup"}, "message_thread_id": 9, "is_topic_message": true}}`,
			bot.Callback{Chat: "-100", Thread: "-100/9", Sender: bot.Sender{ID: 7}, Client: "en", Name: "Ana", Message: 5, Data: "stop"}},
		{"in private, without data", `{"id": "q", ` + from + `, "message": {"message_id": 5, "date": 1700000000, "chat": {"id": 7, "type": "private"}}}`,
			bot.Callback{Chat: "7", Thread: "7", Private: true, Sender: bot.Sender{ID: 7}, Client: "en", Name: "Ana", Message: 5}},
		{"under a message that Telegram no longer shows", `{"id": "q", ` + from + `, "data": "stop", "message": {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}}`,
			bot.Callback{Chat: "7", Thread: "7", Private: true, Sender: bot.Sender{ID: 7}, Client: "en", Name: "Ana", Message: 5, Data: "stop", Gone: true}},
		{"under what was sent through an inline query", `{"id": "q", ` + from + `, "data": "stop", "inline_message_id": "x"}`, bot.Callback{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode([]byte(`{"update_id": 1, "callback_query": `+test.query+`}`), me)
			if err != nil {
				t.Fatal(err)
			}
			if got.callback.event != test.want || got.callback.query != "q" {
				t.Errorf("got %+v\nwant %+v", got.callback.event, test.want)
			}
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct {
		name, body string
		noMessage  bool // else it can't be decoded
	}{
		{"another kind of update", `{"update_id": 1, "my_chat_member": {}}`, true},
		{"a kind that does not exist yet", `{"update_id": 1, "telepathy": {"thought": "?"}}`, true},
		{"nothing but an id", `{"update_id": 1}`, true},
		{"null for a message", `{"update_id": 1, "message": null}`, true},
		{"a text for a message", `{"update_id": 1, "message": "hello"}`, false},
		{"a number for a text", `{"update_id": 1, "message": {"message_id": 5, "text": 7}}`, false},
		{"a chat id beyond all numbers", `{"update_id": 1, "message": {"chat": {"id": 99999999999999999999}}}`, false},
		{"an offset beyond all numbers", `{"update_id": 1, "message": {"text": "x", "entities": [{"type": "mention", "offset": 1e40, "length": 1}]}}`, false},
		{"what is no JSON", `{"update_id": 1`, false},
		{"nothing", ``, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := decode([]byte(test.body), me)
			if err == nil || errors.Is(err, errNoMessage) != test.noMessage {
				t.Errorf("err = %v, want errNoMessage: %v", err, test.noMessage)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	entity := func(kind string, offset, length int) string {
		return fmt.Sprintf(`{"type": %q, "offset": %d, "length": %d}`, kind, offset, length)
	}
	for _, test := range []struct {
		name, text, entity string
		want               bool
	}{
		{"the bot", "@report_test_bot why", entity("mention", 0, 16), true},
		{"the bot in other letters", "@Report_TEST_bot why", entity("mention", 0, 16), true},
		{"the bot behind words with marks", "Bạn ơi @report_test_bot", entity("mention", 7, 16), true},
		{"the bot behind signs of two units", "😀😀 @report_test_bot", entity("mention", 5, 16), true},
		{"the bot as a person without a user name", "Report, why", `{"type": "text_mention", "offset": 0, "length": 6, "user": {"id": 42}}`, true},
		{"another person without a user name", "Report, why", `{"type": "text_mention", "offset": 0, "length": 6, "user": {"id": 43}}`, false},
		{"nobody, in a mention of a person", "Report, why", entity("text_mention", 0, 6), false},
		{"somebody else", "@sky_bot why", entity("mention", 0, 8), false},
		{"somebody with a longer name", "@report_test_bot2 why", entity("mention", 0, 17), false},
		{"the bot's name, which Telegram did not find", "x@report_test_bot why", `{"type": "email", "offset": 0, "length": 17}`, false},
		{"the bot's name in a command", "/ask@report_test_bot why", entity("bot_command", 0, 20), false},

		{"forged: before the text", "@report_test_bot", entity("mention", -1, 16), false},
		{"forged: a length below nought", "@report_test_bot", entity("mention", 16, -16), false},
		{"forged: nothing", "@report_test_bot", entity("mention", 0, 0), false},
		{"forged: beyond the text", "@report_test_bot", entity("mention", 1, 16), false},
		{"forged: far beyond the text", "@report_test_bot", entity("mention", 1000, 16), false},
		{"forged: in hardly any text", "x", entity("mention", 0, 16), false},
		{"forged: a sum that overflows", "@report_test_bot", entity("mention", math.MaxInt, math.MaxInt), false},
		{"forged: a sum that overflows to within the text", "@report_test_bot", entity("mention", math.MaxInt, math.MinInt+17), false},
		{"forged: the smallest numbers", "@report_test_bot", entity("mention", math.MinInt, math.MinInt), false},
		{"forged: from the middle of a sign", "😀report_test_bot", entity("mention", 1, 16), false},
		{"forged: without a place", "@report_test_bot", `{"type": "mention"}`, false},
		{"forged: of no kind", "@report_test_bot", entity("", 0, 16), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := json.Marshal(test.text)
			if err != nil {
				t.Fatal(err)
			}
			got, err := decode(update5(fmt.Sprintf(`{"text": %s, "entities": [%s]}`, text, test.entity)), me)
			if err != nil {
				t.Fatal(err)
			}
			if got.question.in.Addressed != test.want {
				t.Errorf("addressed: %v, want %v", got.question.in.Addressed, test.want)
			}
		})
	}
}

func TestUpdatesThatNeedNoAnswer(t *testing.T) {
	for _, test := range []struct {
		name, fields string
		want         bool
	}{
		{"a text", `{"text": "x"}`, false},
		{"a sticker", `{"sticker": {}}`, false},
		{"a photo with a caption", `{"photo": [{}], "caption": "x"}`, false},
		{"a voice message", `{"voice": {}}`, false},
		{"a poll", `{"poll": {}}`, false},
		{"a place", `{"venue": {}, "location": {}}`, false},
		{"a text that was forwarded from a channel", `{"text": "x", "forward_origin": {"type": "channel", "chat": {"id": -100}, "message_id": 1, "date": 1}}`, false},
		{"a text of another bot", `{"text": "x", "from": {"id": 43, "is_bot": true}}`, true},
		{"a text of an anonymous administrator",
			`{"text": "x", "from": {"id": 1087968824, "is_bot": true, "username": "GroupAnonymousBot"}, "sender_chat": {"id": -100, "type": "supergroup"}}`, false},
		{"one of the bot's own inline results", `{"text": "x", "via_bot": {"id": 42, "is_bot": true}}`, true},
		{"another bot's inline result", `{"text": "x", "via_bot": {"id": 43, "is_bot": true}}`, false},
		{"nothing", `{}`, true},
		{"somebody joins", `{"new_chat_members": [{"id": 7}]}`, true},
		{"somebody leaves", `{"left_chat_member": {"id": 7}}`, true},
		{"something is pinned", `{"pinned_message": {"message_id": 3, "date": 0, "chat": {"id": -100}}}`, true},
		{"the group has a new name", `{"new_chat_title": "x"}`, true},
		{"a topic is opened", `{"forum_topic_created": {"name": "x", "icon_color": 1}}`, true},
		{"messages go away by themselves from now on", `{"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}`, true},
		{"a video chat", `{"video_chat_started": {}}`, true},
		{"a kind that does not exist yet", `{"telepathy": {"thought": "?"}}`, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := decode(update5(test.fields), me)
			if err != nil && !errors.Is(err, errNoMessage) || (err != nil) != test.want {
				t.Errorf("decode returned %v, want errNoMessage: %v", err, test.want)
			}
		})
	}
}

func TestBotAddedToAGroup(t *testing.T) {
	member := func(kind, from, to string) string {
		return fmt.Sprintf(`{"update_id": 1, "my_chat_member": {"chat": {"id": -100, "type": %q}, "from": {"id": 7, "language_code": "en"}, "date": 1,
			"old_chat_member": {"status": %q, "user": {"id": 42}}, "new_chat_member": {"status": %q, "user": {"id": 42}}}}`, kind, from, to)
	}
	for _, test := range []struct {
		name, body string
		want       bool
	}{
		{"to a group", member("group", "left", "member"), true},
		{"to a supergroup", member("supergroup", "left", "member"), true},
		{"as an administrator", member("supergroup", "left", "administrator"), true},
		{"after it was removed", member("supergroup", "kicked", "member"), true},
		{"Telegram says so in the group", string(update5(`{"new_chat_members": [{"id": 42, "is_bot": true}]}`)), true},
		{"it was there already", member("supergroup", "member", "administrator"), false},
		{"it is removed", member("supergroup", "member", "kicked"), false},
		{"to a channel", member("channel", "left", "administrator"), false},
		{"a person unblocks it", member("private", "kicked", "member"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode([]byte(test.body), me)
			if err != nil && !errors.Is(err, errNoMessage) || (got.question != nil) != test.want {
				t.Fatalf("decode returned %+v, %v; want it told: %v", got, err, test.want)
			}
			if test.want && (!got.question.in.Joined || got.question.message != 0 || got.question.place.private) {
				t.Errorf("got %+v", got.question)
			}
		})
	}
}

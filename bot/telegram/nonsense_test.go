package telegram

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"reportbot/bot"
)

// nonsense are values of every kind that JSON has.
var nonsense = map[string]string{
	"a string":           `"nonsense"`,
	"an empty string":    `""`,
	"a number":           `7`,
	"a fraction":         `-1.5e300`,
	"true":               `true`,
	"null":               `null`,
	"a list":             `[1, "x", null, [], {}]`,
	"an empty list":      `[]`,
	"an object":          `{"telepathy": {"thought": "?"}}`,
	"an empty object":    `{}`,
	"an unknown type":    `{"type": "telepathy", "date": "soon", "id": {"$": 1}}`,
	"an object in depth": strings.Repeat(`{"a":[`, 30) + strings.Repeat(`]}`, 30),
}

// rich is a message with everything that may stand around a text.
const rich = `{"message_id": 5, "date": 1700000000, "edit_date": 1700000001,
	"chat": {"id": -100, "type": "supergroup", "title": "Team", "is_forum": true, "photo": {"small_file_id": "x"}},
	"from": {"id": 7, "is_bot": false, "first_name": "Ana", "username": "ana", "language_code": "en", "is_premium": true},
	"message_thread_id": 9, "is_topic_message": true, "media_group_id": "12", "author_signature": "A", "effect_id": "1",
	"text": "@report_test_bot why", "entities": [{"type": "mention", "offset": 0, "length": 16}],
	"caption_entities": [], "link_preview_options": {"is_disabled": true}, "has_protected_content": true,
	"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": false, "first_name": "B"}},
	"reply_to_message": {"message_id": 3, "date": 1, "chat": {"id": -100, "type": "supergroup"},
		"from": {"id": 42, "is_bot": true, "first_name": "Bot"}, "text": "one two", "photo": [{"file_id": "x"}]},
	"external_reply": {"origin": {"type": "channel", "date": 1, "chat": {"id": -3, "type": "channel"}}, "giveaway": {}},
	"quote": {"text": "two", "position": 4, "entities": [{"type": "bold", "offset": 0, "length": 1}]},
	"reply_to_story": {"id": 1, "chat": {"id": -3}}, "reply_to_checklist_task_id": 1,
	"sender_boost_count": 1, "sender_business_bot": {"id": 1}, "business_connection_id": "x", "paid_star_count": 1,
	"rich_message": {"blocks": [{"type": "paragraph", "text": ["a", {"type": "bold", "text": "b"}]}]},
	"photo": [{"file_id": "x", "width": 1, "height": 1}], "video": {"file_id": "x"}, "document": {"file_id": "f", "file_size": 3},
	"checklist": {"title": "x", "tasks": []}, "suggested_post_info": {"state": "pending"},
	"gift": {"gift": {}}, "unique_gift": {}, "poll": {"options": []}, "location": {"latitude": 1}, "story": {"id": 1},
	"direct_messages_topic": {"topic_id": 1}, "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}`

// everyField calls do with o once for each of its fields and their fields, at any
// depth, with that field replaced, and with its path.
func everyField(t *testing.T, whole string, value string, do func(path string, message []byte)) {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(whole), &o); err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	replaced := func(path string, put func(any)) {
		put(json.RawMessage(value))
		body, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		do(path, body)
	}
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				old := v[name]
				replaced(path+"."+name, func(x any) { v[name] = x })
				v[name] = old
				walk(path+"."+name, old)
			}
		case []any:
			for i, old := range v {
				replaced(path+"[]", func(x any) { v[i] = x })
				v[i] = old
				walk(path+"[]", old)
			}
		}
	}
	walk("message", o)
}

// Whatever becomes of the fields around a text, the text is read, and who wrote
// it where.
func TestMalformedFieldsDoNotFailAQuestion(t *testing.T) {
	// Without these nothing can be answered, or it is another question.
	needed := []string{"message.chat", "message.chat.id", "message.text", "message.from.is_bot"}
	for name, value := range nonsense {
		t.Run(name, func(t *testing.T) {
			fields := 0
			everyField(t, rich, value, func(path string, message []byte) {
				fields++
				body := []byte(`{"update_id": 1, "message": ` + string(message) + `}`)
				got, err := decode(body, me)
				if slices.Contains(needed, path) {
					return // it may be anything but a crash
				}
				if err != nil {
					t.Errorf("%s: %v", path, err)
					return
				}
				q := got.question
				if q.in.Text != "@report_test_bot why" || q.place.chat != -100 || !q.in.Addressed {
					t.Errorf("%s: read %+v at %+v", path, q.in, q.place)
				}
				if path != "message.message_id" && q.message != 5 {
					t.Errorf("%s: read message %d", path, q.message)
				}
				if !strings.HasPrefix(path, "message.from") && q.sender != (bot.Sender{ID: 7}) {
					t.Errorf("%s: written by %+v", path, q.sender)
				}
			})
			if fields < 80 {
				t.Errorf("only %d fields were replaced", fields)
			}
		})
	}
}

// A press is at least answered, for which its id is enough.
func TestMalformedFieldsDoNotFailACallback(t *testing.T) {
	const press = `{"id": "q", "from": {"id": 7, "is_bot": false, "first_name": "Ana"}, "data": "stop", "chat_instance": "1",
		"message": {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x",
			"forward_origin": {"type": "user"}, "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "stop"}]]}}}`
	for name, value := range nonsense {
		t.Run(name, func(t *testing.T) {
			everyField(t, press, value, func(path string, query []byte) {
				got, err := decode([]byte(`{"update_id": 1, "callback_query": `+string(query)+`}`), me)
				if path != "message.id" && (err != nil || got.callback.query != "q") {
					t.Errorf("%s: read %+v, %v", path, got.callback, err)
				}
			})
		})
	}
}

func TestMalformedFieldsInOtherUpdatesAreHarmless(t *testing.T) {
	for _, update := range []string{
		`{"my_chat_member": {"chat": {"id": -1, "type": "group"}, "from": {"id": 7}, "date": 1,
			"old_chat_member": {"status": "left", "user": {"id": 42}}, "new_chat_member": {"status": "member", "user": {"id": 42}}}}`,
		`{"inline_query": {"id": "q", "from": {"id": 7, "language_code": "vi"}, "query": "x", "offset": "", "location": {}}}`,
		`{"stopped_message_generation": {"chat": {"id": 7}, "message_thread_id": 1}}`,
		`{"message": {"message_id": 1, "chat": {"id": -1}, "migrate_to_chat_id": -1001, "new_chat_members": [{"id": 42}]}}`,
	} {
		for _, value := range nonsense {
			everyField(t, update, value, func(_ string, body []byte) {
				_, _ = decode(body, me) // it may be anything but a crash
			})
		}
	}
}

func TestRichMessageText(t *testing.T) {
	for _, test := range []struct{ name, blocks, want string }{
		{"a paragraph", `[{"type": "paragraph", "text": "why"}]`, "why"},
		{"styles", `[{"type": "paragraph", "text": ["why ", {"type": "bold", "text": ["so ", {"type": "italic", "text": "late"}]}, "?"]}]`, "why so late?"},
		{"lines", `[{"type": "heading", "text": "one"}, {"type": "paragraph", "text": "two"}]`, "one\ntwo"},
		{"a list", `[{"type": "list", "items": [{"label": "1", "blocks": [{"type": "paragraph", "text": "one"}]}, {"blocks": [{"text": "two"}]}]}]`, "one\ntwo"},
		{"kinds that do not exist yet", `[{"type": "hologram", "light": 1}, {"type": "telepathy", "text": {"type": "thought", "text": "why"}}, 7]`, "why"},
		{"nonsense", `"why"`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decode(update5(`{"rich_message": {"blocks": `+test.blocks+`}}`), me)
			if err != nil || got.question.in.Text != test.want {
				t.Errorf("read %q, %v, want %q", got.question.in.Text, err, test.want)
			}
		})
	}
	got, err := decode(update5(`{"rich_message": {"blocks": [{"text": ["Hỏi ", {"type": "mention", "text": "@Report_Test_bot"}, ": vì sao"]}]}}`), me)
	if err != nil || !got.question.in.Addressed {
		t.Errorf("a mention in a rich message: read %+v, %v", got.question.in, err)
	}
}

// Where Telegram has found a mention, but in a form that can't be read, the text
// tells whom it names.
func TestMentionWithUnreadableEntities(t *testing.T) {
	for _, entities := range []string{`7`, `"x"`, `{"type": "mention"}`, `["mention"]`, `[{"type": {"new": 1}, "offset": 0, "length": 16}]`,
		`[{"type": "mention", "offset": {"utf16": 0}, "length": 16}]`, `[{"type": "bold", "offset": 0, "length": 1}, 5]`} {
		for text, want := range map[string]bool{
			"@report_test_bot why": true, "Why, @Report_Test_Bot?": true, "(@report_test_bot)": true,
			"@report_test_bot2 why": false, "x@report_test_bot why": false, "why": false,
		} {
			got, err := decode(update5(`{"text": "`+text+`", "entities": `+entities+`}`), me)
			if err != nil || got.question.in.Addressed != want {
				t.Errorf("%q with the entities %s: addressed %v, %v", text, entities, got.question.in.Addressed, err)
			}
		}
	}
}

func TestLimitDepth(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 50_000) + `"]}\""` + strings.Repeat(`]}`, 50_000)
	got := readObject(limitDepth([]byte(`{"deep": ` + deep + `, "text": "a \"[{\\", "last": 1}`)))
	if got.text("text") != `a "[{\` || got.id("last") != 1 || !got.has("deep") {
		t.Errorf("read %q and %d", got.text("text"), got.id("last"))
	}
	for _, body := range []string{`{"a": [1, 2`, `<html>`, ``, `]]]]`} {
		if got := limitDepth([]byte(body)); json.Valid(got) {
			t.Errorf("%q became %q", body, got)
		}
	}
}

func TestObjectNumber(t *testing.T) {
	for written, want := range map[string]int64{
		`7`: 7, `-1002000000001`: -1002000000001, `7.0`: 7, `"7"`: 7, `" -8 "`: -8, `1e3`: 1000, `9223372036854775807`: 9223372036854775807,
	} {
		if n, ok := readObject([]byte(`{"n": ` + written + `}`)).number("n"); !ok || n != want {
			t.Errorf("%s is read as %d, %v", written, n, ok)
		}
	}
	for _, written := range []string{`7.5`, `1e40`, `99999999999999999999`, `true`, `null`, `""`, `"x"`, `[7]`, `{"n": 7}`} {
		if n, ok := readObject([]byte(`{"n": ` + written + `}`)).number("n"); ok {
			t.Errorf("%s is read as %d", written, n)
		}
	}
}

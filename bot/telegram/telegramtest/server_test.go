package telegramtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// recorder stands between a server and the test, so that the test can see
// what the server would fail it with.
type recorder struct {
	testing.TB
	mu     sync.Mutex
	errors []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Helper() {}

// take returns the errors since the last call.
func (r *recorder) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.errors
	r.errors = nil
	return list
}

func newRecorded(t *testing.T) (*Server, *recorder) {
	r := &recorder{TB: t}
	return New(r), r
}

// answer is what the Bot API answers.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Description string
	ErrorCode   int `json:"error_code"`
	Parameters  struct {
		RetryAfter      int   `json:"retry_after"`
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
	}
}

// call calls a method by POST with JSON, as the bot's poller does.
func call(t testing.TB, s *Server, method, params string) answer {
	t.Helper()
	return post(t, s.URL+"/bot"+s.Token+"/"+method, "application/json", params)
}

func post(t testing.TB, url, contentType, body string) answer {
	t.Helper()
	resp, err := http.Post(url, contentType, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return answer{}
	}
	return read(t, resp)
}

func read(t testing.TB, resp *http.Response) answer {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	var a answer
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(body)).Decode(&a)
	}
	if err != nil {
		t.Errorf("answer %q: %v", body, err)
	}
	if a.OK != (resp.StatusCode == http.StatusOK) || !a.OK && a.ErrorCode != resp.StatusCode {
		t.Errorf("HTTP %d with %s", resp.StatusCode, body)
	}
	return a
}

func TestRefused(t *testing.T) {
	s, r := newRecorded(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	group := s.Group("Team")
	private, long := fmt.Sprintf(`"chat_id":%d`, ana.ID), strings.Repeat("x", 4097)
	button := func(fields string) string {
		return `{` + private + `,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"B"` + fields + `}]]}}`
	}
	tests := []struct {
		name, method, params string
		status               int
		want                 string // part of the description
		reported             bool
	}{
		{"unknown method", "sendMesage", `{}`, 404, "Not Found", true},
		{"unknown parameter", "sendMessage", `{` + private + `,"text":"x","reply_to":1}`, 400, "reply_to", true},
		{"unknown field", "sendMessage", `{` + private + `,"text":"x","reply_parameters":{"id":1}}`, 400, "can't parse reply parameters", true},
		{"wrong kind", "sendMessage", `{"chat_id":"ana","text":"x"}`, 400, "chat_id", true},
		{"not modelled", "sendMessage", `{` + private + `,"text":"x","entities":[]}`, 400, "entities", true},
		{"no chat", "sendMessage", `{"text":"x"}`, 400, "Bad Request: chat_id is empty", true},
		{"no text", "sendMessage", `{` + private + `}`, 400, "Bad Request: message text is empty", true},
		{"blank text", "sendMessage", `{` + private + `,"text":"<b> </b>","parse_mode":"HTML"}`, 400, "Bad Request: text must be non-empty", true},
		{"long text", "sendMessage", `{` + private + `,"text":"` + long + `"}`, 400, "Bad Request: message is too long", true},
		{"Markdown", "sendMessage", `{` + private + `,"text":"x","parse_mode":"MarkdownV2"}`, 400, "Bad Request: unsupported parse_mode", true},
		{"bad HTML", "sendMessage", `{` + private + `,"text":"<p>","parse_mode":"HTML"}`, 400, `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 0`, true},
		{"stranger", "sendMessage", `{"chat_id":1,"text":"x"}`, 400, "Bad Request: chat not found", false},
		{"reply to nothing", "sendMessage", `{` + private + `,"text":"x","reply_parameters":{"message_id":99}}`, 400, "Bad Request: message to be replied not found", false},
		{"no such topic", "sendMessage", `{` + private + `,"text":"x","message_thread_id":5}`, 400, "Bad Request: message thread not found", false},
		{"no callback data", "sendMessage", button(`,"callback_data":""`), 400, "Bad Request: BUTTON_DATA_INVALID", true},
		{"long callback data", "sendMessage", button(`,"callback_data":"` + strings.Repeat("đ", 33) + `"`), 400, "Bad Request: BUTTON_DATA_INVALID", true},
		{"no action", "sendMessage", button(""), 400, "Text buttons are unallowed in the inline keyboard", true},
		{"two actions", "sendMessage", button(`,"callback_data":"x","url":"https://a.b"`), 400, "BUTTON_TYPE_INVALID", true},
		{"unknown button field", "sendMessage", button(`,"callback":"x"`), 400, "can't parse", true},
		{"button to localhost", "sendMessage", button(`,"url":"http://localhost/"`), 400, "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL", true},
		{"unknown action", "sendChatAction", `{` + private + `,"action":"thinking"}`, 400, "Bad Request: wrong parameter action in request", true},
		{"draft 0", "sendMessageDraft", `{` + private + `,"draft_id":0,"text":"x"}`, 400, "", true},
		{"draft in a group", "sendMessageDraft", fmt.Sprintf(`{"chat_id":%d,"draft_id":1,"text":"x"}`, group.ID), 400, "TEXTDRAFT_PEER_INVALID", true},
		{"edit nothing", "editMessageText", `{` + private + `,"message_id":99,"text":"x"}`, 400, "Bad Request: message to edit not found", false},
		{"edit another's", "editMessageText", `{` + private + `,"message_id":1,"text":"x"}`, 400, "Bad Request: message can't be edited", true},
		{"delete nothing", "deleteMessage", `{` + private + `,"message_id":99}`, 400, "Bad Request: message to delete not found", false},
		{"unknown file", "getFile", `{"file_id":"x"}`, 400, "Bad Request: invalid file_id", false},
		{"old query", "answerCallbackQuery", `{"callback_query_id":"1"}`, 400, "Bad Request: query is too old", false},
		{"command in capitals", "setMyCommands", `{"commands":[{"command":"Ask","description":"x"}]}`, 400, "BOT_COMMAND_INVALID", true},
		{"command without description", "setMyCommands", `{"commands":[{"command":"ask","description":""}]}`, 400, "BOT_COMMAND_DESCRIPTION_INVALID", true},
		{"unknown scope", "setMyCommands", `{"commands":[],"scope":{"type":"all"}}`, 400, "unsupported type", true},
		{"language", "setMyDescription", `{"description":"x","language_code":"vi-VN"}`, 400, "language code", true},
		{"unknown kind of update", "getUpdates", `{"allowed_updates":["messages"]}`, 400, "allowed_updates", true},
		{"webhook without TLS", "setWebhook", `{"url":"http://example.com/"}`, 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", true},
		{"secret", "setWebhook", `{"url":"https://example.com/","secret_token":"a b"}`, 400, "secret token", true},
		{"broken JSON", "sendMessage", `{`, 400, "can't parse request", true},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := call(t, s, test.method, test.params)
			errors := r.take()
			if a.ErrorCode != test.status || !strings.Contains(a.Description, test.want) {
				t.Errorf("%d %q, want %d %q", a.ErrorCode, a.Description, test.status, test.want)
			}
			if (len(errors) == 1) != test.reported || len(errors) > 1 {
				t.Errorf("reported %q, want %v", errors, test.reported)
			}
			if test.reported && len(errors) == 1 && !strings.Contains(errors[0], test.method) {
				t.Errorf("the report does not name the method: %s", errors[0])
			}
			if got := s.Refusals(); len(got) != i+1 || got[i].Ours != test.reported || got[i].Status != test.status {
				t.Errorf("refusals: %+v", got)
			}
		})
	}
	if n := len(s.Messages(0)); n != 0 {
		t.Errorf("%d messages were sent", n)
	}
	s.AllowErrors("sendMesage")
	call(t, s, "sendMesage", `{}`)
	if errors := r.take(); len(errors) != 0 {
		t.Errorf("an allowed error was reported: %q", errors)
	}
	call(t, s, "sendPhoto", `{}`)
	if errors := r.take(); len(errors) != 1 {
		t.Errorf("an error that was not allowed: %q", errors)
	}
	s.AllowErrors()
	call(t, s, "sendPhoto", `{}`)
	if errors := r.take(); len(errors) != 0 {
		t.Errorf("an allowed error was reported: %q", errors)
	}
}

func TestTokens(t *testing.T) {
	s := New(t)
	if a := post(t, s.URL+"/bot1:x/getMe", "application/json", ""); a.ErrorCode != 401 || a.Description != "Unauthorized" {
		t.Errorf("wrong token: %+v", a)
	}
	if a := post(t, s.URL+"/getMe", "application/json", ""); a.ErrorCode != 404 {
		t.Errorf("no token: %+v", a)
	}
	if a := post(t, s.URL+"/file/bot"+s.Token+"/documents/file_1", "application/json", ""); a.ErrorCode != 404 {
		t.Errorf("no file: %+v", a)
	}
}

func TestBodies(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	base := s.URL + "/bot" + s.Token + "/"
	id := fmt.Sprint(ana.ID)
	if a := post(t, base+"sendMessage", "application/x-www-form-urlencoded", "chat_id="+id+"&text=a%20b"); !a.OK {
		t.Errorf("form: %+v", a)
	}
	if a := post(t, base+"sendMessage?chat_id="+id+"&text=query", "", ""); !a.OK {
		t.Errorf("query: %+v", a)
	}
	if a := post(t, base+"SENDMESSAGE", "application/json; charset=utf-8", `{"chat_id":`+id+`,"text":"JSON","reply_markup":null}`); !a.OK {
		t.Errorf("JSON: %+v", a)
	}
	if a := post(t, base+"sendMessage", "multipart/form-data; boundary=x",
		"--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n"+id+"\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--x--\r\n"); !a.OK {
		t.Errorf("multipart: %+v", a)
	}
	resp, err := http.Get(base + "getMe")
	if err != nil {
		t.Fatal(err)
	}
	if a := read(t, resp); !a.OK {
		t.Errorf("GET: %+v", a)
	}
	var texts []string
	for _, m := range s.Messages(ana.ID) {
		texts = append(texts, m.Text)
	}
	if got := strings.Join(texts, "|"); got != "a b|query|JSON|parts" {
		t.Errorf("texts: %s", got)
	}
	if a := post(t, base+"sendDocument", "multipart/form-data; boundary=x",
		"--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n"+id+
			"\r\n--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.txt\"\r\n\r\nhello\r\n--x--\r\n"); !a.OK {
		t.Errorf("upload: %+v", a)
	}
	if d := s.Messages(ana.ID)[4].Document; d == nil || d.Name != "a.txt" || string(d.Data) != "hello" {
		t.Errorf("document: %+v", d)
	}
}

func TestTooManyEntities(t *testing.T) {
	s, r := newRecorded(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	send := func(n int) {
		t.Helper()
		text := "<b>Sources</b> " + strings.Repeat(`<a href=\"https://a.b\">x</a> `, n)
		if a := call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"%s","parse_mode":"HTML"}`, ana.ID, text)); !a.OK {
			t.Errorf("%+v", a)
		}
	}
	send(99)
	if errors := r.take(); len(errors) != 0 {
		t.Errorf("100 entities: %q", errors)
	}
	send(101)
	if errors := r.take(); len(errors) != 1 || !strings.Contains(errors[0], "2 of 102 entities") {
		t.Errorf("102 entities: %q", errors)
	}
	messages := s.Messages(ana.ID)
	if got := messages[1]; len(got.Entities) != 100 || len(got.Links()) != 100 {
		t.Errorf("%d entities, %d links are left", len(got.Entities), len(got.Links()))
	}
}

func TestRepliesAndTopics(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	forum := s.Supergroup("Forum", 7, 8)
	inTopic := ana.WritesIn(forum, "in 7", InTopic(7))
	general := ana.WritesIn(forum, "in general")
	gone := ana.WritesIn(forum, "gone")
	ana.Deletes(gone)
	send := func(rest string) answer {
		return call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"%s}`, forum.ID, rest))
	}
	last := func() Message {
		list := s.Messages(forum.ID)
		return list[len(list)-1]
	}
	if a := send(fmt.Sprintf(`,"reply_parameters":{"message_id":%d}`, inTopic.ID)); !a.OK || last().ThreadID != 7 || last().ReplyTo != inTopic.ID {
		t.Errorf("a reply leaves its topic: %+v, %s", a, last())
	}
	if a := send(fmt.Sprintf(`,"message_thread_id":7,"reply_parameters":{"message_id":%d}`, inTopic.ID)); !a.OK || last().ThreadID != 7 {
		t.Errorf("a reply in its topic: %+v", a)
	}
	if a := send(fmt.Sprintf(`,"reply_parameters":{"message_id":%d}`, general.ID)); !a.OK || last().ThreadID != 0 {
		t.Errorf("a reply in general: %+v", a)
	}
	if a := send(`,"message_thread_id":1`); a.Description != "Bad Request: message thread not found" {
		t.Errorf("the general topic by number: %+v", a)
	}
	if a := send(`,"message_thread_id":9`); a.Description != "Bad Request: message thread not found" {
		t.Errorf("an unknown topic: %+v", a)
	}
	if a := send(fmt.Sprintf(`,"reply_parameters":{"message_id":%d}`, gone.ID)); a.Description != "Bad Request: message to be replied not found" {
		t.Errorf("a reply to a deleted message: %+v", a)
	}
	if a := send(fmt.Sprintf(`,"reply_parameters":{"message_id":%d,"allow_sending_without_reply":true}`, gone.ID)); !a.OK || last().ReplyTo != 0 {
		t.Errorf("a reply to a deleted message, if need be without: %+v", a)
	}
	if a := call(t, s, "sendChatAction", fmt.Sprintf(`{"chat_id":%d,"action":"typing","message_thread_id":1}`, forum.ID)); !a.OK {
		t.Errorf("an action in general: %+v", a)
	}
	s.AllowErrors("sendMessage")
	if a := send(fmt.Sprintf(`,"message_thread_id":8,"reply_parameters":{"message_id":%d}`, inTopic.ID)); a.OK {
		t.Errorf("a reply in another topic: %+v", a)
	}

	plain := s.Supergroup("Plain")
	first := ana.WritesIn(plain, "first")
	second := ana.WritesIn(plain, "second", ReplyTo(first))
	if second.ThreadID != first.ID {
		t.Errorf("thread of a reply: %d, want %d", second.ThreadID, first.ID)
	}
	if a := call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x","message_thread_id":%d}`, plain.ID, second.ThreadID)); !a.OK {
		t.Errorf("in a thread of replies: %+v", a)
	}
}

func TestProfile(t *testing.T) {
	s := New(t)
	for _, params := range []string{
		`{"commands":[{"command":"ask","description":"Ask"}]}`,
		`{"commands":[{"command":"ask","description":"Hỏi"}],"language_code":"vi"}`,
		`{"commands":[{"command":"stats","description":"Stats"}],"scope":{"type":"chat","chat_id":7000000001}}`,
	} {
		if a := call(t, s, "setMyCommands", params); !a.OK {
			t.Errorf("%s: %+v", params, a)
		}
	}
	for scope, want := range map[[2]string]string{
		{"default", ""}: "Ask", {"default", "vi"}: "Hỏi", {"chat 7000000001", ""}: "Stats",
	} {
		if got := s.Commands(scope[0], scope[1]); len(got) != 1 || got[0].Description != want {
			t.Errorf("commands of %v: %+v", scope, got)
		}
	}
	if a := call(t, s, "getMyCommands", `{"language_code":"fr"}`); string(a.Result) != "[]" {
		t.Errorf("commands that were never set: %s", a.Result)
	}
	call(t, s, "setMyDescription", `{"description":"all"}`)
	call(t, s, "setMyDescription", `{"description":"tất cả","language_code":"vi"}`)
	if a := call(t, s, "getMyDescription", `{"language_code":"fr"}`); string(a.Result) != `{"description":"all"}` || s.ProfileText("description", "vi") != "tất cả" {
		t.Errorf("description: %s", a.Result)
	}
	if a := call(t, s, "setChatMenuButton", `{"menu_button":{"type":"commands"}}`); !a.OK {
		t.Errorf("setChatMenuButton: %+v", a)
	}
}

func TestMembers(t *testing.T) {
	s := New(t)
	ana, bo := s.User("Ana", ""), s.User("Bo", "")
	group := s.Group("Team")
	group.SetMember(ana, "creator")
	member := func(id int64) string {
		a := call(t, s, "getChatMember", fmt.Sprintf(`{"chat_id":%d,"user_id":%d}`, group.ID, id))
		var m struct{ Status string }
		_ = json.Unmarshal(a.Result, &m)
		return m.Status
	}
	if member(ana.ID) != "creator" || member(bo.ID) != "left" || member(s.Me.ID) != "member" {
		t.Errorf("members: %s %s %s", member(ana.ID), member(bo.ID), member(s.Me.ID))
	}
	bo.WritesIn(group, "hi")
	if member(bo.ID) != "member" {
		t.Errorf("after writing: %s", member(bo.ID))
	}
	ana.RemovesBot(group)
	if a := call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, group.ID)); a.ErrorCode != 403 || a.Description != "Forbidden: bot was kicked from the group chat" {
		t.Errorf("when removed: %+v", a)
	}
}

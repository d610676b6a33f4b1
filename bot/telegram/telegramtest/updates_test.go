package telegramtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// ids reads the update ids of an answer.
func ids(t testing.TB, a answer) []int64 {
	t.Helper()
	var list []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(a.Result, &list); err != nil {
		t.Errorf("%s: %v", a.Result, err)
	}
	var got []int64
	for _, u := range list {
		got = append(got, u.ID)
	}
	return got
}

func TestGetUpdatesConfirms(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	var want []int64
	for i := range 5 {
		want = append(want, ana.Writes(fmt.Sprint(i)).UpdateID)
	}
	if got := ids(t, call(t, s, "getUpdates", `{}`)); !slices.Equal(got, want) {
		t.Errorf("updates %v, want %v", got, want)
	}
	if got := ids(t, call(t, s, "getUpdates", `{"limit":2}`)); !slices.Equal(got, want[:2]) {
		t.Errorf("again, two: %v, want %v", got, want[:2])
	}
	if got := s.Confirmed(); len(got) != 0 {
		t.Errorf("confirmed without an offset: %v", got)
	}
	if got := ids(t, call(t, s, "getUpdates", fmt.Sprintf(`{"offset":%d,"limit":1}`, want[2]))); !slices.Equal(got, want[2:3]) {
		t.Errorf("from the third: %v", got)
	}
	if got := s.Confirmed(); !slices.Equal(got, want[:2]) {
		t.Errorf("confirmed %v, want %v", got, want[:2])
	}
	// What was confirmed never comes back.
	if got := ids(t, call(t, s, "getUpdates", fmt.Sprintf(`{"offset":%d}`, want[0]))); !slices.Equal(got, want[2:]) {
		t.Errorf("from the first: %v", got)
	}
	if got := ids(t, call(t, s, "getUpdates", `{"offset":-1}`)); !slices.Equal(got, want[4:]) {
		t.Errorf("the last: %v", got)
	}
	if got := s.Pending(); !slices.Equal(got, want[4:]) {
		t.Errorf("pending %v", got)
	}
	if got := ids(t, call(t, s, "getUpdates", fmt.Sprintf(`{"offset":%d}`, want[4]+1))); len(got) != 0 || len(s.Pending()) != 0 {
		t.Errorf("after the last: %v", got)
	}
}

func TestGetUpdatesWaits(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	got := make(chan answer, 1)
	begin := time.Now()
	go func() { got <- call(t, s, "getUpdates", `{"timeout":30}`) }()
	s.Wait(5*time.Second, "the poll", func() bool { return len(s.Calls("getUpdates")) == 1 })
	m := ana.Writes("hi")
	if list := ids(t, <-got); !slices.Equal(list, []int64{m.UpdateID}) || time.Since(begin) > 5*time.Second {
		t.Errorf("%v after %v", list, time.Since(begin))
	}
	begin = time.Now()
	if list := ids(t, call(t, s, "getUpdates", fmt.Sprintf(`{"offset":%d,"timeout":1}`, m.UpdateID+1))); len(list) != 0 {
		t.Errorf("unexpected %v", list)
	}
	if d := time.Since(begin); d < time.Second || d > 5*time.Second {
		t.Errorf("an empty poll of a second took %v", d)
	}
	// A client that goes away leaves nothing behind.
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/bot"+s.Token+"/getUpdates?timeout=50", nil)
	if resp, err := http.DefaultClient.Do(req); err == nil {
		resp.Body.Close()
		t.Error("the poll was answered")
	}
	s.Wait(5*time.Second, "the end of the poll", func() bool {
		calls := s.Calls("getUpdates")
		return calls[len(calls)-1].Done
	})
}

func TestSecondPollerEndsTheFirst(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	first, second := make(chan answer, 1), make(chan answer, 1)
	go func() { first <- call(t, s, "getUpdates", `{"timeout":30}`) }()
	waitPoll(t, s, 1)
	go func() { second <- call(t, s, "getUpdates", `{"timeout":30}`) }()
	a := <-first
	if a.ErrorCode != 409 || a.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
		t.Errorf("the first poller got %+v", a)
	}
	m := ana.Writes("hi")
	if got := ids(t, <-second); !slices.Equal(got, []int64{m.UpdateID}) {
		t.Errorf("the second poller got %v", got)
	}
}

// waitPoll waits until n polls have begun and the last is really waiting.
func waitPoll(t testing.TB, s *Server, n int) {
	t.Helper()
	s.Wait(5*time.Second, "a poll", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		polls := 0
		for _, c := range s.calls {
			if c.Method == "getUpdates" {
				polls++
			}
		}
		return polls == n && s.queue.poll != nil
	})
}

func TestAllowedUpdates(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	if id := s.Push(map[string]any{"chat_member": map[string]any{}}); id != 0 {
		t.Error("chat_member came without being asked for")
	}
	call(t, s, "getUpdates", `{"allowed_updates":["callback_query"]}`)
	if m := ana.Writes("hi"); m.UpdateID != 0 {
		t.Error("a message came that was not asked for")
	}
	call(t, s, "getUpdates", `{}`) // does not change the list
	if m := ana.Writes("hi"); m.UpdateID != 0 {
		t.Error("the list was forgotten")
	}
	call(t, s, "getUpdates", `{"allowed_updates":[]}`)
	if m := ana.Writes("hi"); m.UpdateID == 0 {
		t.Error("an empty list is not the default")
	}
}

func TestPushRaw(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	bad := s.PushRaw(`{"message":42}`)
	good := ana.Writes("hi").UpdateID
	if got := ids(t, call(t, s, "getUpdates", `{}`)); !slices.Equal(got, []int64{bad, good}) {
		t.Errorf("updates %v", got)
	}
	s.PushRaw(`not JSON`)
	resp, err := http.Get(s.URL + "/bot" + s.Token + "/getUpdates")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if json.Valid(body) || !strings.Contains(string(body), "not JSON") {
		t.Errorf("body: %s", body)
	}
	s.SetNextUpdateID(5)
	if id := ana.Writes("hi").UpdateID; id != 5 {
		t.Errorf("update id %d, want 5", id)
	}
}

func TestWebhook(t *testing.T) {
	s := New(t)
	ana, bo := s.User("Ana", ""), s.User("Bo", "")
	var mu sync.Mutex
	var got []int64
	refuse, busy := 2, map[int64]bool{}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3cret" {
			t.Errorf("secret header %q", r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
		}
		var u struct {
			ID      int64 `json:"update_id"`
			Message struct{ Chat struct{ ID int64 } }
		}
		if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		if busy[u.Message.Chat.ID] {
			t.Errorf("two updates of chat %d at a time", u.Message.Chat.ID)
		}
		if refuse > 0 {
			refuse--
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		got = append(got, u.ID)
		busy[u.Message.Chat.ID] = true
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		busy[u.Message.Chat.ID] = false
	}))
	defer hook.Close()

	poll := make(chan answer, 1)
	go func() { poll <- call(t, s, "getUpdates", `{"timeout":30}`) }()
	waitPoll(t, s, 1)
	if a := call(t, s, "setWebhook", `{"url":"`+hook.URL+`","secret_token":"s3cret"}`); !a.OK {
		t.Fatalf("%+v", a)
	}
	if a := <-poll; a.ErrorCode != 409 || a.Description != "Conflict: terminated by setWebhook request" {
		t.Errorf("the poll ended with %+v", a)
	}
	if a := call(t, s, "getUpdates", `{}`); a.ErrorCode != 409 || !strings.Contains(a.Description, "webhook is active") {
		t.Errorf("polling with a webhook: %+v", a)
	}
	var want []int64
	for i := range 4 {
		want = append(want, ana.Writes(fmt.Sprint(i)).UpdateID)
	}
	last := bo.Writes("hi").UpdateID
	s.WaitConfirmed(10*time.Second, want[3])
	s.WaitConfirmed(10*time.Second, last)
	mu.Lock()
	anas := slices.DeleteFunc(slices.Clone(got), func(id int64) bool { return id == last })
	if !slices.Equal(anas, want) || len(got) != 5 {
		t.Errorf("delivered %v, want %v in order and %d", got, want, last)
	}
	mu.Unlock()
	a := call(t, s, "getWebhookInfo", `{}`)
	if !strings.Contains(string(a.Result), "500 Internal Server Error") || !strings.Contains(string(a.Result), `"pending_update_count":0`) {
		t.Errorf("getWebhookInfo: %s", a.Result)
	}
	if a := call(t, s, "deleteWebhook", `{}`); !a.OK {
		t.Errorf("%+v", a)
	}
	id := ana.Writes("later").UpdateID
	if got := ids(t, call(t, s, "getUpdates", `{}`)); !slices.Equal(got, []int64{id}) {
		t.Errorf("after the webhook: %v", got)
	}
}

func TestRates(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	group := s.Group("Team")
	send := func(chat int64) answer {
		return call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, chat))
	}
	for range 10 {
		if a := send(ana.ID); !a.OK {
			t.Fatalf("without the law: %+v", a)
		}
	}
	s.EnforceRates()
	for range chatBurst {
		if a := send(ana.ID); !a.OK {
			t.Fatalf("in the burst: %+v", a)
		}
	}
	if a := send(ana.ID); a.ErrorCode != 429 || a.Parameters.RetryAfter != 1 || a.Description != "Too Many Requests: retry after 1" {
		t.Errorf("after the burst: %+v", a)
	}
	if a := send(group.ID); !a.OK {
		t.Errorf("another chat: %+v", a)
	}
	time.Sleep(time.Second)
	if a := send(ana.ID); !a.OK {
		t.Errorf("a second later: %+v", a)
	}
	var law rateLaw
	law.perChat, law.barred = map[int64][]time.Time{}, map[int64]time.Time{}
	now := time.Now()
	for i := range groupMinute {
		law.perChat[1] = append(law.perChat[1], now.Add(time.Duration(i-groupMinute)*2*time.Second))
	}
	if wait := law.wait(1, true, true, now); wait != 20*time.Second {
		t.Errorf("the 21st in a group waits %v", wait)
	}
	if wait := law.wait(1, true, false, now); wait != 0 {
		t.Errorf("in a private chat it waits %v", wait)
	}
}

func TestFaultsByMethod(t *testing.T) {
	s := New(t)
	s.Fail("getMe", 2, Fault{Status: 500})
	s.Fail("", 1, Fault{RetryAfter: 3})
	if a := call(t, s, "getWebhookInfo", `{}`); a.ErrorCode != 429 || a.Parameters.RetryAfter != 3 {
		t.Errorf("any method: %+v", a)
	}
	for range 2 {
		if a := call(t, s, "getMe", `{}`); a.ErrorCode != 500 || a.Description != "Internal Server Error" {
			t.Errorf("getMe: %+v", a)
		}
	}
	if a := call(t, s, "getMe", `{}`); !a.OK {
		t.Errorf("after two: %+v", a)
	}
	s.Fail("getMe", -1, Fault{MigrateTo: -100123})
	for range 3 {
		if a := call(t, s, "getMe", `{}`); a.Parameters.MigrateToChatID != -100123 {
			t.Errorf("for ever: %+v", a)
		}
	}
	s.Recover()
	if a := call(t, s, "getMe", `{}`); !a.OK {
		t.Errorf("after Recover: %+v", a)
	}
	s.Fail("getMe", 1, Fault{Hang: 30 * time.Millisecond})
	if begin, a := time.Now(), call(t, s, "getMe", `{}`); !a.OK || time.Since(begin) < 30*time.Millisecond {
		t.Errorf("late: %+v", a)
	}
}

func TestWaitsFailReadably(t *testing.T) {
	s, r := newRecorded(t)
	ana := s.User("Ana", "")
	ana.Writes("is anybody there?")
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.WaitMessage(30*time.Millisecond, func(Message) bool { return false })
		t.Error("the wait went on")
	}()
	<-done
	if errors := r.take(); len(errors) != 1 || !strings.Contains(errors[0], "is anybody there?") {
		t.Errorf("reported %q", errors)
	}
	go func() { call(t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"yes"}`, ana.ID)) }()
	if m := s.WaitMessage(5*time.Second, func(m Message) bool { return m.Text == "yes" }); m.ChatID != ana.ID {
		t.Errorf("message %s", m)
	}
	s.StaysSilent(ana.ID, 10*time.Millisecond)
	if errors := r.take(); len(errors) != 0 {
		t.Errorf("reported %q", errors)
	}
}

func TestStopsDraft(t *testing.T) {
	s := New(t)
	ana := s.User("Ana", "")
	ana.Writes("hi")
	call(t, s, "sendMessageDraft", fmt.Sprintf(`{"chat_id":%d,"draft_id":3,"can_stop":true}`, ana.ID))
	if d := s.Drafts(ana.ID); len(d) != 1 || d[0].Text != "" || !d[0].Live {
		t.Errorf("drafts %+v", d)
	}
	if id := ana.StopsDraft(3); id == 0 || !s.Drafts(ana.ID)[0].Stopped {
		t.Error("the draft was not stopped")
	}
	if a := call(t, s, "getUpdates", `{"offset":-1}`); !strings.Contains(string(a.Result), `"stopped_message_generation":{`) {
		t.Errorf("updates: %s", a.Result)
	}
}

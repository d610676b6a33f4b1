package telegram

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot"
	"reportbot/store"
)

var (
	inPrivate = question{place: place{chat: 7, private: true}, message: 5}
	inTeam    = question{place: place{chat: -100}, message: 5}
)

// sending is a responder whose calls are recorded by a server without a
// network, in made-up time.
type sending struct {
	*responder
	begun time.Time
	log   logbook
	park  context.CancelCauseFunc

	stored  notebook
	doubts  doubts
	refused bool

	mu    sync.Mutex
	calls []string // "3s sendMessage to #5: text"
	// fail, where it has an answer, is what the server answers; else all goes
	// well, and messages get the ids 101, 102 and so on.
	fail   func() (*http.Response, error)
	hangs  bool // the server says nothing
	lastID int
	unsure int // id of a message that was sent before the program ended; 0: none
}

func newSending(t *testing.T, to question) *sending {
	t.Helper()
	s := &sending{begun: time.Now(), lastID: 100}
	api, err := tg.New(testToken, tg.WithSkipGetMe(), tg.WithServerURL("http://telegram.example"), tg.WithHTTPClient(0, over(s.serve)))
	if err != nil {
		t.Fatal(err)
	}
	work, park := context.WithCancelCause(t.Context())
	s.park = park
	known := &chats{memory: forgetful{}, log: s.log.logger(), joinQueues: func(_, _ int64) {}, moved: map[int64]int64{}}
	out := &outbox{api: api, limits: newRateLimiter(0), meter: &s.doubts, log: s.log.logger(), chats: known, refused: func() { s.refused = true }, window: make(window, windowWidth)}
	caughtUp := make(chan struct{})
	close(caughtUp)
	out.finder = &sentFinder{history: &s.stored, caughtUp: caughtUp}
	s.responder = newResponder(work, out, &s.stored, nil, 1, to)
	t.Cleanup(func() {
		park(nil)
		s.close()
		hasNoToken(t, testToken, s.log.String())
	})
	return s
}

// notebook is what is stored of one reply, a line a time.
type notebook []string

func (n *notebook) Reply(context.Context, int64) (store.Reply, error) {
	return store.Reply{}, store.ErrNotFound
}

func (n *notebook) ReplyTo(context.Context, int64, int) (store.Reply, error) {
	return store.Reply{}, store.ErrNotFound
}

// RecentReplies and Pending know the messages 9 and 10.
func (n *notebook) RecentReplies(context.Context, int64, int) ([]store.Reply, error) {
	return []store.Reply{{Chat: 7, Messages: []int{9}}}, nil
}

func (n *notebook) Pending(context.Context) ([]store.Update, error) {
	return []store.Update{{ID: 2, Body: []byte(`{"message": {"message_id": 10, "chat": {"id": 7}}}`)}}, nil
}

func (n *notebook) PrepareReply(ctx context.Context, r store.Reply) error { return n.SaveReply(ctx, r) }

func (n *notebook) SaveReply(_ context.Context, r store.Reply) error {
	with := ""
	if len(r.Parts) > 0 {
		with = ", with the answer"
	}
	*n = append(*n, fmt.Sprint(r.Shown, " shown, in ", r.Messages, with))
	return nil
}

func (n *notebook) CompleteReply(_ context.Context, r store.Reply) error {
	*n = append(*n, fmt.Sprint("all shown, in ", r.Messages))
	return nil
}

// forgetful remembers nothing of chats.
type forgetful struct{}

func (forgetful) MoveChat(context.Context, int64, int64) error        { return nil }
func (forgetful) MovedChats(context.Context) (map[int64]int64, error) { return nil, nil }
func (forgetful) ForgetChat(context.Context, int64) error             { return nil }

// doubts counts what may be shown twice.
type doubts struct {
	noMeter
	count int
}

func (d *doubts) InDoubt() { d.count++ }

func (s *sending) serve(r *http.Request) (*http.Response, error) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return nil, err
	}
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	call := fmt.Sprintf("%v %s", time.Since(s.begun), method)
	if id := r.FormValue("message_id"); id != "" {
		call += " of #" + id
	}
	if to := r.FormValue("reply_parameters"); to != "" {
		call += " to " + strings.NewReplacer(`{"message_id":`, "#", `,"allow_sending_without_reply":true}`, "").Replace(to)
	}
	if topic := r.FormValue("message_thread_id"); topic != "" {
		call += " in " + topic
	}
	if r.FormValue("parse_mode") == "" && method == "sendMessage" {
		call += " as text"
	}
	if r.FormValue("reply_markup") != "" {
		call += " with buttons"
	}
	if html := r.FormValue("text"); html != "" {
		call += ": " + html[:min(len(html), 20)]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// Of what was sent before the program ended only some is there.
	if id, _ := strconv.Atoi(r.FormValue("message_id")); s.gone(id) {
		return reply(400, `{"ok": false, "error_code": 400, "description": "Bad Request: message to edit not found"}`), nil
	}
	s.calls = append(s.calls, call)
	if s.hangs {
		return hang(r)
	}
	if s.fail != nil {
		if answer, err := s.fail(); answer != nil || err != nil {
			return answer, err
		}
	}
	s.lastID++
	if method == "sendMessage" || method == "sendDocument" || method == "editMessageText" {
		return reply(200, fmt.Sprintf(`{"ok": true, "result": {"message_id": %d}}`, s.lastID)), nil
	}
	return reply(200, `{"ok": true, "result": true}`), nil
}

// gone reports whether no message of the bot has an id: it has sent 77 and 78
// before the test, and from 101 on in it. The lock is held.
func (s *sending) gone(id int) bool {
	return id != 0 && id != 77 && id != 78 && id != s.unsure && id <= 100
}

// fails makes the server fail from now on; nil: it works again.
func (s *sending) fails(fail func() (*http.Response, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = fail
}

// did holds the calls to what they should be.
func (s *sending) did(t *testing.T, want ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.calls, want) {
		t.Errorf("called\n\t%s\nwant\n\t%s", strings.Join(s.calls, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func said(words string) bot.Message { return message(bot.Line{text(words)}) }

func TestTypingIsShownUntilTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inPrivate)
		_ = s.Working(t.Context(), said("đang tìm"))
		time.Sleep(10 * time.Second)
		if _, err := s.Final(t.Context(), said("đây")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.did(t, "150ms sendChatAction", "4.15s sendChatAction", "8.15s sendChatAction", "10s sendMessage to #5: đây")
	})
}

func TestDraftIsUpdatedAndKeptAliveInPrivate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inPrivate)
		_ = s.Working(t.Context(), said("đang tìm"))
		synctest.Wait()
		for _, words := range []string{"một", "một hai", "một hai ba", "một hai ba bốn", "một hai ba bốn năm"} {
			s.Partial(t.Context(), said(words)) // one every 100 ms
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(50 * time.Second) // a draft lives for 30
		if _, err := s.Final(t.Context(), said("hết")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.did(t, "0s sendMessageDraft: một", "300ms sendMessageDraft: một hai ba bốn",
			"24.15s sendMessageDraft: một hai ba bốn", "48.15s sendMessageDraft: một hai ba bốn", "50.5s sendMessage to #5: hết")
	})
}

func TestPartialEditsInGroupsAreThrottled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inTeam)
		_ = s.Working(t.Context(), said("đang tìm"))
		synctest.Wait()
		for n := range 5 {
			s.Partial(t.Context(), said(fmt.Sprint("câu ", n+1)))
			time.Sleep(1500 * time.Millisecond)
		}
		id, err := s.Final(t.Context(), said("hết"))
		if err != nil || id != 101 {
			t.Errorf("Final returned %d, %v, want the placeholder, 101", id, err)
		}
		s.did(t, "0s sendMessage to #5: đang tìm", "0s editMessageText of #101: câu 1", "150ms sendChatAction",
			"3s editMessageText of #101: câu 3", "4.15s sendChatAction", "6s editMessageText of #101: câu 5", "7.5s editMessageText of #101: hết")
	})
}

func TestLongAnswerIsAChainOfReplies(t *testing.T) {
	long := message(manyLines(3, bot.Line{text(strings.Repeat("a", 4000))})...)
	for _, test := range []struct {
		name    string
		to      question
		working bool
		first   int
		want    []string
	}{
		{"in private", inPrivate, false, 101,
			[]string{"0s sendMessage to #5: " + as(20), "0s sendMessage to #101: " + as(20), "0s sendMessage to #102: " + as(20)}},
		{"in a group, behind the placeholder", inTeam, true, 101,
			[]string{"0s sendMessage to #5: đang tìm", "0s editMessageText of #101: " + as(20),
				"0s sendMessage to #101: " + as(20), "0s sendMessage to #103: " + as(20)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, test.to)
				if test.working {
					_ = s.Working(t.Context(), said("đang tìm"))
					synctest.Wait()
				}
				id, err := s.Final(t.Context(), long)
				if err != nil || id != test.first {
					t.Errorf("Final returned %d, %v, want %d", id, err, test.first)
				}
				s.did(t, test.want...)
			})
		})
	}
}

func TestAMessageThatCannotBeEditedIsRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inTeam)
		_ = s.Working(t.Context(), said("đang tìm"))
		synctest.Wait()
		s.fails(func() (*http.Response, error) {
			s.fail = nil // once
			return reply(400, `{"ok": false, "error_code": 400, "description": "Bad Request: message can't be edited"}`), nil
		})
		if _, err := s.Final(t.Context(), said("hết")); err != nil {
			t.Error(err)
		}
		s.did(t, "0s sendMessage to #5: đang tìm", "0s editMessageText of #101: hết", "0s sendMessage to #5: hết", "0s deleteMessage of #101")
		s.stores(t, "0 shown, in []", "0 shown, in [101]", "0 shown, in [], with the answer", "1 shown, in [102 101], with the answer", "all shown, in [102]")
	})
}

func as(n int) string { return strings.Repeat("a", n) }

func TestFailedPartialsAreHarmless(t *testing.T) {
	for name, to := range map[string]question{"in private": inPrivate, "in a group": inTeam} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, to)
				_ = s.Working(t.Context(), said("đang tìm"))
				synctest.Wait()
				s.fails(func() (*http.Response, error) { return reply(500, `{"ok": false, "error_code": 500}`), nil })
				s.Partial(t.Context(), said("một"))
				s.fails(nil)
				if _, err := s.Final(t.Context(), said("hết")); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestFileIsAMessageOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inPrivate)
		s.editsEarlier, s.reply.Messages = true, []int{90} // the question is edited that #90 answers
		list := said("unanswered")
		list.File = &bot.File{Name: "unanswered.csv", Data: []byte("question\n")}
		if id, err := s.Final(t.Context(), list); err != nil || id != 101 {
			t.Errorf("Final returned %d, %v, want 101", id, err)
		}
		s.did(t, "0s sendDocument to #5")
	})
}

func TestAdministersRetriesAFewTimes(t *testing.T) {
	for _, test := range []struct {
		name   string
		sender bot.Sender
		hangs  bool
		want   bool
		calls  []string
	}{
		{"an administrator", bot.Sender{ID: 8}, false, true, []string{"0s getChatMember"}},
		{"where Telegram doesn't answer", bot.Sender{ID: 8}, true, false, []string{"0s getChatMember"}},
		{"an anonymous one", bot.Sender{ID: anonymousAdmin, Anonymous: true}, false, true, nil},
		{"who writes in a channel's name", bot.Sender{}, false, false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				to := inTeam
				to.sender = test.sender
				s := newSending(t, to)
				s.hangs = test.hangs
				s.fails(func() (*http.Response, error) {
					return reply(200, `{"ok": true, "result": {"status": "administrator"}}`), nil
				})
				is, err := s.Administers(t.Context())
				if is != test.want || (err != nil) != test.hangs || time.Since(s.begun) > editTimeout {
					t.Errorf("%v, %v after %v", is, err, time.Since(s.begun))
				}
				s.did(t, test.calls...)
			})
		})
	}
}

package telegram

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"reportbot/bot"
	"reportbot/store"
)

// stores holds what was stored of the reply to what should be.
func (s *sending) stores(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(s.stored, want) {
		t.Errorf("stored\n\t%s\nwant\n\t%s", strings.Join(s.stored, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// What is stored before a send says after a crash that it may have been made;
// what is stored after it, that it was.
func TestReplyProgressIsStored(t *testing.T) {
	long := message(manyLines(3, bot.Line{text(strings.Repeat("a", 4000))})...)
	for _, test := range []struct {
		name string
		to   question
		says bot.Message
		want []string
	}{
		{"in private", inPrivate, said("đây"), []string{"0 shown, in [], with the answer", "all shown, in [101]"}},
		{"in private, long", inPrivate, long, []string{
			"0 shown, in [], with the answer", "1 shown, in [101], with the answer", "1 shown, in [101], with the answer",
			"2 shown, in [101 102], with the answer", "2 shown, in [101 102], with the answer", "all shown, in [101 102 103]"}},
		{"in a group", inTeam, said("đây"), []string{"0 shown, in []", "0 shown, in [101]", "all shown, in [101]"}},
		{"in a group, long", inTeam, long, []string{"0 shown, in []", "0 shown, in [101]",
			"1 shown, in [101], with the answer", "1 shown, in [101], with the answer",
			"2 shown, in [101 103], with the answer", "2 shown, in [101 103], with the answer", "all shown, in [101 103 104]"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, test.to)
				_ = s.Working(t.Context(), said("đang tìm"))
				synctest.Wait()
				if _, err := s.Final(t.Context(), test.says); err != nil {
					t.Error(err)
				}
				s.stores(t, test.want...)
			})
		})
	}
}

func TestReplyResumesWhereItStopped(t *testing.T) {
	const ready = `[{"html":"một"},{"html":"hai"}]`
	for _, test := range []struct {
		name   string
		to     question
		stored store.Reply
		unsure int // id of a message that Telegram took and nobody knows of
		calls  []string
		doubts int
	}{
		{"before anything was shown", inTeam, store.Reply{}, 0,
			[]string{"0s sendMessage to #5: đang tìm", "0s editMessageText of #101: đây"}, 1},
		{"before it was begun", inTeam, store.Reply{Update: -1}, 0,
			[]string{"0s sendMessage to #5: đang tìm", "0s editMessageText of #101: đây"}, 0},
		{"with a placeholder", inTeam, store.Reply{Messages: []int{77}}, 0,
			[]string{"0s editMessageText of #77: đây"}, 0},
		{"with the answer ready", inPrivate, store.Reply{Parts: []byte(ready)}, 0,
			[]string{"0s sendMessage to #5: một", "0s sendMessage to #101: hai"}, 1},
		{"with a part shown", inPrivate, store.Reply{Messages: []int{78}, Parts: []byte(ready), Shown: 1}, 0,
			[]string{"0s sendMessage to #78: hai"}, 1},
		{"with a placeholder that nobody knows of", inTeam, store.Reply{}, 8,
			[]string{"0s editMessageText of #8: đang tìm", "0s editMessageText of #8: đây"}, 0},
		{"with an answer that nobody knows of", inPrivate, store.Reply{Parts: []byte(ready)}, 8,
			[]string{"0s editMessageText of #8: một", "0s sendMessage to #8: hai"}, 0},
		{"with another answer behind it", inPrivate, store.Reply{Parts: []byte(ready)}, 9,
			[]string{"0s sendMessage to #5: một", "0s sendMessage to #101: hai"}, 1},
		{"with another question behind it", inPrivate, store.Reply{Parts: []byte(ready)}, 10,
			[]string{"0s sendMessage to #5: một", "0s sendMessage to #101: hai"}, 1},
		{"with a part edited into the placeholder", inTeam, store.Reply{Messages: []int{78}, Parts: []byte(ready), Shown: 1}, 0,
			[]string{"0s sendMessage to #78: hai"}, 1},
		{"with a placeholder and the answer ready", inTeam, store.Reply{Messages: []int{77}, Parts: []byte(ready)}, 0,
			[]string{"0s editMessageText of #77: một", "0s sendMessage to #77: hai"}, 0},
		{"with all shown", inPrivate, store.Reply{Messages: []int{77, 78}, Parts: []byte(ready), Shown: 2}, 0, nil, 0},
		{"with all shown and a message to delete", inTeam, store.Reply{Messages: []int{77, 78, 120}, Parts: []byte(ready), Shown: 2}, 0,
			[]string{"0s deleteMessage of #120"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, test.to)
				s.responder.stored = test.stored.Update == 0
				s.reply.Messages, s.reply.Parts, s.reply.Shown, s.unsure = test.stored.Messages, test.stored.Parts, test.stored.Shown, test.unsure
				went, err := s.resume(t.Context())
				if err != nil || went != (test.stored.Parts != nil) {
					t.Fatalf("resume returned %v, %v", went, err)
				}
				if !went {
					_ = s.Working(t.Context(), said("đang tìm"))
					synctest.Wait()
					if _, err := s.Final(t.Context(), said("đây")); err != nil {
						t.Error(err)
					}
				}
				s.did(t, test.calls...)
				if s.doubts.count != test.doubts || !s.done {
					t.Errorf("%d sends are in doubt, want %d; done: %v", s.doubts.count, test.doubts, s.done)
				}
			})
		})
	}
}

func TestEditedQuestionEditsItsAnswer(t *testing.T) {
	long := message(manyLines(2, bot.Line{text(strings.Repeat("a", 4000))})...)
	for _, test := range []struct {
		name   string
		to     question
		before []int // ids of the messages of the answer
		says   bot.Message
		want   []string
	}{
		{"as long", inPrivate, []int{77}, said("đây"), []string{"0s editMessageText of #77: đây"}},
		{"as long, in a group", inTeam, []int{77}, said("đây"), []string{"0s editMessageText of #77: đây"}},
		{"shorter", inPrivate, []int{77, 78}, said("đây"), []string{"0s editMessageText of #77: đây", "0s deleteMessage of #78"}},
		{"longer", inPrivate, []int{77}, long,
			[]string{"0s editMessageText of #77: " + as(20), "0s sendMessage to #77: " + as(20)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, test.to)
				s.reply.Messages, s.editsEarlier = test.before, true
				_ = s.Working(t.Context(), said("đang tìm"))
				synctest.Wait()
				s.Partial(t.Context(), said("một"))
				if id, err := s.Final(t.Context(), test.says); err != nil || id != 77 {
					t.Errorf("Final returned %d, %v", id, err)
				}
				s.did(t, test.want...)
			})
		})
	}
}

func TestTokenRefusedWhileSendingEndsTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inPrivate)
		s.fails(func() (*http.Response, error) {
			return reply(401, `{"ok": false, "error_code": 401, "description": "Unauthorized"}`), nil
		})
		if _, err := s.Final(t.Context(), said("đây")); err == nil || !s.refused {
			t.Errorf("Final returned %v; the run ends: %v", err, s.refused)
		}
	})
}

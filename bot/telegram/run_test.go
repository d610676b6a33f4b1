package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
	"reportbot/store"
)

const (
	bridge         = "../testdata/bridge.vi.txt"
	lengthQuestion = "Cầu Sông Mây dài bao nhiêu mét?"
	lengthAnswer   = "dài 1.240 mét"
)

// once waits for an answer with these words to each message, and fails the
// test if the bot wrote anything else.
func (s *stage) once(t *testing.T, words string, questions ...telegramtest.Message) {
	t.Helper()
	for _, question := range questions {
		s.srv.WaitMessage(patience, func(m telegramtest.Message) bool {
			return m.ChatID == question.ChatID && m.ReplyTo == question.ID && strings.Contains(m.Text, words)
		})
	}
	s.settled()
	if all := s.srv.Messages(0); len(all) != len(questions) {
		t.Errorf("%d questions got %d messages: %v", len(questions), len(all), all)
	}
}

// waiting returns the ids of the updates that are still to be answered.
func (s *stage) waiting(t *testing.T) []int64 {
	t.Helper()
	updates, err := s.store.Pending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ids(updates)
}

func TestShutdownTimeoutAndResume(t *testing.T) {
	slow(t)
	t.Parallel()
	s := newStage(t, bridge)
	s.model = modeltest.New(t, modeltest.Stalled())
	s.model.Handle(modeltest.QuoteMatching("1.240 mét"))
	s.start()
	ana, ben := s.srv.User("Ana", "vi"), s.srv.User("Ben", "vi")
	stalled := ana.Writes(lengthQuestion)
	s.model.WaitRequest(patience)
	behind := ana.Writes(lengthQuestion)
	s.srv.Fail("sendMessage", 1, telegramtest.Fault{RetryAfter: 3600})
	unsent := ben.Writes(lengthQuestion)
	s.srv.WaitCall(patience, "sendMessage", nil)
	all := []int64{stalled.UpdateID, behind.UpdateID, unsent.UpdateID}
	s.srv.WaitConfirmed(patience, unsent.UpdateID)

	begun := time.Now()
	s.stopped()
	if took := time.Since(begun); took < shutdownTimeout/2 || took > shutdownTimeout+2*time.Second {
		t.Errorf("Run took %v to end, want about %v", took, shutdownTimeout)
	}
	if got := s.waiting(t); !slices.Equal(got, all) {
		t.Errorf("waiting for the next start are %v, want %v", got, all)
	}
	if all := s.srv.Messages(0); len(all) > 0 {
		t.Errorf("the bot said %v", all)
	}
	s.start()
	s.once(t, lengthAnswer, stalled, behind, unsent)
}

func TestAcceptedUpdateIsAnsweredOnceAfterACrash(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	ana, ben := s.srv.User("Ana", "vi"), s.srv.User("Ben", "vi")
	questions := []telegramtest.Message{ana.Writes(lengthQuestion), ben.Writes(lengthQuestion), ana.Writes(lengthQuestion)}
	// A run that was killed between taking over and confirming: Telegram will
	// deliver all of it again.
	killed := &poller{url: s.srv.URL + "/bot" + s.srv.Token + "/getUpdates", client: newClient(noMeter{}, nil)}
	updates, _, err := killed.fetch(t.Context(), 0)
	if err != nil || len(updates) != 3 {
		t.Fatalf("fetched %v, %v", ids(updates), err)
	}
	killed.client.close()
	if _, err := s.inbox.Accept(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	if pending := s.srv.Pending(); len(pending) != 3 {
		t.Fatalf("waiting for confirmation are %v", pending)
	}
	s.start()
	s.srv.WaitConfirmed(patience, questions[2].UpdateID)
	// What was delivered again would stand before these in the queues.
	for _, last := range []telegramtest.Message{ana.Writes("/help"), ben.Writes("/help")} {
		s.srv.WaitReply(patience, last)
	}
	s.settled()
	got := map[int]int{}
	for _, m := range s.srv.Messages(0) {
		got[m.ReplyTo]++
	}
	for _, question := range questions {
		if got[question.ID] != 1 {
			t.Errorf("question %d was answered %d times", question.ID, got[question.ID])
		}
	}
}

func TestUnreadableUpdateFailsAndDelaysNobody(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	unreadable := []int64{
		s.srv.PushRaw(`{"message": "nonsense"}`),
		s.srv.PushRaw(`{"message": {"message_id": 1, "chat": {"id": 1e99}}}`),
		s.srv.PushRaw(`{"message": {"message_id": 1, "text": {"rich": true}}}`),
	}
	unknown := s.srv.PushRaw(`{"telepathy": {"thought": "?"}}`)
	question := s.srv.User("Ana", "vi").Writes(lengthQuestion)
	s.start()
	s.once(t, lengthAnswer, question)
	for _, id := range unreadable {
		if why := s.inbox.outcome(id); !strings.Contains(why, "can't be decoded") {
			t.Errorf("what became of update %d: %q", id, why)
		}
	}
	if outcome := s.inbox.outcome(unknown); outcome != done {
		t.Errorf("what became of an update of an unknown kind: %q", outcome)
	}
	if got := strings.Count(s.log.String(), "an update failed"); got != len(unreadable) {
		t.Errorf("%d burials are logged, want %d", got, len(unreadable))
	}
}

func TestForgedEntitiesAreHarmless(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	ana := s.srv.User("Ana", "vi")
	group := s.srv.Group("Team")
	lies := telegramtest.WithEntities(
		telegramtest.Entity{Type: "mention", Offset: -5, Length: 1 << 40},
		telegramtest.Entity{Type: "mention", Offset: 1 << 62, Length: 1 << 62},
		telegramtest.Entity{Type: "bot_command", Offset: 1 << 30, Length: -1},
		telegramtest.Entity{Type: "text_mention", Offset: 0, Length: 3},
	)
	ana.WritesIn(group, lengthQuestion, lies)
	s.once(t, lengthAnswer, ana.Writes(lengthQuestion, lies))
}

func TestRefusedTokenEndsRunAndKeepsPendingUpdates(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.model = modeltest.New(t)
	release := make(chan struct{})
	s.model.Handle(func(r modeltest.Request) modeltest.Reply {
		return modeltest.QuoteMatching("1.240 mét")(r).HoldUntil(0, release)
	})
	s.start()
	ana := s.srv.User("Ana", "vi")
	first := ana.Writes(lengthQuestion)
	s.model.WaitRequest(patience)
	s.srv.WaitConfirmed(patience, first.UpdateID) // by the poll that takes the second question
	s.srv.Fail("getUpdates", -1, telegramtest.Fault{Status: http.StatusUnauthorized})
	second := ana.Writes(lengthQuestion) // it ends the poll that is under way
	s.srv.WaitCall(patience, "getUpdates", func(c telegramtest.Call) bool { return c.Status == http.StatusUnauthorized })
	close(release)
	err := <-s.done
	s.stop = nil
	if !errors.Is(err, ErrToken) {
		t.Errorf("Run returned %v, want ErrToken", err)
	}
	if got := s.inbox.outcome(first.UpdateID); got != done {
		t.Errorf("what became of the question that was being answered: %q", got)
	}
	if got := s.waiting(t); !slices.Equal(got, []int64{second.UpdateID}) {
		t.Errorf("waiting are %v, want %d", got, second.UpdateID)
	}
}

// talk is a conversation that is a function.
type talk func(ctx context.Context, out bot.Responder) error

func (f talk) Handle(ctx context.Context, _ bot.Incoming, out bot.Responder) error {
	return f(ctx, out)
}

func (f talk) Apologise(context.Context, bot.Incoming, bot.Responder) error { return nil }

func (f talk) HandleCallback(context.Context, bot.Callback, bot.CallbackResponder) error { return nil }

func (f talk) Inline(context.Context, bot.Query, func(bot.InlineResults)) error { return nil }

func (f talk) Menu(bot.Audience, string) []bot.MenuItem { return nil }

func (f talk) Description(string) (long, brief string) { return "", "" }

func (f talk) Urgent(bot.Incoming) bool { return false }

func (f talk) IsQuestion(bot.Callback) bool { return false }

func (f talk) Stop(string) {}

func (f talk) ChatMoved(int64, int64) {}

func (f talk) ShouldAnswer(bot.Incoming) bool { return true }

func (f talk) Recheck(context.Context) error { return nil }

func (f talk) Corrections(context.Context, int64) ([]bot.Correction, int64, error) {
	return nil, 0, nil
}

func (f talk) Correcting(context.Context, bot.Correction) error { return nil }

func (f talk) Corrected(context.Context, bot.Correction, error) error { return nil }

func (f talk) PleaseWait(context.Context, bot.Incoming, bot.Responder) error { return nil }

func TestPanicStopsTyping(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	transport, err := New(Config{Token: s.srv.Token, URL: s.srv.URL, Log: s.log.logger()}, s.inbox)
	if err != nil {
		t.Fatal(err)
	}
	answering := make(chan *responder, 1)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- transport.Run(ctx, talk(func(ctx context.Context, out bot.Responder) error {
			_ = out.Working(ctx, bot.Message{})
			answering <- out.(*responder)
			panic("a bug")
		}))
	}()
	question := s.srv.User("Ana", "vi").Writes(lengthQuestion)
	s.srv.Wait(patience, "the question to fail", func() bool { return len(s.inbox.failed()) == 1 })
	select {
	case <-(<-answering).stopped:
	default:
		t.Errorf("question %d has failed, but the bot is still typing", question.ID)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run returned %v", err)
	}
}

// deaf is an inbox that can't be read.
type deaf struct{ *store.Store }

func (deaf) Pending(context.Context) ([]store.Update, error) {
	return nil, errors.New("the disk is gone")
}

func TestRunFailsIfTheInboxFails(t *testing.T) {
	s := newStage(t, bridge)
	transport, err := New(Config{Token: s.srv.Token, URL: s.srv.URL, Log: s.log.logger()}, deaf{s.store})
	if err != nil {
		t.Fatal(err)
	}
	if err := transport.Run(t.Context(), talk(nil)); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("Run returned %v", err)
	}
}

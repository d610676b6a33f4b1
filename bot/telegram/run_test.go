package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot/answer/modeltest"
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
	updates, err := s.store.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ids(updates)
}

func TestRunEndsWithinItsGraceAndWhatIsNotDoneIsDoneAfterTheNextStart(t *testing.T) {
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
	if took := time.Since(begun); took < grace/2 || took > grace+2*time.Second {
		t.Errorf("Run took %v to end, want about %v", took, grace)
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

func TestWhatWasTakenOverBeforeACrashIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	ana, ben := s.srv.User("Ana", "vi"), s.srv.User("Ben", "vi")
	questions := []telegramtest.Message{ana.Writes(lengthQuestion), ben.Writes(lengthQuestion), ana.Writes(lengthQuestion)}
	// A run that was killed between taking over and confirming: Telegram will
	// deliver all of it again.
	killed := &poller{url: s.srv.URL + "/bot" + s.srv.Token + "/getUpdates", client: http.DefaultClient}
	updates, _, err := killed.fetch(t.Context(), 0)
	if err != nil || len(updates) != 3 {
		t.Fatalf("fetched %v, %v", ids(updates), err)
	}
	if _, err := s.inbox.TakeOver(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	if pending := s.srv.Pending(); len(pending) != 3 {
		t.Fatalf("waiting for confirmation are %v", pending)
	}
	s.start()
	s.once(t, lengthAnswer, questions...)
}

func TestAnUpdateThatCannotBeReadIsBuriedAndDelaysNobody(t *testing.T) {
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
	if got := strings.Count(s.log.String(), "could not be dealt with"); got != len(unreadable) {
		t.Errorf("%d burials are logged, want %d", got, len(unreadable))
	}
}

func TestEntitiesThatLieHurtNobody(t *testing.T) {
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

func TestARefusedTokenEndsRunAndKeepsWhatWaits(t *testing.T) {
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

// deaf is an inbox that can't be read.
type deaf struct{ *store.Store }

func (deaf) Waiting(context.Context) ([]store.Update, error) {
	return nil, errors.New("the disk is gone")
}

func TestRunFailsWithoutItsInbox(t *testing.T) {
	s := newStage(t, bridge)
	transport, err := New(Config{Token: s.srv.Token, URL: s.srv.URL, Log: s.log.logger()}, deaf{s.store})
	if err != nil {
		t.Fatal(err)
	}
	if err := transport.Run(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("Run returned %v", err)
	}
}

func TestConnecting(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault telegramtest.Fault
		want  error // nil: it connects in the end
		warns int
	}{
		{name: "works"},
		{name: "a refused token ends it", fault: telegramtest.Fault{Status: http.StatusUnauthorized}, want: ErrToken},
		{name: "a token of the wrong form ends it", fault: telegramtest.Fault{Status: http.StatusNotFound}, want: ErrToken},
		{name: "a proxy's page is outlasted", fault: telegramtest.Fault{Body: "<html>502</html>"}, warns: 1},
		{name: "a reset is outlasted", fault: telegramtest.Fault{Reset: true}, warns: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := telegramtest.New(t)
			if test.fault != (telegramtest.Fault{}) {
				srv.Fail("getMe", 1, test.fault)
			}
			var log logbook
			transport, err := New(Config{Token: srv.Token, URL: srv.URL + "/", Log: log.logger()}, nil)
			if err != nil {
				t.Fatal(err)
			}
			name, err := transport.Connect(t.Context())
			if !errors.Is(err, test.want) || err == nil && name != "report_test_bot" {
				t.Errorf("Connect returned %q, %v, want %v", name, err, test.want)
			}
			if err != nil {
				holdsNoToken(t, srv.Token, err.Error())
			}
			holdsNoToken(t, srv.Token, log.String())
			if got := strings.Count(log.String(), "level=WARN"); got != test.warns {
				t.Errorf("%d warnings, want %d:\n%s", got, test.warns, &log)
			}
		})
	}
}

func TestConnectingToNobodyEndsWhenItIsToldTo(t *testing.T) {
	var log logbook
	const token = "1:secret-of-the-bot"
	transport, err := New(Config{Token: token, URL: "http://127.0.0.1:1", Log: log.logger()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := transport.Connect(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Connect returned %v", err)
	}
	if !strings.Contains(log.String(), "can't reach Telegram") {
		t.Errorf("nobody is told: %s", &log)
	}
	holdsNoToken(t, token, log.String())
}

func TestWhatIsNoConfigurationIsRefusedAtOnce(t *testing.T) {
	for _, test := range []struct{ name, token, url, says string }{
		{"no token", "", "", "token is empty"},
		{"an address without a scheme", "1:x", "localhost:8081", "is no http(s) address"},
		{"an address of another kind", "1:x", "ftp://example.com", "is no http(s) address"},
		{"no address at all", "1:x", "::", "is no http(s) address"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log logbook
			if _, err := New(Config{Token: test.token, URL: test.url, Log: log.logger()}, nil); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("New returned %v, want %q in it", err, test.says)
			}
		})
	}
}

package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
	"reportbot/store"
)

// testLease is a lease that a test takes away.
type testLease struct {
	ctx  context.Context
	lose context.CancelFunc
}

func newTestLease(t *testing.T) *testLease {
	ctx, lose := context.WithCancel(t.Context())
	return &testLease{ctx, lose}
}

func (l *testLease) Check() error             { return l.ctx.Err() }
func (l *testLease) Context() context.Context { return l.ctx }

// gate is a replica that has nothing until it is opened.
type gate chan struct{}

func (g gate) wait(ctx context.Context) error {
	select {
	case <-g:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestUpdateIsConfirmedOnceReplicated(t *testing.T) {
	t.Parallel()
	s, replica := newStage(t, bridge), make(gate)
	s.config.Shared = &Shared{Lease: newTestLease(t), Replicated: replica.wait}
	s.start()
	asked := s.srv.User("Ana", "vi").Writes(lengthQuestion)
	s.srv.WaitReply(patience, asked) // the answer waits for nothing
	if pending := s.srv.Pending(); !slices.Equal(pending, []int64{asked.UpdateID}) {
		t.Errorf("waiting for confirmation are %v, want %d", pending, asked.UpdateID)
	}
	close(replica)
	s.srv.WaitConfirmed(patience, asked.UpdateID)
}

func TestWebhookUpdateIsConfirmedOnceReplicated(t *testing.T) {
	t.Parallel()
	s := hooked(t)
	full := errors.New("the replica can't be reached")
	var behind error = full
	s.config.Shared = &Shared{Lease: newTestLease(t), Replicated: func(context.Context) error { return behind }}
	s.start()
	s.srv.WaitCall(patience, "setWebhook", nil)
	const update = `{"update_id": 5, "telepathy": {}}`
	if status := s.post(t, http.MethodPost, hookSecret, update); status != http.StatusInternalServerError {
		t.Errorf("while it is not in the replica: status %d", status)
	}
	behind = nil
	if status := s.post(t, http.MethodPost, hookSecret, update); status != http.StatusOK {
		t.Errorf("delivered again, once it is there: status %d", status)
	}
}

func TestSendWaitsForTheReplica(t *testing.T) {
	t.Parallel()
	s, replica := newStage(t, bridge), make(gate)
	s.config.Shared = &Shared{Lease: newTestLease(t), Replicated: replica.wait, HoldSends: true}
	s.start()
	asked := s.srv.User("Ana", "vi").Writes(lengthQuestion)
	s.srv.StaysSilent(asked.ChatID, 300*time.Millisecond)
	close(replica)
	s.once(t, lengthAnswer, asked)
}

// waitUnderWay waits until a call is under way.
func (s *stage) waitUnderWay(method string) {
	s.t.Helper()
	s.srv.Wait(patience, "a call of "+method, func() bool {
		return slices.ContainsFunc(s.srv.Calls(method), func(c telegramtest.Call) bool { return !c.Done })
	})
}

func TestNoCallsAfterTheLeaseIsLost(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	lease := newTestLease(t)
	s.config.Shared = &Shared{Lease: lease}
	s.start()
	ana := s.srv.User("Ana", "vi")
	s.once(t, lengthAnswer, ana.Writes(lengthQuestion))
	s.srv.Fail("sendMessage", 1, telegramtest.Fault{Hang: time.Hour}) // a call under way is cut off
	cut := ana.Writes(lengthQuestion)
	s.waitUnderWay("sendMessage")
	s.srv.WaitConfirmed(patience, cut.UpdateID)
	lost := time.Now()
	lease.lose()
	s.stopped()
	if took := time.Since(lost); took > shutdownTimeout {
		t.Errorf("it took %v to end", took)
	}
	for _, call := range s.srv.Calls() {
		if call.Time.After(lost.Add(100 * time.Millisecond)) {
			t.Errorf("%s was called %v after", call.Method, call.Time.Sub(lost))
		}
	}
	if got := s.waiting(t); !slices.Equal(got, []int64{cut.UpdateID}) {
		t.Errorf("left to the next holder are %v, want %d", got, cut.UpdateID)
	}
}

// Alone, a program waits a minute for another one to end; where the bot is shared, the
// other one has taken over.
func TestConflictEndsPollingAtOnceIfShared(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.config.Shared = &Shared{Lease: newTestLease(t)}
	s.start()
	s.waitUnderWay("getUpdates")
	other := &poller{url: s.srv.URL + "/bot" + s.srv.Token + "/getUpdates", client: newClient(noMeter{}, nil), catchingUp: true}
	defer other.client.close()
	if _, _, err := other.fetch(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.done:
		if !errors.Is(err, ErrConflict) {
			t.Errorf("Run returned %v", err)
		}
	case <-time.After(patience):
		t.Fatal("it goes on")
	}
	s.stop()
	s.stop = nil
}

// A program that is stopped between a check and a write writes nothing when it goes on.
func TestConnectionWritesOnlyWithTheLease(t *testing.T) {
	t.Parallel()
	near, far := net.Pipe()
	defer far.Close()
	lease := newTestLease(t)
	shared := &Shared{Lease: lease}
	conn, err := shared.dial(func(context.Context, string, string) (net.Conn, error) { return near, nil })(t.Context(), "tcp", "")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() { _, _ = conn.Write([]byte("held")) }()
	got := make([]byte, 16)
	if n, err := far.Read(got); err != nil || string(got[:n]) != "held" {
		t.Errorf("written was %q, %v", got[:n], err)
	}
	lease.lose()
	if n, err := conn.Write([]byte("lost")); n != 0 || err == nil {
		t.Errorf("%d bytes were written after it was lost: %v", n, err)
	}
}

// Work that is told to stop may fail with any error: that is no failure of the update.
func TestInterruptedUpdateStaysPending(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	s.stopped()
	update := store.Update{ID: 5, Body: []byte(`{"update_id": 5}`)}
	if _, err := s.inbox.Accept(t.Context(), []store.Update{update}); err != nil {
		t.Fatal(err)
	}
	work, park := context.WithCancelCause(t.Context())
	stopped := &runner{Transport: s.transport.Load(), work: work}
	park(bot.ErrRequeued)
	stopped.conclude(update, nil, errors.New("reportbot.db: context canceled"))
	if got := s.waiting(t); !slices.Equal(got, []int64{5}) {
		t.Errorf("left for the next start are %v, want 5", got)
	}
}

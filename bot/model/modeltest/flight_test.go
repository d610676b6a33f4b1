package modeltest

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestCancelledByClient(t *testing.T) {
	tests := []struct {
		name  string
		reply Reply
	}{
		{"before the head", Stalled()},
		{"within the stream", Text("The old one.").StallAfter(2)},
		{"in a pause", Text("The old one.").WithPause(time.Hour)},
		{"in a delay", Text("The old one.").WithDelay(time.Hour)},
		{"between keep-alives", Text("The old one.").WithDelay(time.Hour).WithKeepAlives(10)},
		{"held", Text("The old one.").HoldUntil(1, make(chan struct{}))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t, tt.reply)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan struct{})
			go func() {
				defer close(done)
				stream, err := client(s).CreateChatCompletionStream(ctx, question("?"))
				for err == nil {
					_, err = stream.Recv()
				}
				if stream != nil && stream.Header() != nil {
					stream.Close()
				}
			}()
			req := s.WaitRequest(patience)
			if req.Cancelled() {
				t.Error("cancelled before the client went away")
			}
			cancel()
			if !req.WaitCancelled(patience) {
				t.Error("not cancelled")
			}
			<-done
			<-req.Ended()
		})
	}
}

// A client that reads to the end, or is disconnected by the server, has not cancelled,
// however fast it closes the connection.
func TestNotCancelled(t *testing.T) {
	for range 30 {
		s := New(t, Text("ab"), Chunks("a").CutAfter(0), Chunks("a").BreakAfter(1), Fail(500))
		for range 4 {
			receive(t, s, question("?"))
		}
		for i, req := range s.Requests() {
			if req.WaitCancelled(patience) {
				t.Errorf("request %d counts as cancelled", i)
			}
		}
	}
}

func TestHold(t *testing.T) {
	release := make(chan struct{})
	s := New(t, Chunks("a", "b").HoldUntil(1, release))
	result := make(chan received)
	go func() { result <- receive(t, s, question("?")) }()
	s.WaitRequest(patience)
	select {
	case <-result:
		t.Error("the stream did not wait")
	case <-time.After(20 * time.Millisecond):
	}
	close(release)
	if got := <-result; got.text() != "ab" {
		t.Errorf("got %q", got.text())
	}
}

func TestCloseEndsStalls(t *testing.T) {
	s := New(t, Stalled(), Text("a").StallAfter(1))
	for range 2 {
		go func() {
			stream, err := client(s).CreateChatCompletionStream(t.Context(), question("?"))
			if err != nil {
				return
			}
			defer stream.Close()
			for err == nil {
				_, err = stream.Recv()
			}
		}()
	}
	first, second := s.WaitRequest(patience), s.WaitRequest(patience)
	s.Close()
	s.Close()
	// A goroutine may still be exiting after it has signalled its end.
	deadline := time.Now().Add(patience)
	for left := running(); left != ""; left = running() {
		if time.Now().After(deadline) {
			t.Fatalf("%s runs after Close", left)
		}
		time.Sleep(time.Millisecond)
	}
	for _, req := range []Request{first, second} {
		select {
		case <-req.Ended():
		default:
			t.Error("a request outlived Close")
		}
		if req.Cancelled() {
			t.Error("the server's own end counts as a cancellation")
		}
	}
}

// running returns the name of a server's function that runs in a goroutine, if any.
func running() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, name := range []string{"modeltest.(*Server).serve", "modeltest.(*delivery)", "modeltest.(*flight)", "httptest.(*Server)"} {
		if strings.Contains(string(stacks), name) {
			return name
		}
	}
	return ""
}

package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func TestACompleteReplyIsReadInAnyForm(t *testing.T) {
	for _, oddity := range append([]modeltest.Oddity{{Name: "as OpenAI sends it"}}, modeltest.Oddities...) {
		t.Run(oddity.Name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t, modeltest.Text(sentence).Oddly(oddity))
			said, used, err := ask(t.Context(), clientOf(srv))
			if said != sentence || err != nil || used.Calls != 1 {
				t.Errorf("said %q, %v, after %d calls", said, err, used.Calls)
			}
			if strings.HasPrefix(oddity.Name, "usage of") && (used.PromptTokens != 12 || used.CompletionTokens != 3) {
				t.Errorf("used %+v", used)
			}
		})
	}
}

func TestAnIncompleteReplyIsErrCut(t *testing.T) {
	for _, oddity := range modeltest.Cuts {
		t.Run(oddity.Name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t, modeltest.Text(sentence).Oddly(oddity))
			said, _, err := ask(t.Context(), clientOf(srv))
			if said != sentence || !errors.Is(err, model.ErrCut) {
				t.Errorf("said %q, %v", said, err)
			}
		})
	}
}

func TestAnErrorInAReplyIsReported(t *testing.T) {
	whole := modeltest.Chunks("Cầu dài", " 1.240 mét.")
	for _, test := range []struct {
		name   string
		reply  modeltest.Reply
		status int
		want   string
	}{
		{"an object", whole.StreamError(1, "out of memory"), 500, "out of memory"},
		{"an object that looks like a chunk", whole.FlatStreamError(1, "out of memory"), 500, "out of memory"},
		{"an object of a text", whole.WithGarbage(1, `data: {"error":"out of memory"}`+"\n\n"), 200, "out of memory"},
		{"an object with a code in words", whole.WithGarbage(1, `data: {"error":{"code":"busy"}}`+"\n\n"), 200, "busy"},
		{"within a chunk", whole.WithGarbage(1, `data: {"choices":[],"error":{"message":"out of memory","code":502}}`+"\n\n"), 502, "out of memory"},
		{"within a choice", whole.WithGarbage(1, `data: {"choices":[{"index":0,"delta":{},"error":{"message":"out of memory","code":503},"finish_reason":"error"}]}`+"\n\n"), 503, "out of memory"},
		{"an event of that name", whole.WithGarbage(1, "event: error\ndata: {\"message\":\"out of memory\"}\n\n"), 200, "out of memory"},
		{"an event of that name, of a text", whole.WithGarbage(1, "event: error\ndata: out of memory\n\n"), 200, "out of memory"},
		{"a field of that name", whole.WithGarbage(1, "error: {\"message\":\"out of memory\"}\n\n"), 200, "out of memory"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t, test.reply)
			said, _, err := ask(t.Context(), clientOf(srv))
			var failed *model.Error
			if said != "Cầu dài" || !errors.As(err, &failed) || failed.Status != test.status || !strings.Contains(failed.Message, test.want) {
				t.Errorf("said %q, %v", said, err)
			}
		})
	}
}

func TestABrokenConnectionIsErrCut(t *testing.T) {
	whole := modeltest.Chunks("Cầu dài", " 1.240 mét.")
	for name, reply := range map[string]modeltest.Reply{
		"a clean end": whole.CutAfter(1), "in the middle of an event": whole.BreakAfter(1), "a reset": whole.ResetAfter(1),
		"nothing at all": modeltest.Fail(200).WithBody("text/event-stream", ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := ask(t.Context(), clientOf(modeltest.New(t, reply))); !errors.Is(err, model.ErrCut) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTheTimeoutIsShorterAfterTheFirstToken(t *testing.T) {
	const wait, stall = 1200 * time.Millisecond, 400 * time.Millisecond
	slow := modeltest.Chunks("Cầu dài", " 1.240 mét.")
	pausing := func(n int) (modeltest.Reply, chan struct{}) {
		release := make(chan struct{})
		return slow.HoldUntil(n, release), release
	}
	for _, test := range []struct {
		name  string
		reply func() modeltest.Reply
		want  string
		late  bool
	}{
		{"silent before its head, for less than the wait", func() modeltest.Reply { return slow.WithDelay(wait / 2) }, "Cầu dài 1.240 mét.", false},
		{"silent before its head, for ever", func() modeltest.Reply { return modeltest.Stalled() }, "", true},
		{"silent after its head, for less than the wait", func() modeltest.Reply {
			reply, release := pausing(0)
			time.AfterFunc(wait*2/3, func() { close(release) })
			return reply
		}, "Cầu dài 1.240 mét.", false},
		{"silent after its head, for ever", func() modeltest.Reply { return slow.StallAfter(0) }, "", true},
		{"comments for longer than the wait", func() modeltest.Reply { return slow.WithDelay(2 * wait).WithKeepAlives(8) }, "Cầu dài 1.240 mét.", false},
		{"thoughts for longer than the wait", func() modeltest.Reply {
			return modeltest.Text("x").WithReasoning(strings.Repeat("so ", 12)).WithPause(stall / 2)
		}, "x", false},
		{"silent once tokens flow", func() modeltest.Reply { return slow.StallAfter(1) }, "Cầu dài", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			srv := modeltest.New(t, test.reply())
			c := model.New(model.Config{URL: srv.URL, Model: modeltest.Model, Wait: wait, Stall: stall})
			said, _, err := ask(t.Context(), c)
			if said != test.want || (err != nil) != test.late {
				t.Errorf("said %q, %v", said, err)
			}
			if test.late && (!strings.Contains(err.Error(), "did not answer in time") || errors.Is(err, model.ErrCut)) {
				t.Errorf("it is told as %v", err)
			}
		})
	}
}

func TestASlowConsumerIsNotSilenceOfTheServer(t *testing.T) {
	t.Parallel()
	srv := modeltest.New(t, modeltest.Chunks("a", "b", "c"))
	c := model.New(model.Config{URL: srv.URL, Model: modeltest.Model, Wait: 300 * time.Millisecond, Stall: 200 * time.Millisecond})
	_, err := c.Stream(t.Context(), messages, func(string) { time.Sleep(300 * time.Millisecond) })
	if err != nil {
		t.Error(err)
	}
}

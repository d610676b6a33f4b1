package telegram

import (
	"context"
	"testing"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
)

// pressed is a conversation that shows a button and panics when it is pressed.
type pressed struct {
	talk
	toasts bool // it answers the press first
}

func (f pressed) HandleCallback(ctx context.Context, _ bot.Callback, out bot.CallbackResponder) error {
	if f.toasts {
		out.Toast(ctx, "")
	}
	panic("a bug")
}

func (f pressed) Apologise(ctx context.Context, _ bot.Incoming, out bot.Responder) error {
	_, err := out.Final(ctx, said("xin lỗi"))
	return err
}

func TestAfterAPanicAPressGetsAnApology(t *testing.T) {
	for _, toasts := range []bool{false, true} {
		s := newStage(t, bridge)
		transport, err := New(Config{Token: s.srv.Token, URL: s.srv.URL, Log: s.log.logger()}, s.inbox)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			ended <- transport.Run(ctx, pressed{func(ctx context.Context, out bot.Responder) error {
				_, err := out.Final(ctx, bot.Message{Lines: []bot.Line{{{Text: "đây"}}}, Buttons: [][]bot.Button{{{Text: "nút", Data: "x:1"}}}})
				return err
			}, toasts})
		}()
		ana := s.srv.User("Ana", "vi")
		answer := s.srv.WaitReply(patience, ana.Writes("chào"))
		ana.Presses(answer, "x:1")
		if toasts {
			s.srv.WaitMessage(patience, func(m telegramtest.Message) bool { return m.Text == "xin lỗi" })
		} else {
			s.srv.WaitCall(patience, "answerCallbackQuery", func(c telegramtest.Call) bool { return c.Params["text"] == "xin lỗi" })
		}
		s.srv.Wait(patience, "the press to fail", func() bool { return len(s.inbox.failed()) == 1 })
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run returned %v", err)
		}
	}
}

package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"reportbot/bot/answer"
	"reportbot/store"
)

// nextPress is a press of the button of the first question offered.
func nextPress(offered []store.ExamQuestion) Callback {
	return Callback{Chat: settingsGroup, Thread: settingsGroup, Sender: Sender{ID: 5}, Client: "vi", Data: questionButton(offered[0])[0].Data}
}

// Once the press is answered, clients ignore a toast.
func TestAFailureAfterTheToastIsAMessage(t *testing.T) {
	b, _, offered := examined(t, harbour)
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"a bug", errors.New("a bug"), say("vi", "failed")},
		{"no report", answer.ErrNoReport, say("vi", "no_report")},
		{"a deleted edition", store.ErrNotFound, say("vi", "gone")},
		{"a failed send", errShow, ""},
		{"a restart", ErrRequeued, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.asker = asker(func(context.Context, func(answer.Claim)) (*answer.Answer, error) { return nil, test.err })
			out := &recording{}
			err := b.HandleCallback(t.Context(), nextPress(offered), out)
			if test.err != store.ErrNotFound && !errors.Is(err, test.err) {
				t.Errorf("HandleCallback returned %v, want %v", err, test.err)
			}
			if !slices.Equal(out.toasts, []string{""}) {
				t.Errorf("toasts: %q", out.toasts)
			}
			if test.want == "" && len(out.final) == 0 {
				return
			}
			if said := out.said(t).Plain(); said != test.want {
				t.Errorf("said %q, want %q", said, test.want)
			}
		})
	}
}

func TestAPressedQuestionInAQuietChatMakesNoSound(t *testing.T) {
	b, _, offered := examined(t, harbour)
	setting(t, b, "sound:off")
	out := &recording{}
	if err := b.HandleCallback(t.Context(), nextPress(offered), out); err != nil {
		t.Fatal(err)
	}
	if len(out.working) != 1 || !out.working[0].Quiet || !out.said(t).Quiet {
		t.Errorf("it makes a sound: %+v", out)
	}
}

// Making a report live takes a while, during which the button would show a spinner.
func TestAnAcceptedReportAnswersThePressFirst(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	b.admins = []int64{5}
	out := &recording{}
	p := Callback{Chat: "5", Thread: "5", Private: true, Sender: Sender{ID: 5}, Data: fmt.Sprintf("%s:%d", acceptData, 99)}
	if err := b.HandleCallback(t.Context(), p, out); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(out.toasts, []string{""}) || len(out.replaced) != 1 {
		t.Errorf("toasts %q, %d messages replaced", out.toasts, len(out.replaced))
	}
}

func TestBeyondTheLastPassageAToastSaysSo(t *testing.T) {
	s := openStore(t, bridge)
	id, err := s.AddExchange(t.Context(), store.Exchange{Thread: "5", Edition: must(s.Live(t.Context())).ID, Passages: []int64{1}})
	if err != nil {
		t.Fatal(err)
	}
	for _, offset := range []string{"1", "7", "9999999999"} {
		out := &recording{}
		p := Callback{Chat: "5", Thread: "5", Private: true, Client: "vi", Data: fmt.Sprintf("%s:%d:%s", moreData, id, offset)}
		if err := newBot(s).HandleCallback(t.Context(), p, out); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(out.toasts, []string{say("vi", "no_more")}) {
			t.Errorf("offset %s: toasts %q", offset, out.toasts)
		}
	}
}

// noWrite is a chat in which the bot may not write.
type noWrite struct {
	*recording
	err error
}

func (n noWrite) Working(context.Context, Message) error { return n.err }

func TestAReportIsNotFetchedIfNothingCanBeShown(t *testing.T) {
	b := newBot(openStore(t, bridge))
	b.admins = []int64{5}
	in := private("http://127.0.0.1:1/report.txt")
	in.Sender = Sender{ID: 5}
	out := noWrite{&recording{}, errors.New("the bot may not write here")}
	if err := b.Handle(t.Context(), in, out); !errors.Is(err, out.err) || len(out.final) > 0 {
		t.Errorf("Handle returned %v and said %+v", err, out.final)
	}
}

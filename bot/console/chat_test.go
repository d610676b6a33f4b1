package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"

	"reportbot/bot"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// conversation is a Conversation as a function.
type conversation func(ctx context.Context, in bot.Incoming, out bot.Responder) error

func (c conversation) Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error {
	return c(ctx, in, out)
}

func (c conversation) HandleCallback(context.Context, bot.Callback, bot.CallbackResponder) error {
	return nil
}

// echo answers with the question itself, and numbers its answers.
func echo(ctx context.Context, in bot.Incoming, out bot.Responder) error {
	_ = out.Working(ctx, words("…"))
	out.Partial(ctx, words("…"))
	id, err := out.Final(ctx, words(fmt.Sprintf("<%s>", in.Text)))
	if err == nil && id == 0 {
		err = errors.New("an answer without a number")
	}
	return err
}

// words is a message of one line.
func words(said string) bot.Message {
	return bot.Message{Lines: []bot.Line{{{Text: said}}}}
}

func TestEachLineIsAnsweredUntilTheInputEnds(t *testing.T) {
	long := strings.Repeat("dài ", maxLine/4)
	for _, test := range []struct{ name, in, want string }{
		{"no input", "", "> "},
		{"one line", "a\n", "> <a>\n\n> "},
		{"the last line without its end", "a\nb", "> <a>\n\n> <b>\n\n> "},
		{"blank lines are passed over", "\n  \n\t\na\n\r\n\nb\n\n", "> > > > <a>\n\n> > > <b>\n\n> > "},
		{"lines as Windows ends them", "a\r\nb\r\n", "> <a>\n\n> <b>\n\n> "},
		{"spaces within a line stay", " a  b \n", "> < a  b >\n\n> "},
		{"no UTF-8", "a\xffb\n", "> <a\xffb>\n\n> "},
		{"a NUL", "a\x00b\n", "> <a\x00b>\n\n> "},
		{"a line too long is cut", "a\n" + long + "the rest\nb\n", "> <a>\n\n> <" + long[:maxLine] + ">\n\n> <b>\n\n> "},
		{"the last line too long", long + "the rest", "> <" + long[:maxLine] + ">\n\n> "},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			chat := Chat{In: iotest.OneByteReader(strings.NewReader(test.in)), Out: &out, Conversation: conversation(echo), Prompt: "> "}
			if len(test.in) > 1000 {
				chat.In = strings.NewReader(test.in) // reading byte by byte would be slow
			}
			if err := chat.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := out.String(); got != test.want {
				t.Errorf("printed %.200q\n   want %.200q", got, test.want)
			}
		})
	}
}

func TestTheBotGetsAPrivateChatInTheTerminalsLanguage(t *testing.T) {
	var got []bot.Incoming
	chat := Chat{
		In: strings.NewReader("một\n\nhai\n"), Out: io.Discard, Language: "en_US.UTF-8",
		Conversation: conversation(func(_ context.Context, in bot.Incoming, _ bot.Responder) error {
			got = append(got, in)
			return nil
		}),
	}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []bot.Incoming{
		{Chat: "console", Thread: "console", Private: true, Sender: bot.Sender{Owner: true}, Text: "một", Client: "en_US.UTF-8"},
		{Chat: "console", Thread: "console", Private: true, Sender: bot.Sender{Owner: true}, Text: "hai", Client: "en_US.UTF-8"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestAnswersHaveNumbersThatGrow(t *testing.T) {
	var ids []int
	chat := Chat{
		In: strings.NewReader("a\n\nb\nc\n"), Out: io.Discard,
		Conversation: conversation(func(ctx context.Context, _ bot.Incoming, out bot.Responder) error {
			id, err := out.Final(ctx, words("x"))
			ids = append(ids, id)
			return err
		}),
	}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(ids) != 3 || ids[0] < 1 || ids[1] <= ids[0] || ids[2] <= ids[1] {
		t.Errorf("answers are numbered %v", ids)
	}
}

// typed is an input that a test types into, and that ends with the test.
func typed(t *testing.T) (in io.Reader, write func(string)) {
	in, keyboard := io.Pipe()
	t.Cleanup(func() { keyboard.Close() })
	return in, func(s string) {
		if _, err := io.WriteString(keyboard, s); err != nil {
			t.Error(err)
		}
	}
}

// await returns the next value from c, and fails after a timeout.
func await[T any](t *testing.T, what string, c <-chan T) T {
	t.Helper()
	select {
	case value := <-c:
		return value
	case <-time.After(10 * time.Second):
		t.Fatalf("waited too long for %s", what)
		panic("not reached")
	}
}

// stalled is a conversation that answers only once it is stopped.
func stalled(asked chan<- struct{}) conversation {
	return func(ctx context.Context, in bot.Incoming, out bot.Responder) error {
		if in.Text != "stall" {
			return echo(ctx, in, out)
		}
		asked <- struct{}{}
		<-ctx.Done()
		_, err := out.Final(context.WithoutCancel(ctx), words("stopped"))
		return err
	}
}

// screen records the output and signals each prompt.
type screen struct {
	strings.Builder
	prompted chan struct{} // buffered for all prompts of a test
}

const prompt = "> "

func (s *screen) Write(p []byte) (int, error) {
	n, err := s.Builder.Write(p)
	if string(p) == prompt {
		s.prompted <- struct{}{}
	}
	return n, err
}

func TestAnInterruptStopsTheAnswerOrElseTheChat(t *testing.T) {
	in, write := typed(t)
	interrupts, asked, done := make(chan os.Signal, 1), make(chan struct{}, 1), make(chan error, 1)
	out := screen{prompted: make(chan struct{}, 100)}
	chat := Chat{In: in, Out: &out, Conversation: stalled(asked), Interrupts: interrupts, Prompt: prompt}
	go func() { done <- chat.Run(t.Context()) }()
	for range 2 {
		await(t, "the prompt", out.prompted)
		write("stall\n")
		await(t, "the question", asked)
		interrupts <- os.Interrupt
		await(t, "the prompt", out.prompted)
		write("a\n")
	}
	await(t, "the prompt", out.prompted)
	interrupts <- os.Interrupt
	if err := await(t, "the chat to end", done); err != nil {
		t.Error(err)
	}
	if got, want := out.String(), "> stopped\n\n> <a>\n\n> stopped\n\n> <a>\n\n> \n"; got != want {
		t.Errorf("printed %q\n   want %q", got, want)
	}
}

func TestAnAnswerFailedByAnInterruptIsNotAnError(t *testing.T) {
	in, write := typed(t)
	interrupts, asked, done := make(chan os.Signal, 1), make(chan struct{}, 1), make(chan error, 1)
	out := screen{prompted: make(chan struct{}, 100)}
	chat := Chat{In: in, Out: &out, Interrupts: interrupts, Prompt: prompt, Conversation: conversation(
		func(ctx context.Context, _ bot.Incoming, _ bot.Responder) error {
			asked <- struct{}{}
			<-ctx.Done()
			return errors.Join(errors.New("the store was asked"), ctx.Err())
		})}
	go func() { done <- chat.Run(t.Context()) }()
	for range 2 {
		await(t, "the prompt", out.prompted)
		write("why?\n")
		await(t, "the question", asked)
		interrupts <- os.Interrupt
	}
	await(t, "the prompt", out.prompted)
	interrupts <- os.Interrupt
	if err := await(t, "the chat to end", done); err != nil {
		t.Error("the chat ended with:", err)
	}
}

func TestTheChatEndsWithTheProgram(t *testing.T) {
	for _, at := range []string{"at the prompt", "while answering"} {
		t.Run(at, func(t *testing.T) {
			in, write := typed(t)
			asked, done := make(chan struct{}, 1), make(chan error, 1)
			ctx, stop := context.WithCancel(t.Context())
			chat := Chat{In: in, Out: io.Discard, Conversation: stalled(asked)}
			go func() { done <- chat.Run(ctx) }()
			if at == "while answering" {
				write("stall\n")
				await(t, "the question", asked)
			}
			stop()
			if err := await(t, "the chat to end", done); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNoLineIsAnsweredAfterShutdownBegins(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	answers := 0
	chat := Chat{In: strings.NewReader(strings.Repeat("a\n", 100)), Out: io.Discard, Conversation: conversation(
		func(context.Context, bot.Incoming, bot.Responder) error {
			answers++
			stop()
			return nil
		})}
	if err := chat.Run(ctx); err != nil || answers != 1 {
		t.Errorf("%d lines were answered (%v), want one", answers, err)
	}
}

func TestAnErrorEndsTheChat(t *testing.T) {
	broken := errors.New("broken")
	for _, test := range []struct {
		name string
		chat Chat
	}{
		{"reading", Chat{In: io.MultiReader(strings.NewReader("a\n"), iotest.ErrReader(broken)), Out: io.Discard, Conversation: conversation(echo)}},
		{"printing", Chat{In: strings.NewReader("a\nb\n"), Out: failing{broken}, Conversation: conversation(echo)}},
		{"answering", Chat{In: strings.NewReader("a\nb\n"), Out: io.Discard, Conversation: conversation(
			func(context.Context, bot.Incoming, bot.Responder) error { return broken })}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := test.chat.Run(context.Background()); !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// failing is a writer that can't be written to.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestAFileIsPrintedUnderItsMessage(t *testing.T) {
	table := conversation(func(ctx context.Context, _ bot.Incoming, out bot.Responder) error {
		m := words("unanswered")
		m.File = &bot.File{Name: "unanswered.csv", Data: []byte("lang,question\nvi,Vì sao?\n")}
		_, err := out.Final(ctx, m)
		return err
	})
	for _, terminal := range []bool{false, true} {
		var out strings.Builder
		chat := Chat{In: strings.NewReader("/unanswered csv\n"), Out: &out, Conversation: table, Terminal: terminal}
		if err := chat.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := out.String(), "unanswered\nlang,question\nvi,Vì sao?\n\n"; got != want {
			t.Errorf("at a terminal %v: printed %q, want %q", terminal, got, want)
		}
	}
}

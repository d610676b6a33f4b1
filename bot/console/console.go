// Package console is the terminal: the chat, and answers as text and JSON.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"reportbot/bot"
)

// chatKey is the one chat of a terminal.
const chatKey = "console"

// maxLine is how many bytes of a line are read; of a longer one the rest is
// dropped, since what was read is too long for a question already.
const maxLine = 1 << 20

// Conversation answers what is written.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
}

// Chat reads lines and answers each, until the input or ctx ends.
type Chat struct {
	In           io.Reader
	Out          io.Writer
	Conversation Conversation
	// Interrupts, if not nil, carries the person's Ctrl-C: it stops the answer
	// that is being given; where none is, it ends the chat.
	Interrupts <-chan os.Signal
	Prompt     string // shown before each line; empty when the input is no terminal
	Language   string // of the person's terminal, as ISO 639-1
}

// Run holds the chat. Blank lines are passed over.
func (c *Chat) Run(ctx context.Context) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	lines, failed := c.lines(ctx)
	for n := 1; ctx.Err() == nil; n++ {
		fmt.Fprint(c.Out, c.Prompt)
		select {
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			if strings.TrimSpace(line) == "" {
				continue
			}
			if err := c.answer(ctx, line, n); err != nil {
				return err
			}
		case <-c.Interrupts:
			fmt.Fprintln(c.Out)
			return nil
		case <-ctx.Done():
		}
	}
	return nil
}

// lines reads the input in the background, since a read can't be broken off;
// the reader ends with the input, or after the next line once ctx has ended.
func (c *Chat) lines(ctx context.Context) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(lines)
		in := bufio.NewReader(c.In)
		for {
			line, err := readLine(in)
			if line != "" {
				select {
				case lines <- line:
				case <-ctx.Done():
					err = io.EOF
				}
			}
			switch {
			case errors.Is(err, io.EOF):
				failed <- nil
				return
			case err != nil:
				failed <- err
				return
			}
		}
	}()
	return lines, failed
}

// readLine returns the next line with its end, or what there is of it at err.
func readLine(in *bufio.Reader) (line string, err error) {
	var b strings.Builder
	for {
		piece, err := in.ReadSlice('\n')
		b.Write(piece[:min(len(piece), maxLine-b.Len())])
		if !errors.Is(err, bufio.ErrBufferFull) {
			return b.String(), err
		}
	}
}

// answer shows the answer to one line. That it was stopped is no failure.
func (c *Chat) answer(ctx context.Context, line string, n int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	in := bot.Incoming{
		Chat: chatKey, Thread: chatKey, Private: true, Sender: bot.Sender{Owner: true},
		Text: strings.TrimRight(line, "\r\n"), Client: c.Language,
	}
	go func() { done <- c.Conversation.Handle(ctx, in, &responder{out: c.Out, n: n}) }()
	for {
		select {
		case err := <-done:
			if ctx.Err() != nil && errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		case <-c.Interrupts:
			stop()
		}
	}
}

// responder prints the answer to one line.
type responder struct {
	out io.Writer
	n   int // of the line, which is the answer's id
}

func (r *responder) Working(context.Context, bot.Message) {}
func (r *responder) Partial(context.Context, bot.Message) {}

func (r *responder) Administers(context.Context) (bool, error) { return true, nil }

func (r *responder) Final(_ context.Context, m bot.Message) (int, error) {
	_, err := fmt.Fprintln(r.out, Plain(m)+"\n")
	if err == nil && m.File != nil {
		_, err = fmt.Fprintf(r.out, "%s\n", m.File.Data)
	}
	return r.n, err
}

// Plain returns a message as text with its links written out, but for those of
// markers, which the list of sources has.
func Plain(m bot.Message) string {
	var b strings.Builder
	for i, line := range m.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, span := range line {
			b.WriteString(span.Text)
			if span.Link != "" && span.Link != span.Text && !strings.HasPrefix(span.Text, "[") {
				b.WriteString(" " + span.Link)
			}
		}
	}
	return b.String()
}

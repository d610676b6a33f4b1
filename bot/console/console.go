// Package console is the terminal: the chat, and answers as text and JSON.
package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"reportbot/bot"
)

// chatKey is the one chat of a terminal.
const chatKey = "console"

// maxLine is the most bytes read of a line. The rest of a longer line is dropped:
// it is too long for a question already.
const maxLine = 1 << 20

// Conversation is the bot that the chat talks to.
type Conversation interface {
	Handle(ctx context.Context, in bot.Incoming, out bot.Responder) error
	HandleCallback(ctx context.Context, p bot.Callback, out bot.CallbackResponder) error
}

// LineReader reads the next line, without its line break.
type LineReader interface {
	ReadLine() (string, error)
}

// Chat is the bot in a terminal or a pipe: it reads lines and answers each.
type Chat struct {
	In           io.Reader
	Out          io.Writer
	Conversation Conversation
	// Interrupts, if not nil, delivers Ctrl-C. It stops the answer in progress, or
	// ends the chat if there is none.
	Interrupts <-chan os.Signal
	Prompt     string // shown before each line; empty when the input is no terminal
	Language   string // of the person's terminal, as ISO 639-1
	// Editor, if not nil, reads the lines instead of In; it shows a prompt itself.
	Editor LineReader
	// Terminal means that Out is a terminal: answers appear while they are written,
	// in colours, and a number presses a button of the last answer.
	Terminal bool
	// Colourless turns off the colours alone.
	Colourless bool
	// Columns, if not nil, returns the terminal's current width; 0: unknown. Lines
	// are wrapped to it.
	Columns func() int

	buttons []bot.Button // of the last answer
}

// Run answers lines until the input or ctx ends. Blank lines are skipped.
func (c *Chat) Run(ctx context.Context) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	wanted := make(chan struct{}, 1)
	lines, failed := c.lines(ctx, wanted)
	for n := 1; ctx.Err() == nil; n++ {
		fmt.Fprint(c.Out, c.Prompt)
		wanted <- struct{}{} // never blocks: the previous request has been served
		select {
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			if strings.TrimSpace(line) == "" {
				continue
			}
			if farewell(line) {
				return c.answer(ctx, farewells[0], n)
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

// farewells end the chat, with or without a slash.
var farewells = []string{"exit", "quit", "thoát", "thoat"}

// Farewells returns the commands that end the chat.
func Farewells() []string { return slices.Clone(farewells[:2]) }

func farewell(line string) bool {
	said := strings.TrimPrefix(strings.ToLower(strings.Trim(strings.TrimSpace(line), ".!")), "/")
	return slices.Contains(farewells, said)
}

// Show prints a message, and a blank line under it.
func (c *Chat) Show(m bot.Message) error {
	for _, line := range rows(m.Lines) {
		said := Plain(bot.Message{Lines: []bot.Line{line}})
		if c.Terminal {
			said = c.styledLine(line)
		}
		if err := c.Say(said); err != nil {
			return err
		}
	}
	return c.Say("")
}

// Say prints a line, wrapped to the terminal's width.
func (c *Chat) Say(line string) error {
	columns := 0
	if c.Columns != nil {
		columns = c.Columns()
	}
	_, err := fmt.Fprintln(c.Out, wrapped(line, columns))
	return err
}

// lines starts a goroutine that reads a line each time one is wanted. A read
// can't be cancelled: the goroutine ends with the input, or after the next line
// once ctx has ended.
func (c *Chat) lines(ctx context.Context, wanted <-chan struct{}) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	read := c.reader()
	go func() {
		defer close(lines)
		for {
			select {
			case <-wanted:
			case <-ctx.Done():
				failed <- nil
				return
			}
			line, err := read()
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

// reader returns a function that reads the next line, with its line break.
func (c *Chat) reader() func() (string, error) {
	if c.Editor == nil {
		in := bufio.NewReader(c.In)
		return func() (string, error) { return readLine(in) }
	}
	return func() (string, error) {
		line, err := c.Editor.ReadLine()
		if err != nil {
			return "", err
		}
		return line + "\n", nil
	}
}

// readLine returns the next line with its line break; with an error, the part read so far.
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

// answer shows the answer to one line. Stopping it is not an error.
func (c *Chat) answer(ctx context.Context, line string, n int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- c.carryOut(ctx, strings.TrimRight(line, "\r\n"), n) }()
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

// carryOut handles a line. The number of a button presses it; any other line is a
// message.
func (c *Chat) carryOut(ctx context.Context, line string, n int) error {
	me := bot.Sender{Owner: true}
	var out bot.CallbackResponder = &responder{out: c.Out, n: n}
	if c.Terminal {
		out = &display{chat: c, n: n}
	}
	if chosen, err := strconv.Atoi(strings.TrimSpace(line)); err == nil && chosen >= 1 && chosen <= len(c.buttons) {
		return c.Conversation.HandleCallback(ctx, bot.Callback{
			Chat: chatKey, Thread: chatKey, Private: true, Sender: me, Client: c.Language, Data: c.buttons[chosen-1].Data,
		}, out)
	}
	return c.Conversation.Handle(ctx, bot.Incoming{
		Chat: chatKey, Thread: chatKey, Private: true, Sender: me, Text: line, Client: c.Language,
	}, out)
}

// responder prints the answer to one line when it is complete.
type responder struct {
	out io.Writer
	n   int // the line's number, which is the answer's id
}

func (r *responder) Working(context.Context, bot.Message) error { return nil }
func (r *responder) Partial(context.Context, bot.Message)       {}

func (r *responder) Administers(context.Context) (bool, error) { return true, nil }

func (r *responder) Final(_ context.Context, m bot.Message) (int, error) {
	_, err := fmt.Fprintln(r.out, Plain(unpacked(m))+"\n")
	return r.n, err
}

// unpacked returns a message with its text file's lines in place of the file.
func unpacked(m bot.Message) bot.Message {
	if m.File == nil {
		return m
	}
	lines := slices.Clone(m.Lines)
	for line := range strings.Lines(string(m.File.Data)) {
		lines = append(lines, bot.Line{{Text: strings.TrimRight(line, "\r\n")}})
	}
	m.Lines, m.File = lines, nil
	return m
}

func (r *responder) Toast(_ context.Context, said string) { fmt.Fprintln(r.out, said) }

func (r *responder) Replace(ctx context.Context, m bot.Message) error {
	_, err := r.Final(ctx, m)
	return err
}

// Plain returns a message as text with the addresses of its links, except those of
// markers such as [2], which the list of sources shows.
func Plain(m bot.Message) string {
	var b strings.Builder
	for i, line := range m.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, span := range line {
			b.WriteString(span.Text)
			if writtenOut(span) {
				b.WriteString(" " + span.Link)
			}
		}
	}
	return b.String()
}

// writtenOut reports whether a span's address is printed.
func writtenOut(span bot.Span) bool {
	return span.Link != "" && span.Link != span.Text && !strings.HasPrefix(span.Text, "[")
}

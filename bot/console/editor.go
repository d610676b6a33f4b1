package console

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// Editor reads lines at a terminal, with history and completion.
type Editor struct {
	terminal *term.Terminal
	// raw takes over the terminal until the returned function is called.
	raw func() (restore func(), err error)

	mu      sync.Mutex
	restore func() // nil while the terminal is as it was
}

// NewEditor returns an editor at the terminal of in and out. commands are what
// a slash and the tabulator complete to.
func NewEditor(in, out *os.File, prompt string, commands []string) *Editor {
	fd := int(in.Fd())
	e := newEditor(struct {
		io.Reader
		io.Writer
	}{in, out}, prompt, commands)
	e.raw = func() (func(), error) {
		state, err := term.MakeRaw(fd)
		if err != nil {
			return nil, err
		}
		if width, height, err := term.GetSize(int(out.Fd())); err == nil && width > 0 {
			_ = e.terminal.SetSize(width, height) // fails for sizes below one only
		}
		return func() { _ = term.Restore(fd, state) }, nil // the terminal may be gone
	}
	return e
}

func newEditor(at io.ReadWriter, prompt string, commands []string) *Editor {
	terminal := term.NewTerminal(at, prompt)
	terminal.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || pos != len(line) {
			return "", 0, false
		}
		completed := complete(line, commands)
		return completed, len(completed), true
	}
	return &Editor{terminal: terminal, raw: func() (func(), error) { return func() {}, nil }}
}

// ReadLine returns the next line. It fails with io.EOF where the person ends
// the chat, with Ctrl-C or Ctrl-D.
func (e *Editor) ReadLine() (string, error) {
	restore, err := e.raw()
	if err != nil {
		return "", err
	}
	e.mu.Lock()
	e.restore = restore
	e.mu.Unlock()
	defer e.Close()
	line, err := e.terminal.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil // a line that was pasted is as good as any
	}
	return line, err
}

// Close leaves the terminal as it was, also while a line is being read.
func (e *Editor) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.restore != nil {
		e.restore()
		e.restore = nil
	}
}

// complete returns a line that begins with a slash as far as the commands that
// it may become agree.
func complete(line string, commands []string) string {
	if !strings.HasPrefix(line, "/") {
		return line
	}
	var common string
	count := 0
	for _, command := range commands {
		if command = "/" + command; !strings.HasPrefix(command, line) {
			continue
		}
		if count++; count == 1 {
			common = command
			continue
		}
		for !strings.HasPrefix(command, common) {
			common = common[:len(common)-1]
		}
	}
	switch count {
	case 0:
		return line
	case 1:
		return common + " "
	}
	return common
}

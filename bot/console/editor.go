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
	keys     *keys
	// raw sets the terminal to raw mode until restore is called.
	raw func() (restore func(), err error)

	mu      sync.Mutex
	restore func() // nil unless in raw mode
}

// NewEditor returns an editor for the terminal of in and out. The tab key
// completes a slash to the commands.
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
	keys := &keys{ReadWriter: at}
	terminal := term.NewTerminal(keys, prompt)
	terminal.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || pos != len(line) {
			return "", 0, false
		}
		completed, several := complete(line, commands)
		if completed == line && len(several) > 1 {
			_, _ = terminal.Write([]byte("/" + strings.Join(several, "  /") + "\n")) // a hint; the line stays
		}
		return completed, len(completed), true
	}
	return &Editor{terminal: terminal, keys: keys, raw: func() (func(), error) { return func() {}, nil }}
}

// ReadLine returns the next line. Ctrl-C clears it. Ctrl-D, or Ctrl-C on an empty
// line, returns io.EOF.
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
	if errors.Is(err, io.EOF) {
		_, _ = io.WriteString(e.keys, "\r\n") // the next output starts on a new line
	}
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil // a pasted line counts as typed
	}
	return line, err
}

// Keys as a terminal sends them.
const (
	ctrlC     = 0x03
	emptyLine = "\x05\x15" // Ctrl-E, Ctrl-U: to the end, and delete everything before
)

// keys wraps a terminal so that Ctrl-C clears a line with text.
type keys struct {
	io.ReadWriter
	typed bool // whether the line has text
}

func (k *keys) Read(p []byte) (int, error) {
	typed := make([]byte, max(1, len(p)/len(emptyLine))) // Ctrl-C becomes longer
	n, err := k.ReadWriter.Read(typed)
	put := p[:0]
	for _, key := range typed[:n] {
		if key == ctrlC && k.typed && len(p) >= len(emptyLine) {
			put, k.typed = append(put, emptyLine...), false
			continue
		}
		put = append(put, key)
		k.typed = key != '\r' && (k.typed || key != ctrlC)
	}
	return len(put), err
}

// Columns returns the terminal's width; 0: unknown.
func Columns(out *os.File) int {
	width, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// Close restores the terminal, also while a line is being read.
func (e *Editor) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.restore != nil {
		e.restore()
		e.restore = nil
	}
}

// complete extends a line that begins with a slash to the longest common prefix
// of the commands that match, and returns those commands.
func complete(line string, commands []string) (completed string, may []string) {
	if !strings.HasPrefix(line, "/") {
		return line, nil
	}
	for _, command := range commands {
		if strings.HasPrefix("/"+command, line) {
			may = append(may, command)
		}
	}
	if len(may) == 0 {
		return line, nil
	}
	common := may[0]
	for _, command := range may {
		for !strings.HasPrefix(command, common) {
			common = common[:len(common)-1]
		}
	}
	if len(may) == 1 {
		common += " "
	}
	return "/" + common, may
}

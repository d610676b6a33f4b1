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

// ReadLine returns the next line. Ctrl-C empties it. It fails with io.EOF where
// the person ends the chat, with Ctrl-D or with Ctrl-C where nothing was typed.
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
		_, _ = io.WriteString(e.keys, "\r\n") // what follows begins a line of its own
	}
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil // a line that was pasted is as good as any
	}
	return line, err
}

// Keys as a terminal sends them.
const (
	ctrlC     = 0x03
	emptyLine = "\x05\x15" // Ctrl-E, Ctrl-U: to the end, and all before it away
)

// keys is a terminal whose Ctrl-C empties the line, once something was typed.
type keys struct {
	io.ReadWriter
	typed bool // in this line, since it was emptied
}

func (k *keys) Read(p []byte) (int, error) {
	typed := make([]byte, max(1, len(p)/len(emptyLine))) // room for what becomes longer
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

// Columns returns how wide the terminal is; 0: unknown.
func Columns(out *os.File) int {
	width, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return 0
	}
	return width
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
// it may become agree, and those commands.
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

package takeover

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

// programs is a folder with the commands reportbot and litestream, built by TestMain.
var programs string

func TestMain(m *testing.M) { os.Exit(buildAndRun(m)) }

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "reportbot-takeover-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	programs = folder
	for _, build := range []struct{ in, pkg, tags string }{
		{filepath.Join("..", "..", ".."), "./cmd/reportbot", "sqlite_fts5"},
		{".", "github.com/benbjohnson/litestream/cmd/litestream", ""},
	} {
		command := exec.Command("go", "build", "-ldflags", "-s -w", "-tags", build.tags, "-o", folder, build.pkg)
		command.Dir, command.Stderr = build.in, os.Stderr
		if err := command.Run(); err != nil {
			fmt.Fprintln(os.Stderr, build.pkg, "can't be built:", err)
			return 1
		}
	}
	return m.Run()
}

// soon is for what must come, on a slow machine too.
const soon = time.Minute

const report = `Ngày 3 tháng 5 năm 2024
Báo cáo thử về những cây cầu
Nguyễn Văn A và Trần Thị B
Hiện trạng
Cầu Bạch Yến dài 1.200 mét và khánh thành ngày 9 tháng 4 năm 2019. [1]
Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [1]
[1] https://example.org/bach-yen
`

// machine is one machine with serve on it. Its disk is a folder, and its way to Telegram is
// its own, so that it is known who called.
type machine struct {
	t    *testing.T
	name string
	dir  string
	env  map[string]string

	command *exec.Cmd
	ended   chan struct{}

	mu    sync.Mutex
	said  bytes.Buffer
	sends []time.Time // calls that people see the effect of, by their arrival
}

// newMachine returns a machine in front of the bot's server.
func newMachine(t *testing.T, srv *telegramtest.Server, name string) *machine {
	t.Helper()
	m := &machine{t: t, name: name, dir: t.TempDir()}
	way := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		if strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") || strings.HasPrefix(method, "delete") && method != "deleteWebhook" {
			m.mu.Lock()
			m.sends = append(m.sends, time.Now())
			m.mu.Unlock()
		}
		srv.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { way.CloseClientConnections(); way.Close() })
	if err := os.WriteFile(filepath.Join(m.dir, "report.txt"), []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	m.env = map[string]string{
		"PATH": programs, "TMPDIR": os.TempDir(), "HOME": m.dir,
		"TELEGRAM_BOT_TOKEN": srv.Token, "TELEGRAM_API_URL": way.URL, "REPORT": "report.txt", "SEND_RATE": "0", "QUEUE": "100000",
		"LISTEN": freePort(t), "METRICS_LISTEN": freePort(t), "STANDBY": "true", "LEASE_NAME": name,
	}
	return m
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// Write takes what the program says.
func (m *machine) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said.Write(p)
}

func (m *machine) output() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said.String()
}

func (m *machine) commandFor(args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(programs, "reportbot"), args...)
	command.Dir = m.dir
	for name, value := range m.env {
		command.Env = append(command.Env, name+"="+value)
	}
	return command
}

// start starts serve.
func (m *machine) start() {
	m.t.Helper()
	m.mu.Lock()
	m.said.Reset()
	m.mu.Unlock()
	m.command, m.ended = m.commandFor("serve"), make(chan struct{})
	m.command.Stdout, m.command.Stderr = m, m
	if err := m.command.Start(); err != nil {
		m.t.Fatal(err)
	}
	command, ended := m.command, m.ended
	go func() {
		defer close(ended)
		_ = command.Wait() // killed, mostly
	}()
	m.t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended
		<-ended
		if m.t.Failed() {
			m.t.Logf("%s said at last:\n%s", m.name, tail(m.output()))
		}
	})
}

// tail returns the end of a log, without the lines that each answer writes.
func tail(s string) string {
	var kept strings.Builder
	for line := range strings.Lines(s) {
		if !strings.Contains(line, "msg=answered") {
			kept.WriteString(line)
		}
	}
	return kept.String()[max(0, kept.Len()-3000):]
}

// run runs another command on the machine and returns its output and exit status.
func (m *machine) run(args ...string) (out string, status int) {
	m.t.Helper()
	command := m.commandFor(args...)
	said, _ := command.CombinedOutput() // its status tells
	return string(said), command.ProcessState.ExitCode()
}

func (m *machine) signal(signal syscall.Signal) {
	m.t.Helper()
	if err := m.command.Process.Signal(signal); err != nil {
		m.t.Fatal(err)
	}
}

// kill kills serve and takes away its disk.
func (m *machine) kill() time.Time {
	m.t.Helper()
	m.signal(syscall.SIGKILL)
	at := time.Now()
	<-m.ended
	entries, err := filepath.Glob(filepath.Join(m.dir, "reportbot.db*"))
	if err != nil || len(entries) == 0 {
		m.t.Fatalf("%s has no store: %v", m.name, err)
	}
	for _, path := range entries {
		if err := os.RemoveAll(path); err != nil {
			m.t.Fatal(err)
		}
	}
	return at
}

// stop ends serve as an operator does.
func (m *machine) stop() {
	m.t.Helper()
	m.signal(syscall.SIGTERM)
	select {
	case <-m.ended:
		if status := m.command.ProcessState.ExitCode(); status != 0 {
			m.t.Errorf("%s ended with status %d:\n%s", m.name, status, tail(m.output()))
		}
	case <-time.After(20 * time.Second):
		m.t.Errorf("%s did not end:\n%s", m.name, tail(m.output()))
	}
}

// waitSaid waits until the program has said the words.
func (m *machine) waitSaid(words string) {
	m.t.Helper()
	for begun := time.Now(); !strings.Contains(m.output(), words); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > soon {
			m.t.Fatalf("%s did not say %q:\n%s", m.name, words, tail(m.output()))
		}
	}
}

// sendsAfter returns when the machine called after a time with an effect that people see.
func (m *machine) sendsAfter(after time.Time) (at []time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, send := range m.sends {
		if send.After(after) {
			at = append(at, send)
		}
	}
	return at
}

// waitSend waits for the machine's first send after a time.
func (m *machine) waitSend(after time.Time) time.Time {
	m.t.Helper()
	for begun := time.Now(); time.Since(begun) < soon; time.Sleep(10 * time.Millisecond) {
		if sends := m.sendsAfter(after); len(sends) > 0 {
			return sends[0]
		}
	}
	m.t.Fatalf("%s sent nothing:\n%s", m.name, tail(m.output()))
	return time.Time{}
}

package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the program under test, built once and without the race detector, with
// which it takes ten times as long.
var binary string

// asProgram is an environment variable that makes the test binary run as the program,
// with the race detector if the tests use it.
const asProgram = "REPORTBOT_TEST_AS_PROGRAM"

// testVersion is what the linker sets.
const testVersion = "v9.8.7-test"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "reportbot-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "reportbot")
	build := exec.Command("go", "build", "-race=false", "-tags", "sqlite_fts5", "-ldflags", "-s -w -X main.version="+testVersion, "-o", binary, ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "the program can't be built:", err)
		return 1
	}
	return m.Run()
}

// skipShort skips a test that takes several seconds; `make quick` leaves it out.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes several seconds")
	}
}

// Secrets that must never appear in any output.
const (
	secretKey   = "sk-test-7f3a9c51e2-for-no-output"
	secretToken = "123456789:TEST-wrong-token-for-no-output"
)

// program runs reportbot in its own working directory and environment.
type program struct {
	t       *testing.T
	dir     string
	env     map[string]string
	stdin   string
	under   []string // a command line that wraps the program's; may be empty
	racing  bool     // run with the race detector, if the tests use it
	secrets []string
}

func newProgram(t *testing.T) *program {
	t.Helper()
	return &program{t: t, dir: t.TempDir(), env: map[string]string{}, secrets: []string{secretKey, secretToken}}
}

// file creates a file in the working directory and returns its name.
func (p *program) file(name, content string) string {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(content), 0o644); err != nil {
		p.t.Fatal(err)
	}
	return name
}

// result is how a run ended.
type result struct {
	status   int
	out, err string
}

func (p *program) command(ctx context.Context, args ...string) *exec.Cmd {
	p.t.Helper()
	path, env := binary, []string{"TMPDIR=" + os.TempDir()}
	if p.racing {
		own, err := os.Executable()
		if err != nil {
			p.t.Fatal(err)
		}
		path, env = own, append(env, asProgram+"=1", "GORACE=atexit_sleep_ms=0")
	}
	for name, value := range p.env {
		env = append(env, name+"="+value)
	}
	line := slices.Concat(p.under, []string{path}, args)
	command := exec.CommandContext(ctx, line[0], line[1:]...)
	command.Dir, command.Env = p.dir, env
	return command
}

// run runs the program to its end.
func (p *program) run(args ...string) result {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	command := p.command(ctx, args...)
	command.Env = append(command.Env, "GOGC=400") // a short run needs no collection
	if p.stdin != "" {
		command.Stdin = strings.NewReader(p.stdin)
	}
	var out, errOut bytes.Buffer
	command.Stdout, command.Stderr = &out, &errOut
	err := command.Run()
	if ctx.Err() != nil {
		p.t.Fatalf("reportbot %.200q did not end\n%s\n%s", args, &out, &errOut)
	}
	return p.ended(err, command, out.String(), errOut.String())
}

// ended checks the rules for every run: no crash, no secret in its output.
func (p *program) ended(err error, command *exec.Cmd, out, errOut string) result {
	p.t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	for _, never := range append([]string{"goroutine ", "panic:", "DATA RACE"}, p.secrets...) {
		if strings.Contains(out, never) || strings.Contains(errOut, never) {
			p.t.Errorf("%.200q: the output contains %q:\n%s\n%s", command.Args[1:], never, out, errOut)
		}
	}
	return result{command.ProcessState.ExitCode(), out, errOut}
}

// must runs the program, which must end with status 0, and returns its output.
func (p *program) must(args ...string) string {
	p.t.Helper()
	r := p.run(args...)
	if r.status != exitDone {
		p.t.Fatalf("reportbot %.200q: status %d\n%s\n%s", args, r.status, r.out, r.err)
	}
	return r.out
}

// running is the program while it runs.
type running struct {
	*program
	command *exec.Cmd
	ends    chan error

	mu       sync.Mutex
	out, err bytes.Buffer
	more     chan struct{} // closed and replaced at every output
}

// start starts the program. It is killed when the test ends.
func (p *program) start(args ...string) *running {
	p.t.Helper()
	r := &running{program: p, command: p.command(context.Background(), args...), ends: make(chan error, 1), more: make(chan struct{})}
	if p.stdin != "" {
		r.command.Stdin = strings.NewReader(p.stdin)
	}
	r.command.Stdout, r.command.Stderr = &heard{r, &r.out}, &heard{r, &r.err}
	if err := r.command.Start(); err != nil {
		p.t.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		r.ends <- r.command.Wait()
	}()
	p.t.Cleanup(func() {
		_ = r.command.Process.Kill() // it may have ended
		<-over
	})
	return r
}

// heard is an output of a running program.
type heard struct {
	r  *running
	to *bytes.Buffer
}

func (h *heard) Write(b []byte) (int, error) {
	h.r.mu.Lock()
	defer h.r.mu.Unlock()
	close(h.r.more)
	h.r.more = make(chan struct{})
	return h.to.Write(b)
}

// waitSaid waits until standard error contains the words. The program must not end before.
func (r *running) waitSaid(words string) {
	r.t.Helper()
	if !r.waitFor(words) {
		r.t.Fatalf("ended before it said %q:\n%s", words, &r.err)
	}
}

// waitFor waits until standard error contains one of the words. It returns false if the
// program ended without them.
func (r *running) waitFor(words ...string) bool {
	r.t.Helper()
	deadline := time.After(soon)
	for ended := false; ; {
		r.mu.Lock()
		said, more := r.err.String(), r.more
		r.mu.Unlock()
		if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(said, word) }) {
			return true
		}
		if ended {
			return false
		}
		select {
		case <-more:
		case err := <-r.ends:
			r.ends <- err
			ended = true // and its output is complete
		case <-deadline:
			r.t.Fatalf("said none of %q:\n%s", words, said)
		}
	}
}

// end sends a signal and returns how the program ended, which must be within
// the time.
func (r *running) end(signal syscall.Signal, within time.Duration) result {
	r.t.Helper()
	if err := r.command.Process.Signal(signal); err != nil {
		r.t.Fatal(err)
	}
	return r.wait(within)
}

func (r *running) wait(within time.Duration) result {
	r.t.Helper()
	select {
	case err := <-r.ends:
		return r.ended(err, r.command, r.out.String(), r.err.String())
	case <-time.After(within):
		r.mu.Lock()
		defer r.mu.Unlock()
		r.t.Fatalf("still running after %v:\n%s\n%s", within, &r.out, &r.err)
		return result{}
	}
}

// mustBeOneLine fails unless a run failed with the status, one line on
// standard error that has the words, and nothing else.
func mustBeOneLine(t *testing.T, r result, status int, words ...string) {
	t.Helper()
	if r.status != status || r.out != "" {
		t.Errorf("status %d, output %q; want %d and none", r.status, r.out, status)
	}
	if !strings.HasPrefix(r.err, "reportbot: ") || strings.Count(r.err, "\n") != 1 || len(r.err) > 500 {
		t.Errorf("want one line that begins with reportbot: on standard error, got\n%s", r.err)
	}
	for _, word := range words {
		if !strings.Contains(r.err, word) {
			t.Errorf("want %q in %q", word, r.err)
		}
	}
}

// sqlite runs statements on a copy of a store and returns the copy's name.
func (p *program) sqlite(name, statements string) string {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		p.t.Fatal(err)
	}
	changed := p.file("changed-"+name, string(data))
	db, err := sql.Open("sqlite3", filepath.Join(p.dir, changed))
	if err == nil {
		_, err = db.Exec(statements)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		p.t.Fatal(err)
	}
	return changed
}

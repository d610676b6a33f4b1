package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// maxTime limits the time to read a file, including the first compilation of PDFium on a
	// slow machine.
	maxTime = 2 * time.Minute
	// maxCPU is the processor time after which the kernel ends the child, in
	// seconds: a child whose parent was killed must not run on.
	maxCPU = 240
	// maxMemory limits the child's memory, in bytes. Compiling
	// PDFium takes 330 MB, once; reading takes under 200 MB.
	maxMemory = 768 << 20
	// softMemory is the child's soft memory limit for garbage collection, in bytes.
	softMemory = 160 << 20
	// maxReply limits the child's output, in bytes.
	maxReply = 256 << 20
)

// Process configures how files are read.
type Process struct {
	// Command starts a program that calls RunChild. Empty: files are read in
	// this process, without limits on memory.
	Command []string
	// CacheDirs are folders for PDFium's compiled code, of which the first usable
	// one is taken. Without one it is compiled for every file, which takes 10 to 20
	// seconds.
	CacheDirs []string
}

var process atomic.Pointer[Process]

// SetProcess sets how Read reads files from now on. By default files are read in the
// calling process, with the user's cache folder.
func SetProcess(p Process) { process.Store(&p) }

func currentProcess() Process {
	if p := process.Load(); p != nil {
		return *p
	}
	return Process{CacheDirs: []string{UserCacheDir()}}
}

// reply is what the child writes to its standard output.
type reply struct {
	Document *Document `json:"document,omitempty"`
	Failure  string    `json:"failure,omitempty"` // a key of failures, or another error's text
}

// failures maps the names of errors in a reply to the errors.
var failures = map[string]error{
	"encrypted": ErrEncrypted, "pictures": ErrPictures, "damaged": ErrDamaged, "too long": ErrTooLong,
}

// Read reads a PDF. It fails with one of the package's errors, with the
// context's, or where the child process can't be started.
func Read(ctx context.Context, data []byte) (*Document, error) {
	p := currentProcess()
	ctx, cancel := context.WithTimeoutCause(ctx, maxTime, ErrTooMuch)
	defer cancel()
	cacheDir := usableCache(p.CacheDirs)
	if len(p.Command) == 0 {
		return read(ctx, data, cacheDir)
	}
	child := exec.CommandContext(ctx, p.Command[0], append(p.Command[1:len(p.Command):len(p.Command)], cacheDir)...)
	child.Dir = "/"
	// An empty environment: this program's has keys in it.
	child.Env = []string{fmt.Sprintf("GOMEMLIMIT=%d", softMemory), "GOGC=50"}
	child.Stdin = bytes.NewReader(data)
	var out, errOut limitedBuffer
	out.most, errOut.most = maxReply, 4096
	child.Stdout, child.Stderr = &out, &errOut
	child.WaitDelay = 5 * time.Second
	err := child.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, childError(err, errOut.String())
	}
	var r reply
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return nil, fmt.Errorf("the process that reads PDFs sent no document: %w", err)
	}
	if r.Document != nil {
		return r.Document, nil
	}
	if known, ok := failures[r.Failure]; ok {
		return nil, known
	}
	return nil, errors.New(r.Failure)
}

// childError returns why a child ended without a reply. Usually it exceeded the limits on
// memory or time: it was killed, or Go or PDFium ended it.
func childError(err error, said string) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() < 0 || strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate")) {
		return ErrTooMuch
	}
	first, _, _ := strings.Cut(said, "\n")
	return fmt.Errorf("the process that reads PDFs failed: %w: %s", err, first)
}

// RunChild is the child's side of Read: it reads a PDF from in and writes the reply to
// out. An empty file only has PDFium compiled.
func RunChild(ctx context.Context, cacheDir string, in io.Reader, out io.Writer) error {
	if err := limitProcess(maxMemory, maxCPU); err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	var r reply
	if r.Document, err = read(ctx, data, cacheDir); err != nil {
		r.Failure = err.Error()
		for name, known := range failures {
			if errors.Is(err, known) {
				r.Failure = name
			}
		}
	}
	return json.NewEncoder(out).Encode(r)
}

// read reads a PDF in this process.
func read(ctx context.Context, data []byte, cacheDir string) (*Document, error) {
	l, err := openLibrary(ctx, cacheDir)
	if err != nil {
		return nil, err
	}
	defer l.close()
	return l.readDocument(ctx, data)
}

// readDocument reads a PDF.
func (l *library) readDocument(ctx context.Context, data []byte) (*Document, error) {
	var pages []*page
	about, err := l.read(ctx, data, func(p *rawPage) { pages = append(pages, readWords(p)) })
	if err != nil {
		return nil, err
	}
	return document(pages, about)
}

// limitedBuffer stores the first bytes written to it.
type limitedBuffer struct {
	bytes.Buffer
	most int
}

// Write accepts everything and stores up to the limit: a pipe that is not read would block
// the child.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	b.Buffer.Write(p[:min(len(p), max(0, b.most-b.Len()))])
	return len(p), nil
}

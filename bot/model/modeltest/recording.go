package modeltest

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Exchange is one recorded HTTP exchange. Its file is readable text:
//
//	-- request --
//	POST /v1/chat/completions
//	Authorization: [scrubbed]
//	Content-Type: application/json
//
//	{"model":"...
//	-- response --
//	200
//	Content-Type: text/event-stream
//
//	data: {"id":...
type Exchange struct {
	Method, Path   string
	RequestHeader  http.Header
	RequestBody    string
	Status         int
	ResponseHeader http.Header
	ResponseBody   string
}

const (
	requestMark  = "-- request --\n"
	responseMark = "\n-- response --\n"
	scrubbed     = "[scrubbed]"
)

// Only these header fields are recorded. Tests don't need the others, and those may
// contain cookies and names of organisations.
var recordedHeader = []string{"Authorization", "Content-Type", "Retry-After"}

// keyPatterns are the forms of known keys, masked ones too.
var keyPatterns = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:sk|gsk|xai|hf)[-_][A-Za-z0-9_*-]+`),
	regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{10,}`),
}

// keyHeader is a line with a credential in it that was not scrubbed.
var keyHeader = regexp.MustCompile(`(?i)^(?:authorization|proxy-authorization|(?:x-)?api-key|set-cookie|cookie):\s*(.*\S)`)

// scrub returns the exchange without keys: the given one and all known forms.
func (e Exchange) scrub(secret string) Exchange {
	clean := func(text string) string {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, scrubbed)
		}
		for _, pattern := range keyPatterns {
			text = pattern.ReplaceAllString(text, scrubbed)
		}
		return text
	}
	cleanHeader := func(header http.Header) http.Header {
		kept := make(http.Header)
		for _, key := range recordedHeader {
			if value := header.Get(key); value != "" {
				kept.Set(key, clean(value))
			}
		}
		if kept.Get("Authorization") != "" {
			kept.Set("Authorization", scrubbed)
		}
		return kept
	}
	e.Path = clean(e.Path)
	e.RequestHeader, e.ResponseHeader = cleanHeader(e.RequestHeader), cleanHeader(e.ResponseHeader)
	e.RequestBody, e.ResponseBody = clean(e.RequestBody), clean(e.ResponseBody)
	return e
}

func (e Exchange) format() string {
	var b strings.Builder
	writeHeader := func(header http.Header) {
		for _, key := range recordedHeader {
			if value := header.Get(key); value != "" {
				fmt.Fprintf(&b, "%s: %s\n", key, value)
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString(requestMark)
	fmt.Fprintf(&b, "%s %s\n", e.Method, e.Path)
	writeHeader(e.RequestHeader)
	b.WriteString(e.RequestBody + responseMark)
	fmt.Fprintf(&b, "%d\n", e.Status)
	writeHeader(e.ResponseHeader)
	b.WriteString(e.ResponseBody)
	return b.String()
}

// ReadExchange reads a recording. Errors name the file and the problem.
func ReadExchange(path string) (Exchange, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Exchange{}, err
	}
	e, err := parseExchange(string(data))
	if err != nil {
		return Exchange{}, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

// parseExchange is the inverse of format. JSON strings contain no raw line breaks, so
// the line between the two parts can't occur in a request's body.
func parseExchange(text string) (Exchange, error) {
	var e Exchange
	request, ok := strings.CutPrefix(text, requestMark)
	if !ok {
		return e, fmt.Errorf("it does not begin with %q", strings.TrimSpace(requestMark))
	}
	request, response, ok := strings.Cut(request, responseMark)
	if !ok {
		return e, fmt.Errorf("there is no line %q", strings.TrimSpace(responseMark))
	}
	first, header, body, err := parsePart(request)
	if err != nil {
		return e, fmt.Errorf("request: %w", err)
	}
	e.Method, e.Path, ok = strings.Cut(first, " ")
	if !ok {
		return e, fmt.Errorf("request: %q is not METHOD PATH", first)
	}
	e.RequestHeader, e.RequestBody = header, body

	first, e.ResponseHeader, e.ResponseBody, err = parsePart(response)
	if err != nil {
		return e, fmt.Errorf("response: %w", err)
	}
	e.Status, err = strconv.Atoi(first)
	if err != nil || e.Status < 100 || e.Status > 599 {
		return e, fmt.Errorf("response: %q is no status", first)
	}
	return e, nil
}

func parsePart(text string) (first string, header http.Header, body string, err error) {
	head, body, ok := strings.Cut(text, "\n\n")
	if !ok {
		return "", nil, "", errors.New("there is no blank line after the header")
	}
	lines := strings.Split(head, "\n")
	header = make(http.Header)
	for _, line := range lines[1:] {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return "", nil, "", fmt.Errorf("%q is no header field", line)
		}
		header.Add(key, value)
	}
	return lines[0], header, body, nil
}

// Replay is the recorded response as a reply, served with its status, content
// type and Retry-After; the events of a stream come one by one. A file that
// can't be read fails the test at once.
func Replay(t testing.TB, path string) Reply {
	t.Helper()
	e, err := ReadExchange(path)
	if err != nil {
		t.Fatalf("modeltest: replay: %v", err)
	}
	return Reply{Status: e.Status, Header: e.ResponseHeader, Body: e.ResponseBody}
}

// CheckRecordings fails the test for every line, in the files that match the
// glob ("testdata/*.http"), that looks as if it held a key, and if no file
// matches. The key itself is not printed.
func CheckRecordings(t testing.TB, glob string) {
	t.Helper()
	paths, err := filepath.Glob(glob)
	if err != nil || len(paths) == 0 {
		t.Errorf("modeltest: no recordings match %q (error: %v)", glob, err)
		return
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("modeltest: %v", err)
			continue
		}
		number := 0
		for line := range strings.Lines(string(data)) {
			number++
			if hasKey(line) {
				t.Errorf("modeltest: %s:%d looks as if it held a key", path, number)
			}
		}
	}
}

func hasKey(line string) bool {
	if m := keyHeader.FindStringSubmatch(line); m != nil && m[1] != scrubbed {
		return true
	}
	return slices.ContainsFunc(keyPatterns, func(p *regexp.Regexp) bool { return p.MatchString(line) })
}

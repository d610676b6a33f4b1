package modeltest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Request is one request as the server received it. All copies share its slices and
// maps: don't change them.
type Request struct {
	Method string
	Path   string // below the server's URL: PathChat, PathModels, PathEmbeddings
	Header http.Header
	Body   []byte // raw
	Time   time.Time

	// Refused is why the server refused the request, else empty. The fields
	// below may then be unset.
	Refused string

	Model        string
	Messages     []Message
	Stream       bool
	IncludeUsage bool     // stream_options.include_usage
	Temperature  *float64 // nil if it was not sent
	MaxTokens    int      // max_tokens or max_completion_tokens; 0 if neither was sent

	Input []string // the texts of an embeddings request

	flight *flight
}

// Message is one message of a chat request.
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Source is a numbered sentence of the report in the prompt.
type Source struct {
	N    int
	Text string

	// Headings are the lines, neither sources nor blank, between the previous run of
	// sources and this source's run. For the first run that includes everything else
	// at the start of the message.
	Headings []string
}

func newRequest(r *http.Request, body []byte) Request {
	path, ok := strings.CutPrefix(r.URL.Path, basePath)
	if !ok {
		path = r.URL.Path
	}
	return Request{
		Method: r.Method,
		Path:   path,
		Header: r.Header.Clone(),
		Body:   body,
		Time:   time.Now(),
	}
}

// System returns the system messages, joined by newlines.
func (r Request) System() string {
	var texts []string
	for _, m := range r.Messages {
		if m.Role == "system" {
			texts = append(texts, m.Content)
		}
	}
	return strings.Join(texts, "\n")
}

// Transcript returns the request for a golden file: every field that was sent,
// and the messages as the model reads them.
func (r Request) Transcript() string {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &fields); err != nil {
		return err.Error() // the server refused it
	}
	delete(fields, "messages")
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Method, r.Path)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(&b, "%s: %s\n", name, fields[name])
	}
	for _, m := range r.Messages {
		fmt.Fprintf(&b, "-- %s --\n%s\n", m.Role, m.Content)
	}
	return b.String()
}

// LastUser returns the last message of the user, empty if there is none.
func (r Request) LastUser() string {
	for i := len(r.Messages) - 1; i >= 0; i-- {
		if r.Messages[i].Role == "user" {
			return r.Messages[i].Content
		}
	}
	return ""
}

var sourceLine = regexp.MustCompile(`^\[S(\d+)\] (.*\S)\s*$`)

// Sources returns the "[S<n>] sentence" lines of the last user message, in their
// order there. Indented lines don't count.
func (r Request) Sources() []Source {
	var (
		sources  []Source
		headings []string
		inRun    bool
	)
	for line := range strings.Lines(r.LastUser()) {
		line = strings.TrimRight(line, "\r\n")
		m := sourceLine.FindStringSubmatch(line)
		if m == nil {
			if strings.TrimSpace(line) == "" {
				continue
			}
			if inRun {
				headings, inRun = nil, false
			}
			headings = append(headings, strings.TrimSpace(line))
			continue
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			continue // more digits than any source has
		}
		inRun = true
		sources = append(sources, Source{N: n, Text: m[2], Headings: headings})
	}
	return sources
}

// IsAnswer reports whether the request asks for an answer: its last user message
// contains sources.
func (r Request) IsAnswer() bool { return len(r.Sources()) > 0 }

// IsRewrite matches the chat requests that ask to rewrite a question, for
// [Server.When].
func IsRewrite(r Request) bool { return !r.IsAnswer() && !IsJudge(r) }

// IsJudge matches the chat requests that ask for verdicts on claims, for
// [Server.When].
func IsJudge(r Request) bool { return !r.IsAnswer() && len(r.Judged()) > 0 }

// JudgedClaim is a claim in a request for verdicts.
type JudgedClaim struct {
	ID       int
	Text     string
	Evidence []string
}

// Judged returns the claims of the last user message, with the sentences under
// each.
func (r Request) Judged() []JudgedClaim {
	var claims []JudgedClaim
	for line := range strings.Lines(r.LastUser()) {
		line = strings.TrimRight(line, "\n")
		if m := claimLine.FindStringSubmatch(line); m != nil {
			id, _ := strconv.Atoi(m[1])
			claims = append(claims, JudgedClaim{ID: id, Text: m[2]})
		} else if sentence, ok := strings.CutPrefix(line, "- "); ok && len(claims) > 0 {
			last := &claims[len(claims)-1]
			last.Evidence = append(last.Evidence, sentence)
		}
	}
	return claims
}

var claimLine = regexp.MustCompile(`^\[C(\d+)\] (.+)$`)

// Ended returns a channel that is closed when the server is done with the request, for
// any reason. The result of Cancelled is final then.
func (r Request) Ended() <-chan struct{} { return r.flight.ended }

// Cancelled reports whether the client has disconnected before the server had sent the
// reply up to its finish_reason, or had aborted it.
func (r Request) Cancelled() bool {
	select {
	case <-r.flight.gone:
		return true
	default:
		return false
	}
}

// WaitCancelled waits until the client disconnects, the request ends in another way, or
// the timeout passes. It reports whether the client disconnected.
func (r Request) WaitCancelled(timeout time.Duration) bool {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case <-r.flight.gone:
	case <-r.flight.ended:
	case <-timer.C:
	}
	return r.Cancelled()
}

package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is one imitated Bot API server with one bot. All methods may be
// called from any goroutine, except those that fail the test at once (the
// Wait methods), which belong on the test's own.
type Server struct {
	// URL is the address to give to the bot instead of
	// https://api.telegram.org, without a slash at the end.
	URL string
	// Token is the only token the server accepts.
	Token string
	// Me is the bot, named report_test_bot.
	Me *User

	t    testing.TB
	http *httptest.Server
	// poster delivers to the webhook. Its connections are its own, so that
	// none is left when the test ends.
	poster http.Client
	done   chan struct{} // closed when the test ends
	wg     sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	closed   bool
	calls    []*Call
	refusals []Refusal
	allowed  allowance
	faults   []*plannedFault
	chances  []chance
	observer func(Message)
	rates    *rateLaw

	users      map[int64]*User
	chats      map[int64]*Chat
	sent       []*Message // of all chats, by order of sending
	drafts     []*Draft
	lastUser   int64
	lastChat   int64
	lastShared int // message ids of private chats and basic groups
	files      fileStore
	profile    profile
	callbacks  map[string]*query
	inline     map[string]*query
	lastQuery  int64

	queue queue
	hook  *webhook
}

// New starts a server. It is closed when the test and its subtests end.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{
		Token:     "8100000001:TEST-token-of-the-stand-in-00000000",
		t:         t,
		done:      make(chan struct{}),
		changed:   make(chan struct{}),
		users:     map[int64]*User{},
		chats:     map[int64]*Chat{},
		lastUser:  7_000_000_000, // beyond 32 bits, as today's ids are
		files:     newFileStore(),
		profile:   newProfile(),
		callbacks: map[string]*query{},
		inline:    map[string]*query{},
		queue:     newQueue(),
		poster:    http.Client{Transport: &http.Transport{}},
	}
	s.Me = &User{ID: 8_100_000_001, IsBot: true, FirstName: "Report test", Username: "report_test_bot", srv: s}
	s.users[s.Me.ID] = s.Me
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	t.Cleanup(s.close)
	return s
}

func (s *Server) close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	if s.hook != nil {
		s.hook.stop()
	}
	close(s.done)
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
	s.wg.Wait()
	s.poster.CloseIdleConnections()
}

// notify wakes everybody who waits for a change. The lock is held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// ServeHTTP speaks the Bot API: /bot<token>/<method> and
// /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	if !ok {
		writeError(w, &apiError{status: http.StatusNotFound, description: "Not Found"})
		return
	}
	token, method, _ := strings.Cut(rest, "/")
	if token != s.Token {
		s.refuse("", nil, &apiError{status: http.StatusUnauthorized, description: "Unauthorized"})
		writeError(w, &apiError{status: http.StatusUnauthorized, description: "Unauthorized"})
		return
	}
	s.serveMethod(w, r, method)
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	req := &request{method: name, ctx: r.Context()}
	m, known := findMethod(name)
	if known {
		req.method = m.name
	}
	var parseErr error
	req.params, req.files, parseErr = readParams(r)

	s.mu.Lock()
	call := &Call{Method: req.method, Params: req.params, Files: req.files, Time: time.Now()}
	s.calls = append(s.calls, call)
	fault := s.takeFault(req.method)
	s.notify()
	s.mu.Unlock()

	err := precheck(m, known, req, parseErr)
	switch {
	case parseErr == errAborted:
		s.finish(call, 0, parseErr.Error())
		return
	case err != nil:
		// A call no bot should make is reported whatever else goes wrong.
		s.answer(w, call, nil, err)
		return
	}
	if fault != nil && !fault.Apply && s.commitFault(w, r, call, fault) {
		return
	}
	result, err := s.run(m, req)
	if fault != nil && fault.Apply && s.commitFault(w, r, call, fault) {
		return
	}
	s.answer(w, call, result, err)
}

// precheck refuses what needs no knowledge of chats.
func precheck(m *method, known bool, r *request, parseErr error) *apiError {
	switch {
	case !known:
		return &apiError{status: http.StatusNotFound, description: "Not Found", reason: "unknown method", ours: true}
	case parseErr != nil:
		return malformed("can't parse request: %v", parseErr)
	}
	return m.check(r)
}

// run carries out a checked call. Only getUpdates waits, so only it runs
// without the lock.
func (s *Server) run(m *method, req *request) (any, *apiError) {
	if m.name == "getUpdates" {
		return s.getUpdates(req)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.limit(m.name, req); err != nil {
		return nil, err
	}
	return m.run(s, req)
}

// answer ends a call.
func (s *Server) answer(w http.ResponseWriter, call *Call, result any, err *apiError) {
	if err != nil {
		s.refuse(call.Method, call.Params, err)
		s.finish(call, err.status, err.description)
		writeError(w, err)
		return
	}
	s.finish(call, http.StatusOK, "")
	writeResult(w, result)
}

// finish records how a call ended, before the client can know it.
func (s *Server) finish(call *Call, status int, description string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.Done, call.Status, call.Error = true, status, description
	s.notify()
}

func writeResult(w http.ResponseWriter, result any) {
	if broken, ok := result.(brokenJSON); ok {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"ok":true,"result":%s}`, broken)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

func writeError(w http.ResponseWriter, err *apiError) {
	answer := map[string]any{"ok": false, "error_code": err.status, "description": err.description}
	parameters := map[string]any{}
	if err.retryAfter > 0 {
		parameters["retry_after"] = err.retryAfter
		w.Header().Set("Retry-After", fmt.Sprint(err.retryAfter))
	}
	if err.migrateTo != 0 {
		parameters["migrate_to_chat_id"] = err.migrateTo
	}
	if len(parameters) > 0 {
		answer["parameters"] = parameters
	}
	writeJSON(w, err.status, answer)
}

func writeJSON(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

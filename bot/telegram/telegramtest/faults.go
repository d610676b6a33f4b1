package telegramtest

import (
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"
)

// Fault is what goes wrong with a call. The fields combine: a hang comes
// first, then the reset or the answer.
type Fault struct {
	// Status is the HTTP status of the answer. Without it, RetryAfter means
	// 429, MigrateTo 400 and Body 502; a Fault with nothing but Hang is late
	// and then goes on as usual.
	Status int
	// Description is the error's text; there is a usual one for each status.
	Description string
	// Body is sent instead of the JSON of an error, for example an HTML page
	// of a proxy.
	Body string
	// RetryAfter is in seconds.
	RetryAfter int
	// MigrateTo is the new id of a chat that became a supergroup.
	MigrateTo int64
	Hang      time.Duration
	// Reset breaks the connection instead of answering.
	Reset bool
	// Apply carries the call out first, so that only its answer is lost. It
	// needs a Reset, a Hang the client does not outwait, or an error.
	Apply bool
}

type plannedFault struct {
	Fault
	method string
	left   int
}

// Fail makes the next calls of a method ("" means any) fail, that many times;
// a negative number means until [Server.Recover].
func (s *Server) Fail(method string, times int, f Fault) {
	s.t.Helper()
	if _, known := findMethod(method); !known && method != "" {
		s.t.Errorf("telegramtest: Fail: unknown method %q", method)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &plannedFault{Fault: f, method: method, left: times})
}

// FailSometimes makes any call fail with a chance, a share of 1, besides the
// faults that are planned; the seed says when.
func (s *Server) FailSometimes(seed uint64, share float64, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chances = append(s.chances, chance{f, share, rand.New(rand.NewPCG(seed, 0))})
}

// chance is a fault that befalls some calls.
type chance struct {
	Fault
	share float64
	dice  *rand.Rand
}

// Recover forgets all planned faults.
func (s *Server) Recover() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.chances = nil, nil
}

// takeFault uses up the first fault planned for a method, else has one befall
// it by chance. The lock is held.
func (s *Server) takeFault(method string) *Fault {
	for _, f := range s.faults {
		if f.left == 0 || f.method != "" && !strings.EqualFold(f.method, method) {
			continue
		}
		if f.left > 0 {
			f.left--
		}
		return &f.Fault
	}
	for _, c := range s.chances {
		if c.dice.Float64() < c.share {
			return &c.Fault
		}
	}
	return nil
}

// status is the HTTP status of the fault, 0 if it only delays.
func (f *Fault) status() int {
	switch {
	case f.Status != 0:
		return f.Status
	case f.RetryAfter > 0:
		return http.StatusTooManyRequests
	case f.MigrateTo != 0:
		return http.StatusBadRequest
	case f.Body != "":
		return http.StatusBadGateway
	}
	return 0
}

// answer is the error the fault sends.
func (f *Fault) answer() *apiError {
	err := &apiError{status: f.status(), description: f.Description, retryAfter: f.RetryAfter, migrateTo: f.MigrateTo}
	if err.description != "" {
		return err
	}
	switch err.status {
	case http.StatusTooManyRequests:
		err.description = tooManyRequests(f.RetryAfter).description
	case http.StatusBadRequest:
		err.description = "Bad Request: chat not found"
		if f.MigrateTo != 0 {
			err.description = "Bad Request: group chat was upgraded to a supergroup chat"
		}
	case http.StatusForbidden:
		err.description = "Forbidden: bot was blocked by the user"
	case http.StatusConflict:
		err.description = conflict().description
	default:
		err.description = http.StatusText(err.status)
	}
	return err
}

// commitFault does what the fault says. It returns false if the call is to go
// on as usual.
func (s *Server) commitFault(w http.ResponseWriter, r *http.Request, call *Call, f *Fault) bool {
	if f.Hang > 0 && !s.hang(r, f.Hang) {
		s.finish(call, 0, "the client gave up")
		return true
	}
	switch {
	case f.Reset:
		s.finish(call, 0, "connection reset")
		resetConnection(w)
	case f.Body != "":
		s.finish(call, f.status(), http.StatusText(f.status()))
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.status())
		_, _ = w.Write([]byte(f.Body))
	case f.status() != 0:
		err := f.answer()
		s.finish(call, err.status, err.description)
		writeError(w, err)
	default:
		return false
	}
	return true
}

// hang waits, and says whether the client is still there then.
func (s *Server) hang(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.done:
	}
	return false
}

// resetConnection closes the connection so that the client sees a reset
// rather than an end.
func resetConnection(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

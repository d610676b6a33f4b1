// Package modeltest is a strict, scripted stand-in for a language model's
// server: the OpenAI-compatible API over real HTTP, for tests.
//
// A test scripts the replies, sets the program's model URL to the server's, and then
// checks the requests:
//
//	srv := modeltest.New(t, modeltest.Text("The bridge fell on Tuesday. [S1]"))
//	t.Setenv("OPENAI_BASE_URL", srv.URL)
//	... // run the program under test
//	if req := srv.Requests()[0]; !req.IsAnswer() || !req.Stream {
//		t.Errorf("asked for %q", req.LastUser())
//	}
//
// Replies are values, built by [Text], [Chunks], [Fail], [RateLimited],
// [BadGateway], [Stalled], [Dropped] or [Replay] and changed by methods:
//
//	modeltest.Text("Long story [S1]").WithPause(time.Millisecond).CutAfter(3)
//
// Replies that depend on the request come from [Server.Handle], for which [Echo]
// and [QuoteMatching] are ready-made honest models. A program that makes several
// kinds of call (rewriting the question, checking a claim) keeps them out of the
// script with [Server.When].
//
// Real servers deviate from OpenAI's API. [Oddities] are forms of complete replies and
// [Cuts] of incomplete ones, both for [Reply.Oddly]; [OddErrors] are forms of errors;
// [Limits] are requests that a server refuses.
//
// The server refuses, with OpenAI's error object, any request that OpenAI or a strict
// compatible server would refuse, and fails the test: a request that only some servers
// accept is a bug in the program. Tests of bad requests call [Server.AllowErrors].
package modeltest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// The models that a new server lists; a program without a configured model uses the
// first.
const (
	Model          = "test-model"
	EmbeddingModel = "test-embedding"
)

// The paths that the server serves, below its URL.
const (
	PathModels     = "/models"
	PathChat       = "/chat/completions"
	PathEmbeddings = "/embeddings"
)

const (
	basePath = "/v1"
	maxBody  = 10 << 20 // bytes; more is refused
)

// Server is the stand-in. Make one with [New]; its methods may be called from
// any goroutine.
type Server struct {
	// URL is the base address including /v1, the value for OPENAI_BASE_URL.
	URL string

	// Key, if set, is required in every request as "Authorization: Bearer Key";
	// others get 401. If empty, an Authorization header is an error.
	// Set it before the first request.
	Key string

	// Models is what GET /models lists; a request for any other model gets 404
	// model_not_found. If empty the list is empty and every name is accepted, as
	// on servers with a single model. Set it before the first request.
	Models []string

	// Unsupported are fields that no model accepts, such as "temperature": a chat
	// request with one of them gets a 400 that names it, without failing the test.
	// Set it before the first request.
	Unsupported []string

	// Limits are the limits of the server or its model; a request beyond them is
	// refused without failing the test. Set them before the first request.
	Limits Limits

	// ModelsBody, if set, is the response to GET /models instead of a list of
	// Models. Set it before the first request.
	ModelsBody string

	t        testing.TB
	http     *httptest.Server
	closing  chan struct{}  // closed first: ends stalls and delays
	handlers sync.WaitGroup // httptest does not wait for hijacked connections

	mu          sync.Mutex
	closed      bool
	allowErrors bool
	script      []Reply
	scripts     map[string][]Reply // by path, for the endpoints that are not chat
	handle      func(Request) Reply
	routes      []route
	requests    []Request
	waited      int           // chat requests already returned by WaitRequest
	arrival     chan struct{} // closed and replaced when a request arrives
}

type route struct {
	match  func(Request) bool
	handle func(Request) Reply
}

// New starts a server that answers chat requests with the replies, in order. It
// is closed by t.Cleanup. Unused replies are not an error; a request without a reply
// fails the test and gets 500.
func New(t testing.TB, replies ...Reply) *Server {
	t.Helper()
	s := &Server{
		Models:  []string{Model, EmbeddingModel},
		t:       t,
		closing: make(chan struct{}),
		script:  slices.Clone(replies),
		scripts: make(map[string][]Reply),
		arrival: make(chan struct{}),
	}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.http.URL + basePath
	t.Cleanup(s.Close)
	return s
}

// Close ends all requests in flight, stops the server, and returns when all its
// goroutines have ended. A second call does nothing. Tests need it only to stop the
// server early.
func (s *Server) Close() {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return
	}
	close(s.closing)
	s.http.CloseClientConnections()
	s.http.Close()
	s.handlers.Wait()
}

// AllowErrors lets the test pass despite refused requests and requests without a
// scripted reply. They still get an error.
func (s *Server) AllowErrors() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowErrors = true
}

// Enqueue adds replies to the end of the script for chat requests.
func (s *Server) Enqueue(replies ...Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, replies...)
}

// EnqueueFor scripts the next requests to [PathModels] or [PathEmbeddings], to
// make them fail or stall; later requests get the usual response. The replies must be
// ones with a status, or end before the head (like [Fail] and [Stalled]).
// For [PathChat] it is the same as Enqueue. Any other path panics.
func (s *Server) EnqueueFor(path string, replies ...Reply) {
	switch path {
	case PathChat:
		s.Enqueue(replies...)
	case PathModels, PathEmbeddings:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.scripts[path] = append(s.scripts[path], replies...)
	default:
		panic("modeltest: EnqueueFor: unknown path " + path)
	}
}

// Handle computes the replies to chat requests once the script is used up. The function
// is called concurrently.
func (s *Server) Handle(handle func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handle = handle
}

// When computes the replies to the chat requests that match, without using up
// the script. The first matching call of When applies. Both functions are called
// concurrently. For example, to reply to the calls that rewrite a question:
//
//	srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("a better question")))
func (s *Server) When(match func(Request) bool, handle func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.routes = append(s.routes, route{match, handle})
}

// Requests returns the chat requests so far, in the order of their arrival,
// without those that were refused.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chats()
}

// All returns every request so far in the order of arrival, including those to other
// paths and refused ones (see Request.Refused).
func (s *Server) All() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// chats is Requests; the caller holds the lock.
func (s *Server) chats() []Request {
	var chats []Request
	for _, r := range s.requests {
		if r.Path == PathChat && r.Refused == "" {
			chats = append(chats, r)
		}
	}
	return chats
}

// WaitRequest waits for the next chat request, counted from the last one that it
// returned, and fails the test at once if none comes within the timeout. Call it
// only on the test's own goroutine.
func (s *Server) WaitRequest(timeout time.Duration) Request {
	s.t.Helper()
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		s.mu.Lock()
		arrival := s.arrival
		if chats := s.chats(); s.waited < len(chats) {
			req := chats[s.waited]
			s.waited++
			s.mu.Unlock()
			return req
		}
		s.mu.Unlock()
		select {
		case <-arrival:
		case <-timer.C:
			s.t.Fatalf("modeltest: no chat request within %v", timeout)
			return Request{}
		}
	}
}

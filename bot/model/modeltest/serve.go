package modeltest

import (
	"fmt"
	"io"
	"net/http"
)

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.handlers.Add(1)
	defer s.handlers.Done()

	// Only a body read to its end lets net/http notice that the client went away.
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return
	}
	req := newRequest(r, body)
	req.flight = s.watch(r.Context())
	defer req.flight.end()

	refused := s.examine(&req, r)
	if refused != nil {
		req.Refused = refused.Message
	}
	s.record(req)
	if refused != nil {
		if !refused.meant {
			s.report("refused %s %s with %d: %s", r.Method, r.URL.Path, refused.status, refused.Message)
		}
		req.flight.settle()
		refused.write(w)
		return
	}

	d := &delivery{
		Request: req,
		server:  s,
		w:       w,
		control: http.NewResponseController(w),
		ctx:     r.Context(),
	}
	switch req.Path {
	case PathChat:
		d.reply = s.chatReply(req)
		d.deliver()
	default:
		if reply, ok := s.scripted(req.Path); ok {
			d.reply = reply
			d.deliver()
			return
		}
		req.flight.settle()
		if req.Path == PathModels {
			s.writeModels(w)
		} else {
			s.writeEmbeddings(w, req)
		}
	}
}

func (s *Server) record(req Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, req)
	close(s.arrival)
	s.arrival = make(chan struct{})
}

// scripted takes the next reply for a path that is not chat.
func (s *Server) scripted(path string) (Reply, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue := s.scripts[path]
	if len(queue) == 0 {
		return Reply{}, false
	}
	s.scripts[path] = queue[1:]
	return queue[0], true
}

// chatReply finds the reply to a chat request: routes, script, handler.
func (s *Server) chatReply(req Request) Reply {
	s.mu.Lock()
	routes, handle := s.routes, s.handle
	s.mu.Unlock()

	for _, route := range routes {
		if route.match(req) {
			return route.handle(req)
		}
	}
	s.mu.Lock()
	if len(s.script) > 0 {
		reply := s.script[0]
		s.script = s.script[1:]
		s.mu.Unlock()
		return reply
	}
	s.mu.Unlock()
	if handle != nil {
		return handle(req)
	}
	s.report("no reply scripted for the chat request: %.300s", req.LastUser())
	return Fail(http.StatusInternalServerError)
}

// report fails the test unless errors are allowed.
func (s *Server) report(format string, args ...any) {
	s.t.Helper()
	s.mu.Lock()
	allowed := s.allowErrors
	s.mu.Unlock()
	if !allowed {
		s.t.Errorf("modeltest: %s", fmt.Sprintf(format, args...))
	}
}

func (s *Server) writeModels(w http.ResponseWriter) {
	if s.ModelsBody != "" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, s.ModelsBody) // the client may have gone
		return
	}
	type model struct {
		ID      string `json:"id"`
		Object  string `json:"object"`
		Created int64  `json:"created"`
		OwnedBy string `json:"owned_by"`
	}
	list := struct {
		Object string  `json:"object"`
		Data   []model `json:"data"`
	}{"list", []model{}}
	for _, id := range s.Models {
		list.Data = append(list.Data, model{id, "model", created, "modeltest"})
	}
	writeJSON(w, http.StatusOK, list)
}

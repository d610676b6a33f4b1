package telegramtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// apiError is a refusal on its way to the client.
type apiError struct {
	status      int
	description string
	retryAfter  int   // seconds
	migrateTo   int64 // chat id
	reason      string
	ours        bool // no correct bot makes this call: report it
}

// badRequest is a refusal that can happen to a correct bot.
func badRequest(format string, args ...any) *apiError {
	return &apiError{status: http.StatusBadRequest, description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(description string) *apiError {
	return &apiError{status: http.StatusForbidden, description: "Forbidden: " + description}
}

// malformed is a refusal of a call that no correct bot makes.
func malformed(format string, args ...any) *apiError {
	err := badRequest(format, args...)
	err.ours = true
	return err
}

// because adds what the stand-in found wrong.
func (e *apiError) because(format string, args ...any) *apiError {
	e.reason = fmt.Sprintf(format, args...)
	return e
}

// Refusal is a call the server refused by the Bot API's rules. Planned faults
// are none.
type Refusal struct {
	Method      string // empty if the token was wrong
	Params      Params
	Status      int    // 400, 401, 403, 404, 409 or 429
	Description string // as the bot got it
	// Reason says what the stand-in found wrong, where Telegram's wording
	// does not.
	Reason string
	// Ours says that no correct bot makes this call; the test failed with
	// it unless it was allowed.
	Ours bool
}

// Refusals returns the calls refused so far, in order.
func (s *Server) Refusals() []Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refusals)
}

type allowance struct {
	all     bool
	methods map[string]bool
}

// AllowErrors lets the bot make wrong calls from now on: they are still
// refused and recorded, but no longer fail the test. Names of methods limit
// it to those; an unknown method is named as the bot wrote it.
func (s *Server) AllowErrors(methods ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(methods) == 0 {
		s.allowed.all = true
		return
	}
	if s.allowed.methods == nil {
		s.allowed.methods = map[string]bool{}
	}
	for _, m := range methods {
		s.allowed.methods[m] = true
	}
}

func (s *Server) refuse(method string, params Params, err *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = append(s.refusals, Refusal{
		Method: method, Params: maps.Clone(params), Status: err.status,
		Description: err.description, Reason: err.reason, Ours: err.ours,
	})
	if !err.ours {
		return
	}
	what := err.reason
	if what == "" {
		what = err.description
	}
	s.complain(method, params, what)
}

// complain reports a mistake of the bot, unless the test allowed it. The lock
// is held.
func (s *Server) complain(method string, params Params, what string) {
	if s.closed || s.allowed.all || s.allowed.methods[method] {
		return
	}
	s.t.Errorf("telegramtest: %s: %s\n\tparameters: %s", method, what, params)
}

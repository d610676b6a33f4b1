package modeltest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// apiError is OpenAI's error object.
type apiError struct {
	status  int
	meant   bool    // scripted by the test
	body    string  // sent instead of the object
	Message string  `json:"message"`
	Type    string  `json:"type"`
	Param   *string `json:"param"`
	Code    any     `json:"code"` // a string; from vLLM a number; or null
}

type errorBody struct {
	Error apiError `json:"error"`
}

func apiErrorf(status int, format string, args ...any) *apiError {
	return &apiError{status: status, Type: "invalid_request_error", Message: fmt.Sprintf(format, args...)}
}

func (e *apiError) write(w http.ResponseWriter) {
	if e.body != "" {
		w.WriteHeader(e.status)
		_, _ = io.WriteString(w, e.body) // the client may have gone
		return
	}
	writeJSON(w, e.status, errorBody{*e})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // can't happen: only our own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may have gone
}

package modeltest

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// examine decodes a request, and returns why it is refused, or nil.
func (s *Server) examine(req *Request, r *http.Request) *apiError {
	method, known := map[string]string{
		basePath + PathModels:     http.MethodGet,
		basePath + PathChat:       http.MethodPost,
		basePath + PathEmbeddings: http.MethodPost,
	}[r.URL.Path]
	if !known {
		return apiErrorf(http.StatusNotFound, "Invalid URL (%s %s)", r.Method, r.URL.Path)
	}
	if r.Method != method {
		return apiErrorf(http.StatusMethodNotAllowed, "Not allowed to %s on %s", r.Method, r.URL.Path)
	}
	s.mu.Lock() // orders the reads after a test's writes to the fields
	key, models := s.Key, s.Models
	s.mu.Unlock()
	if e := authorize(key, r.Header.Values("Authorization")); e != nil {
		return e
	}
	if method == http.MethodGet {
		if len(req.Body) > 0 {
			return apiErrorf(http.StatusBadRequest, "a GET request has no body")
		}
		return nil
	}

	mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return apiErrorf(http.StatusBadRequest, "Content-Type is %q; it must be application/json", r.Header.Get("Content-Type"))
	}
	switch {
	case len(req.Body) > maxBody:
		return apiErrorf(http.StatusRequestEntityTooLarge, "the body has over %d bytes", maxBody)
	case !utf8.Valid(req.Body):
		return apiErrorf(http.StatusBadRequest, "the body is not UTF-8")
	}
	if req.Path == PathChat {
		err = req.decodeChat()
	} else {
		err = req.decodeEmbeddings()
	}
	if err != nil {
		return refusal(err)
	}
	if len(models) > 0 && !slices.Contains(models, req.Model) {
		e := apiErrorf(http.StatusNotFound, "The model `%s` does not exist or you do not have access to it.", req.Model)
		e.Code = "model_not_found"
		return e
	}
	if req.Path == PathChat {
		if e := unsupported(req.Body, s.Unsupported); e != nil {
			return e
		}
	}
	return s.Limits.refuse(req)
}

// unsupported refuses a body that has one of the fields.
func unsupported(body []byte, fields []string) *apiError {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(body, &sent); err != nil {
		panic(err) // can't happen: decoded before
	}
	for _, field := range fields {
		if given(sent[field]) {
			e := apiErrorf(http.StatusBadRequest, "Unsupported parameter: '%s' is not supported with this model.", field)
			e.Param, e.Code, e.meant = &field, "unsupported_parameter", true
			return e
		}
	}
	return nil
}

func authorize(key string, header []string) *apiError {
	switch {
	case key == "" && len(header) > 0:
		return apiErrorf(http.StatusBadRequest, "an Authorization header came, but no key is expected")
	case key == "":
		return nil
	case len(header) == 0:
		return apiErrorf(http.StatusUnauthorized, "You didn't provide an API key.")
	case len(header) > 1 || header[0] != "Bearer "+key:
		e := apiErrorf(http.StatusUnauthorized, "Incorrect API key provided.")
		e.Code = "invalid_api_key"
		return e
	}
	return nil
}

// refusal converts the error of a body to a response with status 400.
func refusal(err error) *apiError {
	e := apiErrorf(http.StatusBadRequest, "%v", err)
	var typeErr *json.UnmarshalTypeError
	if errors.As(err, &typeErr) {
		e.Message = fmt.Sprintf("Invalid type for '%s': expected %s, but got %s instead.", typeErr.Field, typeErr.Type, typeErr.Value)
		e.Code = "invalid_type"
	}
	var param *paramError
	if errors.As(err, &param) {
		e.Param = &param.param
		if param.code != "" {
			e.Code = param.code
		}
	}
	return e
}

// paramError is an error in one field.
type paramError struct{ param, code, text string }

func (e *paramError) Error() string { return e.param + ": " + e.text }

func wrong(param, format string, args ...any) error {
	return &paramError{param: param, text: fmt.Sprintf(format, args...)}
}

// decodeStrict decodes one JSON object that has only the given keys, all of them fields
// of v. Keys are case-sensitive: encoding/json alone would accept "Model" as "model".
func decodeStrict(data []byte, v any, keys []string) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return fmt.Errorf("could not parse the JSON body of your request: %w", err)
	}
	if object == nil {
		return errors.New("the body is null; it must be a JSON object")
	}
	for key := range object {
		if !slices.Contains(keys, key) {
			return &paramError{param: key, code: "unknown_parameter", text: "unrecognized argument, or one that not all servers take"}
		}
	}
	return json.Unmarshal(data, v)
}

package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Params are a call's parameters as text: strings as they are, everything
// else (numbers, booleans, objects, lists) as JSON.
type Params map[string]string

// Int returns a parameter as a number, 0 if it is absent or none.
func (p Params) Int(name string) int64 {
	n, _ := strconv.ParseInt(p[name], 10, 64)
	return n
}

// Bool says whether a parameter is given and true.
func (p Params) Bool(name string) bool { return p[name] == "true" || p[name] == "1" }

// JSON decodes a parameter that is an object or a list. It returns false if
// the parameter is absent or does not fit v.
func (p Params) JSON(name string, v any) bool {
	raw, ok := p[name]
	return ok && json.Unmarshal([]byte(raw), v) == nil
}

// String lists the parameters by name, long values shortened.
func (p Params) String() string {
	var b strings.Builder
	for i, name := range slices.Sorted(maps.Keys(p)) {
		if i > 0 {
			b.WriteString(" ")
		}
		value := p[name]
		if r := []rune(value); len(r) > 300 {
			value = string(r[:300]) + "…"
		}
		fmt.Fprintf(&b, "%s=%q", name, value)
	}
	return b.String()
}

// File is an uploaded or sent file.
type File struct {
	Name string
	MIME string
	Data []byte
}

// request is one call on its way through the server.
type request struct {
	method string
	params Params
	files  map[string]File
	ctx    context.Context
}

func (r *request) has(name string) bool {
	_, ok := r.params[name]
	return ok
}

const maxBody = 60 << 20 // the Bot API takes uploads up to 50 MB

// errAborted means that the client went away while it sent the call.
var errAborted = errors.New("the request broke off")

// readParams reads the parameters of a call: the query string, and a JSON,
// form or multipart body.
func readParams(r *http.Request) (Params, map[string]File, error) {
	params, files := Params{}, map[string]File{}
	takeValues(params, r.URL.Query())
	if r.Method == http.MethodGet {
		return params, files, nil
	}
	if r.Method != http.MethodPost {
		return params, files, fmt.Errorf("HTTP method %s", r.Method)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return params, files, errAborted
	}
	// go-telegram/bot sends a call without parameters as a multipart body of
	// no bytes at all, which Telegram accepts.
	if len(body) == 0 {
		return params, files, nil
	}
	kind, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return params, files, err
	}
	switch kind {
	case "application/json":
		err = readJSON(body, params)
	case "application/x-www-form-urlencoded":
		var values url.Values
		values, err = url.ParseQuery(string(body))
		takeValues(params, values)
	case "multipart/form-data":
		err = readMultipart(multipart.NewReader(bytes.NewReader(body), options["boundary"]), params, files)
	default:
		err = fmt.Errorf("unsupported Content-Type %q", kind)
	}
	return params, files, err
}

func takeValues(params Params, values url.Values) {
	for name, list := range values {
		params[name] = list[0]
	}
}

func readJSON(body []byte, params Params) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return err
	}
	for name, raw := range fields {
		var text string
		switch {
		case string(raw) == "null": // as if it were absent
		case json.Unmarshal(raw, &text) == nil:
			params[name] = text
		default:
			params[name] = string(raw)
		}
	}
	return nil
}

func readMultipart(parts *multipart.Reader, params Params, files map[string]File) error {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			files[part.FormName()] = File{Name: part.FileName(), MIME: part.Header.Get("Content-Type"), Data: data}
			continue
		}
		params[part.FormName()] = string(data)
	}
}

// kind is the type of a parameter.
type kind int

const (
	kindString kind = iota
	kindInt
	kindBool
	kindObject // JSON
	kindList   // JSON
	kindFile   // an upload, a file id or a URL
	notModelled
)

// check refuses parameters that the method does not have, and values that are
// not of the parameter's kind.
func (m *method) check(r *request) *apiError {
	for _, name := range slices.Sorted(maps.Keys(r.params)) {
		k, known := m.params[name]
		if !known {
			// Uploads may be attached under any name, but they are files.
			return malformed("unknown parameter %q", name).because("unknown parameter %q", name)
		}
		if reason := k.reject(r.params[name]); reason != "" {
			return malformed("wrong parameter %s", name).because("parameter %s: %s", name, reason)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		if k, known := m.params[name]; !known || k != kindFile {
			return malformed("unknown parameter %q", name).because("file in parameter %q, which takes none", name)
		}
	}
	for _, name := range m.required {
		_, isFile := r.files[name]
		if r.params[name] == "" && !isFile {
			return missing(name)
		}
	}
	return nil
}

// missing words a missing parameter as Telegram does where it has a wording
// of its own.
func missing(name string) *apiError {
	var err *apiError
	switch name {
	case "chat_id":
		err = malformed("chat_id is empty")
	case "text":
		err = malformed("message text is empty")
	case "message_id":
		err = malformed("message identifier is not specified")
	case "document":
		err = malformed("there is no document in the request")
	case "file_id":
		err = malformed("file_id not specified")
	default:
		err = malformed("parameter %q is required", name)
	}
	err.reason = fmt.Sprintf("parameter %q is missing or empty", name)
	return err
}

// reject says what is wrong with a value, or nothing.
func (k kind) reject(value string) string {
	if !utf8.ValidString(value) {
		return "not UTF-8"
	}
	switch k {
	case kindInt:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil {
			return fmt.Sprintf("%q is no integer", value)
		}
	case kindBool:
		if value != "true" && value != "false" {
			return fmt.Sprintf("%q is neither true nor false", value)
		}
	case kindObject:
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(value), &object); err != nil {
			return "no JSON object: " + err.Error()
		}
	case kindList:
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(value), &list); err != nil {
			return "no JSON list: " + err.Error()
		}
	case notModelled:
		return "not modelled by this stand-in"
	}
	return ""
}

// decodeStrict decodes an object and refuses fields that v does not have.
func decodeStrict(raw string, v any) error {
	d := json.NewDecoder(strings.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

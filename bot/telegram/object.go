package telegram

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// object is a JSON object whose fields are decoded one by one. A missing field, or one of
// an unexpected type, decodes as zero: every release of the Bot API adds and changes
// fields, and no question may be lost because of that.
type object map[string]json.RawMessage

// readObject returns a JSON object, nil for anything else.
func readObject(raw []byte) object {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

// maxDepth limits how deep values may be nested. encoding/json rejects the whole text if
// one value in it is nested far deeper.
const maxDepth = 1000

// limitDepth replaces each value that is nested too deep by null. Invalid JSON stays
// invalid.
func limitDepth(body []byte) []byte {
	if json.Valid(body) {
		return body
	}
	var kept []byte
	depth, quoted, escaped := 0, false, false
	for _, c := range body {
		if !quoted && (c == '[' || c == '{') {
			if depth++; depth == maxDepth+1 {
				kept = append(kept, "null"...)
			}
		}
		if depth <= maxDepth {
			kept = append(kept, c)
		}
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ']' || c == '}'):
			depth--
		}
	}
	return kept
}

// has reports whether a field is there and not null.
func (o object) has(name string) bool {
	raw := bytes.TrimSpace(o[name])
	return len(raw) > 0 && !bytes.Equal(raw, []byte("null"))
}

// object returns a field that is an object, else nil.
func (o object) object(name string) object { return readObject(o[name]) }

// objects returns the objects of a list; ok is false if the field is no list, or also
// holds something else.
func (o object) objects(name string) (list []object, ok bool) {
	var raw []json.RawMessage
	if !o.has(name) || json.Unmarshal(o[name], &raw) != nil {
		return nil, false
	}
	ok = true
	for _, element := range raw {
		read := readObject(element)
		if ok = ok && read != nil; read != nil {
			list = append(list, read)
		}
	}
	return list, ok
}

// text returns a field that is a string.
func (o object) text(name string) string {
	var s string
	if json.Unmarshal(o[name], &s) != nil {
		return ""
	}
	return s
}

// isText reports whether a field is a string, or missing.
func (o object) isText(name string) bool {
	var s string
	return !o.has(name) || json.Unmarshal(o[name], &s) == nil
}

// flag returns a field that is a boolean.
func (o object) flag(name string) bool {
	var b bool
	return json.Unmarshal(o[name], &b) == nil && b
}

// number returns a field that is a whole number, also written as a string or as 12.0; ok
// is false for anything else.
func (o object) number(name string) (n int64, ok bool) {
	written := strings.TrimSpace(strings.Trim(string(bytes.TrimSpace(o[name])), `"`))
	if n, err := strconv.ParseInt(written, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(written, 64)
	// Beyond 2^53 a float is no exact number, and an id must be.
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// id returns a field that is a number, else 0.
func (o object) id(name string) int64 {
	n, _ := o.number(name)
	return n
}

package model

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// maxReply bounds one event, and the body of any other response, in bytes.
const maxReply = 16 << 20

// event is one event of a reply's body.
type event struct {
	kind eventKind
	data []byte // JSON of a dataEvent, any text of an errorEvent
	bare bool   // data was outside of any field
}

type eventKind int

const (
	dataEvent  eventKind = iota
	aliveEvent           // a comment, an empty line, or something unknown: a keep-alive
	doneEvent            // [DONE]
	errorEvent
)

// eventReader splits the body of a reply into events. It reads server-sent events, and
// the alternatives that servers send: a JSON object, JSON lines, an array. It is lenient:
// data without a blank line after it is an event once its JSON is complete.
type eventReader struct {
	in     *bufio.Reader
	name   string // of the current event
	data   []byte // of the current event
	bare   bool   // data is JSON outside of any field
	begun  bool   // the first line was read
	afterR bool   // the last byte was a carriage return
	closed bool   // the last event ended without a blank line
	ended  error
	// unknown is the beginning of anything else, such as an HTML page.
	unknown bytes.Buffer
}

func newEventReader(body io.Reader) *eventReader {
	return &eventReader{in: bufio.NewReader(body)}
}

// next returns the next event. At the end it returns io.EOF, or io.ErrUnexpectedEOF
// inside an event or for damaged data, or the error of reading.
func (r *eventReader) next() (event, error) {
	for r.ended == nil {
		line, err := r.line()
		if err != nil {
			r.ended = err
			if len(line) == 0 {
				break
			}
		}
		if e, ok := r.take(line); ok {
			return e, nil
		}
	}
	if r.ended == io.EOF && len(r.data) > 0 {
		if e, ok := r.dispatch(); ok {
			return e, nil
		}
	}
	return event{}, r.ended
}

// line reads up to a line feed, a carriage return, or both.
func (r *eventReader) line() ([]byte, error) {
	var line []byte
	for len(line) <= maxReply {
		b, err := r.in.ReadByte()
		if err != nil {
			return r.first(line), err
		}
		after := r.afterR
		r.afterR = b == '\r'
		switch {
		case b == '\n' && after:
		case b == '\n', b == '\r':
			return r.first(line), nil
		default:
			line = append(line, b)
		}
	}
	return nil, io.ErrUnexpectedEOF
}

// first removes a byte order mark from the first line.
func (r *eventReader) first(line []byte) []byte {
	if !r.begun {
		r.begun = true
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	return line
}

// take processes a line and returns the event that it completes.
func (r *eventReader) take(line []byte) (event, bool) {
	text := bytes.TrimSpace(line)
	closed := r.closed
	r.closed = false
	switch {
	case r.bare:
		return r.add(text)
	case len(text) == 0 && len(r.data) > 0:
		return r.dispatch()
	case len(text) == 0:
		r.name = ""
		return event{kind: aliveEvent}, !closed
	case text[0] == ':':
		return event{kind: aliveEvent}, true
	case isDone(text):
		return event{kind: doneEvent}, true
	case text[0] == '{', text[0] == '[':
		r.data, r.bare = nil, true
		return r.add(text)
	}
	name, value, _ := bytes.Cut(text, []byte(":"))
	value = bytes.TrimSpace(value)
	switch strings.ToLower(string(name)) {
	case "data":
		for bytes.HasPrefix(value, []byte("data:")) { // doubled by some proxies
			value = bytes.TrimSpace(value[len("data:"):])
		}
		if isDone(value) {
			return event{kind: doneEvent}, true
		}
		if !begunJSON(r.data) {
			r.data = nil
		}
		return r.add(value)
	case "event":
		r.name = string(value)
		return event{}, false
	case "error":
		return event{kind: errorEvent, data: value}, true
	case "id", "retry":
		return event{kind: aliveEvent}, true
	}
	if r.unknown.Len() < maxSaid {
		r.unknown.Write(append(text, '\n'))
	}
	return event{kind: aliveEvent}, true
}

// add adds a line to the data, and returns the event if it is complete.
func (r *eventReader) add(line []byte) (event, bool) {
	if len(r.data) > 0 {
		r.data = append(r.data, '\n')
	}
	r.data = append(r.data, line...)
	switch {
	case len(r.data) > maxReply:
		r.ended = io.ErrUnexpectedEOF
	case begunJSON(r.data) && bytes.ContainsAny(line, "}]"):
		if _, whole := readable(r.data); whole {
			r.closed = true
			return r.dispatch()
		}
	}
	return event{}, false
}

// dispatch ends the current event. Damaged JSON ends the reply; other text is a
// keep-alive, unless the event's name is error.
func (r *eventReader) dispatch() (event, bool) {
	data, name, bare := r.data, r.name, r.bare
	r.data, r.name, r.bare = nil, "", false
	switch {
	case name == "error":
		return event{kind: errorEvent, data: data}, true
	case !begunJSON(data):
		return event{kind: aliveEvent}, true
	}
	data, whole := readable(data)
	if !whole && bare {
		data, whole = valuesIn(data)
	}
	if !whole {
		r.ended = io.ErrUnexpectedEOF
		return event{}, false
	}
	return event{kind: dataEvent, data: data, bare: bare}, true
}

// isDone reports whether data marks the end of a reply.
func isDone(data []byte) bool { return bytes.EqualFold(data, []byte("[DONE]")) }

// notANumber matches numbers that some servers write although JSON doesn't have them.
var notANumber = lazyregexp.New(`([:,\[]\s*)-?(?:NaN|Infinity)\b`)

// readable returns data as valid JSON, if it is JSON: numbers that JSON doesn't have
// become null.
func readable(data []byte) ([]byte, bool) {
	if json.Valid(data) {
		return data, true
	}
	repaired := notANumber.ReplaceAll(data, []byte("${1}null"))
	if json.Valid(repaired) {
		return repaired, true
	}
	return data, false
}

// valuesIn returns the JSON values in data as a list, if it consists of nothing else.
func valuesIn(data []byte) ([]byte, bool) {
	var values []json.RawMessage
	for decoder := json.NewDecoder(bytes.NewReader(data)); ; {
		var value json.RawMessage
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return data, false
		}
		values = append(values, value)
	}
	list, err := json.Marshal(values)
	return list, err == nil
}

func begunJSON(data []byte) bool { return len(data) > 0 && (data[0] == '{' || data[0] == '[') }

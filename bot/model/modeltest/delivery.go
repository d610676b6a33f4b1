package modeltest

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Fixed, so that a whole response is assertable.
const (
	created    = 1730419200 // seconds since 1970: 2024-11-01
	responseID = "chatcmpl-test"
)

// linger is how long the server waits before it resets a connection. The client loses
// data that it has not read by then.
const linger = 20 * time.Millisecond

// CountTokens returns the number of tokens that replies report for a text: one for every
// four runes, rounded up.
func CountTokens(text string) int { return (utf8.RuneCountInString(text) + 3) / 4 }

// delivery sends one reply.
type delivery struct {
	Request
	server  *Server
	reply   Reply
	w       http.ResponseWriter
	control *http.ResponseController
	ctx     context.Context
	chunks  []map[string]any // of an odd reply, so far
}

func (d *delivery) deliver() {
	r := d.reply
	switch {
	case r.Status != 0:
		d.plain()
	case r.Ending != EndComplete && r.EndAfter < 0:
		if d.wait(r.Delay) {
			d.finish()
		}
	case d.Path != PathChat:
		d.server.report("a chat reply is scripted for %s; use one with a status", d.Path)
		d.flight.settle()
		apiErrorf(http.StatusInternalServerError, "wrong reply scripted").write(d.w)
	case d.Stream:
		d.stream()
	default:
		d.whole()
	}
}

// wait sleeps. It returns false if the client disconnected or the server closed.
func (d *delivery) wait(duration time.Duration) bool {
	if duration <= 0 {
		return d.ctx.Err() == nil
	}
	timer := time.NewTimer(duration)
	defer timer.Stop()
	return await(d, timer.C)
}

// held waits for the reply's Hold, if it is set.
func (d *delivery) held() bool {
	return d.reply.Hold == nil || await(d, d.reply.Hold)
}

// await waits for the channel (nil: forever). It returns false if the client
// disconnected or the server closed.
func await[T any](d *delivery, c <-chan T) bool {
	select {
	case <-c:
		return true
	case <-d.ctx.Done():
	case <-d.server.closing:
	}
	return false
}

// plain sends a reply with a status.
func (d *delivery) plain() {
	r := d.reply
	if !d.wait(r.Delay) || !d.held() {
		return
	}
	for key, values := range r.Header {
		d.w.Header()[key] = values
	}
	if r.RetryAfter > 0 {
		d.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(r.RetryAfter.Seconds()))))
	}
	events := []string{r.Body}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream") {
		events = strings.SplitAfter(r.Body, "\n\n")
		if last := len(events) - 1; last > 0 && events[last] == "" {
			events = events[:last]
		}
	}
	for i, event := range events {
		if i > 0 && !d.wait(r.Pause) {
			return
		}
		if i == 0 {
			d.w.WriteHeader(r.Status)
		}
		if i == len(events)-1 || strings.Contains(event, `"finish_reason":"`) {
			d.flight.settle()
		}
		if !d.raw(event) {
			return
		}
	}
}

// raw writes and flushes. It returns false if the client disconnected.
func (d *delivery) raw(text string) bool {
	_, err := io.WriteString(d.w, text)
	if err == nil {
		err = d.control.Flush()
	}
	if err != nil {
		d.flight.left() // a failed write is often the first sign of a disconnect
	}
	return err == nil
}

// drop closes the connection without ending the response, at once or (reset)
// with a TCP reset.
func (d *delivery) drop(reset bool) {
	conn, _, err := d.control.Hijack()
	if err != nil {
		return // already gone
	}
	defer conn.Close()
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0) // a close then resets; failing that it still closes
	}
}

// whole sends a reply as a single JSON object.
func (d *delivery) whole() {
	r := d.reply
	deltas := len(r.Reasoning) + len(r.Content)
	if !d.wait(r.Delay+r.Pause*time.Duration(deltas)) || !d.held() {
		return
	}
	switch r.Ending {
	case EndError, EndFlatError:
		d.flight.settle()
		e := d.streamError()
		e.status = http.StatusInternalServerError
		e.write(d.w)
		return
	case EndReset, EndStall:
		d.finish()
		return
	}

	message := map[string]any{"role": "assistant", "content": strings.Join(r.Content, ""), "refusal": nil}
	if len(r.Reasoning) > 0 {
		message["reasoning_content"] = strings.Join(r.Reasoning, "")
	}
	completion := map[string]any{
		"id": responseID, "object": "chat.completion", "created": created, "model": d.Model,
		"choices": []any{map[string]any{
			"index": 0, "message": message, "logprobs": nil, "finish_reason": finishReason(r.FinishReason),
		}},
	}
	if !r.OmitUsage {
		completion["usage"] = d.usage()
	}
	body, err := json.Marshal(completion)
	if err != nil {
		panic(err) // can't happen: only our own types
	}
	d.flight.settle()
	d.w.Header().Set("Content-Type", "application/json")
	switch r.Ending {
	case EndCut:
		d.raw(string(body[:len(body)/2]))
	case EndBreak:
		d.raw(string(body[:len(body)/2]))
		d.drop(false)
	default:
		d.raw(r.Garbage + string(body))
	}
}

// finishReason returns the finish reason, null if there is none.
func finishReason(reason string) any {
	if reason == "" {
		return nil
	}
	return reason
}

// usage counts the tokens of the prompt and of all the reply's deltas.
func (d *delivery) usage() Usage {
	if d.reply.Usage != nil {
		return *d.reply.Usage
	}
	var u Usage
	for _, m := range d.Messages {
		u.PromptTokens += CountTokens(m.Content)
	}
	u.CompletionTokens = CountTokens(strings.Join(d.reply.Reasoning, "")) + CountTokens(strings.Join(d.reply.Content, ""))
	u.TotalTokens = u.PromptTokens + u.CompletionTokens
	return u
}

package modeltest

import (
	"encoding/json"
	"net/http"
	"time"
)

// stream sends a reply as server-sent events.
func (d *delivery) stream() {
	r := d.reply
	if !d.open() {
		return
	}
	if r.EmptyChunkFirst && !d.chunk(nil, nil) {
		return
	}
	if !d.delta(map[string]string{"role": "assistant", "content": ""}) {
		return
	}
	for _, text := range r.Reasoning {
		if !d.delta(map[string]string{"reasoning_content": text}) || !d.wait(r.Pause) {
			return
		}
	}
	for n := 0; ; n++ {
		if r.Garbage != "" && n == min(r.GarbageAfter, len(r.Content)) && !d.raw(r.Garbage) {
			return
		}
		if n == min(r.HoldAfter, len(r.Content)) && !d.held() {
			return
		}
		if n == len(r.Content) || r.Ending != EndComplete && n == r.EndAfter {
			break
		}
		if n > 0 && !d.wait(r.Pause) {
			return
		}
		if !d.delta(map[string]string{"content": r.Content[n]}) {
			return
		}
	}
	d.finish()
}

// open sends the head and the keep-alive comments, after the delay.
func (d *delivery) open() bool {
	delay, n := d.reply.Delay, d.reply.KeepAlives
	if n == 0 && !d.wait(delay) {
		return false
	}
	contentType := d.reply.Odd.ContentType
	if contentType == "" {
		contentType = "text/event-stream; charset=utf-8"
	}
	d.w.Header().Set("Content-Type", contentType)
	d.w.Header().Set("Cache-Control", "no-cache")
	d.w.WriteHeader(http.StatusOK)
	if !d.raw(d.reply.Odd.Before) {
		return false
	}
	for range n {
		if !d.raw(": keep-alive\n\n") || !d.wait(delay/time.Duration(n)) {
			return false
		}
	}
	return true
}

// finish ends a stream, or a response that has not started.
func (d *delivery) finish() {
	r := d.reply
	if r.Ending != EndStall {
		d.flight.settle()
	}
	switch r.Ending {
	case EndComplete:
		d.complete()
	case EndCut:
		// Returning ends the response.
	case EndBreak:
		d.raw(`data: {"id":"` + responseID + `","object":"chat.comp`)
		d.drop(false)
	case EndReset:
		d.wait(linger)
		d.drop(true)
	case EndStall:
		await[struct{}](d, nil)
	case EndError:
		d.event(errorBody{d.streamError()})
		d.done()
	case EndFlatError:
		d.event(struct {
			Object string `json:"object"`
			apiError
		}{"error", d.streamError()})
		d.done()
	}
}

func (d *delivery) streamError() apiError {
	return apiError{Message: d.reply.StreamErrMessage, Type: "InternalServerError", Code: http.StatusInternalServerError}
}

// complete sends finish_reason, usage and [DONE].
func (d *delivery) complete() {
	r := d.reply
	var inFinish, after *Usage
	if d.IncludeUsage && !r.OmitUsage {
		usage := d.usage()
		if r.UsageWithFinish {
			inFinish = &usage
		} else {
			after = &usage
		}
	}
	if r.FinishReason != "" {
		d.chunk([]choice{{Delta: map[string]string{}, FinishReason: &r.FinishReason}}, inFinish)
	}
	if after != nil {
		d.chunk(nil, after)
	}
	d.done()
}

func (d *delivery) done() {
	switch odd := d.reply.Odd; {
	case odd.Body != nil:
		d.raw(odd.Body(d.chunks) + odd.After)
	case !d.reply.OmitDone:
		d.frame("[DONE]")
		d.raw(odd.After)
	}
	if d.reply.Odd.KeepOpen {
		await[struct{}](d, nil)
	}
}

// choice is a choice of a streamed chunk; FinishReason is null until the last.
type choice struct {
	Index        int               `json:"index"`
	Delta        map[string]string `json:"delta"`
	Logprobs     any               `json:"logprobs"`
	FinishReason *string           `json:"finish_reason"`
}

func (d *delivery) delta(delta map[string]string) bool {
	return d.chunk([]choice{{Delta: delta}}, nil)
}

// chunk sends one chunk. With include_usage every chunk has the field usage, which is
// null except in one; without include_usage none has it.
func (d *delivery) chunk(choices []choice, usage *Usage) bool {
	type chunk struct {
		ID      string   `json:"id"`
		Object  string   `json:"object"`
		Created int64    `json:"created"`
		Model   string   `json:"model"`
		Choices []choice `json:"choices"`
	}
	if choices == nil {
		choices = []choice{}
	}
	c := chunk{responseID, "chat.completion.chunk", created, d.Model, choices}
	if !d.IncludeUsage {
		return d.event(c)
	}
	return d.event(struct {
		chunk
		Usage *Usage `json:"usage"`
	}{c, usage})
}

// event sends a chunk or its replacement, in the form set by the reply's Odd.
func (d *delivery) event(v any) bool {
	data := mustMarshal(v)
	odd := d.reply.Odd
	if odd.Name == "" {
		return d.raw(event(data))
	}
	var c map[string]any
	if err := json.Unmarshal([]byte(data), &c); err != nil {
		panic(err) // can't happen: marshalled just now
	}
	if choices, ok := c["choices"].([]any); ok && odd.Choice != nil {
		for _, choice := range choices {
			choice := choice.(map[string]any)
			odd.Choice(choice, choice["finish_reason"] != nil)
		}
	}
	if usage, ok := c["usage"].(map[string]any); ok && odd.Usage != nil {
		c["usage"] = odd.Usage(usage)
	}
	if odd.Chunk != nil {
		odd.Chunk(len(d.chunks), c)
	}
	d.chunks = append(d.chunks, c)
	if odd.Body != nil {
		return true // sent at the end
	}
	return d.frame(mustMarshal(c))
}

// frame sends the data of one event.
func (d *delivery) frame(data string) bool {
	if d.reply.Odd.Frame != nil {
		return d.raw(d.reply.Odd.Frame(data))
	}
	return d.raw(event(data))
}

package modeltest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Oddity is a deviation of a real server's reply from OpenAI's form. The zero value is
// OpenAI's form.
type Oddity struct {
	Name        string
	ContentType string                                     // of the response; empty: that of an event stream
	Chunk       func(n int, chunk map[string]any)          // changes the nth chunk
	Frame       func(data string) string                   // writes a chunk, or [DONE]; nil: as an event
	Body        func(chunks []map[string]any) string       // the whole body, instead of the chunks
	Before      string                                     // raw bytes that come first
	After       string                                     // raw bytes that come last
	Usage       func(usage map[string]any) (changed any)   // changes the usage
	Choice      func(choice map[string]any, finished bool) // changes the choice of a chunk
	KeepOpen    bool                                       // the connection stays open after the end
}

// Oddly sends a streamed reply in a server's odd way.
func (r Reply) Oddly(o Oddity) Reply { r.Odd = o; return r }

// delta returns a choice's delta.
func delta(choice map[string]any) map[string]any {
	d, _ := choice["delta"].(map[string]any)
	return d
}

// rename calls move with a choice and its content, which move puts into another field.
func rename(move func(choice map[string]any, content any)) func(map[string]any, bool) {
	return func(choice map[string]any, _ bool) {
		if content, ok := delta(choice)["content"]; ok {
			move(choice, content)
		}
	}
}

func finishing(reason any) func(map[string]any, bool) {
	return func(choice map[string]any, finished bool) {
		if finished {
			choice["finish_reason"] = reason
		}
	}
}

func framed(format string) func(string) string {
	return func(data string) string { return fmt.Sprintf(format, data) }
}

// Oddities are unusual forms of complete replies.
var Oddities = []Oddity{
	// Ends.
	{Name: "finish_reason eos", Choice: finishing("eos")},
	{Name: "finish_reason eos_token", Choice: finishing("eos_token")},
	{Name: "finish_reason STOP", Choice: finishing("STOP")},
	{Name: "finish_reason end_turn", Choice: finishing("end_turn")},
	{Name: "finish_reason stop_sequence", Choice: finishing("stop_sequence")},
	{Name: "finish_reason tool_calls", Choice: finishing("tool_calls")},
	{Name: "finish_reason of an unknown kind", Choice: finishing("max_tokens")},
	{Name: "finish_reason is empty", Choice: finishing("")},
	{Name: "finish_reason is null", Choice: finishing(nil)},
	{Name: "finish_reason is missing", Choice: func(choice map[string]any, _ bool) { delete(choice, "finish_reason") }},
	{Name: "finish_reason is a number", Choice: finishing(2)},
	{Name: "finish_reason is an object", Choice: finishing(map[string]any{"type": "stop"})},
	{Name: "finish_reason is the word null until the end", Choice: func(choice map[string]any, finished bool) {
		if !finished {
			choice["finish_reason"] = "null"
		}
	}},
	{Name: "finish_reason in every chunk", Choice: func(choice map[string]any, _ bool) { choice["finish_reason"] = "stop" }},
	{Name: "finish_reason without a delta", Choice: func(choice map[string]any, finished bool) {
		if finished {
			delete(choice, "delta")
		}
	}},
	{Name: "finish_reason with a delta of null", Choice: func(choice map[string]any, finished bool) {
		if finished {
			choice["delta"] = nil
		}
	}},
	{Name: "a connection that stays open after the end", KeepOpen: true, Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return event(data)
	}},
	{Name: "no [DONE]", Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return event(data)
	}},
	{Name: "an error after the end", Frame: func(data string) string {
		if data == "[DONE]" {
			return event(`{"error":{"message":"the log is full"}}`)
		}
		return event(data)
	}},

	// Odd fields.
	{Name: "created is a float", Chunk: func(_ int, c map[string]any) { c["created"] = 1730419200.25 }},
	{Name: "created is a string", Chunk: func(_ int, c map[string]any) { c["created"] = "2024-11-01T00:00:00Z" }},
	{Name: "the id is a number", Chunk: func(_ int, c map[string]any) { c["id"] = 17 }},
	{Name: "no fields but choices", Chunk: func(_ int, c map[string]any) {
		for _, field := range []string{"id", "object", "created", "model"} {
			delete(c, field)
		}
	}},
	{Name: "the model is null", Chunk: func(_ int, c map[string]any) { c["model"] = nil }},
	{Name: "the fingerprint is an object", Chunk: func(_ int, c map[string]any) { c["system_fingerprint"] = map[string]any{"a": 1} }},
	{Name: "usage of floats", Usage: func(u map[string]any) any {
		u["prompt_tokens"], u["completion_tokens"], u["total_tokens"] = 12.0, 3.5, "15"
		return u
	}},
	{Name: "usage of strings", Usage: func(u map[string]any) any {
		u["prompt_tokens"], u["completion_tokens"] = "12", "3"
		return u
	}},
	{Name: "usage is a list", Usage: func(map[string]any) any { return []int{1, 2} }},
	{Name: "usage is in each chunk", Chunk: func(n int, c map[string]any) {
		c["usage"] = map[string]any{"prompt_tokens": 12, "completion_tokens": n}
	}},
	{Name: "an error of null", Chunk: func(_ int, c map[string]any) { c["error"] = nil }},
	{Name: "an index that is a string", Choice: func(choice map[string]any, _ bool) { choice["index"] = "0" }},
	{Name: "no index", Choice: func(choice map[string]any, _ bool) { delete(choice, "index") }},
	{Name: "logprobs of another kind", Choice: func(choice map[string]any, _ bool) { choice["logprobs"] = "none" }},
	{Name: "a second choice", Chunk: func(_ int, c map[string]any) {
		if choices, ok := c["choices"].([]any); ok && len(choices) > 0 {
			other := map[string]any{"index": 1, "delta": map[string]any{"content": "no "}}
			c["choices"] = append([]any{other}, choices...)
		}
	}},
	{Name: "choices is null at the start", Chunk: func(n int, c map[string]any) {
		if n == 0 {
			c["choices"] = nil
		}
	}},
	{Name: "content as parts", Choice: rename(func(choice map[string]any, content any) {
		delta(choice)["content"] = []any{
			map[string]any{"type": "thinking", "thinking": []any{map[string]any{"type": "text", "text": "hmm"}}},
			map[string]any{"type": "text", "text": content},
		}
	})},
	{Name: "content as one part", Choice: rename(func(choice map[string]any, content any) {
		delta(choice)["content"] = map[string]any{"type": "text", "text": content}
	})},
	{Name: "parts of an unknown kind", Choice: rename(func(choice map[string]any, content any) {
		delta(choice)["content"] = []any{map[string]any{"type": "hologram", "text": "boo"}, content}
	})},
	{Name: "a message instead of a delta", Choice: rename(func(choice map[string]any, content any) {
		delete(choice, "delta")
		choice["message"] = map[string]any{"role": "assistant", "content": content}
	})},
	{Name: "a text instead of a delta", Choice: rename(func(choice map[string]any, content any) {
		delete(choice, "delta")
		choice["text"] = content
	})},
	{Name: "content of null beside thoughts", Chunk: func(n int, c map[string]any) {
		if choices, ok := c["choices"].([]any); ok && len(choices) > 0 && n == 0 {
			choices[0].(map[string]any)["delta"] = map[string]any{"role": "assistant", "content": nil, "reasoning_content": "so", "reasoning": "so", "tool_calls": []any{}, "refusal": nil}
		}
	}},
	{Name: "tool calls of another kind", Choice: func(choice map[string]any, _ bool) {
		if d := delta(choice); d != nil {
			d["tool_calls"], d["function_call"], d["audio"] = "none", 1, []int{}
		}
	}},

	// Forms of the stream.
	{Name: "CRLF", Frame: framed("data: %s\r\n\r\n")},
	{Name: "carriage returns alone", Frame: framed("data: %s\r\r")},
	{Name: "no space after data:", Frame: framed("data:%s\n\n")},
	{Name: "many spaces after data:", Frame: framed("data:   %s  \n\n")},
	{Name: "no blank lines", Frame: framed("data: %s\n")},
	{Name: "more blank lines", Frame: framed("\n\n\ndata: %s\n\n\n\n")},
	{Name: "ids, names and retries", Frame: framed("event: completion\nid: 4\nretry: 1000\ndata: %s\n\n")},
	{Name: "data over several lines", Frame: func(data string) string {
		if data == "[DONE]" {
			return event(data)
		}
		var v any
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			panic(err) // can't happen: marshalled before
		}
		pretty, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			panic(err)
		}
		return "data: " + strings.ReplaceAll(string(pretty), "\n", "\ndata: ") + "\n\n"
	}},
	{Name: "data within data", Frame: framed("data: data: %s\n\n")},
	{Name: "a byte order mark", Before: "\ufeff"},
	{Name: "comments between chunks", Frame: framed(": ping\n\ndata: %s\n\n:\n\n")},
	{Name: "pings", Frame: framed("event: ping\ndata: {}\n\ndata: ping\n\ndata: %s\n\n")},
	{Name: "unknown fields and events", Frame: framed("status: thinking\nx-queue: 3\n\nevent: queue\ndata: {\"position\": 3}\n\ndata: %s\n\n")},
	{Name: "chunks of nothing", Frame: framed("data: {\"choices\":[]}\n\ndata: null\n\ndata: %s\n\n")},
	{Name: "no blank line at the end", Frame: func(data string) string {
		if data == "[DONE]" {
			return "data: [DONE]"
		}
		return event(data)
	}},
	{Name: "an event stream called text", ContentType: "text/plain; charset=utf-8"},
	{Name: "[DONE] in lower case", Frame: func(data string) string { return event(strings.ReplaceAll(data, "[DONE]", "[done]")) }},
	{Name: "numbers that are no JSON", Frame: func(data string) string {
		return event(strings.Replace(data, `"logprobs":null`, `"logprobs":NaN,"score":[-Infinity, Infinity]`, 1))
	}},
	{Name: "JSON without lines", ContentType: "application/json", Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return data
	}},
	{Name: "JSON lines", ContentType: "application/x-ndjson", Frame: framed("%s\n")},
	{Name: "JSON lines of messages", ContentType: "application/x-ndjson", Frame: framed("%s\n"), Chunk: func(_ int, c map[string]any) {
		choices, _ := c["choices"].([]any)
		delete(c, "choices")
		if len(choices) > 0 {
			choice := choices[0].(map[string]any)
			content, _ := delta(choice)["content"].(string)
			c["message"] = map[string]any{"role": "assistant", "content": content}
			if choice["finish_reason"] != nil {
				c["done"], c["done_reason"] = true, "stop"
			}
		}
	}},
	{Name: "an array of chunks", ContentType: "application/json", Body: func(chunks []map[string]any) string { return mustMarshal(chunks) }},
	{Name: "one JSON object", ContentType: "application/json", Body: func(chunks []map[string]any) string { return mustMarshal(completionOf(chunks)) }},
	{Name: "one JSON object over many lines", ContentType: "application/json", Body: func(chunks []map[string]any) string {
		pretty, err := json.MarshalIndent(completionOf(chunks), "", "  ")
		if err != nil {
			panic(err)
		}
		return string(pretty) + "\n"
	}},
	{Name: "one JSON object without a finish_reason", ContentType: "application/json", Body: func(chunks []map[string]any) string {
		completion := completionOf(chunks)
		completion["choices"].([]any)[0].(map[string]any)["finish_reason"] = nil
		return mustMarshal(completion)
	}},
	{Name: "one JSON object called an event stream", Body: func(chunks []map[string]any) string { return mustMarshal(completionOf(chunks)) }},
	{Name: "one JSON object called text", ContentType: "text/html", Body: func(chunks []map[string]any) string { return "\n" + mustMarshal(completionOf(chunks)) }},
	{Name: "one event with the whole message", Body: func(chunks []map[string]any) string {
		return event(mustMarshal(completionOf(chunks))) + event("[DONE]")
	}},
	{Name: "a last chunk that repeats the message", Body: func(chunks []map[string]any) string {
		body := ""
		for _, c := range chunks {
			body += event(mustMarshal(c))
		}
		return body + event(mustMarshal(completionOf(chunks))) + event("[DONE]")
	}},
}

// Cuts are unusual forms of replies without their end.
var Cuts = []Oddity{
	{Name: "finish_reason length", Choice: finishing("length")},
	{Name: "finish_reason LENGTH", Choice: finishing("LENGTH")},
	{Name: "finish_reason content_filter", Choice: finishing("content_filter")},
	{Name: "neither finish_reason nor [DONE]", Choice: finishing(nil), Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return event(data)
	}},
	{Name: "an empty finish_reason and no [DONE]", Choice: finishing(""), Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return event(data)
	}},
	{Name: "a chunk that breaks off", Choice: finishing(nil), Frame: func(data string) string {
		if data == "[DONE]" {
			return `data: {"choices":[{"delta":{"con`
		}
		return event(data)
	}},
	{Name: "a damaged chunk", Choice: finishing(nil), Frame: func(data string) string {
		if data == "[DONE]" {
			return event(`{"choices":[{"delta":{"content":"x}`) + event("[DONE]")
		}
		return event(data)
	}},
	{Name: "JSON lines that break off", ContentType: "application/x-ndjson", Choice: finishing(nil), Frame: func(data string) string {
		if data == "[DONE]" {
			return ""
		}
		return data + "\n"
	}},
}

func event(data string) string { return "data: " + data + "\n\n" }

func mustMarshal(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // can't happen: only our own maps
	}
	return string(data)
}

// completionOf returns the completion that chunks make together.
func completionOf(chunks []map[string]any) map[string]any {
	text, finish, usage := "", any(nil), any(nil)
	for _, c := range chunks {
		if c["usage"] != nil {
			usage = c["usage"]
		}
		choices, _ := c["choices"].([]any)
		for _, choice := range choices {
			choice := choice.(map[string]any)
			content, _ := delta(choice)["content"].(string)
			text += content
			if choice["finish_reason"] != nil {
				finish = choice["finish_reason"]
			}
		}
	}
	return map[string]any{
		"id": responseID, "object": "chat.completion", "created": created, "usage": usage,
		"choices": []any{map[string]any{"index": 0, "message": map[string]any{"role": "assistant", "content": text}, "finish_reason": finish}},
	}
}

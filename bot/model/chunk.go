package model

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/sashabaranov/go-openai"
)

// chunk is the content of one part of a reply.
type chunk struct {
	text   string
	whole  bool   // text is the whole reply so far
	finish string // finish reason; empty if the reply goes on
	usage  *openai.Usage
}

// chunksOf reads a part of a reply in any of the forms that servers use. Fields of an
// unexpected type count as missing. An error in place of the reply is a *reported.
func chunksOf(data []byte) ([]chunk, error) {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return nil, err
	}
	parts, ok := value.([]any)
	if !ok {
		parts = []any{value}
	}
	var chunks []chunk
	for _, part := range parts {
		o, _ := part.(map[string]any)
		choice := choiceOf(o)
		if said := reportedBy(o); said != nil {
			return chunks, said
		}
		if said := reportedBy(choice); said != nil {
			return chunks, said
		}
		c := chunk{usage: usageOf(o)}
		c.text, c.whole = textOf(choice)
		for _, field := range []string{"finish_reason", "done_reason", "stop_reason"} {
			if c.finish == "" {
				c.finish = finishOf(choice[field])
			}
		}
		if done, _ := choice["done"].(bool); done && c.finish == "" {
			c.finish = string(openai.FinishReasonStop)
		}
		chunks = append(chunks, c)
	}
	return chunks, nil
}

// choiceOf returns the first choice of a part, the part itself if it is a choice, as
// with JSON lines, or nil.
func choiceOf(o map[string]any) map[string]any {
	switch choices := o["choices"].(type) {
	case []any:
		for i, c := range choices {
			choice, _ := c.(map[string]any)
			index, indexed := choice["index"]
			if n, ok := number(index); choice != nil && (!indexed && i == 0 || indexed && (!ok || n == 0)) {
				return choice
			}
		}
		return nil
	case map[string]any:
		return choices
	}
	if message, ok := o["message"].(map[string]any); ok && message["content"] != nil {
		return o
	}
	return nil
}

// textOf returns the text of a choice. A delta's text is new; a message may repeat
// earlier text.
func textOf(choice map[string]any) (text string, whole bool) {
	if delta, ok := choice["delta"].(map[string]any); ok {
		return contentOf(delta["content"]), false
	}
	if delta, ok := choice["delta"].(string); ok {
		return delta, false
	}
	if message, ok := choice["message"].(map[string]any); ok {
		return contentOf(message["content"]), true
	}
	return contentOf(choice["text"]), false
}

// contentOf returns the text of a message's content: a string, or the text parts of a
// list.
func contentOf(content any) string {
	switch content := content.(type) {
	case string:
		return content
	case []any:
		var b strings.Builder
		for _, part := range content {
			b.WriteString(contentOf(part))
		}
		return b.String()
	case map[string]any:
		switch content["type"] {
		case nil, "text", "output_text", "text_delta":
			if inner, ok := content["text"].(map[string]any); ok {
				return contentOf(inner["value"])
			}
			text, _ := content["text"].(string)
			return text
		}
	}
	return ""
}

// finishOf returns a finish reason, empty if there is none.
func finishOf(reason any) string {
	if o, ok := reason.(map[string]any); ok {
		reason = o["type"]
	}
	switch reason := reason.(type) {
	case string:
		if lower := strings.ToLower(strings.TrimSpace(reason)); lower != "null" && lower != "none" {
			return lower
		}
	case float64:
		return strconv.Itoa(int(reason))
	case bool:
		if reason {
			return string(openai.FinishReasonStop)
		}
	}
	return ""
}

// usageOf returns the token counts in a part, nil if there are none.
func usageOf(o map[string]any) *openai.Usage {
	usage, ok := o["usage"].(map[string]any)
	if !ok {
		vendor, _ := o["x_groq"].(map[string]any)
		usage, ok = vendor["usage"].(map[string]any)
	}
	if !ok {
		usage = map[string]any{"prompt_tokens": o["prompt_eval_count"], "completion_tokens": o["eval_count"]}
	}
	var u openai.Usage
	for _, count := range []struct {
		field string
		to    *int
	}{
		{"prompt_tokens", &u.PromptTokens}, {"input_tokens", &u.PromptTokens},
		{"completion_tokens", &u.CompletionTokens}, {"output_tokens", &u.CompletionTokens},
	} {
		if n, ok := number(usage[count.field]); ok && *count.to == 0 && n > 0 {
			*count.to = int(n)
		}
	}
	if u.PromptTokens == 0 && u.CompletionTokens == 0 {
		return nil
	}
	u.TotalTokens = u.PromptTokens + u.CompletionTokens
	return &u
}

// number reads a number, also one in quotation marks.
func number(value any) (float64, bool) {
	switch value := value.(type) {
	case float64:
		return value, true
	case string:
		n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		return n, err == nil
	}
	return 0, false
}

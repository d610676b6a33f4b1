package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"reportbot/store/text/lazyregexp"
)

// maxSaid is the most bytes kept of a server's message, maxShown the most characters
// shown.
const (
	maxSaid  = 8 << 10
	maxShown = 300
)

// reported is an error that a server reports in a body or a stream.
type reported struct {
	status int    // named in the body; 0: none
	text   string // for the operator
	all    string // the whole message, to classify the error
}

func (r *reported) Error() string { return r.text }

// readReported reads an error in any form: JSON, an event stream, an HTML page, text.
func readReported(body []byte) *reported {
	body = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff")))
	body = body[:min(len(body), maxSaid)]
	var value any
	if json.Unmarshal(body, &value) == nil {
		if list, ok := value.([]any); ok && len(list) > 0 {
			value = list[0]
		}
		if o, ok := value.(map[string]any); ok {
			if said := reportedBy(o); said != nil {
				return said
			}
			if said := reportedBy(map[string]any{"error": value}); said != nil {
				return said
			}
		}
		if text, ok := value.(string); ok {
			return &reported{text: shown(text), all: text}
		}
		return &reported{text: shown(string(body)), all: string(body)}
	}
	for events := newEventReader(bytes.NewReader(body)); ; {
		e, err := events.next()
		if err != nil {
			break
		}
		if e.kind == errorEvent || e.kind == dataEvent {
			return readReported(e.data)
		}
	}
	return &reported{text: shown(textOfPage(string(body))), all: string(body)}
}

// reportedBy returns the error that an object is or contains, nil for none.
func reportedBy(o map[string]any) *reported {
	inner := o["error"]
	switch value := inner.(type) {
	case nil, bool:
		inner = nil
	case string:
		if value == "" {
			inner = nil
		}
	}
	if inner == nil {
		_, choices := o["choices"]
		if choices || o["object"] != "error" && o["type"] != "error" && o["detail"] == nil && o["errors"] == nil && (o["code"] == nil || o["message"] == nil) {
			return nil
		}
		inner = o
	}
	said := &reported{}
	if all, err := json.Marshal(o); err == nil {
		said.all = string(all)
	}
	for _, from := range []any{inner, o} {
		fields, _ := from.(map[string]any)
		for _, field := range []string{"status", "status_code", "code", "statusCode"} {
			if n, ok := number(fields[field]); ok && said.status == 0 && n >= 400 && n < 600 {
				said.status = int(n)
			}
		}
	}
	said.text = shown(wordsOf(inner))
	if said.text == "" {
		said.text = shown(said.all)
	}
	return said
}

// wordsOf returns the readable text of an error: its message and the field concerned,
// else its code or type.
func wordsOf(value any) string {
	switch value := value.(type) {
	case string:
		var inner map[string]any
		if strings.HasPrefix(value, "{") && json.Unmarshal([]byte(value), &inner) == nil {
			if words := wordsOf(inner); words != "" {
				return words // nested, as gateways pass errors on
			}
		}
		return value
	case []any:
		var parts []string
		for _, part := range value {
			if words := wordsOf(part); words != "" {
				parts = append(parts, words)
			}
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		for _, field := range []string{"message", "msg", "error", "detail", "errors", "description", "title", "error_description", "reason"} {
			words := wordsOf(value[field])
			if words == "" {
				continue
			}
			for _, about := range []string{"param", "loc"} {
				if place := wordsOf(value[about]); place != "" && !strings.Contains(words, place) {
					words += " (" + place + ")"
				}
			}
			return words
		}
		for _, field := range []string{"code", "type", "status"} {
			if value[field] != nil {
				return fmt.Sprintf("%s %v", field, value[field])
			}
		}
	}
	return ""
}

var (
	pageTitle = lazyregexp.New(`(?is)<title[^>]*>(.*?)</title>`)
	pageCode  = lazyregexp.New(`(?is)<(script|style|head)\b.*?</(script|style|head)>`)
	pageTag   = lazyregexp.New(`(?s)<[^>]*>`)
)

// textOfPage returns an HTML page's title or text, and other text unchanged.
func textOfPage(page string) string {
	if !strings.HasPrefix(strings.TrimSpace(page), "<") {
		return page
	}
	if title := pageTitle.FindStringSubmatch(page); title != nil && strings.TrimSpace(title[1]) != "" {
		return title[1]
	}
	return pageTag.ReplaceAllString(pageCode.ReplaceAllString(page, " "), " ")
}

// shown returns text in one line, shortened.
func shown(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return text
}

// Patterns of servers' messages, in lower case.
var (
	saysTooLong = lazyregexp.New(`context_length|exceed_context|context[ _-](length|size|window)|maximum context|n_ctx|` +
		`(prompt|input|request|message|conversation|sequence|text)s?\b.{0,40}\b(is|are|was|were|has|have)? ?(too (long|large|big)|exceeds?)|` +
		`too many (input )?tokens|(less|fewer|more|greater) than .{0,40}tokens|(exceeds?|over|above|more than|reduce|longer than) .{0,40}(tokens?|context|length)|` +
		`(tokens?|length) .{0,60}(exceeds?|is too|must be (<|less|at most)|greater than|over the)|string_above_max_length|payload too large`)
	saysNoSystem = lazyregexp.New(`\b(system|developer) ?(role|message|prompt|instruction)s?\b|\broles?\b.{0,80}\bsystem\b|` +
		`roles must alternate|only user and assistant|unknown (role|variant).{0,20}system|['"` + "`" + `]system['"` + "`" + `]`)
	saysNoStream = lazyregexp.New(`\bstream(ing|ed)?\b`)
	saysRefused  = lazyregexp.New(`not (currently |yet )?(be )?(support|allow|implement|enabl|available|permit|accept)|un(supported|recogni[sz]ed|expected|known)|disabled|` +
		`(can|could|must|may|does|do|is|are)(n't| ?not)\b|must be false|invalid|forbidden|extra (fields|inputs)|not (a )?valid|refus|without stream|non-stream`)
	saysRequired  = lazyregexp.New(`required|missing|must be (set|given|specified|provided|present)|needs? `)
	saysNoModel   = lazyregexp.New(`model.{0,120}(not found|does ?n[o']t exist|do not exist|not exist|not loaded|unknown|not available|unavailable|no longer|decommission|deprecated|unloaded)|(unknown|no such|invalid|unsupported) model|model_not_found|(not found|no).{0,20}\bmodel\b`)
	saysNoMoney   = lazyregexp.New(`insufficient[_ ](quota|balance|credit|funds)|exceeded your current quota|credit balance|billing_hard_limit|billing (hard )?limit`)
	saysLoading   = lazyregexp.New(`\bloading\b|warming|starting up|\bis starting\b|initiali[sz]ing|estimated_time|not (yet )?ready|cold.?start|waking|being (loaded|started|pulled|downloaded)`)
	saysBusy      = lazyregexp.New(`\bbusy\b|overload|no (free |available )?slots?|at capacity|queue is full|too many (concurrent )?requests`)
	saysTemporary = lazyregexp.New(`overload|\bbusy\b|rate.?limit|too many requests|try(ing)? again|retry|temporar|unavailable|time(d)?[ -]?out|capacity|server_error|internal (server )?error`)
)

// tooLong reports whether a prompt was too long for the model or server.
func (e *Error) tooLong() bool {
	switch e.Status {
	case http.StatusRequestEntityTooLarge:
		return true
	case http.StatusTooManyRequests:
		return strings.Contains(e.said, "too large")
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusPaymentRequired:
		return false
	}
	return saysTooLong.MatchString(e.said)
}

// noModel reports whether the server doesn't have the model.
func (e *Error) noModel() bool {
	switch e.Status {
	case http.StatusNotFound, http.StatusGone:
		return true
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, 0:
		return false
	}
	return saysNoModel.MatchString(e.said)
}

// loading reports whether the server is still loading the model.
func (e *Error) loading() bool {
	return e.Status != 0 && e.Status != http.StatusNotFound && e.Temporary() && saysLoading.MatchString(e.said)
}

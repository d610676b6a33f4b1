package modeltest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Ending is how a chat reply ends.
type Ending int

const (
	// EndComplete sends the finish_reason, the usage if asked for, and [DONE].
	EndComplete Ending = iota

	// EndCut ends the response early but cleanly, as proxies do: the client of a
	// stream gets io.EOF as at any end.
	EndCut

	// EndBreak closes the connection in the middle of an event, without the transfer
	// encoding's final chunk (io.ErrUnexpectedEOF).
	EndBreak

	// EndReset resets the connection (ECONNRESET).
	EndReset

	// EndStall sends nothing more and waits for the client to disconnect.
	EndStall

	// EndError sends an error object inside the stream, then [DONE], as vLLM
	// does: {"error": {"message": ...}}.
	EndError

	// EndFlatError is EndError without the outer object; clients may mistake the
	// event for a chunk without choices:
	// {"object": "error", "message": ...}.
	EndFlatError
)

// beforeHead is the value of EndAfter that ends a reply before its head.
const beforeHead = -1

// Usage is the count of tokens that a reply reports.
type Usage struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	TotalTokens      int `json:"total_tokens"`
}

// Reply is what the server sends for one request. Build it with one of the
// functions below: the zero value is an empty stream without a finish_reason.
// The methods return a changed copy.
//
// A request without "stream" gets the same reply as one JSON object, after the sum of
// all delays. EndCut and EndBreak then end it in the middle of the object, and the error
// objects become a response with status 500.
type Reply struct {
	Reasoning []string // reasoning_content deltas, sent before the content
	Content   []string // content deltas

	FinishReason string // "stop", "length", ...; empty: none is sent
	OmitDone     bool   // no "data: [DONE]" at the end

	Usage           *Usage // nil: counted, see CountTokens
	OmitUsage       bool   // no usage although it was asked for
	UsageWithFinish bool   // usage in the chunk with the finish_reason, not in a separate one

	Delay            time.Duration   // before the response's head
	Pause            time.Duration   // between deltas
	KeepAlives       int             // comment lines before the first delta; the head then comes at once, and they spread over Delay
	EmptyChunkFirst  bool            // a chunk without choices before all others
	Garbage          string          // raw bytes put into the stream ...
	GarbageAfter     int             // ... after so many content deltas
	Hold             <-chan struct{} // the stream waits until it is closed ...
	HoldAfter        int             // ... after so many content deltas
	Ending           Ending
	EndAfter         int    // content deltas before an Ending other than EndComplete; -1: not even the head is sent
	StreamErrMessage string // the message of EndError and EndFlatError

	Odd Oddity // the stream's deviation from OpenAI's form

	// Status, if not 0, makes the reply a plain HTTP response with Body and Header.
	// Of the fields above only Delay and Hold apply then, and Pause between the
	// events of a Body that is an event stream.
	Status     int
	Body       string
	Header     http.Header
	RetryAfter time.Duration // Retry-After, in whole seconds, rounded up; 0: none
}

// Text is a complete reply, streamed in small deltas. They split words, citations like
// [S1], tags, and letters of several runes, always at the same places. An empty text is
// a reply without content.
func Text(text string) Reply { return Chunks(split(text)...) }

// Chunks is a complete reply streamed in these deltas.
func Chunks(deltas ...string) Reply {
	return Reply{Content: slices.Clone(deltas), FinishReason: "stop"}
}

// finelySplit is how many runes of a text are split into runs of one to three runes. The
// rest is split into longer runs, to save processor time.
const finelySplit = 600

// split cuts a text into runs of 2, 1, 3, 2, 1, 3, ... runes, and after finelySplit
// runes into runs ten times as long.
func split(text string) []string {
	var parts []string
	sizes := [...]int{2, 1, 3}
	runes := []rune(text)
	for at := 0; at < len(runes); {
		size := sizes[len(parts)%len(sizes)]
		if at >= finelySplit {
			size *= 10
		}
		end := min(at+size, len(runes))
		parts = append(parts, string(runes[at:end]))
		at = end
	}
	return parts
}

// Fail is an error of the HTTP status with OpenAI's error object for it. Change
// the body with WithBody.
func Fail(status int) Reply {
	e := apiError{status: status, Type: "invalid_request_error"}
	switch status {
	case http.StatusUnauthorized:
		e.Message, e.Code = "Incorrect API key provided.", "invalid_api_key"
	case http.StatusNotFound:
		e.Message, e.Code = "The model does not exist or you do not have access to it.", "model_not_found"
	case http.StatusTooManyRequests:
		e.Message, e.Type, e.Code = "Rate limit reached for requests.", "requests", "rate_limit_exceeded"
	case http.StatusInternalServerError:
		e.Message, e.Type = "The server had an error while processing your request.", "server_error"
	default:
		e.Message = http.StatusText(status)
		if status >= 500 {
			e.Type = "server_error"
		}
	}
	body, err := json.Marshal(errorBody{e})
	if err != nil {
		panic(err) // strings only
	}
	return Reply{Status: status}.WithBody("application/json", string(body))
}

// RateLimited is a 429 with Retry-After; 0 leaves the header out.
func RateLimited(retryAfter time.Duration) Reply {
	r := Fail(http.StatusTooManyRequests)
	r.RetryAfter = retryAfter
	return r
}

// QuotaExceeded is the 429 of an account without money; waiting doesn't help.
func QuotaExceeded() Reply {
	return Fail(http.StatusTooManyRequests).WithBody("application/json",
		`{"error":{"message":"You exceeded your current quota, please check your plan and billing details.",`+
			`"type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`)
}

// BadGateway is a 502 with a proxy's HTML page.
func BadGateway() Reply {
	return Fail(http.StatusBadGateway).WithBody("text/html",
		"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"+
			"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n")
}

// Stalled sends nothing, not even a head, until the client disconnects.
func Stalled() Reply { return Text("").StallAfter(beforeHead) }

// Dropped resets the connection before anything is sent.
func Dropped() Reply { return Text("").ResetAfter(beforeHead) }

package modeltest

import (
	"maps"
	"net/http"
	"time"
)

// The methods of this file return a changed copy of a reply.

// WithDelay waits before the response's head.
func (r Reply) WithDelay(d time.Duration) Reply { r.Delay = d; return r }

// WithPause waits between deltas.
func (r Reply) WithPause(d time.Duration) Reply { r.Pause = d; return r }

// WithFinish sets the finish_reason; empty: the stream ends without one.
func (r Reply) WithFinish(reason string) Reply { r.FinishReason = reason; return r }

// WithoutDone leaves out "data: [DONE]".
func (r Reply) WithoutDone() Reply { r.OmitDone = true; return r }

// WithUsage reports these token counts instead of computed ones.
func (r Reply) WithUsage(prompt, completion int) Reply {
	r.Usage = &Usage{prompt, completion, prompt + completion}
	return r
}

// WithoutUsage reports no usage although it was asked for.
func (r Reply) WithoutUsage() Reply { r.OmitUsage = true; return r }

// WithReasoning sends the text as reasoning_content before the content.
func (r Reply) WithReasoning(text string) Reply { r.Reasoning = split(text); return r }

// WithKeepAlives sends n comment lines before the first delta.
func (r Reply) WithKeepAlives(n int) Reply { r.KeepAlives = n; return r }

// WithEmptyChunk begins the stream with a chunk without choices.
func (r Reply) WithEmptyChunk() Reply { r.EmptyChunkFirst = true; return r }

// WithGarbage puts raw bytes into the stream after n content deltas.
func (r Reply) WithGarbage(n int, raw string) Reply {
	r.Garbage, r.GarbageAfter = raw, n
	return r
}

// HoldUntil makes the stream wait after n content deltas until release is closed
// (or the client disconnects).
func (r Reply) HoldUntil(n int, release <-chan struct{}) Reply {
	r.Hold, r.HoldAfter = release, n
	return r
}

// CutAfter ends the response cleanly after n content deltas, see EndCut.
func (r Reply) CutAfter(n int) Reply { return r.endAfter(EndCut, n) }

// BreakAfter closes the connection within the event after n content deltas, see
// EndBreak.
func (r Reply) BreakAfter(n int) Reply { return r.endAfter(EndBreak, n) }

// ResetAfter resets the connection after n content deltas.
func (r Reply) ResetAfter(n int) Reply { return r.endAfter(EndReset, n) }

// StallAfter sends nothing more after n content deltas.
func (r Reply) StallAfter(n int) Reply { return r.endAfter(EndStall, n) }

// StreamError sends an error object after n content deltas, see EndError.
func (r Reply) StreamError(n int, message string) Reply {
	r.StreamErrMessage = message
	return r.endAfter(EndError, n)
}

// FlatStreamError sends an error object after n content deltas, see EndFlatError.
func (r Reply) FlatStreamError(n int, message string) Reply {
	r.StreamErrMessage = message
	return r.endAfter(EndFlatError, n)
}

func (r Reply) endAfter(e Ending, n int) Reply {
	r.Ending, r.EndAfter = e, n
	return r
}

// WithBody sets the body and content type of a reply with a status.
func (r Reply) WithBody(contentType, body string) Reply {
	r.Body = body
	return r.WithHeader("Content-Type", contentType)
}

// WithHeader sets a header field of a reply with a status.
func (r Reply) WithHeader(key, value string) Reply {
	r.Header = maps.Clone(r.Header)
	if r.Header == nil {
		r.Header = make(http.Header)
	}
	r.Header.Set(key, value)
	return r
}

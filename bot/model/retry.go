package model

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"reportbot/store/text/lazyregexp"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
)

// How often a failed call is retried, and after which pauses.
const (
	retries     = 2
	busyRetries = 4 // if the server is busy
	firstPause  = 500 * time.Millisecond
	maxPause    = 4 * time.Second
	pauseJitter = .25
	// maxWait is the longest wait that a server may request: rather than wait longer, people
	// get an answer without the model.
	maxWait = 20 * time.Second
	// loadingPause is the pause while the server is loading the model.
	loadingPause = 2 * time.Second
)

// RetryPolicies returns the policies for retrying a call to the model, outermost
// first: while the server is loading the model, until wait has passed; if it is busy,
// busyRetries times; for other temporary failures (MayPass), retries times. If again is
// not nil, a call is retried only if again returns true for its result.
func RetryPolicies[R any](wait time.Duration, again func(R) bool) []failsafe.Policy[R] {
	allowed := func(r R) bool { return again == nil || again(r) }
	policy := func(handle func(error) bool) retrypolicy.Builder[R] {
		return retrypolicy.NewBuilder[R]().
			HandleIf(func(r R, err error) bool { return allowed(r) && handle(err) }).
			WithJitterFactor(pauseJitter).
			WithDelayFunc(serversWait[R]).
			ReturnLastFailure()
	}
	return []failsafe.Policy[R]{
		policy(isLoading).WithMaxRetries(-1).WithMaxDuration(wait).WithDelay(loadingPause).Build(),
		policy(isBusy).WithMaxRetries(busyRetries).WithBackoff(firstPause, maxPause).Build(),
		policy(func(err error) bool { return MayPass(err) && !isLoading(err) && !isBusy(err) }).WithMaxRetries(retries).WithBackoff(firstPause, maxPause).Build(),
	}
}

// serversWait is the pause that the server requests; -1, the default pause, if it
// requests none.
func serversWait[R any](e failsafe.ExecutionAttempt[R]) time.Duration {
	var failed *Error
	if errors.As(e.LastError(), &failed) && failed.RetryAfter > 0 {
		return time.Duration(float64(min(failed.RetryAfter, maxWait)) / (1 - pauseJitter)) // the jitter must not make it shorter
	}
	return -1
}

// MayPass reports whether the same call may succeed after a short pause.
func MayPass(err error) bool {
	var failed *Error
	if errors.As(err, &failed) {
		return failed.Temporary() && !failed.tooLong() && (failed.RetryAfter <= maxWait || failed.loading())
	}
	return errors.Is(err, ErrCut)
}

func isLoading(err error) bool {
	var failed *Error
	return errors.As(err, &failed) && failed.loading()
}

// isBusy reports whether the server has too many requests at the moment.
func isBusy(err error) bool {
	var failed *Error
	return errors.As(err, &failed) && MayPass(err) && !failed.loading() &&
		(failed.Status == http.StatusTooManyRequests || saysBusy.MatchString(failed.said))
}

var saysWhen = lazyregexp.New(`(?i)(?:try again|retry|available) (?:in|after) ~?((?:\d+(?:\.\d+)? ?(?:milliseconds?|seconds?|minutes?|hours?|secs?|mins?|ms|[smh]) ?)+)|"retryDelay": ?"([\d.]+s)"|"(?:estimated_time|retry_after)": ?([\d.]+)`)

// retryAfter reads the wait that a server requests in its header or its message; 0 if
// there is none.
func retryAfter(header http.Header, said string, now time.Time) time.Duration {
	if ms, ok := number(header.Get("Retry-After-Ms")); ok && ms > 0 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	value := strings.TrimSpace(header.Get("Retry-After"))
	if wait := duration(value); wait > 0 {
		return wait
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	if found := saysWhen.FindStringSubmatch(said); found != nil {
		return duration(found[1] + found[2] + found[3])
	}
	return 0
}

var longUnits = lazyregexp.New(`(?i)\b(\d+(?:\.\d+)?) ?(milliseconds?|ms|hours?|h|minutes?|mins?|m|seconds?|secs?|s)\b ?`)

// duration reads seconds, or a time with units such as 1m20s; 0 for neither.
func duration(text string) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 && seconds < 1e6 {
		return time.Duration(seconds * float64(time.Second))
	}
	text = longUnits.ReplaceAllStringFunc(text, func(part string) string {
		found := longUnits.FindStringSubmatch(part)
		unit := strings.ToLower(found[2])
		switch {
		case strings.HasPrefix(unit, "mil"), unit == "ms":
			return found[1] + "ms"
		}
		return found[1] + unit[:1]
	})
	wait, err := time.ParseDuration(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		return 0
	}
	return max(0, wait)
}

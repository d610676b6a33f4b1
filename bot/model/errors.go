package model

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// ErrCut means that a reply is incomplete.
var ErrCut = errors.New("the reply was cut off")

// Error is a failure of the model's server. It contains neither key nor address.
type Error struct {
	Status     int // HTTP status; 0 if the server wasn't reached
	Message    string
	RetryAfter time.Duration // requested by the server; 0: none

	said string // the server's whole message, in lower case
}

func (e *Error) Error() string { return e.Message }

// Temporary reports whether the same request may succeed later.
func (e *Error) Temporary() bool {
	if saysNoMoney.MatchString(e.said) {
		return false
	}
	switch e.Status {
	case 0, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	case http.StatusOK, http.StatusConflict:
		return saysTemporary.MatchString(e.said) || saysLoading.MatchString(e.said)
	}
	return e.Status >= http.StatusInternalServerError
}

// TooLong reports whether err means that a prompt was too long for the model.
func TooLong(err error) bool {
	var failed *Error
	return errors.As(err, &failed) && failed.tooLong()
}

// hints are advice for the operator, by status.
var hints = map[int]string{
	http.StatusUnauthorized:    "set OPENAI_API_KEY to a key of this server",
	http.StatusForbidden:       "OPENAI_API_KEY may not use this model",
	http.StatusPaymentRequired: "the account has no money left",
	http.StatusNotFound:        "set OPENAI_MODEL to one that it has, and OPENAI_BASE_URL with /v1",
}

// failure returns the error of a response.
func (s *secrets) failure(status int, said *reported, wait time.Duration) *Error {
	message := fmt.Sprintf("the model's server answered %d", status)
	if said.text != "" {
		message += ": " + said.text
	}
	if hint := hints[status]; hint != "" {
		message += " (" + hint + ")"
	}
	return &Error{Status: status, Message: s.hide(message), RetryAfter: wait, said: strings.ToLower(said.all)}
}

// explain returns an error without addresses and keys; ctx is the request's.
func (s *secrets) explain(ctx context.Context, err error) error {
	var failed *Error
	switch {
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return fmt.Errorf("the model's server did not answer in time: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, ErrCut):
		return err
	case errors.As(err, &failed):
		return failed
	}
	message := "the model's server can't be reached"
	if cause := causeOf(err); cause != "" {
		message += ": " + cause
	}
	return &Error{Message: s.hide(message)}
}

// causeOf explains why a server wasn't reached, without its address.
func causeOf(err error) string {
	var (
		lookup      *net.DNSError
		system      syscall.Errno
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &lookup):
		return "its host name has no address"
	case errors.As(err, &certificate):
		return "its certificate is not trusted"
	case errors.As(err, &record):
		return "it doesn't speak TLS; is its address http and not https?"
	case errors.As(err, &system):
		return system.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it closed the connection"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it took too long"
	}
	return ""
}

// secrets removes keys and addresses from texts.
type secrets struct{ replacer *strings.Replacer }

// minSecret is the least length of a key that is removed; shorter ones are
// placeholders such as "x".
const minSecret = 4

func newSecrets(address *url.URL, key string) *secrets {
	var pairs []string
	hide := func(secret, name string) {
		if len(secret) >= minSecret {
			pairs = append(pairs, secret, name)
		}
	}
	hide(key, "[key]")
	hide(url.QueryEscape(key), "[key]")
	if password, ok := address.User.Password(); ok {
		hide(password, "[key]")
	}
	for name, values := range address.Query() {
		for _, value := range values {
			if name != apiVersion {
				hide(value, "[key]")
			}
		}
	}
	plain := *address
	plain.User, plain.RawQuery, plain.Fragment = nil, "", ""
	hide(address.String(), "[address]")
	hide(plain.String(), "[address]")
	hide(address.Host, "[address]")
	return &secrets{strings.NewReplacer(pairs...)}
}

func (s *secrets) hide(text string) string { return s.replacer.Replace(text) }

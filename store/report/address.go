package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxDownload is the most bytes that are fetched from an address.
const maxDownload = 20 << 20

// fetchTimeout bounds fetching a report from an address, from the first byte
// sent to the last one read.
const fetchTimeout = 30 * time.Second

// nameOf returns an address as it may be shown and stored: a password in it is
// the operator's alone.
func nameOf(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil && strings.Contains(address, "@"): // the error may say the password
		return "", errors.New("the report's address is malformed: signs in a user's name or password are written as %XX")
	case err != nil:
		return "", fmt.Errorf("%s: %w", address, plain(err))
	case u.User == nil:
		return address, nil
	}
	return u.Redacted(), nil
}

// openAddress reads the report at an http(s) address. A server that knows
// what its content was last time is asked only for what is new. Errors and the
// source call it name.
func openAddress(ctx context.Context, name, address string, last Reading) (*Source, error) {
	fetched, err := fetch(ctx, address, last)
	var unchanged *UnchangedError
	switch {
	case errors.As(err, &unchanged):
		return nil, fmt.Errorf("%s: %w", name, err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, &FetchError{err})
	}
	source, err := parse(ctx, name, "report"+fetched.ending, fetched.data, last)
	if err != nil {
		return nil, err
	}
	source.ETag, source.LastModified = fetched.header.Get("ETag"), fetched.header.Get("Last-Modified")
	return source, nil
}

// FetchError means that a server didn't send a report.
type FetchError struct{ Err error }

func (e *FetchError) Error() string { return e.Err.Error() }
func (e *FetchError) Unwrap() error { return e.Err }

// fetched is what a server sent.
type fetched struct {
	data   []byte
	ending string // under which it is to be read
	header http.Header
}

func fetch(ctx context.Context, address string, last Reading) (*fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	for header, value := range map[string]string{"If-None-Match": last.ETag, "If-Modified-Since": last.LastModified} {
		if value != "" {
			request.Header.Set(header, value)
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, plain(err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotModified && last != (Reading{}):
		return nil, &UnchangedError{}
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the server answered %s", response.Status)
	case response.ContentLength > maxDownload:
		return nil, tooLong(maxDownload)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxDownload+1))
	switch {
	case err != nil:
		return nil, plain(err)
	case len(data) > maxDownload:
		return nil, tooLong(maxDownload)
	}
	mediaType := response.Header.Get("Content-Type")
	ending := endingOf(response.Request.URL.Path, mediaType)
	return &fetched{inUTF8(data, mediaType, ending), ending, response.Header}, nil
}

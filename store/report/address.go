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

// maxDownload limits a download, in bytes.
const maxDownload = 20 << 20

// fetchTimeout limits a whole download.
const fetchTimeout = 30 * time.Second

// safeAddress returns an address without its password, to be shown and stored.
func safeAddress(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil && strings.Contains(address, "@"): // the error may say the password
		return "", errors.New("the report's URL is malformed: special characters in a user name or password must be written as %XX")
	case err != nil:
		return "", fmt.Errorf("%s: %w", address, plain(err))
	case u.User == nil:
		return address, nil
	}
	return u.Redacted(), nil
}

// openAddress reads the report at an http(s) address. The request is conditional on the
// last reading. Errors and the source use name for the address.
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

// FetchError means that a download failed.
type FetchError struct{ Err error }

func (e *FetchError) Error() string { return e.Err.Error() }
func (e *FetchError) Unwrap() error { return e.Err }

// fetched is a downloaded file.
type fetched struct {
	data   []byte
	ending string // the file name extension that selects the format
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
	return &fetched{toUTF8(data, mediaType, ending), ending, response.Header}, nil
}

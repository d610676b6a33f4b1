package report

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// maxDownload is the most bytes that are fetched from an address.
const maxDownload = 20 << 20

// fetchTimeout bounds reading a report from an address, from the first byte
// sent to the last one read.
const fetchTimeout = 30 * time.Second

// openAddress reads the report at an http(s) address. A server that knows
// what its content was last time is asked only for what is new.
func openAddress(ctx context.Context, address string, last Reading) (*Source, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	response, err := ask(ctx, address, last)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	defer response.Body.Close()
	data, err := download(response)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	source, err := parse(address, "report"+endingOf(response.Request.URL.Path, response.Header.Get("Content-Type")), data, last)
	if err != nil {
		return nil, err
	}
	source.ETag, source.LastModified = response.Header.Get("ETag"), response.Header.Get("Last-Modified")
	return source, nil
}

func ask(ctx context.Context, address string, last Reading) (*http.Response, error) {
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
	switch {
	case response.StatusCode == http.StatusNotModified && last != (Reading{}):
		err = &UnchangedError{}
	case response.StatusCode != http.StatusOK:
		err = fmt.Errorf("the server answered %s", response.Status)
	case response.ContentLength > maxDownload:
		err = tooLong(maxDownload)
	}
	if err != nil {
		response.Body.Close()
		return nil, err
	}
	return response, nil
}

func download(response *http.Response) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(response.Body, maxDownload+1))
	if err != nil {
		return nil, plain(err)
	}
	if len(data) > maxDownload {
		return nil, tooLong(maxDownload)
	}
	return data, nil
}

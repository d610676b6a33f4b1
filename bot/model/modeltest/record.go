package modeltest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
)

// Record returns a transport that passes one request on to next (nil:
// http.DefaultTransport) and writes the exchange to the file once the response
// has been read or closed; without keys: the Authorization, its value wherever
// else it stands, and everything that looks like a key are replaced. The error
// of writing comes from the body's Read or Close. A second request is an error.
//
// Use it in a client that makes a recording by hand:
//
//	config.HTTPClient = &http.Client{Transport: modeltest.Record("testdata/long.http", nil)}
func Record(path string, next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return &recorder{path: path, next: next}
}

type recorder struct {
	path string
	next http.RoundTripper

	mu   sync.Mutex
	used bool
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	used := r.used
	r.used = true
	r.mu.Unlock()
	if used {
		closeBody(req)
		return nil, fmt.Errorf("modeltest: %s records one exchange; a second request came", r.path)
	}

	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		closeBody(req)
		if err != nil {
			return nil, err
		}
		// A transport must not change the request it was given.
		req = req.Clone(req.Context())
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &recordedBody{
		ReadCloser: resp.Body,
		path:       r.path,
		secret:     credential(req.Header.Get("Authorization")),
		exchange: Exchange{
			Method:         req.Method,
			Path:           req.URL.EscapedPath(),
			RequestHeader:  req.Header.Clone(),
			RequestBody:    string(body),
			Status:         resp.StatusCode,
			ResponseHeader: resp.Header.Clone(),
		},
	}
	return resp, nil
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close() // it was only read
	}
}

// credential is the key in an Authorization header, empty if there is none.
func credential(header string) string {
	if _, key, ok := strings.Cut(header, " "); ok {
		header = strings.TrimSpace(key)
	}
	// Placeholders for servers without keys ("none", "EMPTY") are not secrets, and
	// replacing them everywhere would damage the recording.
	if len(header) < 6 {
		return ""
	}
	return header
}

// recordedBody records the data read, and writes the file at the end or at Close,
// whichever is first: clients of a stream stop at [DONE].
type recordedBody struct {
	io.ReadCloser
	path, secret string
	exchange     Exchange
	read         bytes.Buffer
	saved        bool
}

func (b *recordedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read.Write(p[:n])
	if err == io.EOF {
		if saveErr := b.save(); saveErr != nil {
			err = saveErr
		}
	}
	return n, err
}

func (b *recordedBody) Close() error {
	return errors.Join(b.ReadCloser.Close(), b.save())
}

func (b *recordedBody) save() error {
	if b.saved {
		return nil
	}
	b.saved = true
	b.exchange.ResponseBody = b.read.String()
	return os.WriteFile(b.path, []byte(b.exchange.scrub(b.secret).format()), 0o644)
}

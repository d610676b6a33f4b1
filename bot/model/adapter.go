package model

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// apiVersion is a query parameter that some servers require.
	apiVersion = "api-version"
	// maxRedirects is the most redirects that a request follows.
	maxRedirects = 5
)

// adapter is the openai.HTTPDoer that sends the library's requests and converts the
// responses to OpenAI's form: go-openai fails if a field has another type. A refusal
// is an *Error.
type adapter struct {
	http    *http.Client
	query   url.Values // of the server's address
	secrets *secrets
}

func (a *adapter) Do(request *http.Request) (*http.Response, error) {
	if len(a.query) > 0 {
		request.URL.RawQuery = a.query.Encode()
	}
	response, err := a.follow(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		defer response.Body.Close()
		said := readReported(readSome(response.Body))
		return nil, a.secrets.failure(response.StatusCode, said, retryAfter(response.Header, said.all, time.Now()))
	}
	path := request.URL.Path
	if strings.HasSuffix(path, "/chat/completions") && strings.Contains(request.Header.Get("Accept"), "event-stream") {
		response.Body = &standardStream{events: newEventReader(response.Body), body: response.Body, secrets: a.secrets}
		return response, nil
	}
	defer response.Body.Close()
	var standard any
	switch {
	case strings.HasSuffix(path, "/chat/completions"):
		standard, err = a.completion(response.Body)
	case strings.HasSuffix(path, "/embeddings"):
		standard, err = a.read(response.Body, func(value any) any { return embeddingsOf(value) })
	default:
		standard, err = a.read(response.Body, func(value any) any { return modelsOf(value) })
	}
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(standard)
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// readSome reads the body of an error, up to maxSaid bytes and for at most endTimeout.
func readSome(body io.ReadCloser) []byte {
	late := time.AfterFunc(endTimeout, func() { body.Close() }) // ends the read
	defer late.Stop()
	data, _ := io.ReadAll(io.LimitReader(body, maxSaid)) // a partial body is enough
	return data
}

// follow sends a request and follows redirects; the standard library would turn it
// into a GET. The key is not sent to another host.
func (a *adapter) follow(request *http.Request) (*http.Response, error) {
	for redirects := 0; ; redirects++ {
		response, err := a.http.Do(request)
		if err != nil {
			return nil, err
		}
		switch response.StatusCode {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		default:
			return response, nil
		}
		to, err := response.Location()
		if err != nil || redirects == maxRedirects {
			return response, nil
		}
		response.Body.Close()
		next := request.Clone(request.Context())
		next.URL, next.Host = to, ""
		if to.Hostname() != request.URL.Hostname() {
			next.Header.Del("Authorization")
		}
		if request.GetBody != nil {
			if next.Body, err = request.GetBody(); err != nil {
				return nil, err
			}
		}
		request = next
	}
}

// read decodes a JSON body and converts it with make. An error in its place is an
// *Error.
func (a *adapter) read(body io.Reader, make func(any) any) (any, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxReply))
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &value); err != nil {
		return nil, a.reportedError(readReported(data))
	}
	if o, ok := value.(map[string]any); ok {
		if said := reportedBy(o); said != nil {
			return nil, a.reportedError(said)
		}
	}
	return make(value), nil
}

// reportedError is an error in the body of a response with a success status.
func (a *adapter) reportedError(said *reported) error { return reportedError(a.secrets, said) }

func reportedError(s *secrets, said *reported) error {
	status := said.status
	if status == 0 {
		status = http.StatusOK
	}
	return s.failure(status, said, retryAfter(nil, said.all, time.Now()))
}

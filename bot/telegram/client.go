package telegram

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// byteOrderMark begins the replies of some servers.
const byteOrderMark = "\ufeff"

// maxBody is the most of one reply that is read, in bytes.
const maxBody = 64 << 20

// client makes all HTTP calls to the Bot API, the library's too. Its errors contain
// neither the URL, which includes the token, nor the text of a reply.
type client struct {
	http   *http.Client
	meter  Meter
	shared *Shared      // nil: no other process acts for the bot
	lastOK atomic.Int64 // time of the last 200 reply, Unix nanoseconds
}

func newClient(meter Meter, shared *Shared) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// All connections lead to one host.
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = maxIdle, maxIdle
	// Notice a dead connection long before a poll on it would end.
	transport.DialContext = shared.dial((&net.Dialer{
		Timeout: 10 * time.Second, KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3},
	}).DialContext)
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second}
	return &client{http: &http.Client{Transport: transport}, meter: meter, shared: shared}
}

// maxIdle limits the idle connections.
const maxIdle = 64

// notJSONError is a reply that isn't JSON, such as a proxy's error page.
type notJSONError struct{ status string }

func (e *notJSONError) Error() string {
	return "the Bot API server answered " + e.status + ", not JSON"
}

// Do makes a call and returns its reply in a form that the library can read. A reply
// that isn't JSON is an error.
func (c *client) Do(request *http.Request) (*http.Response, error) {
	method := request.URL.Path[strings.LastIndexByte(request.URL.Path, '/')+1:]
	reply, err := c.do(request, method)
	status := 0
	if err == nil {
		status = reply.StatusCode
	}
	if status == http.StatusOK {
		c.lastOK.Store(time.Now().UnixNano())
	}
	if request.Context().Err() == nil || err == nil {
		c.meter.Called(method, status)
	}
	return reply, err
}

func (c *client) do(request *http.Request, method string) (*http.Response, error) {
	if err := bufferBody(request); err != nil {
		return nil, err
	}
	request, done, err := c.shared.permit(request)
	if err != nil {
		return nil, err
	}
	defer done()
	reply, err := c.http.Do(request)
	if err != nil {
		if lost := c.shared.lost(); lost != nil {
			return nil, leaseLost(lost)
		}
		return nil, stripURL(err)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, maxBody))
	if err != nil {
		return nil, stripURL(err)
	}
	if body = normalizeReply(method, reply.StatusCode, reply.Header, limitDepth(bytes.TrimPrefix(body, []byte(byteOrderMark)))); body == nil {
		return nil, &notJSONError{reply.Status}
	}
	reply.Body = io.NopCloser(bytes.NewReader(body))
	return reply, nil
}

// bufferBody reads a request's body into memory before it is sent. The library writes it
// in many small pieces, each of which would be a chunk of its own on the wire.
func bufferBody(request *http.Request) error {
	if request.Body == nil || request.ContentLength > 0 {
		return nil
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return err
	}
	_ = request.Body.Close() // it was read completely
	request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if len(body) == 0 {
		request.Body = http.NoBody
	}
	return nil
}

// lastContact returns the time of the last successful call; zero: none yet.
func (c *client) lastContact() time.Time {
	if at := c.lastOK.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Time{}
}

// close closes the idle connections.
func (c *client) close() { c.http.CloseIdleConnections() }

// stripURL removes the URL, which includes the token, from an error of the HTTP client.
func stripURL(err error) error {
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errClosed
	}
	return err
}

var errClosed = errors.New("the server closed the connection")

// neverSent reports whether a call failed before anything of it was sent.
func neverSent(err error) bool {
	var lookup *net.DNSError
	var operation *net.OpError
	var certificate *tls.CertificateVerificationError
	return errors.Is(err, errNotReplicated) || errors.As(err, &lookup) || errors.As(err, &operation) && operation.Op == "dial" ||
		errors.As(err, &certificate) || strings.Contains(err.Error(), "TLS handshake timeout")
}

// timedOut reports whether a call failed because no reply came in time.
func timedOut(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// outcomeUnknown reports whether Telegram may have carried out a failed call: the
// connection broke, the call timed out, or the reply wasn't Telegram's.
func outcomeUnknown(err error) bool {
	var page *notJSONError
	var operation *net.OpError
	return !neverSent(err) && (errors.Is(err, errClosed) || errors.As(err, &operation) || errors.As(err, &page) || timedOut(err))
}

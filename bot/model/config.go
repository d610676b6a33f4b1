package model

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// openAI is the address used if only a key is set.
const openAI = "https://api.openai.com/v1"

// Config configures the connection to a model.
type Config struct {
	URL   string // http or https, with /v1, and a query if the server needs one; empty: OpenAI
	Key   string // empty: no Authorization header
	Model string // empty: the first that the server lists for chat
	// Wait is the longest silence before the first token; 0: two minutes. Stall is
	// the longest silence after it; 0: 30 s.
	Wait, Stall time.Duration
	// Log, if not nil, records requests that the server refuses.
	Log *slog.Logger
	// Transport sends the requests; nil: the default.
	Transport http.RoundTripper
}

// Errors of Validate.
var (
	ErrAddress = errors.New("it is not an http(s) address")
	ErrKey     = errors.New("it has a character that is not allowed in a key")
)

// Validate returns ErrAddress or ErrKey if the address or the key is invalid. The
// errors don't contain it.
func (config Config) Validate() error {
	if _, err := config.address(); err != nil {
		return err
	}
	if strings.ContainsFunc(config.key(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ErrKey
	}
	return nil
}

// key returns the key without "Bearer", in case the whole header was pasted.
func (config Config) key() string {
	const word = "Bearer "
	key := trim(config.Key)
	if len(key) > len(word) && strings.EqualFold(key[:len(word)], word) {
		key = trim(key[len(word):])
	}
	return key
}

// trim removes white space, invisible characters and quotation marks around a pasted
// setting.
func trim(setting string) string {
	return strings.Trim(setting, " \t\r\n\v\f\"'\u00a0\ufeff\u200b\u200e\u2060")
}

// Host returns the server's host, with its port where the address has one; empty if the
// address is invalid.
func (config Config) Host() string {
	address, err := config.address()
	if err != nil {
		return ""
	}
	return address.Host
}

// address reads the server's address, also one that ends with a slash or with the path
// of the chat.
func (config Config) address() (*url.URL, error) {
	address, err := url.Parse(cmp.Or(trim(config.URL), openAI))
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Hostname() == "" {
		return nil, ErrAddress
	}
	address.Path = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(address.Path, "/"), "/chat/completions"), "/")
	address.RawPath, address.Fragment = "", ""
	return address, nil
}

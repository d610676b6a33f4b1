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

// openAI is the address that a key alone stands for.
const openAI = "https://api.openai.com/v1"

// Config says where the model is.
type Config struct {
	URL   string // http or https, with /v1, and a query if the server wants one; empty: OpenAI's own
	Key   string // empty: no Authorization header
	Model string // empty: the first that the server lists for chat
	// Wait is how long the server may be silent before the first token; 0: two
	// minutes. Stall is the longest silence after it; 0: 30 s.
	Wait, Stall time.Duration
	// Log is told what is learned of the server; nil: nobody.
	Log *slog.Logger
	// Transport carries the requests; nil: the usual one.
	Transport http.RoundTripper
}

// What Validate returns.
var (
	ErrAddress = errors.New("it is no http(s) address")
	ErrKey     = errors.New("it holds a character that no key has")
)

// Validate returns ErrAddress or ErrKey where the config has one that can't be
// used. The errors don't repeat it.
func (config Config) Validate() error {
	if _, err := config.address(); err != nil {
		return err
	}
	if strings.ContainsFunc(config.key(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ErrKey
	}
	return nil
}

// key returns the key as it is sent: without the word before it, where the whole
// header was pasted.
func (config Config) key() string {
	const word = "Bearer "
	key := trim(config.Key)
	if len(key) > len(word) && strings.EqualFold(key[:len(word)], word) {
		key = trim(key[len(word):])
	}
	return key
}

// trim takes off what is pasted around a setting by mistake: white space,
// characters that nobody sees, quotation marks.
func trim(setting string) string {
	return strings.Trim(setting, " \t\r\n\v\f\"'\u00a0\ufeff\u200b\u200e\u2060")
}

// address reads the server's address: also one with a slash at its end, or of
// the chat itself.
func (config Config) address() (*url.URL, error) {
	address, err := url.Parse(cmp.Or(trim(config.URL), openAI))
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Hostname() == "" {
		return nil, ErrAddress
	}
	address.Path = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(address.Path, "/"), "/chat/completions"), "/")
	address.RawPath, address.Fragment = "", ""
	return address, nil
}

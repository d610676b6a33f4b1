package main

import (
	"cmp"
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// hidden stands where a secret was.
const hidden = "[hidden]"

// secretPatterns recognise secrets that no option names: the password and the
// key in an address, a bot's token, an Authorization header. What stands between
// the two groups is hidden.
var secretPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(://[^/?#\s:@]*:)[^/?#\s@]+(@)`),
	regexp.MustCompile(`(?i)([?&][a-z_-]*(?:key|token|secret|password|signature|sig)=)[^&#\s"']+()`),
	regexp.MustCompile(`(bot|\b)\d{5,}:[A-Za-z0-9_-]{20,}()`),
	regexp.MustCompile(`(?i)(\bbearer\s+)[^\s"',]+()`),
	regexp.MustCompile(`()\bsk-[A-Za-z0-9_-]{16,}()`),
}

// redactor takes secrets out of all that the program prints or logs. Everything
// written to standard error passes it; what is written to standard output is
// searched for the options' secrets alone, since a report's links may look like
// the others.
type redactor struct {
	mu       sync.RWMutex
	secrets  []string // the longest first, so that none is hidden in part
	replacer *strings.Replacer
}

// add makes values secret, as they are and as addresses and logs escape them.
func (r *redactor) add(values ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, value := range values {
		if !isSecret(value) {
			continue
		}
		quoted := strconv.Quote(value)
		r.secrets = append(r.secrets, value, quoted[1:len(quoted)-1], url.PathEscape(value), url.QueryEscape(value))
	}
	slices.SortFunc(r.secrets, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	r.secrets = slices.Compact(r.secrets)
	var pairs []string
	for _, secret := range r.secrets {
		pairs = append(pairs, secret, hidden)
	}
	r.replacer = strings.NewReplacer(pairs...)
}

// addToken makes a bot's token secret, and the part of it that is.
func (r *redactor) addToken(token string) {
	r.add(token)
	if _, secret, ok := strings.Cut(token, ":"); ok {
		r.add(secret)
	}
}

// isSecret reports whether a value is more than a placeholder such as "none" or
// "ollama", which would take words out of every line.
func isSecret(value string) bool {
	letters := 0
	for _, c := range value {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return len(value) >= 8 || len(value) >= 4 && letters < len(value)
}

// redact returns a text without the secrets that were added.
func (r *redactor) redact(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.replacer == nil {
		return text
	}
	return r.replacer.Replace(text)
}

// redactAll returns a text without those and without what looks like a secret.
func (r *redactor) redactAll(text string) string {
	text = r.redact(text)
	for _, pattern := range secretPatterns {
		text = pattern.ReplaceAllString(text, "${1}"+hidden+"${2}")
	}
	return text
}

// redacted is a writer of redacted text. A secret must stand within one call of
// Write, as it does in a line of a log.
type redacted struct {
	to     io.Writer
	redact func(string) string
}

func (w redacted) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.to, w.redact(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (r *redactor) standardError() io.Writer { return redacted{os.Stderr, r.redactAll} }

// standardOutput returns standard output; a terminal as it is, since the chat's
// line editor needs that.
func (r *redactor) standardOutput() io.Writer {
	if isTerminal(os.Stdout) {
		return os.Stdout
	}
	return redacted{os.Stdout, r.redact}
}

// addEnvironment makes secret what the environment's variables hold now.
func (r *redactor) addEnvironment() {
	r.addToken(os.Getenv("TELEGRAM_BOT_TOKEN"))
	r.add(os.Getenv("OPENAI_API_KEY"), os.Getenv("TELEGRAM_WEBHOOK_SECRET"))
}

// addOptions makes the options' secrets secret.
func (r *redactor) addOptions(o *Options) {
	r.addToken(o.TelegramToken)
	r.add(o.ModelKey, o.WebhookSecret)
}

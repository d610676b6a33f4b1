package main

import (
	"cmp"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"reportbot/store/text/lazyregexp"
)

// hidden replaces a secret.
const hidden = "[hidden]"

// secretPatterns recognize secrets that aren't the value of an option: a password or a
// key in an address, a bot's token, an Authorization header. The text between the two
// groups is hidden.
var secretPatterns = []*lazyregexp.Regexp{
	lazyregexp.New(`(://[^/?#\s:@]*:)[^/?#\s@]+(@)`),
	lazyregexp.New(`(?i)([?&][a-z_-]*(?:key|token|secret|password|signature|sig)=)[^&#\s"']+()`),
	lazyregexp.New(`(bot|\b)\d{5,}:[A-Za-z0-9_-]{20,}()`),
	lazyregexp.New(`(?i)(\bbearer\s+)[^\s"',]+()`),
	lazyregexp.New(`()\bsk-[A-Za-z0-9_-]{16,}()`),
}

// redactor removes secrets from all output. On standard output it removes only the
// options' secrets: a report's links may look like other secrets.
type redactor struct {
	mu       sync.RWMutex
	secrets  []string // longest first, so that none is hidden only in part
	replacer *strings.Replacer
}

// add makes values secret, also in the escaped forms of addresses and logs.
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

// addToken makes a bot's token secret, and its secret part alone.
func (r *redactor) addToken(token string) {
	r.add(token)
	if _, secret, ok := strings.Cut(token, ":"); ok {
		r.add(secret)
	}
}

// isSecret reports whether a value is a secret rather than a placeholder such as "none"
// or "ollama". Redacting a placeholder would remove ordinary words.
func isSecret(value string) bool {
	letters := 0
	for _, c := range value {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return len(value) >= 8 || len(value) >= 4 && letters < len(value)
}

// redact removes the added secrets from a text.
func (r *redactor) redact(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.replacer == nil {
		return text
	}
	return r.replacer.Replace(text)
}

// redactAll also removes text that matches secretPatterns.
func (r *redactor) redactAll(text string) string {
	text = r.redact(text)
	for _, pattern := range secretPatterns {
		text = pattern.ReplaceAllString(text, "${1}"+hidden+"${2}")
	}
	return text
}

// redacted is a writer that redacts each Write separately, which suffices for log lines.
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

// standardOutput returns standard output, unredacted if it is a terminal, since the
// chat's line editor needs the terminal itself.
func (r *redactor) standardOutput() io.Writer {
	if isTerminal(os.Stdout) {
		return os.Stdout
	}
	return redacted{os.Stdout, r.redact}
}

// addEnvironment adds the secrets in the environment.
func (r *redactor) addEnvironment() {
	r.addToken(os.Getenv("TELEGRAM_BOT_TOKEN"))
	r.add(os.Getenv("OPENAI_API_KEY"), os.Getenv("TELEGRAM_WEBHOOK_SECRET"))
	r.addPasswords(os.Getenv("NATS_URL"), os.Getenv("REPLICA"))
}

// addOptions adds the secrets in the options.
func (r *redactor) addOptions(o *Options) {
	r.addToken(o.TelegramToken)
	r.add(o.ModelKey, o.WebhookSecret)
	r.addPasswords(o.NATSURL, o.Replica)
}

// addPasswords makes the credentials before the @ of addresses secret: a password, or a
// token without a user.
func (r *redactor) addPasswords(lists ...string) {
	for _, list := range lists {
		for address := range strings.SplitSeq(list, ",") {
			u, err := url.Parse(strings.TrimSpace(address))
			if err != nil || u.User == nil {
				continue
			}
			if password, ok := u.User.Password(); ok {
				r.add(password)
			} else {
				r.add(u.User.Username())
			}
		}
	}
}

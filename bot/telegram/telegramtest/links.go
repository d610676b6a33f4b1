package telegramtest

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// userLink reads tg://user?id=N, which mentions a person without a username.
func userLink(link string) (int64, bool) {
	rest, ok := strings.CutPrefix(link, "tg://user?id=")
	id, err := strconv.ParseInt(rest, 10, 64)
	return id, ok && err == nil && id > 0
}

// checkLink returns a link as Telegram stores it (http:// before one without
// a scheme, a slash after a bare host, the host in lower case), or why
// Telegram does not take it.
func checkLink(link string) (string, error) {
	u, err := splitURL(link)
	if err != nil {
		return "", err
	}
	if !strings.Contains(u.host, ".") && !u.ipv6 {
		return "", wording("Wrong HTTP URL")
	}
	var b strings.Builder
	b.WriteString(u.scheme + "://")
	if u.user != "" {
		b.WriteString(u.user + "@")
	}
	b.WriteString(u.host)
	if u.port != 0 {
		fmt.Fprintf(&b, ":%d", u.port)
	}
	b.WriteString(u.rest)
	return b.String(), nil
}

type httpURL struct {
	scheme string
	user   string
	host   string
	port   int // 0 if not given
	ipv6   bool
	rest   string // path and query, at least "/"
}

// splitURL reads a URL as leniently as Telegram does.
func splitURL(link string) (httpURL, error) {
	u := httpURL{scheme: "http"}
	if before, after, ok := strings.Cut(link, ":"); ok && strings.HasPrefix(after, "//") {
		u.scheme, link = lower(before), after[2:]
		if u.scheme != "http" && u.scheme != "https" {
			return u, wording("Unsupported URL protocol")
		}
	}
	authority := link
	if i := strings.IndexAny(link, "/?#"); i >= 0 {
		authority, u.rest = link[:i], link[i:]
	}
	if i := strings.LastIndexAny(authority, ":]@"); i > 0 && authority[i] == ':' {
		port, err := strconv.ParseUint(authority[i+1:], 10, 16)
		if err != nil || port == 0 {
			return u, wording("Wrong port number specified in the URL")
		}
		u.port, authority = int(port), authority[:i]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		u.user, authority = authority[:i], authority[i+1:]
	}
	u.host = lower(authority)
	if strings.HasPrefix(u.host, "[") && strings.HasSuffix(u.host, "]") {
		if _, err := netip.ParseAddr(u.host[1 : len(u.host)-1]); err != nil {
			return u, wording("Wrong IPv6 address specified in the URL")
		}
		u.ipv6 = true
	}
	if u.host == "" {
		return u, wording("URL host is empty")
	}
	if u.host == "." {
		return u, wording("Host is invalid")
	}
	if !u.ipv6 {
		if err := checkHost(u.host); err != nil {
			return u, err
		}
	}
	u.rest = escapeSpaces(strings.TrimRight(u.rest, " \t\r\n\v\x00"))
	return u, nil
}

func checkHost(host string) error {
	for i := 0; i < len(host); i++ {
		switch c := host[i]; {
		case isLetter(c), isDigit(c, 10), c >= 0x80, strings.IndexByte("-._!$,~*'();&+=", c) >= 0:
		case c == '%' && i+2 < len(host) && isDigit(host[i+1], 16) && isDigit(host[i+2], 16):
			i += 2
		case c == '%':
			return wording("Wrong percent-encoded symbol in URL host")
		default:
			return wording("Disallowed character in URL host")
		}
	}
	return nil
}

func escapeSpaces(rest string) string {
	var b strings.Builder
	if !strings.HasPrefix(rest, "/") {
		b.WriteByte('/')
	}
	for i := range len(rest) {
		if c := rest[i]; c <= ' ' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

package report

import (
	"mime"
	"net/mail"
	"strings"
	"time"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// A mail that was saved as text begins with its header: sender, subject, date.

// mailFields are the names of header fields in folded text.
var mailFields = map[string]string{
	"from": "from", "tu": "from", "nguoi gui": "from",
	"subject": "subject", "chu de": "subject", "tieu de": "subject",
	"date": "date", "sent": "date", "ngay": "date", "ngay gui": "date", "da gui": "date",
	"to": "to", "den": "to", "toi": "to", "nguoi nhan": "to", "cc": "to", "bcc": "to", "reply-to": "to", "message-id": "to",
}

// mailAddress matches the address after a name.
var mailAddress = lazyregexp.New(`\s*[<\[(]\S+@\S+[>\])]\s*$`)

// readMailHeader reads a mail's header as metadata; the recipients become text. Without a
// sender and a subject there is no header.
func readMailHeader(written string) (about metadata, to []printedLine, body string) {
	found := map[string]string{}
	end := len(written) - len(strings.TrimLeft(written, "\n"))
	for line := range strings.Lines(written[end:]) {
		name, value, colon := strings.Cut(strings.TrimSpace(line), ":")
		field := mailFields[text.Fold(strings.Trim(name, "* "))]
		if !colon || field == "" {
			break
		}
		end += len(line)
		if field == "to" {
			to = append(to, printedLine{text: strings.TrimSpace(line), kind: paragraph, gap: true})
			continue
		}
		if found[field] == "" {
			found[field] = strings.Trim(value, "* ")
		}
	}
	if found["from"] == "" || found["subject"] == "" {
		return metadata{}, nil, written
	}
	about.own = true
	about.title = decodeField(found["subject"])
	if name := strings.Trim(mailAddress.ReplaceAllString(decodeField(found["from"]), ""), `" `); !strings.Contains(name, "@") {
		about.authors = []string{name}
	}
	if at, err := mail.ParseDate(found["date"]); err == nil {
		about.date = at.Format(time.DateOnly)
	} else if date, _, ok := parseDate(found["date"]); ok {
		about.date = date
	}
	return about, to, written[end:]
}

// decodeField decodes an encoded header field.
func decodeField(value string) string {
	var decoder mime.WordDecoder
	if decoded, err := decoder.DecodeHeader(value); err == nil {
		return text.Clean(decoded)
	}
	return text.Clean(value)
}

// quotePrefix matches the prefix of quoted lines in a reply.
var quotePrefix = lazyregexp.New(`^(?:>[ \t]?)+`)

// stripQuotePrefixes removes the prefix from consecutive quoted lines. On a single line it
// may be a greater-than sign.
func stripQuotePrefixes(written string) string {
	if !strings.Contains(written, ">") {
		return written
	}
	lines := strings.SplitAfter(written, "\n")
	quoted := func(i int) bool { return i >= 0 && i < len(lines) && strings.HasPrefix(lines[i], ">") }
	var b strings.Builder
	for i, line := range lines {
		if quoted(i) && (quoted(i-1) || quoted(i+1)) {
			line = quotePrefix.ReplaceAllString(line, "")
		}
		b.WriteString(line)
	}
	return b.String()
}

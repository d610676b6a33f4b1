package report

import (
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"reportbot/store/text"
)

// A mail that was saved as text begins with lines that say whose it is and what it is
// about.

// mailFields are their names in folded text.
var mailFields = map[string]string{
	"from": "from", "tu": "from", "nguoi gui": "from",
	"subject": "subject", "chu de": "subject", "tieu de": "subject",
	"date": "date", "sent": "date", "ngay": "date", "ngay gui": "date", "da gui": "date",
	"to": "to", "den": "to", "toi": "to", "nguoi nhan": "to", "cc": "to", "bcc": "to", "reply-to": "to", "message-id": "to",
}

// mailAddress is what follows a name.
var mailAddress = regexp.MustCompile(`\s*[<\[(]\S+@\S+[>\])]\s*$`)

// mailHead reads the lines that a mail begins with. What they say is metadata; who it
// was sent to stays text. Without whose it is and what it is about there are none.
func mailHead(written string) (about metadata, to []printedLine, body string) {
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
	about.title = decodedField(found["subject"])
	if name := strings.Trim(mailAddress.ReplaceAllString(decodedField(found["from"]), ""), `" `); !strings.Contains(name, "@") {
		about.authors = []string{name}
	}
	if at, err := mail.ParseDate(found["date"]); err == nil {
		about.date = at.Format(time.DateOnly)
	} else if date, _, ok := parseDate(found["date"]); ok {
		about.date = date
	}
	return about, to, written[end:]
}

// decodedField decodes what mails encode in their first lines.
func decodedField(value string) string {
	var decoder mime.WordDecoder
	if decoded, err := decoder.DecodeHeader(value); err == nil {
		return text.Clean(decoded)
	}
	return text.Clean(value)
}

// quoteSigns are what mail programs put before the lines of the mail that is answered.
var quoteSigns = regexp.MustCompile(`^(?:>[ \t]?)+`)

// withoutQuoteSigns takes them off lines that follow each other. One alone may be the
// sign of what is more.
func withoutQuoteSigns(written string) string {
	if !strings.Contains(written, ">") {
		return written
	}
	lines := strings.SplitAfter(written, "\n")
	quoted := func(i int) bool { return i >= 0 && i < len(lines) && strings.HasPrefix(lines[i], ">") }
	var b strings.Builder
	for i, line := range lines {
		if quoted(i) && (quoted(i-1) || quoted(i+1)) {
			line = quoteSigns.ReplaceAllString(line, "")
		}
		b.WriteString(line)
	}
	return b.String()
}

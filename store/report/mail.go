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

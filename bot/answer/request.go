package answer

import (
	"cmp"

	"reportbot/store/text"
)

// Request is a question with its context. Only Question is required.
type Request struct {
	Question string
	// Language is that of the answer; empty: the question's own.
	Language text.Language
	// Fallback is the question's language if it isn't recognized.
	Fallback text.Language
	// History is earlier exchanges of the same chat, oldest first. It gives the
	// question's subject and never supports a claim.
	History []Exchange
	// Quoted is the message that the question replies to, from any author. Like History
	// it never supports a claim.
	Quoted string
	// Chat and Person are the keys under which questions and tokens are counted.
	Chat, Person string
	Group        bool // the chat has several people
	Length       Length
}

// Exchange is an earlier question with its answer as plain text.
type Exchange struct{ Question, Answer string }

// Length is the length of an answer.
type Length string

// The lengths. The empty one is the default.
const (
	Usual Length = ""
	Brief Length = "brief"
	Full  Length = "full"
)

// lines returns the most lines, of one claim each, of an answer.
func (l Length) lines() int {
	switch l {
	case Brief:
		return 2
	case Full:
		return 10
	}
	return 5
}

// quotations returns the most sentences and footnotes of an extractive answer; several
// is set if more than one thing is asked for.
func (l Length) quotations(several bool) (sentences, footnotes int) {
	switch {
	case l == Brief && several:
		return 3, 6
	case l == Brief:
		return 1, 6
	case l == Full:
		return 8, 12
	case several:
		return 6, 10
	}
	return 3, 6
}

// accounts returns the keys of the chat and person for which a request is counted. For
// an unknown person, such as an anonymous administrator of a group, person is the chat.
func (r Request) accounts() (chat, person string) { return r.Chat, cmp.Or(r.Person, r.Chat) }

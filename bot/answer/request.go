package answer

import (
	"cmp"

	"reportbot/store/text"
)

// Request is a question as it was asked. All but Question may be left out.
type Request struct {
	Question string
	// Language is that of the answer; empty: the question's own.
	Language text.Language
	// Fallback is the question's language where its words don't tell.
	Fallback text.Language
	// History is what was asked and answered before in the same chat, oldest
	// first. It tells what the question is about and never supports a claim.
	History []Exchange
	// Quoted is the message that the question replies to, whoever wrote it. Like
	// History it is read, not believed.
	Quoted string
	// Chat and Person are the keys under which questions and tokens are counted.
	Chat, Person string
	Group        bool // the chat has several people
	Length       Length
}

// Exchange is an earlier question with its answer as plain text.
type Exchange struct{ Question, Answer string }

// Length says how long an answer may be.
type Length string

// The lengths; the empty one is the usual.
const (
	Usual Length = ""
	Brief Length = "brief"
	Full  Length = "full"
)

// lines returns how many lines, of one claim each, an answer has at most.
func (l Length) lines() int {
	switch l {
	case Brief:
		return 2
	case Full:
		return 10
	}
	return 5
}

// quotations returns how many sentences an extractive answer quotes at most,
// and with how many footnotes; several: where more than one thing is asked for.
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

// accounts returns the keys of the chat and person that a request is counted for. Where
// the person is unknown, as with a group's anonymous administrators, it is the chat.
func (r Request) accounts() (chat, person string) { return r.Chat, cmp.Or(r.Person, r.Chat) }

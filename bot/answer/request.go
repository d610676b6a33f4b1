package answer

import "reportbot/store/text"

// Request is a question as it was asked. All but Question may be left out.
type Request struct {
	Question string
	// Fallback is the language of the answer where the question doesn't tell
	// its own.
	Fallback text.Language
	// History is what was asked and answered before in the same chat, oldest
	// first. It tells what the question is about and never supports a claim.
	History []Exchange
	// Quoted is the message that the question replies to, whoever wrote it. Like
	// History it is read, not believed.
	Quoted string
	// Chat and Person are the keys under which questions and tokens are counted.
	Chat, Person string
	Length       Length
}

// searched returns what is looked for: the question, and the message that it is
// about ("is that so?").
func (r Request) searched() string {
	if r.Quoted == "" {
		return r.Question
	}
	return r.Question + "\n" + r.Quoted
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
// and with how many footnotes.
func (l Length) quotations() (sentences, footnotes int) {
	switch l {
	case Brief:
		return 2, 6
	case Full:
		return 8, 10
	}
	return 5, 6
}

package answer

import (
	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

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

// question is a request as it is answered.
type question struct {
	Request
	language text.Language // of the answer
	// follows is set if it continues an earlier question; if not, History and
	// Quoted are empty.
	follows   bool
	sign      sign
	overLimit Notice // if a quota is used up: the model isn't asked
}

func (r Request) read(concepts *retrieval.Concepts) question {
	q := question{Request: r, language: text.LanguageOf(r.Question, r.Fallback)}
	q.sign = r.sign(q.language, concepts)
	q.follow(q.sign != noSign)
	return q
}

// follow says whether the question follows others; if it doesn't, it forgets
// them.
func (q *question) follow(follows bool) {
	if q.follows = follows; !follows {
		q.History, q.Quoted = nil, ""
	}
}

// prompt returns the question as the prompts have it.
func (q question) prompt() prompts.Question {
	p := prompts.Question{Text: q.Question, Language: string(q.language), Lines: q.Length.lines(), Quoted: q.Quoted}
	for _, e := range q.History[max(0, len(q.History)-promptExchanges):] {
		p.Earlier = append(p.Earlier, prompts.Exchange{Question: e.Question, Answer: e.Answer})
	}
	return p
}

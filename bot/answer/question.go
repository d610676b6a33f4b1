package answer

import (
	"cmp"
	"fmt"
	"slices"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// promptExchanges is the most earlier exchanges in a prompt.
const promptExchanges = 3

// question is a request with what was derived from it.
type question struct {
	Request
	asked    text.Language // the question's own language
	language text.Language // of the answer
	// follows is set if the question is a follow-up; if not, History and Quoted are
	// empty.
	follows bool
	signal  signal
}

// readQuestion reads a request. follows is preliminary, from the words alone; see
// isFollowUp.
func readQuestion(r Request, concepts *retrieval.Concepts) question {
	asked := text.LanguageOf(r.Question, r.Fallback)
	q := question{Request: r, asked: asked, language: cmp.Or(r.Language, asked)}
	q.signal = r.signal(asked, concepts)
	q.setFollows(q.signal != noSignal)
	return q
}

// setFollows sets whether the question is a follow-up; if not, it clears History and
// Quoted.
func (q *question) setFollows(follows bool) {
	if q.follows = follows; !follows {
		q.History, q.Quoted = nil, ""
	}
}

// prompt returns the question for the prompts.
func (q question) prompt() prompts.Question {
	p := prompts.Question{Text: q.Question, Language: string(q.language), Lines: q.Length.lines(), Quoted: q.Quoted}
	for _, e := range q.History[max(0, len(q.History)-promptExchanges):] {
		p.Earlier = append(p.Earlier, prompts.Exchange{Question: e.Question, Answer: e.Answer})
	}
	return p
}

// addsNumber reports whether a rewriting has a number that neither the question nor the
// earlier exchanges have: then it contains an answer.
func (q question) addsNumber(alone string) bool {
	given := q.Question + "\n" + q.Quoted
	for _, e := range q.History {
		given += fmt.Sprintf("\n%s\n%s", e.Question, e.Answer)
	}
	has := text.Words(given)
	return slices.ContainsFunc(text.Words(alone), func(w text.Word) bool {
		return w.Number && !slices.ContainsFunc(has, func(g text.Word) bool { return g.Exact == w.Exact })
	})
}

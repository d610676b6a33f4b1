package answer

import (
	"cmp"
	"fmt"
	"slices"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// promptExchanges is how many earlier exchanges of the chat the model is shown.
const promptExchanges = 3

// question is a request as it is answered.
type question struct {
	Request
	asked    text.Language // the question's own language
	language text.Language // of the answer
	// follows is set if it continues an earlier question; if not, History and
	// Quoted are empty.
	follows bool
	sign    sign
}

// readQuestion reads a request. Whether it follows others is only what its words say, see
// joins.
func readQuestion(r Request, concepts *retrieval.Concepts) question {
	asked := text.LanguageOf(r.Question, r.Fallback)
	q := question{Request: r, asked: asked, language: cmp.Or(r.Language, asked)}
	q.sign = r.sign(asked, concepts)
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

// adds reports whether a new wording has a number that neither the question
// nor what it follows has: then it answers.
func (q question) adds(alone string) bool {
	given := q.Question + "\n" + q.Quoted
	for _, e := range q.History {
		given += fmt.Sprintf("\n%s\n%s", e.Question, e.Answer)
	}
	has := text.Words(given)
	return slices.ContainsFunc(text.Words(alone), func(w text.Word) bool {
		return w.Number && !slices.ContainsFunc(has, func(g text.Word) bool { return g.Exact == w.Exact })
	})
}

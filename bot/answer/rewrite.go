package answer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/text"
)

// rewriteTimeout bounds the call that words a question anew: it is of use only if it
// is quick.
const rewriteTimeout = 10 * time.Second

// needsWording reports whether a question's own words are not enough to search
// by: it follows others, is in another language than the report, or has found
// too little.
func (q question) needsWording(hits []retrieval.Hit, report text.Language) bool {
	return q.follows || q.language != report || bearing(hits) < strongShare
}

// rewrite has the model word a question anew, as one in the report's language
// that stands alone; empty where its reply is of no use.
func (a *Answerer) rewrite(ctx context.Context, q question, report text.Language) (string, Usage) {
	asked := q.prompt()
	asked.Report = string(report)
	messages, err := prompts.Rewrite(asked)
	if err != nil {
		return "", Usage{}
	}
	ctx, cancel := context.WithTimeout(ctx, rewriteTimeout)
	defer cancel()
	said, usage, err := a.say(ctx, messages)
	if err != nil {
		return "", usage
	}
	alone, ok := prompts.ReadRewrite(said)
	if !ok || q.adds(alone) {
		return "", usage
	}
	return alone, usage
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

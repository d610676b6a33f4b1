package answer

import (
	"context"
	"time"

	"reportbot/prompts"
	"reportbot/store/text"
)

// rewriteTimeout bounds the call that words a question anew: it is of use only if it
// is quick.
const rewriteTimeout = 10 * time.Second

// rewrite has the model word a question anew, as one in the report's language
// that stands alone; empty where its reply is of no use.
func (r *retrier) rewrite(ctx context.Context, q question, report text.Language) (string, Usage) {
	asked := q.prompt()
	asked.Report = string(report)
	messages, err := prompts.Rewrite(asked)
	if err != nil {
		return "", Usage{}
	}
	ctx, cancel := context.WithTimeout(ctx, rewriteTimeout)
	defer cancel()
	said, usage, err := r.say(ctx, messages)
	if err != nil {
		return "", usage
	}
	alone, ok := prompts.ReadRewrite(said)
	if !ok || q.adds(alone) {
		return "", usage
	}
	return alone, usage
}

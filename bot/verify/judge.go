package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/prompts"
	"reportbot/store/text"
)

// maxAsked is the most statements in one call, each as two claims.
const maxAsked = 6

// wordings are the parts of the judge's prompt in a language, with placeholders for quotations.
type wordings struct {
	denial  string // the claim that the evidence denies a statement
	message string // introduces the message of the statements
}

var worded = map[text.Language]wordings{
	text.Vietnamese: {
		denial:  "Những câu này mâu thuẫn với điều sau đây (chứ không chỉ không nhắc đến): “%s”",
		message: "Từng ý dưới đây, lấy từ tin nhắn này, có đúng không? “%s”",
	},
	text.English: {
		denial:  "These sentences contradict the following (and don't just leave it open): “%s”",
		message: "Is each of the claims below, taken from this message, true? “%s”",
	},
}

func wordedIn(language text.Language) wordings {
	return cmp.Or(worded[language], worded[text.English])
}

// maxQuoted is the most characters of the message in the judge's prompt.
const maxQuoted = 1500

// question returns the part of the judge's prompt with the message; "" for a message of one sentence.
func question(message string, sentences int, language text.Language) string {
	if sentences < 2 {
		return ""
	}
	if runes := []rune(message); len(runes) > maxQuoted {
		message = string(runes[:maxQuoted]) + "…"
	}
	return fmt.Sprintf(wordedIn(language).message, message)
}

// ask has the model decide on the undecided statements. If it fails, they remain
// undecided.
func (v *Verifier) ask(ctx context.Context, request Request, r *Result, checks []*check, known func(*Result)) error {
	open := slices.DeleteFunc(slices.Clone(checks), func(c *check) bool { return c.verdict != "" || len(c.near) == 0 })
	if len(open) == 0 {
		return nil
	}
	if known != nil {
		r.conclude(checks)
		known(r)
	}
	begun := time.Now()
	defer func() {
		r.Took.Model = time.Since(begun)
		v.answerer.RecordUsage(ctx, request.counted(), r.Usage)
	}()
	about := question(request.Text, len(checks)+r.LeftOut, request.Language)
	for some := range slices.Chunk(open, maxAsked) {
		var claims []prompts.JudgedClaim
		for _, c := range some {
			claims = append(claims, c.claims(request.Language)...)
		}
		yes, used, err := v.answerer.Judge(ctx, about, request.Language, claims)
		r.Usage.Add(used)
		if errors.Is(ctx.Err(), context.Canceled) {
			return ctx.Err()
		}
		if err != nil {
			r.Notice, r.Cause = answer.NoticeOf(ctx, err), err
			return nil
		}
		for i, c := range some {
			c.judged(yes[2*i], yes[2*i+1])
		}
	}
	return nil
}

// claims returns the two claims about a statement for the judge: that the report says
// so, and that it denies it.
func (c *check) claims(language text.Language) []prompts.JudgedClaim {
	evidence := answer.Evidence(c.sources, c.shown())
	return []prompts.JudgedClaim{
		{Text: c.sentence.stated, Evidence: evidence},
		{Text: fmt.Sprintf(wordedIn(language).denial, c.sentence.stated), Evidence: evidence},
	}
}

// shown returns the sources for the judge: the nearest, and others with a similar
// score.
func (c *check) shown() []int {
	var shown []int
	for _, n := range c.near[:min(shownToJudge, len(c.near))] {
		if n.score >= minOfNearest*c.near[0].score {
			shown = append(shown, n.source)
		}
	}
	return shown
}

// judged applies the judge's verdicts. Yes to both, or to neither, is Silent. Facts
// take precedence: the verdict is not Says if the sentences contradict a fact of the
// statement.
func (c *check) judged(says, denies bool) {
	c.byModel = true
	shown := c.shown()
	switch {
	case denies && !says:
		c.decide(Contradicts, c.checker.Nearest(c.sentence.stated, shown), "the judge says that the sentences contradict it")
	case says && !denies && c.checker.Check(c.sentence.stated, shown).Decision != claim.Rejected:
		c.decide(Says, c.checker.Nearest(c.sentence.stated, shown), "the judge says that the sentences say so")
	default:
		c.detail = "the judge says that the sentences leave it open"
	}
}

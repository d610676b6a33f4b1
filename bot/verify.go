package bot

import (
	"context"
	"slices"
	"strings"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/bot/verify"
	"reportbot/store/text"
)

// verifyCommand checks the text after /verify against the report; without a text, the
// message that it replies to.
func (b *Bot) verifyCommand(ctx context.Context, in Incoming, said string, out Responder) error {
	if intent.SignsOnly(said) {
		said = in.Quoted
	}
	if intent.SignsOnly(said) {
		return b.sendPhrase(ctx, in, out, "verify_usage")
	}
	return b.verify(ctx, in, said, out)
}

// toVerify returns the text to check, if a message asks for a check: the message that a
// question like "is this true?" replies to, or in private a forwarded message that
// states anything.
func toVerify(in Incoming, written string) (said string, ok bool) {
	switch {
	case in.RepliesTo == 0 && !intent.SignsOnly(in.Quoted) && intent.AsksIfTrue(written):
		return in.Quoted, true
	case in.Private && in.Forwarded:
		return written, slices.ContainsFunc(verify.Sentences(written), func(s verify.Sentence) bool { return s.States })
	}
	return "", false
}

// verify checks a text against the report, and stores and sends the verdicts.
func (b *Bot) verify(ctx context.Context, in Incoming, said string, out Responder) error {
	if allowed, err := b.mayAsk(ctx, in, said, out); err != nil || !allowed {
		return err
	}
	request := verify.Request{Text: said, Language: text.LanguageOf(said, in.language()), Chat: in.Chat, Person: in.Sender.key(), Group: !in.Private}
	return b.produce(ctx, in, "verifying", out, func(ctx context.Context, show func(Message)) (product, error) {
		r, err := b.verifier.Verify(ctx, request, func(known *verify.Result) {
			m := Message{Lines: verdictLines(known)}
			m.gap()
			m.addText(in.say("verify_waiting"))
			show(m)
		})
		if err != nil {
			return product{}, err
		}
		made := product{answer: &r.Answer, stored: exchangeOf(in, said, 0, &r.Answer)}
		if len(r.Statements) > 0 {
			made.stored.Answer = Message{Lines: verdictLines(r)}.Plain()
			made.message = func(_ context.Context, hideNotice bool) Message {
				return renderVerdicts(r, b.noteLinker(in, r.Edition.ID), hideNotice)
			}
		}
		return made, nil
	})
}

// verdictSigns are how the verdicts are shown.
var verdictSigns = map[verify.Verdict]struct {
	mark string
	lead phrase // before the report's sentence
}{
	verify.Says:        {"✅", phrase("verdict_says")},
	verify.Contradicts: {"❌", phrase("verdict_contradicts")},
	verify.Silent:      {"▫️", phrase("verdict_silent")},
}

// leadOf returns the text before the report's sentence.
func leadOf(lang text.Language, s verify.Statement) string {
	switch {
	case s.Verdict != verify.Silent || s.Source.Text == "":
		return say(lang, verdictSigns[s.Verdict].lead)
	case s.ByModel:
		return say(lang, "verdict_silent") + " " + say(lang, "verdict_nearest")
	}
	return say(lang, "verdict_unsure") // without a model, the sentence may still be related
}

// RenderVerdicts returns a checked text as a message outside of any chat.
func RenderVerdicts(r *verify.Result) Message { return renderVerdicts(r, nil, false) }

// VerifyNotice returns in a few words how the verdicts were made and what was not
// checked; "" if there is nothing to note.
func VerifyNotice(r *verify.Result) string { return verifyNotice(r, false) }

// renderVerdicts returns a checked text as a message: a verdict for each statement with
// the report's sentence, then what was left out and the sources; open is as in
// sourceLines. hideNotice leaves out the notice that no model is set.
func renderVerdicts(r *verify.Result, open func(n int) string, hideNotice bool) Message {
	m := Message{Lines: verdictLines(r)}
	if notice := verifyNotice(r, hideNotice); notice != "" {
		m.gap()
		m.addText(notice)
	}
	m.sources(r.Language, r.Footnotes, open)
	return m
}

// verdictLines returns the verdicts, a line each with an empty one between: the statement
// as it was written, and under it the report's sentence.
func verdictLines(r *verify.Result) []Line {
	var m Message
	for _, s := range r.Statements {
		m.gap()
		line := Line{{Text: verdictSigns[s.Verdict].mark + " " + s.Text}}
		lead := leadOf(r.Language, s)
		if s.Source.Text != "" {
			quoted := claimLines(r.Language, answer.Extractive, []answer.Claim{s.Source}, r.Footnotes)[0]
			quoted[0].Text = "\n" + lead + " " + quoted[0].Text
			line = append(line, quoted...)
		} else {
			line = append(line, Span{Text: "\n" + lead})
		}
		m.Lines = append(m.Lines, line)
	}
	return m.Lines
}

// verifyNotice is VerifyNotice; hideNotice leaves out the notice that no model is set.
func verifyNotice(r *verify.Result, hideNotice bool) string {
	var notice []string
	switch {
	case r.Notice == answer.NoModel && hideNotice:
	case r.Notice != answer.NoNotice:
		notice = append(notice, say(r.Language, phrase(r.Notice)), say(r.Language, "verify_by_rule"))
	}
	if r.Unchecked > 0 {
		notice = append(notice, say(r.Language, "verify_unchecked", "N", r.Unchecked))
	}
	if r.LeftOut > 0 {
		notice = append(notice, say(r.Language, "verify_left_out", "N", r.LeftOut))
	}
	return strings.Join(notice, " ")
}

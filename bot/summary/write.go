package summary

import (
	"context"
	"errors"
	"slices"
	"strings"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/bot/model"
	"reportbot/prompts"
	"reportbot/store/text"
)

// pieceCharacters is the most text that the model reads at once: about 2,500
// tokens, which small models can handle.
const pieceCharacters = 8000

// writing is a summary being written.
type writing struct {
	*Maker
	request  Request
	report   claim.Report
	byModel  bool // with the model
	progress Progress
	done, of int // steps

	failed   bool // the model failed and is not called again
	notice   answer.Notice
	cause    error
	rejected []answer.Rejected
	usage    answer.Usage
}

// write sums up the parts in turn.
func (w *writing) write(ctx context.Context, parts []*part) ([]Section, error) {
	if w.byModel {
		for _, p := range parts {
			w.of++
			if n := len(pieces(p.sentences, pieceCharacters)); n > 1 {
				w.of += n
			}
		}
		w.progress(0, w.of)
	}
	var sections []Section
	var quoted []*sentence
	for _, p := range parts {
		var claims []answer.Claim
		mode := answer.ByModel
		if w.byModel && !w.failed {
			claims = w.ofModel(ctx, p)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		if len(claims) == 0 {
			mode = answer.Extractive
			chosen := choose(p.sentences, p.quota, quoted)
			quoted = append(quoted, chosen...)
			for _, s := range chosen {
				claims = append(claims, answer.Quote(s.Sentence, s.passage.Paragraph, s.passage.Entry))
			}
		}
		sections = append(sections, bySection(p, mode, claims)...)
	}
	return sections, nil
}

// ofModel returns the model's statements on a part; none if none passed or it
// failed.
func (w *writing) ofModel(ctx context.Context, p *part) []answer.Claim {
	read := p.sentences
	if cut := pieces(read, pieceCharacters); len(cut) > 1 {
		read = nil
		for _, piece := range cut {
			most := max(2, 2*p.quota/len(cut))
			picked := w.pick(piece, w.ask(ctx, piece, most), most)
			if w.failed || ctx.Err() != nil {
				return nil
			}
			read = append(read, picked...)
		}
	}
	claims := w.ask(ctx, read, p.quota)
	if w.failed {
		return nil
	}
	return claims
}

// pick returns the sentences of a piece that the claims cite; without claims, the
// most important ones.
func (w *writing) pick(piece []*sentence, claims []answer.Claim, most int) []*sentence {
	if len(claims) == 0 {
		return choose(piece, most, nil)
	}
	cited := map[string]bool{}
	for _, claim := range claims {
		for _, source := range claim.Sources {
			cited[source] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(piece), func(s *sentence) bool { return !cited[s.Text] })
}

// ask has the model sum up sentences in at most this many claims. The claims of an
// interrupted reply count.
func (w *writing) ask(ctx context.Context, sentences []*sentence, most int) []answer.Claim {
	task := answer.Task{Language: w.request.Language, Report: w.report, Prompt: func(sources []prompts.Source) (prompts.Messages, error) {
		asked := prompts.Question{Text: w.request.Topic, Language: string(w.request.Language), Report: string(languageOf(sentences)), Lines: most}
		return prompts.Summary(asked, sources)
	}}
	written, err := w.writer.Write(ctx, task, passagesOf(sentences), nil)
	w.rejected = append(w.rejected, written.Rejected...)
	w.usage.Add(written.Usage)
	if err != nil {
		w.notice, w.cause = answer.NoticeOf(ctx, err), err
		w.failed = !errors.Is(err, model.ErrCut) || len(written.Claims) == 0
	}
	w.done++
	w.progress(w.done, w.of)
	return fewer(written.Claims, sentences, most)
}

// languageOf returns the language of sentences.
func languageOf(sentences []*sentence) text.Language {
	var some strings.Builder
	for _, s := range sentences[:min(len(sentences), 3)] {
		some.WriteString(s.Text + " ")
	}
	return text.LanguageOf(some.String(), text.Vietnamese)
}

// fewer returns the claims with the most important sentences, if the model wrote
// more than it was asked for.
func fewer(claims []answer.Claim, sentences []*sentence, most int) []answer.Claim {
	if len(claims) <= most {
		return claims
	}
	var cited []*sentence
	for _, s := range sentences {
		if slices.ContainsFunc(claims, func(c answer.Claim) bool { return c.Sources[0] == s.Text }) {
			cited = append(cited, s)
		}
	}
	chosen := choose(cited, most, nil)
	var kept []answer.Claim
	for _, claim := range claims {
		if len(kept) < most && slices.ContainsFunc(chosen, func(s *sentence) bool { return s.Text == claim.Sources[0] }) {
			kept = append(kept, claim)
		}
	}
	return kept
}

package bot

import (
	"context"
	"errors"
	"slices"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/report"
)

// The most that one message holds, UTF-16 units and entities, as Telegram counts them.
// Of its 4,096 units some are left for the line on top of a corrected answer.
const (
	mostUnits    = 4096 - 300
	mostEntities = 100
)

// fits reports whether a message needs one message only. It never says so of one that is
// split.
func fits(m Message) bool {
	length, entities := 0, 0
	for _, line := range slices.Concat(m.Lines, m.Folded) {
		length++ // its line break
		for i, span := range line {
			length += units(span.Text)
			for _, styled := range []bool{span.Link != "", span.Bold || span.Code, span.Quote && i == 0} {
				if styled {
					entities++
				}
			}
		}
	}
	return length <= mostUnits && entities <= mostEntities
}

// reworded returns the claims that are not shown in the report's own words.
func reworded(a *answer.Answer) []answer.Claim {
	var claims []answer.Claim
	for _, claim := range a.Claims {
		if a.Mode == answer.ByModel && !claim.Quoted && !slices.Contains(claim.Sources, claim.Text) {
			claims = append(claims, claim)
		}
	}
	return claims
}

// evidence returns the sentences that an answer's claims rest on, each once and whole,
// with their footnotes, sections and pages. Sentences that the answer quotes are left out.
func (b *Bot) evidence(ctx context.Context, a *answer.Answer) ([]Line, error) {
	var lines []Line
	shown := map[string]bool{}
	for _, claim := range a.Claims {
		shown[claim.Text] = true
	}
	for _, claim := range reworded(a) {
		for i, sentence := range claim.Sources {
			if shown[sentence] {
				continue
			}
			shown[sentence] = true
			line, err := b.evidenceLine(ctx, a, claim.Paragraphs[i], sentence)
			if err != nil {
				return nil, err
			}
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return slices.Insert(lines, 0, Line{{Text: say(a.Language, "evidence"), Bold: true, Quote: true}}), nil
}

// evidenceLine is a sentence as evidence: “It is long.” [3] (Section · p. 12).
func (b *Bot) evidenceLine(ctx context.Context, a *answer.Answer, paragraph int, sentence string) (Line, error) {
	line := Line{{Text: "“" + sentence + "”", Quote: true}}
	p, err := b.memory.Paragraph(ctx, a.Edition.ID, paragraph)
	if errors.Is(err, store.ErrNotFound) {
		return line, nil // the edition was deleted meanwhile
	}
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(p.Sentences, func(s report.Sentence) bool { return s.Text == sentence })
	if at >= 0 {
		for _, n := range p.Sentences[at].Footnotes {
			mark := markerOf(a.Footnotes, n)
			mark.Quote = true
			line = append(line, Span{Text: " ", Quote: true}, mark)
		}
		p.Sentences = p.Sentences[at:] // for its page
	}
	return append(line, Span{Text: " (" + placeOf(a.Language, p) + ")", Quote: true}), nil
}

// withEvidence returns a message with the evidence for its answer, folded, if there is
// room.
func (b *Bot) withEvidence(ctx context.Context, m Message, a *answer.Answer) Message {
	lines, err := b.evidence(ctx, a)
	if err != nil {
		b.log.Error("the evidence for an answer can't be read", "error", err)
		return m
	}
	with := m
	with.Folded = lines
	if fits(with) {
		return with
	}
	return m
}

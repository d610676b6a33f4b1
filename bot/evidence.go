package bot

import (
	"context"
	"errors"
	"slices"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/report"
)

// The limits of one message in UTF-16 units and entities, as Telegram counts them. Some
// of its 4,096 units are reserved for the warning above a corrected answer.
const (
	maxUnits    = 4096 - 300
	maxEntities = 100
)

// fits reports whether a message surely needs no splitting.
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
	return length <= maxUnits && entities <= maxEntities
}

// reworded returns the claims that aren't quotations of the report.
func reworded(a *answer.Answer) []answer.Claim {
	var claims []answer.Claim
	for _, claim := range a.Claims {
		if a.Mode == answer.ByModel && !claim.Quoted && !slices.Contains(claim.Sources, claim.Text) {
			claims = append(claims, claim)
		}
	}
	return claims
}

// evidence returns the sentences behind an answer's claims, each once and in full, with
// their footnotes, sections and pages. It leaves out sentences that the answer quotes.
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

// withEvidence adds the evidence for an answer to its message, folded, if there is
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

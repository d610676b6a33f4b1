package answer

import (
	"slices"

	"reportbot/retrieval"
)

// What an extractive answer quotes.
const (
	mostSentences = 4
	mostFootnotes = 6
	// leastShare is how much of the question's weight the best sentence or
	// passage must have; below it the report is taken not to answer.
	leastShare = .12
	// leastOfBest is how near a further sentence must be, of the best one's score.
	leastOfBest = .55
)

// quoted is a sentence that may be quoted, with where it stands in the report.
type quoted struct {
	retrieval.Ranked
	hit, at int
	score   float64
}

// extract makes the answer the report's nearest sentences, in the order of
// their nearness.
func (answer *Answer) extract(hits []retrieval.Hit) {
	answer.Mode, answer.Claims = Extractive, nil
	best := nearest(hits)
	if len(best) == 0 || slices.MaxFunc(best, byShare).Share < leastShare {
		answer.Status = NotInReport
		return
	}
	answer.Status = Passages
	footnotes := 0
	for _, q := range best {
		if len(answer.Claims) == mostSentences || q.score < leastOfBest*best[0].score {
			break
		}
		if len(answer.Claims) > 0 && footnotes+len(q.Footnotes) > mostFootnotes {
			continue
		}
		footnotes += len(q.Footnotes)
		answer.Claims = append(answer.Claims, Claim{Text: q.Text, Footnotes: q.Footnotes, Sources: []string{q.Text}})
	}
}

func byShare(a, b quoted) int {
	switch {
	case a.Share < b.Share:
		return -1
	case a.Share > b.Share:
		return 1
	}
	return 0
}

// nearest returns the sentences of the hits, nearest first. A sentence's own
// score counts most, its passage's tells what it is about.
func nearest(hits []retrieval.Hit) []quoted {
	var all []quoted
	for i, hit := range hits {
		for j, s := range hit.Sentences {
			all = append(all, quoted{Ranked: s, hit: i, at: j, score: s.Score + .3*hit.Score})
		}
	}
	slices.SortStableFunc(all, func(a, b quoted) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	return all
}

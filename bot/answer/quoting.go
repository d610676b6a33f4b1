package answer

import (
	"context"

	"reportbot/retrieval"
)

// quoting is what an answer without a model is made of.
type quoting struct {
	hits            []retrieval.Hit
	status          Status
	claims, nearest []Claim
	absent          []string
}

// quote answers in the report's own words, without asking a model. What was
// made of the same question before is taken from there.
func (a *Answerer) quote(ctx context.Context, answer *Answer, q question) error {
	key := keyOf(answer.Edition, q)
	shared := a.sharing != nil && a.model == nil && !q.follows
	if shared {
		if kept, ok := a.sharing.quoted.Get(key); ok {
			answer.found(kept.hits)
			answer.Mode, answer.Status, answer.Claims, answer.Nearest = Extractive, kept.status, kept.claims, kept.nearest
			answer.Absent = kept.absent
			return nil
		}
	}
	f, err := a.find(ctx, answer.Edition, q, nil)
	if err != nil {
		return err
	}
	answer.found(f.hits)
	answer.Took.Retrieval = f.took.search
	answer.extract(f, a.finder.Concepts())
	if shared {
		a.sharing.quoted.Add(key, quoting{f.hits, answer.Status, answer.Claims, answer.Nearest, answer.Absent})
	}
	return nil
}

// found notes the passages that were found.
func (answer *Answer) found(hits []retrieval.Hit) {
	answer.Passages = hits[:min(ShownPassages, len(hits))]
	for _, hit := range hits {
		answer.Found = append(answer.Found, hit.ID)
	}
}

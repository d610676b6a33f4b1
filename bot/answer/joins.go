package answer

import (
	"context"
	"slices"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

// joins decides whether a question that may follow others does: only if it
// finds more together with them than alone. Who replies to a message means it.
func joins(ctx context.Context, finder Finder, edition *store.Edition, q question) (bool, error) {
	if q.sign == noSign || q.sign == surely {
		return q.sign == surely, nil
	}
	own := readFollowing(q.Question, q.asked).content()
	if len(own) == 0 {
		return true, nil
	}
	earlier := q.before(finder.Concepts())
	before := readFollowing(earlier, text.LanguageOf(earlier, q.Fallback)).content()
	joined, err := finder.SearchFollowUp(ctx, edition, earlier, q.Question, joinedHits)
	if err != nil {
		return false, err
	}
	if q.sign == strongSign {
		// Nothing of what it adds stands where the two lead: it is another subject.
		return q.asked != text.Vietnamese || shareFound(joined, own) > 0, nil
	}
	return slices.ContainsFunc(joined, func(hit retrieval.Hit) bool {
		one := []retrieval.Hit{hit}
		return shareFound(one, own) == 1 && shareFound(one, before) >= leastJoined
	}), nil
}

const (
	// joinedHits is how many passages are looked at to decide whether a question
	// follows others.
	joinedHits = 3
	// leastJoined is how much of the earlier question's words a passage must have
	// that has all words of the later one.
	leastJoined = .5
)

// shareFound returns the largest share of words that one of the passages has.
func shareFound(hits []retrieval.Hit, words []string) float64 {
	most := 0.
	for _, hit := range hits {
		has := map[string]bool{}
		for _, w := range text.Words(hit.Section + "\n" + hit.Entry + "\n" + hit.Text()) {
			has[w.Folded] = true
		}
		count := 0
		for _, w := range words {
			if has[w] {
				count++
			}
		}
		most = max(most, float64(count)/float64(max(1, len(words))))
	}
	return most
}

package answer

import (
	"context"
	"slices"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

// isFollowUp decides whether a question with signs of a follow-up is one: only if a
// search together with the earlier questions supports that. A reply to a message always
// is one.
func isFollowUp(ctx context.Context, finder Finder, edition *store.Edition, q question) (bool, error) {
	if q.signal == noSignal || q.signal == certain {
		return q.signal == certain, nil
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
	if q.signal == strongSignal {
		// None of its new words occur in the joint hits: it has another subject.
		return q.asked != text.Vietnamese || shareFound(joined, own) > 0, nil
	}
	return slices.ContainsFunc(joined, func(hit retrieval.Hit) bool {
		one := []retrieval.Hit{hit}
		return shareFound(one, own) == 1 && shareFound(one, before) >= minJoined
	}), nil
}

const (
	// joinedHits is how many passages are searched to decide whether a question is a
	// follow-up.
	joinedHits = 3
	// minJoined is the least share of the earlier question's words that a passage with
	// all words of the later one must have.
	minJoined = .5
)

// shareFound returns the largest share of the words that a single passage has.
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

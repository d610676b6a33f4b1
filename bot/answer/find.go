package answer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

const (
	// promptPassages is how many passages are considered for the prompt,
	// listedPassages for a question that asks for all of a kind.
	promptPassages = 12
	listedPassages = 50
)

// leastShare is how much of a question's weight the best sentence must have; below it the
// report is taken not to answer.
const leastShare = .13

// strongShare is how much of a question's weight the best sentence has where
// the words of the question find enough by themselves.
const strongShare = .18

// results are what was found for a question.
type results struct {
	hits     []retrieval.Hit
	question string
	// parts are the questions that it puts together, or, if it goes on from an
	// earlier one, its own words, each with what it finds by itself.
	parts []retrieval.Part
	// before is what the question is searched with since it doesn't stand alone.
	before string
	// alone is the question in words that stand alone; empty where the model
	// wasn't asked for it or said nothing of use.
	alone string
	// absence has what the report lacks of the question's own words. It refuses
	// only if the words that stand alone are lacking too.
	absence retrieval.Absence
	usage   Usage
	took    times
}

// Finder is what answering needs of retrieval.
type Finder interface {
	Search(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, error)
	// SearchParts is Search with what each part of a question finds by itself.
	SearchParts(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, []retrieval.Part, error)
	// SearchFollowUp is Search for a question that goes on from an earlier one.
	SearchFollowUp(ctx context.Context, edition *store.Edition, earlier, question string, k int) ([]retrieval.Hit, error)
	// Absence says whether an edition speaks of what a question asks; hits are
	// what was found for it.
	Absence(ctx context.Context, edition *store.Edition, question string, hits []retrieval.Hit) (retrieval.Absence, error)
	// Concepts returns the word list, by which claims and sources are compared.
	Concepts() *retrieval.Concepts
}

// times is how long a search took, and the model's part in it.
type times struct{ search, model time.Duration }

// typeOf reads what kind of thing is asked for: the question may leave it to
// the one before.
func (f results) typeOf(concepts *retrieval.Concepts) answerType {
	for _, words := range []string{f.question, f.alone, f.before} {
		if of, ok := retrieval.Listed(words); ok {
			words = of
		}
		if t := typeOf(words, concepts); t.kind != retrieval.Anything {
			return t
		}
	}
	return answerType{}
}

// rewriter words a question anew, as one in the report's language that stands alone; empty
// where that is of no use.
type rewriter func(ctx context.Context, q question, report text.Language) (alone string, used Usage)

// find searches for a question, and calls onFound, if it isn't nil, with what its
// own words find, so that a caller who stops early can quote it. Where its own words
// don't say what it asks for, or not in the report's language, rewrite, if it isn't nil,
// words it anew; what its own words find is kept among the rest, so that a bad wording
// does no harm.
func find(ctx context.Context, finder Finder, edition *store.Edition, q question, rewrite rewriter, onFound func(results)) (results, error) {
	f := results{question: q.Question}
	begun := time.Now()
	err := f.search(ctx, finder, edition, q)
	f.took.search = time.Since(begun)
	if err != nil {
		return f, err
	}
	if onFound != nil {
		onFound(f)
	}
	language := reportLanguage(edition, f.hits)
	if rewrite == nil || !q.needsWording(f.hits, language) {
		return f, nil
	}
	begun = time.Now()
	f.alone, f.usage = rewrite(ctx, q, language)
	f.took.model = time.Since(begun)
	if f.alone == "" || q.follows && f.alone == q.Question {
		return f, nil // there are no other words to search by
	}
	begun = time.Now()
	more, _, err := searchParts(ctx, finder, edition, f.alone)
	f.took.search += time.Since(begun)
	if err != nil {
		return f, err
	}
	absence, err := finder.Absence(ctx, edition, f.alone, more)
	f.absence.Refuse = f.absence.Refuse && absence.Refuse
	if bearing(more) >= bearing(f.hits) {
		f.hits = merge(more, f.hits)
	} else {
		f.hits = merge(f.hits, more)
	}
	return f, err
}

// search searches by the question's own words, with what it follows.
func (f *results) search(ctx context.Context, finder Finder, edition *store.Edition, q question) (err error) {
	if !q.follows {
		if f.hits, f.parts, err = searchParts(ctx, finder, edition, q.Question); err == nil {
			f.absence, err = finder.Absence(ctx, edition, q.Question, f.hits)
		}
		return err
	}
	// What such a question is about is in those that it follows: nothing is absent.
	f.before = q.before(finder.Concepts())
	f.hits, err = finder.SearchFollowUp(ctx, edition, f.before, q.Question, promptPassages)
	if err == nil && len(readFollowing(q.Question, q.asked).content()) > 0 {
		f.parts = []retrieval.Part{{Question: q.Question}}
		f.parts[0].Hits, err = finder.Search(ctx, edition, q.Question, promptPassages)
	}
	return err
}

// searchParts searches for a question that stands alone.
func searchParts(ctx context.Context, finder Finder, edition *store.Edition, words string) ([]retrieval.Hit, []retrieval.Part, error) {
	k := promptPassages
	if of, ok := retrieval.Listed(words); ok {
		words, k = of, listedPassages
	}
	return finder.SearchParts(ctx, edition, words, k)
}

// needsWording reports whether a question's own words are not enough to search
// by: it follows others, is in another language than the report, or has found
// too little.
func (q question) needsWording(hits []retrieval.Hit, report text.Language) bool {
	return q.follows || q.asked != report || bearing(hits) < strongShare
}

// silent reports whether the report can't be taken to speak of the question.
func (f results) silent() bool { return f.absence.Refuse || !Bears(f.hits) }

// Bears reports whether what was found for some words has enough of them that
// the report can be taken to speak of it.
func Bears(hits []retrieval.Hit) bool { return bearing(hits) >= leastShare }

// bearing returns how much of what was searched for the best sentence has, 0 to 1.
func bearing(hits []retrieval.Hit) float64 {
	most := 0.
	for _, hit := range hits {
		for _, s := range hit.Sentences {
			most = max(most, s.Share)
		}
	}
	return most
}

// reportLanguage returns the language of what was found in a report, or of its
// title where nothing was.
func reportLanguage(edition *store.Edition, hits []retrieval.Hit) text.Language {
	language := text.LanguageOf(edition.Title, text.Vietnamese)
	for _, hit := range hits[:min(len(hits), 2)] {
		language = text.LanguageOf(hit.Text(), language)
	}
	return language
}

// merge ranks two searches' hits together, by the sum of their reciprocal
// ranks; of two alike the first search's is nearer.
func merge(first, second []retrieval.Hit) []retrieval.Hit {
	worth := map[int64]float64{}
	var merged []retrieval.Hit
	for _, hits := range [][]retrieval.Hit{first, second} {
		for rank, hit := range hits {
			if worth[hit.ID] == 0 {
				merged = append(merged, hit)
			}
			worth[hit.ID] += 1 / float64(1+rank)
		}
	}
	slices.SortStableFunc(merged, func(a, b retrieval.Hit) int { return cmp.Compare(worth[b.ID], worth[a.ID]) })
	return merged[:min(len(merged), promptPassages)]
}

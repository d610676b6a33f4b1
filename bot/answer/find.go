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
	// promptPassages is how many passages are considered for the prompt, listedPassages
	// for a question for a list.
	promptPassages = 12
	listedPassages = 50
)

// minShare is the least share of a question's weight that the best sentence must have;
// below it the report is taken to have no answer.
const minShare = .13

// strongShare is the share of a question's weight in the best sentence from which on no
// rewriting is needed.
const strongShare = .18

// results are the search results for a question.
type results struct {
	hits     []retrieval.Hit
	question string
	// parts are the parts of a compound question, or the own words of a follow-up, each
	// with its own hits.
	parts []retrieval.Part
	// before is the earlier text with which a follow-up was searched.
	before string
	// alone is the question rewritten to be self-contained; empty if the model wasn't
	// called for it or its reply was unusable.
	alone string
	// absence is what the report lacks of the question's own words. It refuses only if
	// the words of the rewritten question are lacking too.
	absence retrieval.Absence
	usage   Usage
	took    times
}

// Finder searches an edition; *retrieval.Searcher implements it.
type Finder interface {
	Search(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, error)
	// SearchParts is Search that also returns the hits of each part of a question.
	SearchParts(ctx context.Context, edition *store.Edition, question string, k int) ([]retrieval.Hit, []retrieval.Part, error)
	// SearchFollowUp is Search for a follow-up of an earlier question.
	SearchFollowUp(ctx context.Context, edition *store.Edition, earlier, question string, k int) ([]retrieval.Hit, error)
	// Absence returns which words of a question an edition lacks; hits are the
	// question's.
	Absence(ctx context.Context, edition *store.Edition, question string, hits []retrieval.Hit) (retrieval.Absence, error)
	// Concepts returns the word list for comparing claims with sources.
	Concepts() *retrieval.Concepts
}

// times are the duration of a search, and the model's part of it.
type times struct{ search, model time.Duration }

// typeOf classifies the question, or if its words don't suffice, the rewritten or
// earlier one.
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

// rewriter rewrites a question to a self-contained one in the report's language. It
// returns "" if that fails or doesn't help.
type rewriter func(ctx context.Context, q question, report text.Language) (alone string, used Usage)

// find searches for a question. It calls onFound, if not nil, with the results of its
// own words, which a caller that stops early can quote. If these words don't suffice,
// or aren't in the report's language, rewrite, if not nil, rewrites the question. The
// hits of both are merged, so that a bad rewriting does no harm.
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
	if rewrite == nil || !q.needsRewriting(f.hits, language) {
		return f, nil
	}
	begun = time.Now()
	f.alone, f.usage = rewrite(ctx, q, language)
	f.took.model = time.Since(begun)
	if f.alone == "" || q.follows && f.alone == q.Question {
		return f, nil // the rewriting has nothing new
	}
	begun = time.Now()
	more, _, err := searchParts(ctx, finder, edition, f.alone)
	f.took.search += time.Since(begun)
	if err != nil {
		return f, err
	}
	absence, err := finder.Absence(ctx, edition, f.alone, more)
	f.absence.Refuse = f.absence.Refuse && absence.Refuse
	if bestShare(more) >= bestShare(f.hits) {
		f.hits = merge(more, f.hits)
	} else {
		f.hits = merge(f.hits, more)
	}
	return f, err
}

// search searches by the question's own words, together with the earlier ones if it is a follow-up.
func (f *results) search(ctx context.Context, finder Finder, edition *store.Edition, q question) (err error) {
	if !q.follows {
		if f.hits, f.parts, err = searchParts(ctx, finder, edition, q.Question); err == nil {
			f.absence, err = finder.Absence(ctx, edition, q.Question, f.hits)
		}
		return err
	}
	// The subject of a follow-up is in the earlier questions, so absence isn't checked.
	f.before = q.before(finder.Concepts())
	f.hits, err = finder.SearchFollowUp(ctx, edition, f.before, q.Question, promptPassages)
	if err == nil && len(readFollowing(q.Question, q.asked).content()) > 0 {
		f.parts = []retrieval.Part{{Question: q.Question}}
		f.parts[0].Hits, err = finder.Search(ctx, edition, q.Question, promptPassages)
	}
	return err
}

// searchParts searches for a question that isn't a follow-up.
func searchParts(ctx context.Context, finder Finder, edition *store.Edition, words string) ([]retrieval.Hit, []retrieval.Part, error) {
	k := promptPassages
	if of, ok := retrieval.Listed(words); ok {
		words, k = of, listedPassages
	}
	return finder.SearchParts(ctx, edition, words, k)
}

// needsRewriting reports whether a question's own words don't suffice for a search: it
// is a follow-up, is in another language than the report, or has weak hits.
func (q question) needsRewriting(hits []retrieval.Hit, report text.Language) bool {
	return q.follows || q.asked != report || bestShare(hits) < strongShare
}

// noAnswer reports whether the report is taken to have no answer.
func (f results) noAnswer() bool { return f.absence.Refuse || !Relevant(f.hits) }

// Relevant reports whether the hits of a search have enough of its words that the
// report is taken to have its subject.
func Relevant(hits []retrieval.Hit) bool { return bestShare(hits) >= minShare }

// bestShare returns the share of the query's weight in the best sentence, 0 to 1.
func bestShare(hits []retrieval.Hit) float64 {
	most := 0.
	for _, hit := range hits {
		for _, s := range hit.Sentences {
			most = max(most, s.Share)
		}
	}
	return most
}

// reportLanguage returns the language of the hits in a report, or without hits of its
// title.
func reportLanguage(edition *store.Edition, hits []retrieval.Hit) text.Language {
	language := text.LanguageOf(edition.Title, text.Vietnamese)
	for _, hit := range hits[:min(len(hits), 2)] {
		language = text.LanguageOf(hit.Text(), language)
	}
	return language
}

// merge ranks the hits of two searches by the sum of their reciprocal ranks; ties go to
// the first search.
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

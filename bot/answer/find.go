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

// strongShare is how much of a question's weight the best sentence has where
// the words of the question find enough by themselves.
const strongShare = .18

// found is what a search gave.
type found struct {
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

// times is how long a search took, and the model's part in it.
type times struct{ search, model time.Duration }

// typeOf reads what kind of thing is asked for: the question may leave it to
// the one before.
func (f found) typeOf(concepts *retrieval.Concepts) answerType {
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

// find searches for a question, and calls onFound, if it isn't nil, with what its
// own words find, so that a caller who stops early can quote it. Where its own words
// don't tell what it asks for, or not in the report's language, the model words it
// anew; what its own words find is kept among the rest, so that a bad wording does no
// harm.
func (a *Answerer) find(ctx context.Context, edition *store.Edition, q question, onFound func(found)) (found, error) {
	f := found{question: q.Question}
	search := func(words string) ([]retrieval.Hit, []retrieval.Part, error) {
		k := promptPassages
		if of, ok := retrieval.Listed(words); ok {
			words, k = of, listedPassages
		}
		return a.finder.SearchParts(ctx, edition, words, k)
	}
	begun := time.Now()
	var err error
	if q.follows {
		f.before = q.before(a.finder.Concepts())
		f.hits, err = a.finder.SearchFollowUp(ctx, edition, f.before, q.Question, promptPassages)
		if err == nil && len(readFollowing(q.Question, q.language).content()) > 0 {
			f.parts = []retrieval.Part{{Question: q.Question}}
			f.parts[0].Hits, err = a.finder.Search(ctx, edition, q.Question, promptPassages)
		}
	} else {
		f.hits, f.parts, err = search(q.Question)
	}
	f.took.search = time.Since(begun)
	if err != nil {
		return f, err
	}
	// What a question that follows others is about stands in those.
	if !q.follows {
		if f.absence, err = a.finder.Absence(ctx, edition, q.Question, f.hits); err != nil {
			return f, err
		}
	}
	if onFound != nil {
		onFound(f)
	}
	if q.overLimit != NoNotice || a.model == nil || a.retrier.rests() || !q.needsWording(f.hits, reportLanguage(edition, f.hits)) {
		return f, nil
	}
	begun = time.Now()
	f.alone, f.usage = a.rewrite(ctx, q, reportLanguage(edition, f.hits))
	f.took.model = time.Since(begun)
	if f.alone == "" || q.follows && f.alone == q.Question {
		return f, nil // there are no other words to search by
	}
	begun = time.Now()
	more, _, err := search(f.alone)
	f.took.search += time.Since(begun)
	if err != nil {
		return f, err
	}
	absence, err := a.finder.Absence(ctx, edition, f.alone, more)
	f.absence.Refuse = f.absence.Refuse && absence.Refuse
	if bearing(more) >= bearing(f.hits) {
		f.hits = merge(more, f.hits)
	} else {
		f.hits = merge(f.hits, more)
	}
	return f, err
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

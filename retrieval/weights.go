package retrieval

import "reportbot/store/text"

// features are the relevance signals of a text, and also their weights. Each is a
// share, 0 to about 1, of the most that a text could have for the question, so
// that sums are comparable between texts and searches.
type features struct {
	exact    float64 // BM25 of the words as written
	folded   float64 // BM25 of the words without marks
	pairs    float64 // BM25 of neighbours: phrases and names
	concepts float64 // BM25 of the word list's concepts
	names    float64 // capitalised words and numbers of the question
	joining  float64 // BM25 of words that only join others: said in the same way
	// coverage is how much of the question is there at all, by weight: a text
	// that has most of it beats one that has a part often.
	coverage float64
	kind     float64 // has a date, or a number, where the question asks for one
}

// weighed returns the sum of the features by their weights.
func (s features) weighed(w features) float64 {
	return s.exact*w.exact + s.folded*w.folded + s.pairs*w.pairs + s.concepts*w.concepts + s.names*w.names +
		s.joining*w.joining + s.coverage*w.coverage + s.kind*w.kind
}

// semanticWeight is the weight of the embeddings' similarity, relative to the features'
// sum, which is 0 to about 1.
const semanticWeight = .5

// weights say how much the features count in a whole passage and in its best
// sentence; a passage's score is the sum of both.
type weights struct{ passage, sentence features }

// The weights by how a question is written: a question without marks can't be
// compared as written; one in another language only through names, numbers and
// concepts. They are what TestLearnWeights finds on all question sets together,
// scaled so that each block's sum is about 1, and rounded; small ones are left
// out.
var (
	markedWeights = weights{
		passage:  features{exact: .09, pairs: .11, concepts: .17, coverage: .06},
		sentence: features{exact: .07, pairs: .03, concepts: .10, names: .02, joining: .17, coverage: .14, kind: .05},
	}
	unmarkedWeights = weights{
		passage:  features{exact: .04, pairs: .18, concepts: .13, names: .04, joining: .04, coverage: .08},
		sentence: features{folded: .02, pairs: .14, concepts: .02, names: .04, joining: .12, coverage: .10, kind: .05},
	}
	// Of a report in the question's language, if that isn't Vietnamese.
	nativeWeights = weights{
		passage:  features{exact: .13, folded: .17, pairs: .10, names: .06, joining: .10, coverage: .07, kind: .02},
		sentence: features{exact: .07, folded: .12, pairs: .02, joining: .10, coverage: .04},
	}
	foreignWeights = weights{
		passage:  features{exact: .16, folded: .06, pairs: .03, concepts: .12, names: .03, coverage: .08},
		sentence: features{exact: .08, pairs: .02, concepts: .13, names: .03, coverage: .20, kind: .07},
	}
)

// archive is from how many passages on an edition is ranked as one: among so many
// there is always one with other words for most of a question, so that the
// question's own words and neighbours count for more.
const archive = 2000

// The weights for archives, learned on half of XQuAD's paragraphs among 6,000
// passages.
var (
	markedArchiveWeights = weights{
		passage:  features{exact: .22, folded: .02, pairs: .25, concepts: .03, names: .06, joining: .04},
		sentence: features{exact: .03, pairs: .15, names: .04, joining: .06, coverage: .02, kind: .07},
	}
	unmarkedArchiveWeights = weights{
		passage:  features{exact: .08, folded: .12, pairs: .24, concepts: .03, names: .02, joining: .06, coverage: .04},
		sentence: features{exact: .03, pairs: .18, concepts: .01, names: .03, joining: .06, coverage: .05, kind: .06},
	}
)

func weightsFor(q query, passages int) *weights {
	switch {
	case !q.native:
		return &foreignWeights
	case q.language != text.Vietnamese:
		return &nativeWeights
	case q.marked && passages >= archive:
		return &markedArchiveWeights
	case q.marked:
		return &markedWeights
	case passages >= archive:
		return &unmarkedArchiveWeights
	}
	return &unmarkedWeights
}

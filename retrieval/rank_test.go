package retrieval

import (
	"math"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// One score, spelled out: what each feature adds, by the numbers.
func TestOneScoresSum(t *testing.T) {
	s := &Searcher{wordLists: wordLists{concepts: concepts(t, "lính, quân nhân | soldier | - | -\n")}}
	q := parse("Lính Mây có bao nhiêu", s.concepts, text.Vietnamese) // có, bao and nhiêu only join
	const passages = 9
	term := func(column store.Column, token string) store.Term { return store.Term{Column: column, Token: token} }
	frequencies := map[store.Term]int{
		term(store.Exact, "mây"): 1, term(store.Folded, "may"): 2, term(store.Exact, "có"): 8,
		term(store.Exact, "quân_nhân"): 0, term(store.Pairs, "quan_nhan"): 1,
	}
	sentence := "Mây có 3 quân nhân."
	r := newRanking(q, frequencies, passages)
	hits := r.rank([]*reading{readPassage(store.Passage{Sentences: []report.Sentence{{Text: sentence}}})}, nil)

	idf := func(n float64) float64 { return math.Log(1 + (passages-n+.5)/(n+.5)) }
	bm25 := func(tf, length, b float64) float64 { return tf * (k1 + 1) / (tf + k1*(1-b+b*length)) }
	// Of the words lính isn't there, mây is, once; without marks likewise. That
	// is what the text says in the question's own words.
	said := idf(2) / (idf(0) + idf(2))
	sum := func(w features, length, b float64) float64 {
		exact := idf(1) * bm25(1, length, b) / (idf(0) + idf(1))
		folded := idf(2) * bm25(1, length, b) / (idf(0) + idf(2))
		// The pairs "lính mây" and "mây có" are two of four: the second is there,
		// and like the others in no other text.
		pair := bm25(1, length, b) / 4
		// The concept is there under another name than the question's, which the
		// report never uses itself.
		concept := bm25(otherName, length, b) * (1 - said)
		// Of the joining words có is there, but tells little.
		joining := idf(8) * bm25(1, length, b) / max(idf(0)+idf(1), 3)
		// The name Mây is, a number as asked for is, and one way or another all of
		// the question is.
		return w.exact*exact + w.folded*folded + w.pairs*pair + w.concepts*concept + w.joining*joining + w.names + w.kind + w.coverage
	}
	inSentence := sum(markedWeights.sentence, 5/max(5./2, 1), bSentence)
	want := sum(markedWeights.passage, 1, bPassage) + inSentence
	if got := hits[0].Sentences[0].Score; math.Abs(got-inSentence) > 1e-9 {
		t.Errorf("the sentence scores %.6f, its parts sum up to %.6f", got, inSentence)
	}
	if got := hits[0].Score; math.Abs(got-want) > 1e-9 {
		t.Errorf("the passage scores %.6f, its parts sum up to %.6f", got, want)
	}
}

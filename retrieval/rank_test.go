package retrieval

import (
	"math"
	"strings"
	"testing"

	"reportbot/store"
	"reportbot/store/report"
)

// One score, spelled out: what each sign of nearness adds, by the numbers.
func TestOneScoresSum(t *testing.T) {
	concepts, err := LoadConcepts(strings.NewReader("lính, quân nhân | soldier | - | -\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Searcher{concepts: concepts}
	q := s.parse("Lính Mây đâu") // đâu is a stop word
	const passages = 9
	term := func(column store.Column, token string) store.Term { return store.Term{Column: column, Token: token} }
	frequencies := map[store.Term]int{
		term(store.Exact, "mây"): 1, term(store.Folded, "may"): 2,
		term(store.Exact, "quân_nhân"): 0, term(store.Pairs, "quan_nhan"): 1,
	}
	sentence := "Quân nhân Mây ngủ."
	r := newRanking(q, frequencies, passages)
	hits := r.rank([]*reading{{
		passage:   store.Passage{Sentences: []report.Sentence{{Text: sentence}}},
		whole:     cutUp(sentence),
		sentences: []cut{cutUp(sentence)},
	}}, nil)

	idf := func(n float64) float64 { return math.Log(1 + (passages-n+.5)/(n+.5)) }
	bm25 := func(tf, length, b float64) float64 { return tf * (k1 + 1) / (tf + k1*(1-b+b*length)) }
	sum := func(w weights, length, b float64) float64 {
		// Words: lính isn't there, mây is, once.
		exact := idf(1) * bm25(1, length, b) / (idf(0) + idf(1))
		folded := idf(2) * bm25(1, length, b) / (idf(0) + idf(2))
		// The pairs "lính mây" and "mây đâu" are not there. The concept is, under
		// another name than the question's, which the report never uses itself.
		concept := bm25(otherName, length, b)
		// The name Mây is.
		// All of the question is there, one way or another.
		return w.exact*exact + w.folded*folded + w.concepts*concept + w.names*1 + w.coverage*1
	}
	sentenceWeights := markedWeights
	sentenceWeights.concepts = sentenceConcepts
	inSentence := sum(sentenceWeights, 4/max(4./2, 1), bSentence)
	want := sum(markedWeights, 1, bPassage) + markedWeights.sentence*inSentence
	if got := hits[0].Sentences[0].Score; math.Abs(got-inSentence) > 1e-9 {
		t.Errorf("the sentence scores %.6f, its parts sum up to %.6f", got, inSentence)
	}
	if got := hits[0].Score; math.Abs(got-want) > 1e-9 {
		t.Errorf("the passage scores %.6f, its parts sum up to %.6f", got, want)
	}
}

package retrieval

import "reportbot/store/text"

// judgement is how evidence is weighed: a logistic regression, fitted on
// questions that a report answers, questions on its subject that it doesn't,
// and questions on other subjects (of the development questions, and of the
// open halves of MLQA and XQuAD with other articles' questions).
type judgement struct {
	bias    float64
	weights evidence
	least   float64 // below which the report is taken not to speak of it
}

// A question with marks, one typed without, and one in another language: what
// is compared differs.
var (
	marked   = judgement{-.59, evidence{missing: -1.44, sentence: 1.88, passage: 1.38, sentenceMass: .65, passageMass: .81, pairs: .68, absentNames: -1.26, name: 1.05, uncounted: -1.19, score: 2.63, size: -1.13}, -2.1}
	unmarked = judgement{-1.51, evidence{missing: -.01, sentence: 2.45, passage: 2.52, sentenceMass: .95, passageMass: .69, pairs: .76, absentNames: -1.68, name: .87, uncounted: -1.38, score: 4.88, size: -1.27}, -2}
	foreign  = judgement{-.18, evidence{missing: -1.68, sentence: .05, passage: -1.29, sentenceMass: .62, passageMass: .62, absentNames: -.8, name: .88, uncounted: -2.81, score: 3.53, size: -.49}, -2.35}
)

// speaks reports whether the evidence is enough that the report can be taken
// to speak of what is asked.
func (e evidence) speaks(q Query) bool {
	j := marked
	switch {
	case q.Language != text.Vietnamese:
		j = foreign
	case !q.Marked:
		j = unmarked
	}
	sum := j.bias
	weights := j.weights.list()
	for i, value := range e.list() {
		sum += value * weights[i]
	}
	return sum >= j.least
}

func (e evidence) list() []float64 {
	return []float64{e.missing, e.sentence, e.passage, e.sentenceMass, e.passageMass, e.pairs, e.absentNames, e.name, e.uncounted, e.score, e.size}
}

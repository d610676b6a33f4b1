package retrieval

import (
	"math"

	"reportbot/store/text"
)

// logistic weighs evidence by a logistic regression, fitted by TestAbsenceFigures
// on questions that a report answers, questions on its subject that it
// doesn't, and questions on other subjects.
type logistic struct {
	bias    float64
	weights evidence
	// least is below which a report of one passage is taken not to answer; it
	// rises by bySize with the log of the passages.
	least, bySize float64
}

// What is compared differs between a question with marks, one typed without,
// one to a report in another language than Vietnamese, and one in another
// language than the report.
var (
	markedAnswer   = logistic{2.02, evidence{missing: -1.65, sentence: -.09, passage: -2.09, missingMass: -.26, sentenceMass: 1.08, passageMass: .94, pairs: .83, knownPairs: .90, run: .41, absentNames: -1.36, name: 1.32, uncounted: -3.28, rarest: .88, score: 6.15, lead: 1.94, size: -1.26, parts: -1.15}, -2.30, .30}
	unmarkedAnswer = logistic{-.02, evidence{missing: -.80, sentence: -.56, passage: .51, missingMass: -1.09, sentenceMass: 1.35, passageMass: .92, pairs: .59, knownPairs: .48, run: .54, absentNames: -.54, name: .32, uncounted: -2.15, rarest: .31, score: 7.57, lead: 6.30, size: -1.20, parts: -.25}, -1.90, .20}
	nativeAnswer   = logistic{-1.74, evidence{missing: -5.28, sentence: 1.34, passage: 2.22, missingMass: -.54, sentenceMass: 1.18, passageMass: 1.03, pairs: .88, knownPairs: -.33, run: 1.33, absentNames: -1.98, name: 1.48, uncounted: .14, rarest: 4.64, score: 1.38, lead: .20, size: .07, parts: -.82}, -.70, .00}
	foreignAnswer  = logistic{1.68, evidence{missing: -4.30, sentence: 1.37, passage: -3.43, missingMass: .71, sentenceMass: .66, passageMass: .39, pairs: 4.02, knownPairs: -2.56, run: 1.46, absentNames: -.63, name: .44, uncounted: -3.10, rarest: -.27, score: .74, lead: 4.42, size: -1.80, parts: 3.01}, -1.40, .00}
)

func answerWeights(q Query) *logistic {
	switch {
	case !q.native:
		return &foreignAnswer
	case q.Language != text.Vietnamese:
		return &nativeAnswer
	case !q.Marked:
		return &unmarkedAnswer
	}
	return &markedAnswer
}

// answerable reports whether the evidence is enough that the report can be
// taken to answer. One sentence that has all that is asked about is enough.
func (e evidence) answerable(q Query) bool {
	if e.sentence > .999 && e.parts > math.Log(2) {
		return true
	}
	l := answerWeights(q)
	return l.weigh(e) >= l.least+l.bySize*e.size
}

func (l *logistic) weigh(e evidence) float64 {
	sum := l.bias
	weights := l.weights.list()
	for i, value := range e.list() {
		sum += value * weights[i]
	}
	return sum
}

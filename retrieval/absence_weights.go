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
	// least is the threshold for an answer of a report of one passage; it rises by
	// bySize with the log of the passages.
	least, bySize float64
}

// What is compared differs between a question with marks, one typed without,
// one to a report in another language than Vietnamese, and one in another
// language than the report.
var (
	markedAnswer   = logistic{-.30, evidence{missing: -1.89, sentence: 2.28, passage: -.61, missingMass: -.43, sentenceMass: 1.00, passageMass: .80, pairs: .94, knownPairs: .54, run: .33, absentNames: -1.81, name: 1.23, uncounted: -3.41, rarest: .43, score: 6.19, lead: 3.55, size: -.90, parts: -.57, missingRarest: 1.18, sentenceBySize: -.77}, -3.40, .60}
	unmarkedAnswer = logistic{-1.41, evidence{missing: -1.11, sentence: 1.45, passage: 1.39, missingMass: -1.06, sentenceMass: 1.00, passageMass: .79, pairs: .86, knownPairs: .46, run: .36, absentNames: -1.42, name: 1.31, uncounted: -2.27, rarest: .39, score: 9.26, lead: 7.93, size: -.86, parts: -.09, missingRarest: .59, sentenceBySize: -.81}, -3.80, .60}
	nativeAnswer   = logistic{-3.68, evidence{missing: -4.10, sentence: .95, passage: 2.26, missingMass: -.13, sentenceMass: .71, passageMass: .83, pairs: 1.27, knownPairs: .32, run: 1.12, absentNames: -1.94, name: 2.02, uncounted: -.82, rarest: 1.82, score: 3.34, lead: 1.55, size: .44, parts: -.94, missingRarest: 1.63, sentenceBySize: .48}, -1.00, .00}
	foreignAnswer  = logistic{-5.53, evidence{missing: -6.13, sentence: 2.54, passage: -.16, missingMass: -.31, sentenceMass: .66, passageMass: .68, pairs: 2.54, knownPairs: -4.48, run: 2.76, absentNames: .49, name: 2.14, uncounted: -2.85, rarest: -2.47, score: 6.13, lead: -.71, size: -.42, parts: 2.88, missingRarest: 3.90, sentenceBySize: -1.30}, -2.00, .00}
)

func answerWeights(q query) *logistic {
	switch {
	case !q.native:
		return &foreignAnswer
	case q.language != text.Vietnamese:
		return &nativeAnswer
	case !q.marked:
		return &unmarkedAnswer
	}
	return &markedAnswer
}

// answerable reports whether the report is taken to have an answer. A single sentence
// with all parts of the question suffices.
func (e evidence) answerable(q query) bool {
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

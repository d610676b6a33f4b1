package answer

import "reportbot/retrieval"

// mostNearest is how many sentences are named where the report has no answer.
const mostNearest = 2

// extract makes the answer the sentences of the report that answer the question best.
func (answer *Answer) extract(f results, length Length, concepts *retrieval.Concepts) {
	answer.Mode, answer.Claims = Extractive, nil
	if f.silent() {
		answer.setNotInReport(f, concepts)
		return
	}
	chosen := f.choose(length, concepts)
	answer.Status, answer.Places = Passages, chosen.places
	for _, q := range chosen.sentences {
		answer.Claims = append(answer.Claims, q.claim())
	}
}

// setNotInReport makes the answer NotInReport. If the report speaks of the question's
// subject, the nearest sentences are kept in Nearest.
func (answer *Answer) setNotInReport(f results, concepts *retrieval.Concepts) {
	answer.Status, answer.Absent = NotInReport, f.absence.Absent
	if f.silent() {
		return
	}
	best := nearest(f.hits, f.typeOf(concepts))
	for _, q := range best[:min(mostNearest, len(best))] {
		answer.Nearest = append(answer.Nearest, q.claim())
	}
}

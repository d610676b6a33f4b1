package answer

import "reportbot/retrieval"

// maxNearest is the most sentences in Nearest.
const maxNearest = 2

// extract sets an extractive answer: the sentences that answer the question best.
func (answer *Answer) extract(f results, length Length, concepts *retrieval.Concepts) {
	answer.Mode, answer.Claims = Extractive, nil
	if f.noAnswer() {
		answer.setNotInReport(f, concepts)
		return
	}
	chosen := f.choose(length, concepts)
	answer.Status, answer.Places = Passages, chosen.places
	for _, q := range chosen.sentences {
		answer.Claims = append(answer.Claims, q.claim())
	}
}

// setNotInReport makes the answer NotInReport, with the nearest sentences in Nearest if
// the report has the question's subject.
func (answer *Answer) setNotInReport(f results, concepts *retrieval.Concepts) {
	answer.Status, answer.Absent = NotInReport, f.absence.Absent
	if f.noAnswer() {
		return
	}
	best := nearest(f.hits, f.typeOf(concepts))
	for _, q := range best[:min(maxNearest, len(best))] {
		answer.Nearest = append(answer.Nearest, q.claim())
	}
}

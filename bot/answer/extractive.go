package answer

import (
	"cmp"
	"context"
	"regexp"
	"slices"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

const (
	// mostNearest is how many sentences a refusal names.
	mostNearest = 2
	// leastShare is how much of the question's weight the best sentence must have;
	// below it the report is taken not to answer.
	leastShare = .13
)

var hasYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// quoted is a sentence that may be quoted.
type quoted struct {
	retrieval.Ranked
	passage store.Passage
	place   int // in its passage
	score   float64
}

// quotation is what an answer without a model is made of.
type quotation struct {
	hits            []retrieval.Hit
	status          Status
	claims, nearest []Claim
	absent          []string
	places          int
}

// quote answers in the report's own words, without asking a model. An answer kept
// for the same question is reused.
func (a *Answerer) quote(ctx context.Context, answer *Answer, q question) error {
	shared := a.sharing != nil && a.model == nil && !q.follows
	var key answerKey
	if shared {
		key = keyOf(answer.Edition, q)
		if kept, ok := a.sharing.quoted.Get(key); ok {
			answer.found(kept.hits)
			answer.Mode, answer.Status, answer.Claims, answer.Nearest = Extractive, kept.status, kept.claims, kept.nearest
			answer.Absent, answer.Places = kept.absent, kept.places
			return nil
		}
	}
	f, err := a.find(ctx, answer.Edition, q, nil)
	if err != nil {
		return err
	}
	answer.found(f.hits)
	answer.Took.Retrieval = f.took.search
	answer.extract(f, a.finder.Concepts())
	if shared {
		a.sharing.quoted.Add(key, quotation{f.hits, answer.Status, answer.Claims, answer.Nearest, answer.Absent, answer.Places})
	}
	return nil
}

// found notes the passages that were found.
func (answer *Answer) found(hits []retrieval.Hit) {
	answer.Passages = hits[:min(ShownPassages, len(hits))]
	for _, hit := range hits {
		answer.Found = append(answer.Found, hit.ID)
	}
}

// extract makes the answer the sentences of the report that answer it best.
func (answer *Answer) extract(f found, concepts *retrieval.Concepts) {
	answer.Mode, answer.Claims = Extractive, nil
	if f.silent() {
		answer.refuse(f, concepts)
		return
	}
	chosen := f.choose(answer.length, concepts)
	answer.Status, answer.Places = Passages, chosen.places
	for _, q := range chosen.sentences {
		answer.Claims = append(answer.Claims, q.claim())
	}
}

// silent reports whether the report can't be taken to speak of the question.
func (f found) silent() bool { return f.absence.Refuse || !Bears(f.hits) }

// Bears reports whether what was found for some words has enough of them that
// the report can be taken to speak of it.
func Bears(hits []retrieval.Hit) bool { return bearing(hits) >= leastShare }

// bearing returns how much of what was searched for the best sentence has, 0 to 1.
func bearing(hits []retrieval.Hit) float64 {
	most := 0.
	for _, hit := range hits {
		for _, s := range hit.Sentences {
			most = max(most, s.Share)
		}
	}
	return most
}

// refuse makes the answer NotInReport. If the report speaks of the question's
// subject, the nearest sentences are kept in Nearest.
func (answer *Answer) refuse(f found, concepts *retrieval.Concepts) {
	answer.Status, answer.Absent = NotInReport, f.absence.Absent
	if f.silent() {
		return
	}
	best := nearest(f.hits, f.typeOf(concepts))
	for _, q := range best[:min(mostNearest, len(best))] {
		answer.Nearest = append(answer.Nearest, q.claim())
	}
}

func (q quoted) claim() Claim { return Quote(q.Sentence, q.passage.Paragraph, q.passage.Entry) }

// Quote returns a sentence of the report as a claim; entry is the date of the
// timeline entry that it stands in, or empty.
func Quote(s report.Sentence, paragraph int, entry string) Claim {
	claim := Claim{Text: s.Text, Footnotes: s.Footnotes, Sources: []string{s.Text}, Paragraphs: []int{paragraph}, Quoted: true}
	if !hasYear.MatchString(s.Text) {
		claim.When = entry
	}
	claim.onPage(s.Page)
	return claim
}

// onPage adds the page of a source; 0 is none.
func (c *Claim) onPage(page int) {
	if page != 0 && !slices.Contains(c.Pages, page) {
		c.Pages = append(c.Pages, page)
	}
}

// nearest returns the sentences of the hits, nearest first. A sentence's own
// score counts most, its passage's tells what it is about. For a yes/no
// question, sentences that share more of its words score higher.
func nearest(hits []retrieval.Hit, asked answerType) []quoted {
	most := bearing(hits)
	var all []quoted
	for _, hit := range hits {
		for i, s := range hit.Sentences {
			score := (s.Score + .3*hit.Score) * asked.worth(s.Text)
			if asked.kind == retrieval.Whether && most > 0 {
				score *= (1 + s.Share/most) / 2
			}
			all = append(all, quoted{s, hit.Passage, i, score})
		}
	}
	slices.SortStableFunc(all, func(a, b quoted) int { return cmp.Compare(b.score, a.score) })
	return all
}

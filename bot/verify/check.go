package verify

import (
	"cmp"
	"context"
	"slices"

	"reportbot/bot/answer"
	"reportbot/bot/answer/claim"
	"reportbot/bot/intent"
	"reportbot/retrieval"
	"reportbot/store"
)

const (
	// searched is how many passages are read for a statement.
	searched = 10
	// compared is how many of their sentences are compared by rule, shownToJudge how
	// many are in the judge's prompt, with their neighbours.
	compared     = 8
	shownToJudge = 3
	// minOfNearest is the least score, relative to the nearest sentence's, of a
	// sentence in the judge's prompt.
	minOfNearest = .75
	// nearScore is the weight of the search score in addition to the share of common
	// words.
	nearScore = .5
	// beforeScore is the weight of the words of the sentence before a statement that
	// refers back to it.
	beforeScore = .5
	// minNear is the least share of a statement in its nearest sentence for that to be shown.
	minNear = .3
)

// check is one statement being checked.
type check struct {
	sentence Sentence
	hits     []retrieval.Hit
	sources  []answer.Source
	checker  *claim.Checker
	near     []candidate // nearest first

	verdict Verdict // empty: not decided
	decided int     // the source that decides
	byModel bool
	detail  string
}

// candidate is a sentence of the report that may be the one meant.
type candidate struct {
	source   int
	coverage float64 // the share of the statement's words that it has
	score    float64
}

// check searches a statement in the report, and decides on it if code can.
func (v *Verifier) check(ctx context.Context, edition *store.Edition, s Sentence) (*check, error) {
	c := &check{sentence: s}
	var err error
	if c.hits, err = v.search(ctx, edition, s); err != nil || len(c.hits) == 0 {
		return c, err
	}
	passages := make([]store.Passage, len(c.hits))
	nearness, most := map[string]float64{}, 0.
	for i, hit := range c.hits {
		passages[i] = hit.Passage
		for _, s := range hit.Sentences {
			nearness[s.Text] = max(nearness[s.Text], s.Score)
			most = max(most, s.Score)
		}
	}
	_, c.sources = answer.SourcesOf(passages)
	c.checker = v.answerer.NewChecker(claim.Report{Title: edition.Title, Date: edition.Date}, c.sources, "")
	statement, before := c.checker.Statement(s.stated), c.checker.Statement(s.before)
	for i, source := range c.sources {
		covered := c.checker.Coverage(statement, i)
		score := covered + nearScore*nearness[source.Text]/max(most, 1e-9) + beforeScore*c.checker.Coverage(before, i)
		c.near = append(c.near, candidate{i, covered, score})
	}
	slices.SortStableFunc(c.near, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	c.byRule()
	return c, nil
}

// search finds the passages for a statement; if it refers back, also together with the
// statement before it.
func (v *Verifier) search(ctx context.Context, edition *store.Edition, s Sentence) ([]retrieval.Hit, error) {
	hits, err := v.finder.Search(ctx, edition, s.stated, searched)
	if err != nil || s.before == "" {
		return hits, err
	}
	further, err := v.finder.Search(ctx, edition, s.before+"\n"+s.stated, searched)
	for _, hit := range further {
		if !slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return h.ID == hit.ID }) {
			hits = append(hits, hit)
		}
	}
	return hits, err
}

// byRule decides if the rules of package claim can.
func (c *check) byRule() {
	said := intent.SpelledOut(c.sentence.stated)
	statement := c.checker.Statement(said)
	near := c.near[:min(compared, len(c.near))]
	for _, n := range near {
		if c.checker.Check(said, []int{n.source}).Decision == claim.Shown {
			c.decide(Says, n.source, "it is the sentence, or the sentence cut down")
			return
		}
	}
	for _, n := range near {
		finding, ok := c.checker.Contradiction(statement, n.source)
		if ok && !c.rivalled(n) {
			c.decide(Contradicts, n.source, finding.Detail)
			return
		}
	}
}

// rivalled reports whether another sentence has a larger share of the statement than
// the one that seems to contradict it.
func (c *check) rivalled(n candidate) bool {
	return slices.ContainsFunc(c.near, func(other candidate) bool { return other.source != n.source && other.coverage > n.coverage })
}

func (c *check) decide(verdict Verdict, source int, detail string) {
	c.verdict, c.decided, c.detail = verdict, source, detail
}

// conclusion returns the statement with its verdict; Silent if it is undecided.
func (c *check) conclusion() Statement {
	s := Statement{Text: c.sentence.Text, Verdict: cmp.Or(c.verdict, Silent), ByModel: c.byModel, Detail: c.detail}
	at := c.decided
	switch {
	case s.Verdict != Silent:
	case len(c.near) > 0 && c.near[0].coverage >= minNear:
		at = c.near[0].source
	default:
		return s
	}
	source := c.sources[at]
	s.Source = answer.Quote(source.Sentence, source.Paragraph, source.Entry)
	return s
}

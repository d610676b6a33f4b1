package summary

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// part is the unit of summarizing: a section, or the hits for a topic.
type part struct {
	sentences []*sentence    // in the report's order
	titles    map[int]string // of sections, by paragraph
	quota     int            // how many statements it gets
}

// sentence is a sentence of the report with its features for ranking.
type sentence struct {
	report.Sentence
	passage *store.Passage
	opens   bool     // first of its paragraph
	near    float64  // likeness to the topic; 1 without a topic
	vector  []weight // by term, of length 1
	score   float64
}

const (
	// maxRead is the most sentences that are compared with each other and passed to a
	// model, about a hundred pages. Of a longer report, only the first sentences of
	// paragraphs are used.
	maxRead = 1000
	// For a topic: topicPassages is how many passages are considered, minNear the
	// least score of a sentence as a share of the best one's, and passageShare the
	// weight of its passage's score.
	topicPassages = 24
	minNear       = .25
	passageShare  = .3
	// frontMatter is the most characters before the first heading that are left out.
	frontMatter = 200
)

// parts returns the parts that a request asks for, with their quotas; none if the
// report says nothing about the topic.
func (m *Maker) parts(ctx context.Context, edition *store.Edition, request Request) ([]*part, error) {
	var parts []*part
	if request.Topic != "" {
		hits, err := m.finder.Search(ctx, edition, request.Topic, topicPassages)
		if err != nil {
			return nil, err
		}
		// Passages may have the topic's words one by one, and not the topic.
		absence, err := m.finder.Absence(ctx, edition, request.Topic, hits)
		if err != nil || absence.Refuse && len(absence.Absent) > 0 {
			return nil, err
		}
		parts = onTopic(hits)
	} else {
		body, err := m.store.Body(ctx, edition.ID)
		if err != nil {
			return nil, err
		}
		if request.Section != "" {
			body = slices.DeleteFunc(body, func(p store.Passage) bool { return p.Section != request.Section })
			parts = sectionsOf(body)
		} else {
			parts = withoutFront(withoutTakeaways(sectionsOf(body)))
		}
	}
	parts = thin(parts, maxRead)
	var all []*sentence
	lengths := make([]int, len(parts))
	for i, p := range parts {
		all = append(all, p.sentences...)
		for _, s := range p.sentences {
			lengths[i] += utf8.RuneCountInString(s.Text)
		}
	}
	score(all, m.finder.Concepts())
	// A summary is shorter than its text, unless that is a sentence or two.
	for i, share := range share(min(request.quota(), max(3, (len(all)+1)/2)), lengths) {
		parts[i].quota = share
	}
	return slices.DeleteFunc(parts, func(p *part) bool { return p.quota == 0 }), nil
}

// sectionsOf returns the sections of a report's passages, in order.
func sectionsOf(body []store.Passage) []*part {
	var parts []*part
	by := map[string]*part{}
	paragraph := 0
	for i := range body {
		passage := &body[i]
		p := by[passage.Section]
		if p == nil {
			p = &part{titles: map[int]string{}}
			by[passage.Section] = p
			parts = append(parts, p)
		}
		p.titles[passage.Paragraph] = passage.Section
		for j, s := range passage.Sentences {
			p.sentences = append(p.sentences, &sentence{Sentence: s, passage: passage, near: 1, opens: j == 0 && passage.Paragraph != paragraph})
		}
		paragraph = passage.Paragraph
	}
	return parts
}

// onTopic returns the sentences on a topic as one part.
func onTopic(hits []retrieval.Hit) []*part {
	if !answer.Relevant(hits) {
		return nil
	}
	near := func(hit retrieval.Hit, s retrieval.Ranked) float64 { return s.Score + passageShare*hit.Score }
	nearest := 0.0
	for _, hit := range hits {
		for _, s := range hit.Sentences {
			nearest = max(nearest, near(hit, s))
		}
	}
	slices.SortFunc(hits, func(a, b retrieval.Hit) int { return cmp.Compare(a.ID, b.ID) })
	p := &part{titles: map[int]string{}}
	for i := range hits {
		hit := &hits[i]
		if takeawayTitle.MatchString(text.Fold(hit.Section)) {
			continue // repeated elsewhere with footnotes
		}
		p.titles[hit.Paragraph] = hit.Section
		for _, s := range hit.Sentences {
			if n := near(*hit, s); n >= minNear*nearest {
				p.sentences = append(p.sentences, &sentence{Sentence: s.Sentence, passage: &hit.Passage, near: n / nearest})
			}
		}
	}
	if len(p.sentences) == 0 {
		return nil
	}
	return []*part{p}
}

// thin removes sentences from long parts until at most this many are left: first
// those that don't begin a paragraph, then evenly.
func thin(parts []*part, most int) []*part {
	count := func() (n int) {
		for _, p := range parts {
			n += len(p.sentences)
		}
		return n
	}
	if count() <= most {
		return parts
	}
	for _, p := range parts {
		p.sentences = slices.DeleteFunc(p.sentences, func(s *sentence) bool { return !s.opens })
	}
	every := (count() + most - 1) / most
	for _, p := range parts {
		var kept []*sentence
		for i := 0; i < len(p.sentences); i += every {
			kept = append(kept, p.sentences[i])
		}
		p.sentences = kept
	}
	return parts
}

// takeawayTitle matches the folded title of a section with the report's key points.
var takeawayTitle = lazyregexp.New(`\b(?:(?:diem|y) (?:chinh|can ghi nho|noi bat|then chot)|key (?:take-?aways|points|findings|messages|judgments)|take-?aways|highlights)\b`)

// withoutTakeaways removes the section with the report's own key points, which
// repeat the report without its footnotes: the one with such a title, else a list
// near the front.
func withoutTakeaways(parts []*part) []*part {
	at := slices.IndexFunc(parts, func(p *part) bool { return takeawayTitle.MatchString(text.Fold(p.title())) })
	if at < 0 {
		at = slices.IndexFunc(parts, func(p *part) bool { return isFrontList(p, parts) })
	}
	if at < 0 || len(parts) == 1 {
		return parts
	}
	return slices.Delete(parts, at, at+1)
}

func (p *part) title() string { return p.sentences[0].passage.Section }

// isFrontList reports whether a section in the first third consists of short points
// without footnotes, in a report that has footnotes.
func isFrontList(p *part, parts []*part) bool {
	const minPoints, maxSentences = 3, 3
	before, all, marked := 0, 0, false
	found := false
	for _, other := range parts {
		found = found || other == p
		if !found {
			before += len(other.sentences)
		}
		all += len(other.sentences)
		marked = marked || slices.ContainsFunc(other.sentences, (*sentence).marked)
	}
	points := map[int]int{}
	for _, s := range p.sentences {
		points[s.passage.Paragraph]++
	}
	for _, sentences := range points {
		if sentences > maxSentences {
			return false
		}
	}
	return marked && len(points) >= minPoints && 3*(before+len(p.sentences)) <= all && !slices.ContainsFunc(p.sentences, (*sentence).marked)
}

func (s *sentence) marked() bool { return len(s.Footnotes) > 0 }

// withoutFront removes a line or two before the first heading, such as the date of
// the report's data.
func withoutFront(parts []*part) []*part {
	if len(parts) < 2 || parts[0].title() != "" {
		return parts
	}
	length := 0
	for _, s := range parts[0].sentences {
		length += utf8.RuneCountInString(s.Text)
	}
	if length >= frontMatter {
		return parts
	}
	return parts[1:]
}

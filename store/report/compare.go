package report

import (
	"cmp"
	"slices"
	"strings"

	"reportbot/store/text"
)

// Comparison has the differences between two reports. Lists are in the order of the report
// their entries come from.
type Comparison struct {
	// Front has the changes of title, date and authors.
	Front []Change[string]

	SectionsAdded, SectionsGone []string

	Added   []Paragraph         // in the new report only
	Gone    []Paragraph         // in the old one only
	Changed []Change[Paragraph] // in both, with other words or footnotes

	FootnotesAdded, FootnotesGone []Footnote
	// FootnotesChanged are notes with other links or words. A note that was only
	// renumbered is unchanged.
	FootnotesChanged []Change[Footnote]

	// Damaged are links that could not be recovered in the new report, of
	// notes that are added or changed.
	Damaged []DamagedLink
}

// Change is an old and a new value.
type Change[T any] struct{ Old, New T }

// DamagedLink is the text of a link of note N that could not be recovered.
type DamagedLink struct {
	N    int
	Text string
}

// Same reports whether there are no differences.
func (c *Comparison) Same() bool {
	return len(c.Front)+len(c.SectionsAdded)+len(c.SectionsGone)+len(c.Added)+len(c.Gone)+len(c.Changed)+
		len(c.FootnotesAdded)+len(c.FootnotesGone)+len(c.FootnotesChanged) == 0
}

// Compare returns the changes from before to after.
func Compare(before, after *Report) *Comparison {
	c := &Comparison{}
	for _, pair := range [][2]string{
		{before.Title, after.Title}, {before.Date, after.Date},
		{strings.Join(before.Authors, ", "), strings.Join(after.Authors, ", ")},
	} {
		if pair[0] != pair[1] {
			c.Front = append(c.Front, Change[string]{pair[0], pair[1]})
		}
	}
	c.SectionsAdded = without(after.Sections, before.Sections)
	c.SectionsGone = without(before.Sections, after.Sections)
	renumbered := c.footnotes(before.Footnotes, after.Footnotes)
	c.paragraphs(before.Paragraphs, after.Paragraphs, renumbered)
	return c
}

// without returns the elements of list minus those of other, counting duplicates.
func without(list, other []string) []string {
	count := map[string]int{}
	for _, s := range other {
		count[s]++
	}
	var more []string
	for _, s := range list {
		if count[s]--; count[s] < 0 {
			more = append(more, s)
		}
	}
	return more
}

// footnotes compares the notes, pairing those with the same words first, then those with
// the same number. It returns the new numbers of the old notes, 0 for those that are gone.
func (c *Comparison) footnotes(before, after []Footnote) (renumbered map[int]int) {
	renumbered = map[int]int{}
	byWords := map[string][]int{}
	for i, f := range after {
		byWords[f.normalized()] = append(byWords[f.normalized()], i)
	}
	taken := make([]bool, len(after))
	var rest []Footnote
	for _, f := range before {
		same := slices.DeleteFunc(slices.Clone(byWords[f.normalized()]), func(i int) bool { return taken[i] })
		if len(same) == 0 {
			rest = append(rest, f)
			continue
		}
		at := same[0]
		if i := slices.IndexFunc(same, func(i int) bool { return after[i].N == f.N }); i >= 0 {
			at = same[i] // of several notes with the same words the one in its place
		}
		taken[at] = true
		renumbered[f.N] = after[at].N
	}
	for _, f := range rest {
		at := slices.IndexFunc(after, func(other Footnote) bool { return other.N == f.N })
		if at < 0 || taken[at] {
			c.FootnotesGone = append(c.FootnotesGone, f)
			renumbered[f.N] = 0
			continue
		}
		taken[at] = true
		renumbered[f.N] = f.N
		c.FootnotesChanged = append(c.FootnotesChanged, Change[Footnote]{f, after[at]})
		c.damaged(after[at])
	}
	for i, f := range after {
		if !taken[i] {
			c.FootnotesAdded = append(c.FootnotesAdded, f)
			c.damaged(f)
		}
	}
	slices.SortStableFunc(c.Damaged, func(a, b DamagedLink) int { return cmp.Compare(a.N, b.N) })
	return renumbered
}

func (c *Comparison) damaged(f Footnote) {
	for _, printed := range f.Damaged {
		c.Damaged = append(c.Damaged, DamagedLink{f.N, printed})
	}
}

// normalized returns a note's text with single spaces.
func (f Footnote) normalized() string { return strings.Join(strings.Fields(f.Raw), " ") }

// paragraphs compares the paragraphs. Those with the same words are paired, in any order,
// and of the others the most similar ones.
func (c *Comparison) paragraphs(before, after []Paragraph, renumbered map[int]int) {
	byText := map[string][]int{}
	for i, p := range after {
		byText[p.Text()] = append(byText[p.Text()], i)
	}
	pairOf := slices.Repeat([]int{-1}, len(after)) // index in before, or -1
	var restBefore, restAfter []int
	for i, p := range before {
		if same := byText[p.Text()]; len(same) > 0 {
			pairOf[same[0]], byText[p.Text()] = i, same[1:]
		} else {
			restBefore = append(restBefore, i)
		}
	}
	for i, from := range pairOf {
		if from < 0 {
			restAfter = append(restAfter, i)
		}
	}
	for _, pair := range pairSimilar(before, after, restBefore, restAfter) {
		pairOf[pair.after] = pair.before
	}
	kept := map[int]bool{}
	for i, p := range after {
		kept[pairOf[i]] = true
		switch from := pairOf[i]; {
		case from < 0:
			c.Added = append(c.Added, p)
		case !equalParagraphs(before[from], p, renumbered):
			c.Changed = append(c.Changed, Change[Paragraph]{before[from], p})
		}
	}
	for i, p := range before {
		if !kept[i] {
			c.Gone = append(c.Gone, p)
		}
	}
}

// equalParagraphs compares the words and notes of each sentence. Notes are compared by their
// new numbers; position and heading are ignored.
func equalParagraphs(before, after Paragraph, renumbered map[int]int) bool {
	if len(before.Sentences) != len(after.Sentences) {
		return false
	}
	for i, s := range before.Sentences {
		now := after.Sentences[i]
		if s.Text != now.Text || len(s.Footnotes) != len(now.Footnotes) {
			return false
		}
		for j, n := range s.Footnotes {
			if number, known := renumbered[n]; known {
				n = number
			}
			if now.Footnotes[j] != n {
				return false
			}
		}
	}
	return true
}

// Text returns the paragraph in the report's own words.
func (p Paragraph) Text() string { return Passage{Sentences: p.Sentences}.Text() }

const (
	// minSimilarity is the share of bigrams, 0 to 1, that two paragraphs must have in common
	// to count as one changed paragraph.
	minSimilarity = .4
	// maxBigramCount is how many paragraphs may have a bigram that is used for pairing.
	maxBigramCount = 60
)

type pairing struct {
	before, after int
	share         float64
}

// pairSimilar pairs paragraphs by their common bigrams, the most similar ones first.
func pairSimilar(before, after []Paragraph, restBefore, restAfter []int) []pairing {
	holding := map[string][]int{} // pair of words: paragraphs of before
	sizes := map[int]int{}
	for _, i := range restBefore {
		pairs := bigrams(before[i])
		sizes[i] = len(pairs)
		for pair := range pairs {
			holding[pair] = append(holding[pair], i)
		}
	}
	var candidates []pairing
	for _, j := range restAfter {
		pairs := bigrams(after[j])
		shared := map[int]int{}
		common := 0
		for pair := range pairs {
			if len(holding[pair]) > maxBigramCount {
				common++
				continue
			}
			for _, i := range holding[pair] {
				shared[i]++
			}
		}
		for i, n := range shared {
			// Pairs that are everywhere count for neither.
			share := 2 * float64(n) / float64(max(1, sizes[i]+len(pairs)-2*common))
			if share >= minSimilarity {
				candidates = append(candidates, pairing{i, j, share})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b pairing) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.after, b.after), cmp.Compare(a.before, b.before))
	})
	usedBefore, usedAfter := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(candidates, func(p pairing) bool {
		if usedBefore[p.before] || usedAfter[p.after] {
			return true
		}
		usedBefore[p.before], usedAfter[p.after] = true, true
		return false
	})
}

// bigrams returns the set of a paragraph's pairs of neighbouring words, and its first and
// last word, so that a paragraph of one word has a bigram too.
func bigrams(p Paragraph) map[string]bool {
	pairs := map[string]bool{}
	last := ""
	for _, word := range text.Words(p.Text()) {
		pairs[last+" "+word.Exact] = true
		last = word.Exact
	}
	pairs[last+" "] = true
	return pairs
}

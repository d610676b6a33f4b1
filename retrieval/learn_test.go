package retrieval

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"reportbot/retrieval/eval"
	"reportbot/store/report"
)

// learn makes TestLearnWeights run: minutes, on data that isn't in the
// repository. `make learn` sets it.
var learn = flag.Bool("learn", false, "learn the ranking's weights, under cross-validation, and print what each feature is worth")

// worth also prints what each feature is worth, which takes most of the time.
var worth = flag.Bool("learn.worth", false, "print how search does without each feature")

// shared is where the development data lies, if it does.
const shared = "../../shared"

// folds is in how many parts the questions are cut: each is scored by weights
// that were learned without it.
const folds = 5

// instance is a question with the features of its candidates.
type instance struct {
	set, kind  string
	fold       int
	group      *weights // by how it is written
	candidates []candidate
	gold       [][]int // by gold, which candidates hold it
	// once: of the passages of one paragraph only the first counts.
	once bool
}

// featureList gives the features an order; featureNames are their names in it.
func featureList(s *features) []*float64 {
	return []*float64{&s.exact, &s.folded, &s.pairs, &s.concepts, &s.names, &s.joining, &s.coverage, &s.kind}
}

var featureNames = []string{"exact", "folded", "pairs", "concepts", "names", "joining", "coverage", "kind"}

// instances measures a question set on a report.
func instances(t *testing.T, set string, r *report.Report, questions []eval.Question, fold func(i int) int, once bool) []instance {
	t.Helper()
	ctx := context.Background()
	searcher, edition, close := searcherOver(t, r)
	defer close()
	c := searcher.corpus(edition)
	var all []instance
	for i, q := range questions {
		if len(q.Gold) == 0 {
			continue
		}
		understood, err := understand(ctx, c, searcher.concepts, q.Text)
		if err != nil {
			t.Fatal(err)
		}
		ranking, ids, err := c.prepare(ctx, understood)
		if err != nil {
			t.Fatal(err)
		}
		readings, err := c.read(ctx, ids)
		if err != nil {
			t.Fatal(err)
		}
		in := instance{set: set, kind: q.Kind, fold: fold(i), candidates: ranking.candidates(readings), once: once}
		in.group = weightsFor(ranking.query, edition.Passages)
		for _, gold := range q.Gold {
			var holding []int
			for c := range in.candidates {
				if gold.In(in.candidates[c].passage) {
					holding = append(holding, c)
				}
			}
			in.gold = append(in.gold, holding)
		}
		all = append(all, in)
	}
	return all
}

// questionSets returns all development questions that there are.
func questionSets(t *testing.T) []instance {
	t.Helper()
	if !*learn {
		t.Skip("runs with -learn")
	}
	source, err := report.Open(context.Background(), shared+"/report/isw-2024-11-01.vi.txt")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the development data isn't here")
	}
	if err != nil {
		t.Fatal(err)
	}
	inTurn := func(i int) int { return i % folds }
	var all []instance
	for name, file := range map[string]string{"development": shared + "/report/dev-questions.jsonl", "own": "eval/testdata/questions.jsonl"} {
		questions := with(t, file, func(f *os.File) ([]eval.Question, error) { return eval.ReadQuestions(f, file) })
		if err := eval.Resolve(questions, source.Report); err != nil {
			t.Fatal(err)
		}
		all = append(all, instances(t, name, source.Report, questions, inTurn, false)...)
	}
	file := shared + "/xquad/vi-dev.jsonl"
	var paragraphs *report.Report
	questions := with(t, file, func(f *os.File) (questions []eval.Question, err error) {
		paragraphs, questions, err = eval.ReadXQuAD(f)
		return questions, err
	})
	all = append(all, instances(t, "XQuAD", paragraphs, questions, func(i int) int { return questions[i].Gold[0].Paragraph % folds }, true)...)
	var sentences *report.Report
	about := with(t, file, func(f *os.File) (about []eval.Question, err error) {
		sentences, about, err = eval.ReadXQuADSentences(f, paragraphs)
		return about, err
	})
	// They stand in the order of their paragraphs: few of those are in two folds.
	all = append(all, instances(t, "XQuAD", sentences, about, func(i int) int { return i * folds / len(about) }, true)...)
	english, asked := englishParagraphs(t)
	all = append(all, instances(t, "XQuAD", english, asked, func(i int) int { return asked[i].Gold[0].Paragraph % folds }, true)...)
	all = append(all, archiveQuestions(t)...)
	slices.SortStableFunc(all, func(a, b instance) int { return strings.Compare(a.set, b.set) })
	return all
}

func with[T any](t *testing.T, name string, read func(*os.File) (T, error)) T {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	value, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// score returns the candidates' scores, and which sentence of each is best.
func (in *instance) score(w *weights) (scores []float64, best []int) {
	for _, c := range in.candidates {
		highest, at := 0.0, -1
		for j, s := range c.sentences {
			if score := s.weighed(w.sentence); at < 0 || score > highest {
				highest, at = score, j
			}
		}
		scores, best = append(scores, c.whole.weighed(w.passage)+highest), append(best, at)
	}
	return scores, best
}

// outcome is the mean over questions.
type outcome struct{ n, recall5, mrr float64 }

// judge ranks the candidates and adds how the gold came out.
func (o *outcome) judge(in *instance, w *weights) {
	scores, _ := in.score(w)
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	rank, seen, next := map[int]int{}, map[int]bool{}, 1
	for _, c := range order {
		paragraph := in.candidates[c].passage.Paragraph
		if in.once && seen[paragraph] {
			continue
		}
		seen[paragraph] = true
		rank[c] = next
		next++
	}
	o.n++
	first := math.MaxInt
	for _, holding := range in.gold {
		best := math.MaxInt
		for _, c := range holding {
			if rank[c] > 0 {
				best = min(best, rank[c])
			}
		}
		if best <= 5 {
			o.recall5 += 1 / float64(len(in.gold))
		}
		first = min(first, best)
	}
	if first <= 10 {
		o.mrr += 1 / float64(first)
	}
}

// setShare is how much each set counts where weights are learned, however many
// questions it has.
var setShare = map[string]float64{"own": 1.5, "development": .5, "XQuAD": 1, "archive": 1}

// fit learns weights for one group of questions: those by which a passage that
// holds the gold is likelier than the other candidates (the softmax of their
// scores), by gradient descent from equal weights. No weight is negative.
// without is a feature, by index, that counts for nothing; -1 for none.
func fit(group []*instance, without int) weights {
	const (
		rounds = 250
		step   = .15
		shrink = .0005 // keeps weights small that the questions say nothing of
	)
	count := map[string]float64{}
	for _, in := range group {
		count[in.set]++
	}
	var w, slope, mean, square weights
	lists := func(w *weights) []*float64 { return append(featureList(&w.passage), featureList(&w.sentence)...) }
	param, slopes, means, squares := lists(&w), lists(&slope), lists(&mean), lists(&square)
	fixed := func(i int) bool { return i%len(featureNames) == without }
	for i := range param {
		if !fixed(i) {
			*param[i] = 1
		}
	}
	for round := 1.; round <= rounds; round++ {
		slope = weights{}
		for _, in := range group {
			in.slope(&w, setShare[in.set]/count[in.set], &slope)
		}
		for i := range param {
			if fixed(i) {
				continue
			}
			g := *slopes[i] + shrink**param[i]
			*means[i] = .9**means[i] + .1*g
			*squares[i] = .999**squares[i] + .001*g*g
			*param[i] -= step * (*means[i] / (1 - math.Pow(.9, round))) / (math.Sqrt(*squares[i]/(1-math.Pow(.999, round))) + 1e-8)
			*param[i] = max(*param[i], 0)
		}
	}
	return w
}

// slope adds to the slope of the loss what one question gives. The other golds
// of a question are no wrong candidates for one of them.
func (in *instance) slope(w *weights, share float64, slope *weights) {
	scores, best := in.score(w)
	if len(scores) == 0 {
		return
	}
	highest := slices.Max(scores)
	chance := make([]float64, len(scores))
	for i, s := range scores {
		chance[i] = math.Exp(s - highest)
	}
	for g, holding := range in.gold {
		right, ignored := map[int]bool{}, map[int]bool{}
		for other, also := range in.gold {
			for _, c := range also {
				if other == g {
					right[c] = true
				} else {
					ignored[c] = true
				}
			}
		}
		total, gold := 0.0, 0.0
		for c := range scores {
			if right[c] {
				gold += chance[c]
			}
			if right[c] || !ignored[c] {
				total += chance[c]
			}
		}
		if len(holding) == 0 {
			continue
		}
		for c := range scores {
			if !right[c] && ignored[c] {
				continue
			}
			by := chance[c] / total
			if right[c] {
				by -= chance[c] / gold
			}
			by *= share / float64(len(in.gold))
			add(&slope.passage, in.candidates[c].whole, by)
			if best[c] >= 0 {
				add(&slope.sentence, in.candidates[c].sentences[best[c]], by)
			}
		}
	}
}

func add(to *features, s features, by float64) {
	from := featureList(&s)
	for i, p := range featureList(to) {
		*p += by * *from[i]
	}
}

// crossValidated judges each question by weights that were learned on the other
// folds.
func crossValidated(all []instance, without int) map[string]*outcome {
	fitted := map[*weights][folds]weights{}
	for _, group := range groups {
		var byFold [folds]weights
		for fold := range folds {
			var others []*instance
			for i := range all {
				if in := &all[i]; in.group == group && in.fold != fold {
					others = append(others, in)
				}
			}
			byFold[fold] = fit(others, without)
		}
		fitted[group] = byFold
	}
	return outcomes(all, func(in *instance) *weights {
		byFold := fitted[in.group]
		return &byFold[in.fold]
	})
}

func outcomes(all []instance, weightsOf func(*instance) *weights) map[string]*outcome {
	by := map[string]*outcome{}
	for i := range all {
		in := &all[i]
		key := in.set + ", " + in.kind
		if by[key] == nil {
			by[key] = &outcome{}
		}
		by[key].judge(in, weightsOf(in))
	}
	return by
}

var (
	groups     = []*weights{&markedWeights, &unmarkedWeights, &nativeWeights, &foreignWeights, &markedArchiveWeights, &unmarkedArchiveWeights}
	groupNames = []string{"marked", "unmarked", "native", "foreign", "markedArchive", "unmarkedArchive"}
)

// TestLearnWeights prints the weights that all questions together give, and,
// a row each, how the program's weights and cross-validated ones do without
// each feature: what each is worth. Recall@5 stands before MRR@10. It fails where
// the program's weights are clearly worse than learned ones.
func TestLearnWeights(t *testing.T) {
	all := questionSets(t)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	var keys []string
	row := func(name string, by map[string]*outcome) {
		if keys == nil {
			keys = slices.Sorted(maps.Keys(by))
			fmt.Fprintf(table, "\t%s\t\n", strings.Join(keys, "\t"))
		}
		fmt.Fprintf(table, "%s\t", name)
		for _, key := range keys {
			fmt.Fprintf(table, "%.3f %.3f\t", by[key].recall5/by[key].n, by[key].mrr/by[key].n)
		}
		fmt.Fprintln(table)
	}
	ours, learned := outcomes(all, func(in *instance) *weights { return in.group }), crossValidated(all, -1)
	row("the program's weights", ours)
	row("cross-validated", learned)
	for key, o := range ours {
		if l := learned[key]; o.recall5/o.n < l.recall5/l.n-.05 {
			t.Errorf("%s: weights that were learned without it do better: recall@5 %.3f, the program's %.3f", key, l.recall5/l.n, o.recall5/o.n)
		}
	}
	for i, name := range featureNames {
		if *worth {
			row("without "+name, crossValidated(all, i))
		}
	}
	table.Flush()
	for g, group := range groups {
		var members []*instance
		for i := range all {
			if all[i].group == group {
				members = append(members, &all[i])
			}
		}
		w := fit(members, -1)
		sum := 0.0
		for _, p := range featureList(&w.passage) {
			sum += *p
		}
		for _, p := range featureList(&w.sentence) {
			sum += *p
		}
		fmt.Printf("%sWeights = weights{\n", groupNames[g])
		for part, s := range map[string]*features{"passage": &w.passage, "sentence": &w.sentence} {
			var parts []string
			for i, p := range featureList(s) {
				if *p/sum >= .005 {
					parts = append(parts, fmt.Sprintf("%s: %s", featureNames[i], strings.TrimPrefix(fmt.Sprintf("%.2f", *p/sum), "0")))
				}
			}
			fmt.Printf("\t%s: features{%s},\n", part, strings.Join(parts, ", "))
		}
		fmt.Println("}")
	}
}

package eval

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"unicode/utf8"

	"reportbot/store"
)

// Depth is how many passages are looked at.
const Depth = 10

// Budget is the text, in characters, within which recall at a budget looks.
const Budget = 4000

// Cutoffs are the ranks up to which recall is measured.
var Cutoffs = []int{1, 3, 5, 10}

// Search returns the k passages nearest to a question, nearest first.
type Search func(ctx context.Context, question string, k int) ([]store.Passage, error)

// Result is how one question came out. A question with several quotes counts
// the share of them.
type Result struct {
	Recall   map[int]float64 // by cutoff
	MRR      float64         // of the first right passage, 0 beyond Depth
	NDCG     float64
	AtBudget float64 // recall within Budget characters of text
}

// Score is the mean of results.
type Score struct {
	N        int
	Recall   map[int]float64
	MRR      float64
	NDCG     float64
	AtBudget float64
	// The 95% bootstrap intervals of two of them.
	Recall5Interval, MRRInterval Interval
}

// Interval is where a mean lies, low to high.
type Interval [2]float64

// Scores is a whole question set's outcome. Questions that the report doesn't
// answer are not in it.
type Scores struct {
	Questions int
	Kinds     map[string]Score
	AtBudget  float64
	Results   []Result // in the order of the questions
}

// Run asks every question that has gold.
func Run(ctx context.Context, questions []Question, search Search) (*Scores, error) {
	scores := &Scores{Kinds: map[string]Score{}}
	byKind := map[string][]Result{}
	for _, q := range questions {
		if len(q.Gold) == 0 {
			continue
		}
		passages, err := search(ctx, q.Text, 4*Depth)
		if err != nil {
			return nil, err
		}
		result := judge(q, passages)
		scores.Results = append(scores.Results, result)
		byKind[q.Kind] = append(byKind[q.Kind], result)
		scores.AtBudget += result.AtBudget
	}
	scores.Questions = len(scores.Results)
	scores.AtBudget /= float64(max(1, scores.Questions))
	for kind, results := range byKind {
		scores.Kinds[kind] = mean(results)
	}
	return scores, nil
}

func judge(q Question, passages []store.Passage) Result {
	r := Result{Recall: map[int]float64{}}
	share := 1 / float64(len(q.Gold))
	found := make([]bool, len(q.Gold))
	length, gain, ideal := 0, 0.0, 0.0
	for i := range q.Gold {
		ideal += 1 / math.Log2(float64(i)+2)
	}
	for i, p := range passages {
		length += utf8.RuneCountInString(p.Text())
		right := false
		for j, gold := range q.Gold {
			if found[j] || !gold.In(p) {
				continue
			}
			found[j], right = true, true
			for _, cutoff := range Cutoffs {
				if i < cutoff {
					r.Recall[cutoff] += share
				}
			}
			if length <= Budget {
				r.AtBudget += share
			}
		}
		if right && i < Depth {
			gain += 1 / math.Log2(float64(i)+2)
			r.MRR = max(r.MRR, 1/float64(i+1))
		}
	}
	r.NDCG = gain / ideal
	return r
}

func mean(results []Result) Score {
	n := float64(len(results))
	s := Score{N: len(results), Recall: map[int]float64{}}
	for _, r := range results {
		for _, cutoff := range Cutoffs {
			s.Recall[cutoff] += r.Recall[cutoff] / n
		}
		s.MRR += r.MRR / n
		s.NDCG += r.NDCG / n
		s.AtBudget += r.AtBudget / n
	}
	s.Recall5Interval = interval(results, func(r Result) float64 { return r.Recall[5] })
	s.MRRInterval = interval(results, func(r Result) float64 { return r.MRR })
	return s
}

// interval resamples a figure of the results with a fixed seed, so that a figure and its
// interval are the same in every run.
func interval(results []Result, figure func(Result) float64) Interval {
	const rounds = 1000
	values := make([]float64, len(results))
	for i, r := range results {
		values[i] = figure(r) / float64(len(results))
	}
	random := rand.New(rand.NewPCG(1, 2))
	means := make([]float64, rounds)
	for i := range means {
		for range values {
			means[i] += values[random.IntN(len(values))]
		}
	}
	slices.Sort(means)
	return Interval{means[rounds*25/1000], means[rounds*975/1000]}
}

package retrieval

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"testing"
	"text/tabwriter"
)

// fitLogistic fits weights to messages by Newton's method, each set and kind
// counting alike.
func fitLogistic(messages []message, worth func(message) float64) logistic {
	const ridge = .002
	n := len(evidence{}.list())
	mean, deviation := make([]float64, n), make([]float64, n)
	for _, m := range messages {
		for i, v := range m.evidence.list() {
			mean[i] += v / float64(len(messages))
		}
	}
	for _, m := range messages {
		for i, v := range m.evidence.list() {
			deviation[i] += (v - mean[i]) * (v - mean[i]) / float64(len(messages))
		}
	}
	for i := range deviation {
		deviation[i] = max(math.Sqrt(deviation[i]), 1e-6)
	}
	total := 0.
	for _, m := range messages {
		total += worth(m)
	}
	w := make([]float64, n+1)
	for range 30 {
		slope := make([]float64, n+1)
		curve := make([][]float64, n+1)
		for i := range curve {
			curve[i] = make([]float64, n+1)
			if i < n {
				slope[i], curve[i][i] = ridge*w[i], ridge
			}
		}
		for _, m := range messages {
			x := make([]float64, n+1)
			sum := w[n]
			for i, v := range m.evidence.list() {
				x[i] = (v - mean[i]) / deviation[i]
				sum += w[i] * x[i]
			}
			x[n] = 1
			p := 1 / (1 + math.Exp(-sum))
			y := 0.
			if m.kind == answered {
				y = 1
			}
			share := worth(m) / total
			for i := range x {
				slope[i] += share * (p - y) * x[i]
				for j := range x {
					curve[i][j] += share * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		step := solve(curve, slope)
		for i := range w {
			w[i] -= step[i]
		}
	}
	var l logistic
	l.bias = w[n]
	list := make([]float64, n)
	for i := range list {
		list[i] = w[i] / deviation[i]
		l.bias -= w[i] * mean[i] / deviation[i]
	}
	l.weights = evidenceOf(list)
	return l
}

// solve returns x with a x = b.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	x := slices.Clone(b)
	for i := range n {
		best := i
		for j := i; j < n; j++ {
			if math.Abs(a[j][i]) > math.Abs(a[best][i]) {
				best = j
			}
		}
		a[i], a[best], x[i], x[best] = a[best], a[i], x[best], x[i]
		if a[i][i] == 0 {
			a[i][i] = 1e-9
		}
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			x[j] -= f * x[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}

// TestAbsenceFigures prints how many messages of each kind are refused, by the
// program's weights and by weights that the open ones give anew, with what
// thresholds would do.
func TestAbsenceFigures(t *testing.T) {
	if !*learn {
		t.Skip("runs with -learn")
	}
	all := absenceMessages(t)
	printRefusals("the program's weights", all, func(m message) bool { return !m.found || !m.evidence.answerable(m.query) })
	for i, group := range answerGroups {
		var open []message
		count := map[string]float64{}
		for _, m := range all {
			if !m.sealed && m.found && answerWeights(m.query) == group {
				open = append(open, m)
				count[fmt.Sprint(m.set, m.kind)]++
			}
		}
		l := fitLogistic(open, func(m message) float64 {
			return kindShare[m.kind] / count[fmt.Sprint(m.set, m.kind)]
		})
		fmt.Printf("%sAnswer: bias %.2f, %.2f\n", answerGroupNames[i], l.bias, l.weights)
		printThresholds(open, &l)
	}
}

var (
	answerGroups     = []*logistic{&markedAnswer, &unmarkedAnswer, &nativeAnswer, &foreignAnswer}
	answerGroupNames = []string{"marked", "unmarked", "native", "foreign"}
	// kindShare is how much a set's messages of each kind count, however many.
	kindShare = map[answerKind]float64{answered: 2, onSubject: .5, offSubject: 1}
)

// printThresholds prints, for each set, where some of what is answered would be
// refused, and how much of the rest is then.
func printThresholds(open []message, l *logistic) {
	sums := map[string][]float64{}
	for _, m := range open {
		if m.kind == answered {
			sums[m.set] = append(sums[m.set], l.weigh(m.evidence))
		}
	}
	for _, set := range slices.Sorted(maps.Keys(sums)) {
		of := sums[set]
		slices.Sort(of)
		fmt.Printf("  %s:", set)
		for _, share := range []float64{.01, .02, .03, .05} {
			least := of[int(share*float64(len(of)))]
			var n, refused [offSubject + 1]float64
			for _, m := range open {
				if m.set == set {
					n[m.kind]++
					if l.weigh(m.evidence) < least {
						refused[m.kind]++
					}
				}
			}
			fmt.Printf("  %.2f at %.2f: %.2f off, %.2f on the subject;", share, least, refused[offSubject]/n[offSubject], refused[onSubject]/n[onSubject])
		}
		fmt.Println()
	}
}

func printRefusals(title string, all []message, refused func(message) bool) {
	type count struct{ n, refused float64 }
	counts := map[string]*count{}
	for _, m := range all {
		how := "marked"
		switch answerWeights(m.query) {
		case &unmarkedAnswer:
			how = "unmarked"
		case &foreignAnswer, &nativeAnswer:
			how = string(m.query.language)
		}
		kind := [...]string{"answered", "on subject", "off"}[m.kind]
		half := "open"
		if m.sealed {
			half = "sealed"
		}
		key := fmt.Sprintf("%s\t%s\t%s\t%s", m.set, how, kind, half)
		if counts[key] == nil {
			counts[key] = &count{}
		}
		counts[key].n++
		if refused(m) {
			counts[key].refused++
		}
	}
	fmt.Println(title + ": refused")
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(table, "%s\t%.3f of %.0f\n", key, counts[key].refused/counts[key].n, counts[key].n)
	}
	table.Flush()
}

func evidenceOf(list []float64) evidence {
	return evidence{missing: list[0], sentence: list[1], passage: list[2], missingMass: list[3], sentenceMass: list[4], passageMass: list[5],
		pairs: list[6], knownPairs: list[7], run: list[8], absentNames: list[9], name: list[10], uncounted: list[11], rarest: list[12],
		score: list[13], lead: list[14], size: list[15], parts: list[16],
		missingRarest: list[17], sentenceBySize: list[18]}
}

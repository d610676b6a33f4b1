package intent

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"reportbot/store/text"
)

// example is a message to learn from.
type example struct {
	message string
	kind    int // an index of kinds
	weight  float64
	set     string
}

// TestLearnWeights fits weights.txt where LEARN is set to the file to write.
func TestLearnWeights(t *testing.T) {
	path := os.Getenv("LEARN")
	if path == "" {
		t.Skip("LEARN names no file to write the weights into")
	}
	own := readExamples(t)
	other := otherContent(t)
	t.Logf("%d examples, %d other questions and statements", len(own), len(other))
	if os.Getenv("FOLDS") != "" {
		crossValidate(t, own, other)
	}
	fitted := fit(augmented(own, other))
	var b strings.Builder
	fmt.Fprintf(&b, "# Weights of the model in model.go, in hundredths: %v. Fitted by TestLearnWeights to\n# testdata/examples.txt and messages.jsonl, and to the questions of XQuAD and MLQA (CC BY-SA).\n\n", kinds)
	for _, feature := range slices.Sorted(maps.Keys(fitted)) {
		fmt.Fprintf(&b, "%s", feature)
		for _, w := range fitted[feature] {
			fmt.Fprintf(&b, " %.0f", 100*w)
		}
		b.WriteByte('\n')
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(b.String(), " -0\n", " 0\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

func kindNumber(t *testing.T, name string) int {
	t.Helper()
	n := slices.Index(kinds[:], Kind(name))
	if n < 0 {
		t.Fatalf("no kind %s", name)
	}
	return n
}

func readExamples(t *testing.T) (all []example) {
	t.Helper()
	file, err := os.ReadFile("testdata/examples.txt")
	if err != nil {
		t.Fatal(err)
	}
	kind := 0
	for _, line := range contentLines(string(file)) {
		if strings.HasPrefix(line, "[") {
			kind = kindNumber(t, strings.Trim(line, "[]"))
			continue
		}
		if len(text.Words(line)) > 0 {
			all = append(all, example{line, kind, 1, "own"})
		}
	}
	for _, m := range readMessages(t, "testdata/messages.jsonl") {
		if len(text.Words(m.Q)) > 0 {
			all = append(all, example{m.Q, kindNumber(t, m.Intent), 1, "own"})
		}
	}
	return all
}

// otherContent returns questions and statements on content: of encyclopedias, of a
// report, and of the sets of other packages. A statement is to be checked against the
// report.
func otherContent(t *testing.T) (all []example) {
	t.Helper()
	var vietnamese, english []string
	for _, path := range []string{
		"../../../shared/external/mlqa-vi-dev.jsonl", "../../../shared/xquad/vi-dev.jsonl", "../../../shared/xquad/en-dev.jsonl",
		"../../../shared/report/dev-questions.jsonl", "../../retrieval/eval/testdata/questions.jsonl", "../answer/testdata/followups.jsonl", "../verify/testdata/open.jsonl", "../verify/testdata/messages.jsonl",
	} {
		file, err := os.Open(path)
		if err != nil {
			t.Skipf("%s is not here", path)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for lines.Buffer(nil, 1<<22); lines.Scan(); {
			var line struct {
				Q, Text, Verdict, Paragraph string
				Paragraphs                  []string
				Questions                   []json.RawMessage
				Sentences                   []struct{ Text, Verdict string }
			}
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			said := []string{line.Q}
			if line.Verdict != "none" && line.Verdict != "" {
				said = append(said, line.Text)
			}
			for _, s := range line.Sentences {
				if s.Verdict != "none" {
					said = append(said, s.Text)
				}
			}
			for _, raw := range line.Questions {
				var q struct{ Q, Vi string }
				if json.Unmarshal(raw, &q) != nil {
					json.Unmarshal(raw, &q.Q)
				}
				said = append(said, q.Q, q.Vi)
			}
			for _, p := range append(line.Paragraphs, line.Paragraph) {
				for n, span := range text.Sentences(p) {
					if n < 2 {
						said = append(said, p[span.Start:span.End])
					}
					if len(text.Words(p[span.Start:span.End])) > 0 {
						if strings.Contains(path, "/en-") {
							english = append(english, p[span.Start:span.End])
						} else {
							vietnamese = append(vietnamese, p[span.Start:span.End])
						}
					}
				}
			}
			for _, q := range said {
				if q != "" && len(text.Words(q)) > 0 {
					all = append(all, example{q, 0, .5, path})
				}
			}
		}
	}
	all = append(all, asked(append(vietnamese, english...), asking, 3500)...)
	return append(all, asked(english, askingEnglish, 1000)...)
}

// What people write around anything.
var (
	openings = strings.Split("bot ơi|ad ơi|em ơi|cháu ơi|mọi người ơi|ê|ê bot|dạ|dạ cho em hỏi|cho mình hỏi|cho tui hỏi|cho hỏi|cho bác hỏi|alo|chào bot|chào bạn|hi|hi bot|hey|yo|cảm ơn bạn|ok|ủa|bạn ơi|thưa anh chị,|kính thưa quý vị,|xin cho biết|xin hỏi|à mà|thế|vậy|so|pls|@bot|thanks,|mn ơi|trời ơi|hm|haha|bữa trước", "|")
	closings = strings.Split("vậy|z|dzậy|thế|ạ|nhé|nha|nhỉ|ta|hả|á|đó|rứa|rứa hè|vậy ta|vậy bạn|với|vs|giùm|giúp mình|giúp em với|hen|nghen|hông|ko|k ạ|bot|bot ơi|mn|mọi người|cháu|hả cháu|xin cảm ơn|cảm ơn|thx|pls|please|lol|bro|tho|vậy ad|zậy trời|vậy mọi người|ấy nhỉ|thế nhỉ|coi|đi|đi bot", "|")
)

// asking are forms of short questions, around something that a text is about.
var asking = strings.Split("_ là gì vậy|_ là ai|ai _|_ bao nhiêu|bao nhiêu _|mấy _|_ khi nào|_ hồi nào|_ ở đâu|_ sao rồi|sao _|vì sao _|_ thế nào|_ có _ không|_ chưa|có _ không|_ nào|_ bị gì|nói gì về _|_ làm gì|_ vs _|còn _ thì sao|_ rứa|_ chi|_ mô|răng _|_ được gì|nói về _ đi|giải thích _|kể về _|theo báo cáo thì _|báo cáo có nói _ không|tác giả nói gì về _|bạn có biết _ không|_|_|_|_|_ đúng không|_, đúng không?|_ phải không|_ thật không|có phải _ không|có thật _ không|nghe nói _|_, tin này thật không|_ rồi hả|_ tên gì|_ dài bao nhiêu|_ do ai làm|ai viết _|ai tạo ra _|ai là tác giả _|ai là tác giả bài _|ai viết bài _|bài _ nói gì|bài _ của ai|_ của tác giả nào|cho biết _|bạn cho biết ai _|bot cho biết _ là ai|ai công bố _|báo nào đăng _|_ tốn bao nhiêu tiền|_ dùng để làm gì|_ dùng sao|phần nào _|nguồn _|lấy _ từ đâu", "|")

// askingEnglish are the same in English.
var askingEnglish = strings.Split("what is _|who is _|who _|how many _|when did _|where is _|why _|how does _ work|does _|is _ real|what about _|and _|tell me about _|explain _|_|_|_|did they _|how much _|what did _ say|who wrote _|who made _|what does the report say about _|does the report mention _|is _ true|_, right?|_, is that true|i heard _|can _|how long is _|which _", "|")

// asked returns short questions on what texts are about.
func asked(texts []string, forms []string, n int) (all []example) {
	r := rand.New(rand.NewPCG(7, 8))
	span := func() string {
		of := texts[r.IntN(len(texts))]
		list := text.Words(of)
		from := r.IntN(len(list))
		to := min(len(list), from+1+r.IntN(5))
		return of[list[from].Start:list[to-1].End]
	}
	for range n {
		said := forms[r.IntN(len(forms))]
		for strings.Contains(said, "_") {
			said = strings.Replace(said, "_", span(), 1)
		}
		if r.IntN(3) > 0 {
			said = strings.ToLower(said)
		}
		all = append(all, example{said, 0, .5, "made up"})
	}
	return all
}

// augmented adds to each example forms with other words around it, and without marks.
func augmented(own, other []example) (all []example) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	forms := func(e example, n int) {
		all = append(all, e)
		for range n {
			said := e.message
			if r.IntN(2) == 0 {
				said = pick(openings) + " " + said
			}
			if r.IntN(2) == 0 {
				said = strings.TrimRight(said, "?.! ") + " " + pick(closings)
			}
			if r.IntN(3) == 0 {
				said = text.Fold(said)
			}
			if r.IntN(3) == 0 {
				said = strings.ToLower(said)
			}
			all = append(all, example{said, e.kind, e.weight * .5, ""})
		}
	}
	for _, e := range own {
		forms(e, 4)
	}
	for _, e := range other {
		forms(e, 1)
		if folded := text.Fold(e.message); folded != e.message {
			all = append(all, example{folded, e.kind, e.weight, ""})
		}
	}
	return all
}

// fit fits the model by AdaGrad with a ridge, and drops what weighs little. Words in
// fewer than three messages are unknown to it.
func fit(all []example) linear {
	inMessages := map[string]int{}
	for _, e := range all {
		seen := map[string]bool{}
		for _, w := range text.Words(e.message) {
			if !seen[w.Folded] && e.weight == 1 {
				inMessages["word:"+w.Folded]++
			}
			seen[w.Folded] = true
		}
	}
	known := func(word string) bool { return inMessages[word] >= leastSeen }
	of := make([][]string, len(all))
	count := map[string]float64{}
	for i, e := range all {
		of[i] = features(text.Words(e.message), known)
		for _, f := range of[i] {
			count[f] += e.weight
		}
	}
	for i := range of {
		of[i] = slices.DeleteFunc(of[i], func(f string) bool { return count[f] < 3 })
	}
	m, squares, sum := linear{}, linear{}, linear{}
	r := rand.New(rand.NewPCG(3, 4))
	order := r.Perm(len(all))
	for round := range rounds {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			p := m.probabilities(of[i])
			for _, f := range of[i] {
				w, s := m[f], squares[f]
				for k := range kinds {
					slope := p[k]
					if k == all[i].kind {
						slope--
					}
					slope = slope*all[i].weight + ridge*w[k]
					s[k] += slope * slope
					w[k] -= .15 * slope / (math.Sqrt(s[k]) + 1e-3)
				}
				m[f], squares[f] = w, s
			}
		}
		if round >= rounds-averaged { // one round is much like chance
			for f, w := range m {
				s := sum[f]
				for k := range kinds {
					s[k] += w[k] / averaged
				}
				sum[f] = s
			}
		}
	}
	m = sum
	maps.DeleteFunc(m, func(f string, w [len(kinds)]float64) bool {
		return !strings.HasPrefix(f, "word:") && slices.MaxFunc(w[:], func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) }) < least
	})
	return m
}

const (
	leastSeen = 2
	rounds    = 15
	averaged  = 6
	ridge     = 1e-3
	least     = .15
)

// crossValidate logs how the model does on messages that it wasn't fitted to.
func crossValidate(t *testing.T, own, other []example) {
	const folds = 5
	r := rand.New(rand.NewPCG(5, 6))
	part := make([]int, len(own)+len(other))
	for i := range part {
		part[i] = r.IntN(folds)
	}
	thresholds := []float64{.1, .2, .3, maxQuestionProbability, .4, .5}
	right, of := map[string]int{}, map[string]int{}
	for f := range folds {
		var fitOwn, fitOther []example
		for i, e := range own {
			if part[i] != f {
				fitOwn = append(fitOwn, e)
			}
		}
		for i, e := range other {
			if part[len(own)+i] != f {
				fitOther = append(fitOther, e)
			}
		}
		m := fit(augmented(fitOwn, fitOther))
		known := func(word string) bool { _, is := m[word]; return is }
		test := func(e example) {
			p := m.probabilities(features(text.Words(e.message), known))
			best := 1
			for k := 1; k < len(kinds); k++ {
				if p[k] > p[best] {
					best = k
				}
			}
			for _, most := range thresholds {
				got := 0
				if p[0] < most {
					got = best
				}
				key := fmt.Sprintf("%.2f %s: %s", most, e.set, kinds[e.kind])
				of[key]++
				if got == e.kind {
					right[key]++
				}
				if e.set == "own" && e.kind != got && most == maxQuestionProbability {
					t.Logf("%s taken for %s (%.2f): %s", kinds[e.kind], kinds[got], p[0], e.message)
				}
			}
		}
		for i, e := range own {
			if part[i] == f && len(text.Words(e.message)) > 0 {
				test(e)
			}
		}
		for i, e := range other {
			if part[len(own)+i] == f {
				test(e)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(of)) {
		t.Logf("%s: %d of %d, %.3f", key, right[key], of[key], float64(right[key])/float64(of[key]))
	}
}

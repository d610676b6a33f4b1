package intent

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed weights.txt
var weightsFile string

// kinds are the kinds that the model tells apart, in the order of the weights.
var kinds = [...]Kind{Question, Summary, About, Bot, SmallTalk}

// linear is a log-linear model (a multinomial logistic regression) of a message's kind.
// It reads what no rule fits: rules want each word to be known, chats write what they
// like.
type linear map[string][len(kinds)]float64

// model is read when the first message fits no rule: that takes milliseconds.
var model = sync.OnceValue(func() linear { return mustReadModel(weightsFile) })

// mostRead is the most words of a message that the model reads.
const mostRead = 40

// maxQuestionProbability is the probability of a question below which a message is read
// as something else. It is under one half: a question that is read as something else gets
// no answer, which is worse than a search for what was something else.
const maxQuestionProbability = .35

func mustReadModel(file string) linear {
	m, err := readModel(file)
	if err != nil {
		panic("intent: the embedded weights are tested: " + err.Error())
	}
	return m
}

// readModel reads lines of a feature and a weight a kind, in hundredths.
func readModel(file string) (linear, error) {
	m := linear{}
	for n, line := range contentLines(file) {
		fields := strings.Fields(line)
		if len(fields) != len(kinds)+1 {
			return nil, fmt.Errorf("weights, line %d: %d fields", n, len(fields))
		}
		var weights [len(kinds)]float64
		for k := range kinds {
			hundredths, err := strconv.Atoi(fields[k+1])
			if err != nil {
				return nil, fmt.Errorf("weights, line %d: %w", n, err)
			}
			weights[k] = float64(hundredths) / 100
		}
		m[fields[0]] = weights
	}
	return m, nil
}

// guess returns the most probable kind of a message; ok is false if it is, or may well
// be, a question.
func (m linear) guess(list []text.Word) (kind Kind, ok bool) {
	if len(list) == 0 || len(list) > mostRead {
		return Question, false
	}
	known := func(word string) bool { _, ok := m[word]; return ok }
	if !slices.ContainsFunc(list, func(w text.Word) bool { return known("word:" + w.Folded) }) {
		return Question, false // a name, say
	}
	p := m.probabilities(features(list, known))
	best := 1
	for k := range kinds {
		if k > 0 && p[k] > p[best] {
			best = k
		}
	}
	if word := m["word:"+list[0].Folded]; len(list) == 1 && word[best] <= word[0] {
		return Question, false // being alone says nothing of a word
	}
	return kinds[best], p[0] < maxQuestionProbability
}

// probabilities returns the probability of each kind.
func (m linear) probabilities(features []string) (p [len(kinds)]float64) {
	for _, feature := range features {
		for k, weight := range m[feature] {
			p[k] += weight
		}
	}
	most, sum := slices.Max(p[:]), 0.
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// features returns the features of a message, each once: its words and pairs of
// neighbours, the classes of its phrases and pairs of them, and how many words are
// unknown to the lexicon and to the model, in Vietnamese or not.
func features(list []text.Word, known func(word string) bool) []string {
	found := []string{"bias"}
	unknown, foreign, names := 0, 0, 0
	for i, w := range list {
		if w.Number {
			found = append(found, "number")
			continue
		}
		if w.Exact != w.Folded {
			found = append(found, "word:"+w.Exact)
		}
		word := "word:" + w.Folded
		if known(word) {
			found = append(found, word)
		} else {
			unknown++
			if !text.Syllable(w.Folded) {
				foreign++
			}
		}
		if w.Capital && i > 0 {
			names++
		}
	}
	for i := 1; i < len(list); i++ {
		found = append(found, "pair:"+list[i-1].Folded+"_"+list[i].Folded)
	}
	found = append(found, "first:"+list[0].Folded, "last:"+list[len(list)-1].Folded)
	if speaksOfBot(list) {
		found = append(found, "bot")
	}
	in, uncovered := words.classesIn(list)
	for i, a := range in {
		found = append(found, "class:"+a)
		for _, b := range in[i+1:] {
			found = append(found, "both:"+a+"_"+b)
		}
	}
	found = append(found, countFeatures("uncovered", uncovered)...)
	found = append(found, countFeatures("unknown", unknown)...)
	found = append(found, countFeatures("foreign", foreign)...)
	found = append(found, countFeatures("capital", names)...)
	found = append(found, countFeatures("long", len(list)/4)...)
	slices.Sort(found)
	return slices.Compact(found)
}

// calls are words after the bot's name by which it is only called, and not spoken of.
var calls = class("called")

// speaksOfBot reports whether the bot is named as that which does something, and not
// only called.
func speaksOfBot(list []text.Word) bool {
	for i := range list {
		for _, m := range words.matchesAt(list, i) {
			if m.in.meets(class("you")) && m.end < len(list) && !covers(list[m.end-1:m.end], calls) && !covers(list[m.end:m.end+1], calls) {
				return true
			}
		}
	}
	return false
}

// countFeatures returns a feature for each step that a count reaches.
func countFeatures(name string, n int) (reached []string) {
	for step := 1; step <= min(n, 6); step++ {
		reached = append(reached, fmt.Sprintf("%s:%d", name, step))
	}
	return reached
}

package intent

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"reportbot/store/text"
)

//go:embed lexicon.txt
var lexiconFile string

//go:embed rules.txt
var rulesFile string

// Kind is the kind of a message.
type Kind string

// The kinds.
const (
	Question  Kind = "question" // about the report's content
	Summary   Kind = "summary"
	About     Kind = "about" // the report itself: who wrote it, when, how long it is
	Bot       Kind = "bot"   // what the bot can do, and how
	SmallTalk Kind = "smalltalk"
)

// Topic is what a message is about, as named in rules.txt; empty for questions and
// summaries.
type Topic string

// The topics of small talk without a rule.
const (
	Wordless Topic = "wordless" // punctuation or emoji
	Number   Topic = "number"
)

// Intent is what was recognized of a message.
type Intent struct {
	Kind  Kind
	Topic Topic
	// Text is the message without an opening such as a greeting; for a summary only
	// what to sum up, and how.
	Text string
}

// filler is the class of words without content.
const filler = "filler"

// classes is a set of word classes, one bit each.
type classes [2]uint64

// mostClasses is the most classes that fit.
const mostClasses = 128

func singleClass(n int) (c classes) {
	c[n/64] = 1 << (n % 64)
	return c
}

func (c classes) or(d classes) classes      { return classes{c[0] | d[0], c[1] | d[1]} }
func (c classes) and(d classes) classes     { return classes{c[0] & d[0], c[1] & d[1]} }
func (c classes) without(d classes) classes { return classes{c[0] &^ d[0], c[1] &^ d[1]} }
func (c classes) empty() bool               { return c == classes{} }
func (c classes) meets(d classes) bool      { return !c.and(d).empty() }

// each returns the single classes of a set.
func (c classes) each() []classes {
	var single []classes
	for i, half := range c {
		for ; half != 0; half &= half - 1 {
			var one classes
			one[i] = half & -half
			single = append(single, one)
		}
	}
	return single
}

// lexicon is the word classes and their rules.
type lexicon struct {
	bits    map[string]classes // by name
	byFirst map[string][]entry // by the folded first word
	names   []string           // of the classes, in the order of their bits
	rules   []rule
}

// entry is a phrase with its classes.
type entry struct {
	words []text.Word
	in    classes
}

// rule gives the kind and topic of messages that match one of its ways.
type rule struct {
	kind  Kind
	topic Topic
	ways  []way
}

// way is the classes that a message must have, and may have.
type way struct{ must, may classes }

var words = mustLoad(lexiconFile, rulesFile)

func mustLoad(lexiconText, rulesText string) *lexicon {
	l, err := load(lexiconText, rulesText)
	if err != nil {
		panic("intent: the embedded word lists are tested: " + err.Error())
	}
	return l
}

func load(lexiconText, rulesText string) (*lexicon, error) {
	l := &lexicon{bits: map[string]classes{}, byFirst: map[string][]entry{}}
	for n, line := range contentLines(lexiconText) {
		name, list, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("lexicon, line %d: no class", n)
		}
		if l.bits[name].empty() {
			if len(l.bits) == mostClasses {
				return nil, fmt.Errorf("lexicon, line %d: more than %d classes", n, mostClasses)
			}
			l.bits[name] = singleClass(len(l.bits))
			l.names = append(l.names, name)
		}
		for phrase := range strings.SplitSeq(list, ",") {
			l.add(phrase, l.bits[name])
		}
	}
	for n, line := range contentLines(rulesText) {
		left, right, _ := strings.Cut(line, "=")
		names := strings.Fields(left)
		if len(names) != 2 || right == "" {
			return nil, fmt.Errorf("rules, line %d: not KIND TOPIC = classes", n)
		}
		r := rule{kind: Kind(names[0]), topic: Topic(names[1])}
		var err error
		if r.ways, err = l.ways(right); err != nil {
			return nil, fmt.Errorf("rules, line %d: %w", n, err)
		}
		l.rules = append(l.rules, r)
	}
	return l, nil
}

// ways reads the ways of a rule.
func (l *lexicon) ways(lists string) ([]way, error) {
	var ways []way
	for list := range strings.SplitSeq(lists, ";") {
		w := way{may: l.bits[filler]}
		for _, name := range strings.Fields(list) {
			class := l.bits[strings.Trim(name, "[]")]
			if class.empty() {
				return nil, fmt.Errorf("the lexicon has no class %s", name)
			}
			if !strings.HasPrefix(name, "[") {
				w.must = w.must.or(class)
			}
			w.may = w.may.or(class)
		}
		ways = append(ways, w)
	}
	return ways, nil
}

func (l *lexicon) add(phrase string, in classes) {
	list := text.Words(phrase)
	if len(list) == 0 {
		return
	}
	entries := l.byFirst[list[0].Folded]
	for i := range entries {
		if slices.EqualFunc(entries[i].words, list, func(a, b text.Word) bool { return a.Exact == b.Exact }) {
			entries[i].in = entries[i].in.or(in)
			return
		}
	}
	l.byFirst[list[0].Folded] = append(entries, entry{list, in})
}

// match is a phrase found in a message: its end and its classes.
type match struct {
	end int
	in  classes
}

// matchesAt returns the phrases that start at word i.
func (l *lexicon) matchesAt(message []text.Word, i int) []match {
	var found []match
	marked := slices.ContainsFunc(message, func(w text.Word) bool { return w.Exact != w.Folded })
	for _, e := range l.byFirst[message[i].Folded] {
		if i+len(e.words) <= len(message) && same(message[i:i+len(e.words)], e.words) {
			// In a text with diacritics, a syllable without any is meant so.
			if w := e.words[0]; marked && len(e.words) == 1 && w.Exact != message[i].Exact {
				continue
			}
			found = append(found, match{i + len(e.words), e.in})
		}
	}
	return found
}

// fits reports whether a message consists of the classes of a way and has all that
// are required.
func (w way) fits(matches [][]match) bool {
	const mostStates = 64
	reached := make([][]classes, len(matches)+1) // required classes found on the paths to each word
	reached[0] = []classes{{}}
	for i, here := range matches {
		for _, met := range reached[i] {
			for _, m := range here {
				if !m.in.meets(w.may) {
					continue
				}
				// A phrase of several classes counts as one that is still required.
				for _, class := range append(m.in.and(w.must).without(met).each(), classes{}) {
					next := met.or(class)
					if !slices.Contains(reached[m.end], next) && len(reached[m.end]) < mostStates {
						reached[m.end] = append(reached[m.end], next)
					}
				}
			}
		}
	}
	return slices.Contains(reached[len(matches)], w.must)
}

// classify returns the first rule that matches a message.
func (l *lexicon) classify(message []text.Word) (Kind, Topic, bool) {
	if len(message) == 0 || len(message) > mostWords {
		return "", "", false
	}
	matches := l.matches(message)
	var all classes
	for _, here := range matches {
		for _, m := range here {
			all = all.or(m.in)
		}
	}
	for _, r := range l.rules {
		for _, w := range r.ways {
			if w.must.without(all).empty() && w.fits(matches) {
				return r.kind, r.topic, true
			}
		}
	}
	return "", "", false
}

// classesIn returns the names of the classes that a message has phrases of, fillers
// aside, and how many of its words are in no phrase. At each word the longest phrases
// count.
func (l *lexicon) classesIn(message []text.Word) (names []string, uncovered int) {
	var all classes
	for i := 0; i < len(message); {
		end, in := 0, classes{}
		for _, m := range l.matchesAt(message, i) {
			switch {
			case m.end > end:
				end, in = m.end, m.in
			case m.end == end:
				in = in.or(m.in)
			}
		}
		if end == 0 {
			uncovered++
			end = i + 1
		}
		all, i = all.or(in), end
	}
	for n, name := range l.names {
		if name != filler && all.meets(singleClass(n)) {
			names = append(names, name)
		}
	}
	return names, uncovered
}

// matches returns the phrases that start at each word.
func (l *lexicon) matches(message []text.Word) [][]match {
	matches := make([][]match, len(message))
	for i := range message {
		matches[i] = l.matchesAt(message, i)
	}
	return matches
}

// mostWords is the most words of a message that isn't a question.
const mostWords = 20

// class returns the union of the named classes.
func class(names ...string) classes {
	var all classes
	for _, name := range names {
		bit := words.bits[name]
		if bit.empty() {
			panic("intent: the lexicon has no class " + name)
		}
		all = all.or(bit)
	}
	return all
}

// covers reports whether all words are of these classes.
func covers(list []text.Word, may classes) bool {
	for i := 0; i < len(list); {
		end := 0
		for _, m := range words.matchesAt(list, i) {
			if m.in.meets(may) {
				end = max(end, m.end)
			}
		}
		if end == 0 {
			return false
		}
		i = end
	}
	return true
}

// find returns the first phrase of a class, the longest one at its place.
func find(list []text.Word, of classes) (from, to int, ok bool) {
	for i := range list {
		for _, m := range words.matchesAt(list, i) {
			if m.in.meets(of) && m.end > to {
				from, to, ok = i, m.end, true
			}
		}
		if ok {
			return from, to, true
		}
	}
	return 0, 0, false
}

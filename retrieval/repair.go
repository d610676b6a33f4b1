package retrieval

import (
	"context"
	"slices"
	"strings"

	"reportbot/store"
	"reportbot/store/text"
)

const (
	// A word of fewer letters is repaired only beside a neighbour that the
	// report has beside the repaired word: too many words are near to it.
	repairedAlone = 5
	shortestTypo  = 3
	longestTypo   = 16
	// mostTypos are repaired of one question.
	mostTypos = 4
)

// initials and finals are Vietnamese letters that are mixed up, by ear or as
// chats write them.
var (
	initials = [][2]string{
		{"tr", "ch"}, {"gi", "d"}, {"gi", "r"}, {"d", "r"}, {"ngh", "ng"}, {"gh", "g"}, {"ph", "f"}, {"qu", "w"}, {"qu", "q"}, {"gi", "j"}, {"gi", "z"},
		{"d", "z"}, {"v", "z"}, {"kh", "x"}, {"s", "x"}, {"l", "n"}, {"c", "k"},
	}
	finals = [][2]string{{"n", "ng"}, {"n", "nh"}, {"ng", "g"}, {"nh", "h"}, {"t", "c"}, {"t", "ch"}, {"c", "ch"}, {"i", "y"}}
)

// understand reads a question in the words of an edition: words that it lacks
// are repaired where they are typing mistakes for words that it has.
func (s *Searcher) understand(ctx context.Context, edition *store.Edition, question string) (Query, error) {
	language, err := s.languageOf(ctx, edition)
	if err != nil {
		return Query{}, err
	}
	q := s.parse(question, language)
	// What the search needs next is looked up along, in one go.
	frequencies, err := s.lookUp(ctx, edition.ID, append(q.wordTerms(), q.counted(q.terms())...))
	if err != nil {
		return q, err
	}
	repaired, err := s.repair(ctx, edition, q, frequencies)
	if err != nil {
		return q, err
	}
	if repaired != q.text {
		q = s.parse(repaired, language)
		if frequencies, err = s.lookUp(ctx, edition.ID, q.wordTerms()); err != nil {
			return q, err
		}
	}
	q.loosen(frequencies)
	return q, nil
}

// wordTerms are the words of the question with their neighbours.
func (q Query) wordTerms() []store.Term {
	var terms []store.Term
	for i, word := range q.words {
		terms = append(terms, store.Term{Column: store.Exact, Token: word.Exact}, store.Term{Column: store.Folded, Token: word.Folded})
		if i > 0 {
			terms = append(terms, neighbours(q.words[i-1].Folded, word.Folded))
		}
	}
	return terms
}

func neighbours(first, second string) store.Term {
	return store.Term{Column: store.Pairs, Token: first + "_" + second}
}

// repair returns the question with its typing mistakes repaired.
func (s *Searcher) repair(ctx context.Context, edition *store.Edition, q Query, frequencies map[store.Term]int) (string, error) {
	var b strings.Builder
	end, tried := 0, 0
	for i, word := range q.words {
		if tried == mostTypos || !q.mistyped(i, frequencies) {
			continue
		}
		tried++
		better, err := s.nearestWord(ctx, edition, q, i)
		if err != nil {
			return "", err
		}
		if better != "" {
			b.WriteString(q.text[end:word.Start])
			b.WriteString(better)
			end = word.End
		}
	}
	return b.String() + q.text[end:], nil
}

// mistyped reports whether a word may be a typing mistake: neither the report
// nor the language is known to have it.
func (q Query) mistyped(i int, frequencies map[store.Term]int) bool {
	word := q.words[i]
	short := len(word.Folded) < shortestTypo && (word.Capital || text.Syllable(word.Folded))
	if word.Number || short || len(word.Folded) < 2 || len(word.Folded) > longestTypo || !isASCII(word.Folded) || q.covered[i] || stop[word.Folded] ||
		frequencies[store.Term{Column: store.Folded, Token: word.Folded}] > 0 {
		return false
	}
	// Of another language's words a report has the names.
	if q.Language != text.Vietnamese && !q.native && (!word.Capital || i == 0) {
		return false
	}
	language := frequenciesOf(q.Language)
	if q.Language == text.Vietnamese && !q.Marked {
		return language.folded[word.Folded] == 0
	}
	return language.in[word.Exact] == 0
}

// nearestWord returns the word of the report or the language, without marks,
// that a mistyped one most likely is; empty if none is near enough.
func (s *Searcher) nearestWord(ctx context.Context, edition *store.Edition, q Query, i int) (string, error) {
	word := q.words[i].Folded
	alike := soundAlikes(word)
	near := alike
	// What is spelled as Vietnamese is, with its marks, is a word that the lists
	// don't know rather than a slip of the finger.
	if q.words[i].Exact == word || !text.Syllable(word) {
		near = append(near, edits(word)...)
		near = append(near, movedH(word)...)
	}
	var terms []store.Term
	for _, candidate := range near {
		terms = append(terms, store.Term{Column: store.Folded, Token: candidate})
		for _, pair := range q.pairsWith(i, candidate) {
			terms = append(terms, store.Term{Column: store.Pairs, Token: pair})
		}
	}
	// Not by lookUp: what hardly any question asks for isn't worth remembering.
	frequencies, err := s.index.Frequencies(ctx, edition.ID, terms)
	if err != nil {
		return "", err
	}
	// A foreign name is repaired by itself, a Vietnamese syllable is not: each
	// is near to others.
	alone := len(word) >= repairedAlone && (q.Language != text.Vietnamese || !text.Syllable(word))
	general := frequenciesOf(q.Language)
	best, most := "", 0
	for at, candidate := range near {
		count := frequencies[store.Term{Column: store.Folded, Token: candidate}]
		worth := 0
		for _, pair := range q.pairsWith(i, candidate) {
			worth += 1000 * frequencies[store.Term{Column: store.Pairs, Token: pair}]
			if candidate[0] == word[0] || at < len(alike) {
				worth += 200 * general.in[pair]
			}
		}
		if worth == 0 && (!alone || candidate[0] != word[0] || stop[candidate] || count == 0) {
			continue
		}
		if at < len(alike) {
			worth *= alikeWorth
		}
		if worth += count; worth > most {
			best, most = candidate, worth
		}
	}
	if best == "" && alone {
		best = s.concepts.nearestName(near, word[0])
	}
	return best, nil
}

// alikeWorth is how much likelier a mistake by ear is than another.
const alikeWorth = 20

// pairsWith returns the pairs of neighbours that the question has with another
// word at i.
func (q Query) pairsWith(i int, word string) []string {
	var pairs []string
	if q.adjacent(i) {
		pairs = append(pairs, q.words[i-1].Folded+"_"+word)
	}
	if q.adjacent(i + 1) {
		pairs = append(pairs, word+"_"+q.words[i+1].Folded)
	}
	return pairs
}

// nearestName returns the first of words, in their order, that is by itself a
// proper name of the word list and begins with a letter; empty if none is.
func (c *Concepts) nearestName(words []string, first byte) string {
	for _, word := range words {
		for _, entry := range c.whole[word] {
			if word[0] == first && entry.concept.Name && len(entry.name.Words) == 1 {
				return word
			}
		}
	}
	return ""
}

// soundAlikes returns the words with initials or finals that are mixed up.
func soundAlikes(word string) []string {
	var words []string
	add := func(s string) {
		if s != word && text.Syllable(s) && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	begun := []string{word}
	for _, pair := range initials {
		for _, swap := range [][2]string{pair, {pair[1], pair[0]}} {
			if rest, ok := strings.CutPrefix(word, swap[0]); ok {
				begun = append(begun, swap[1]+rest)
			}
		}
	}
	for _, w := range begun {
		add(w)
		for _, pair := range finals {
			for _, swap := range [][2]string{pair, {pair[1], pair[0]}} {
				if rest, ok := strings.CutSuffix(w, swap[0]); ok {
					add(rest + swap[1])
				}
			}
		}
	}
	return words
}

// edits returns the words that one letter more, less, other or in another
// place makes of a word.
func edits(word string) []string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	seen := map[string]bool{word: true}
	var words []string
	add := func(s string) {
		if s != "" && !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	for i := range len(word) {
		add(word[:i] + word[i+1:])
		if i > 0 {
			add(word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:])
		}
	}
	for i := range len(word) + 1 {
		for _, letter := range letters {
			add(word[:i] + string(letter) + word[i:])
			if i < len(word) {
				add(word[:i] + string(letter) + word[i+1:])
			}
		}
	}
	return words
}

// movedH returns the words that have an h of a word in another place, as names
// of other languages are often written.
func movedH(word string) []string {
	var words []string
	for i := range len(word) {
		if word[i] != 'h' {
			continue
		}
		without := word[:i] + word[i+1:]
		for j := 1; j <= len(without); j++ {
			if moved := without[:j] + "h" + without[j:]; moved != word {
				words = append(words, moved)
			}
		}
	}
	return words
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// loosen lets words of a question with marks be compared without them where
// the report lacks them as written, and has their neighbour beside them or they
// are foreign: Khuree is Khüree.
func (q *Query) loosen(frequencies map[store.Term]int) {
	if !q.Marked || q.Language != text.Vietnamese {
		return
	}
	loose := map[string]bool{}
	for i, word := range q.words {
		if word.Number || stop[word.Folded] || frequencies[store.Term{Column: store.Exact, Token: word.Exact}] > 0 ||
			frequencies[store.Term{Column: store.Folded, Token: word.Folded}] == 0 {
			continue
		}
		beside := !text.Syllable(word.Folded) || i > 0 && frequencies[neighbours(q.words[i-1].Folded, word.Folded)] > 0 ||
			i+1 < len(q.words) && frequencies[neighbours(word.Folded, q.words[i+1].Folded)] > 0
		if beside {
			loose[word.Exact] = true
		}
	}
	for i := range q.Units {
		q.Units[i].Loose = q.Units[i].Concept == nil && loose[q.Units[i].Exact]
	}
}

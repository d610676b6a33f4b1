package retrieval

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"reportbot/store"
	"reportbot/store/text"
)

const (
	// A word of fewer letters is repaired only beside a neighbour that the
	// report has beside the repaired word: too many words are near to it.
	repairedAlone = 5
	shortestTypo  = 3
	longestTypo   = 16
	// maxTypos is the most typing mistakes repaired in one question.
	maxTypos = 4
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

// understand parses a question for a corpus, and repairs typing mistakes of words that
// the corpus has.
func understand(ctx context.Context, c *corpus, concepts *Concepts, question string) (query, error) {
	language, err := c.language(ctx)
	if err != nil {
		return query{}, err
	}
	q := parse(question, concepts, language)
	// What the search needs next is looked up along, in one go.
	frequencies, err := c.documentFrequencies(ctx, append(q.wordTerms(), q.rankedTerms()...))
	if err != nil {
		return q, err
	}
	repaired, err := q.repaired(ctx, c, concepts, frequencies)
	if err != nil {
		return q, err
	}
	if repaired != q.text {
		q = parse(repaired, concepts, language)
		if frequencies, err = c.documentFrequencies(ctx, q.wordTerms()); err != nil {
			return q, err
		}
	}
	q.loosen(frequencies)
	return q, nil
}

// repaired returns the question with its typing mistakes repaired.
func (q query) repaired(ctx context.Context, c *corpus, concepts *Concepts, frequencies map[store.Term]int) (string, error) {
	var b strings.Builder
	end, tried := 0, 0
	for i, word := range q.words {
		if tried == maxTypos || !q.mistyped(i, frequencies) {
			continue
		}
		tried++
		better, err := q.nearestWord(ctx, c, concepts, i)
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
func (q query) mistyped(i int, frequencies map[store.Term]int) bool {
	word := q.words[i]
	short := len(word.Folded) < shortestTypo && (word.Capital || text.Syllable(word.Folded))
	if word.Number || short || len(word.Folded) < 2 || len(word.Folded) > longestTypo || !isASCII(word.Folded) || q.covered[i] || stop[word.Folded] ||
		frequencies[foldedTerm(word.Folded)] > 0 {
		return false
	}
	// Of another language's words a report has the names.
	if q.language != text.Vietnamese && !q.native && (!word.Capital || i == 0) {
		return false
	}
	language := generalOf(q.language)
	if q.language == text.Vietnamese && !q.marked {
		return language.folded[word.Folded] == 0
	}
	return language.in[word.Exact] == 0
}

// nearestWord returns the word of the report or the language, without marks,
// that a mistyped one most likely is; empty if none is near enough.
func (q query) nearestWord(ctx context.Context, c *corpus, concepts *Concepts, i int) (string, error) {
	word := q.words[i].Folded
	alike := soundAlikes(word)
	near := alike
	// What is spelled as Vietnamese is, with its marks, is a word that the lists
	// don't know rather than a slip of the finger.
	if q.words[i].Exact == word || !text.Syllable(word) {
		near = append(near, edits(word)...)
	}
	var terms []store.Term
	for _, candidate := range near {
		terms = append(terms, foldedTerm(candidate))
		for _, pair := range q.pairsWith(i, candidate) {
			terms = append(terms, pairTerm(pair))
		}
	}
	// Not from the cache, since hardly any other question needs these terms.
	frequencies, err := c.index.Frequencies(ctx, c.ID, terms)
	if err != nil {
		return "", err
	}
	// A foreign name is repaired by itself, a Vietnamese syllable is not: each
	// is near to others.
	alone := len(word) >= repairedAlone && (q.language != text.Vietnamese || !text.Syllable(word))
	general := generalOf(q.language)
	best, most := "", 0
	for at, candidate := range near {
		count := frequencies[foldedTerm(candidate)]
		worth := 0
		for _, pair := range q.pairsWith(i, candidate) {
			worth += 1000 * frequencies[pairTerm(pair)]
			if candidate[0] == word[0] || at < len(alike) {
				worth += 200 * general.in[pair]
			}
		}
		if worth == 0 && (!alone || candidate[0] != word[0] || stop[candidate] || count == 0) {
			continue
		}
		if at < len(alike) {
			worth *= alikeWeight
		}
		if worth += count; worth > most {
			best, most = candidate, worth
		}
	}
	if best == "" && alone {
		best = concepts.nearestName(near, word[0])
	}
	return best, nil
}

// alikeWeight is how much likelier a mistake by ear is than another.
const alikeWeight = 20

// pairsWith returns the pairs of neighbours that the question has with another
// word at i.
func (q query) pairsWith(i int, word string) []string {
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

// edits returns the words that one letter more, less, other or in another place
// makes of a word, and those with an h of it anywhere else, as names of other
// languages are often written.
func edits(word string) []string {
	seen := map[string]bool{word: true, "": true}
	var words []string
	add := func(s string) {
		if !seen[s] {
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
		for letter := 'a'; letter <= 'z'; letter++ {
			add(word[:i] + string(letter) + word[i:])
			if i < len(word) {
				add(word[:i] + string(letter) + word[i+1:])
			}
		}
	}
	for i := range len(word) {
		if word[i] == 'h' {
			without := word[:i] + word[i+1:]
			for j := 1; j <= len(without); j++ {
				add(without[:j] + "h" + without[j:])
			}
		}
	}
	return words
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// loosen lets words of a question with marks be compared without them where
// the report lacks them as written, and has their neighbour beside them or they
// are foreign: Khuree is Khüree.
func (q *query) loosen(frequencies map[store.Term]int) {
	if !q.marked || q.language != text.Vietnamese {
		return
	}
	loose := map[string]bool{}
	for i, word := range q.words {
		if word.Number || stop[word.Folded] || frequencies[exactTerm(word.Exact)] > 0 ||
			frequencies[foldedTerm(word.Folded)] == 0 {
			continue
		}
		beside := !text.Syllable(word.Folded) || i > 0 && frequencies[neighbours(q.words[i-1].Folded, word.Folded)] > 0 ||
			i+1 < len(q.words) && frequencies[neighbours(word.Folded, q.words[i+1].Folded)] > 0
		if beside {
			loose[word.Exact] = true
		}
	}
	for i := range q.units {
		q.units[i].loose = q.units[i].concept == nil && loose[q.units[i].exact]
	}
}

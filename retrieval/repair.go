package retrieval

import (
	"context"
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

// initials are Vietnamese letters that are mixed up, by ear or as chats write
// them; single letters that stand for another letter are one edit anyway.
var initials = [][2]string{
	{"tr", "ch"}, {"gi", "d"}, {"gi", "r"}, {"ngh", "ng"}, {"gh", "g"}, {"ph", "f"}, {"qu", "w"}, {"qu", "q"}, {"gi", "j"}, {"gi", "z"}, {"kh", "x"},
}

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
	if word.Number || len(word.Folded) < shortestTypo || len(word.Folded) > longestTypo || !isASCII(word.Folded) || q.covered[i] || stop[word.Folded] ||
		frequencies[store.Term{Column: store.Folded, Token: word.Folded}] > 0 {
		return false
	}
	language := frequenciesOf(q.Language)
	if q.Language == text.Vietnamese && !q.Marked {
		return language.folded[word.Folded] == 0
	}
	return language.in[word.Exact] == 0
}

// nearestWord returns the word of the report, without marks, that a mistyped
// one most likely is; empty if none is near enough.
func (s *Searcher) nearestWord(ctx context.Context, edition *store.Edition, q Query, i int) (string, error) {
	word := q.words[i].Folded
	var terms []store.Term
	near := edits(word)
	for _, candidate := range near {
		terms = append(terms, store.Term{Column: store.Folded, Token: candidate})
		if i > 0 {
			terms = append(terms, neighbours(q.words[i-1].Folded, candidate))
		}
		if i+1 < len(q.words) {
			terms = append(terms, neighbours(candidate, q.words[i+1].Folded))
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
	best, most := "", 0
	for _, candidate := range near {
		count := frequencies[store.Term{Column: store.Folded, Token: candidate}]
		if count == 0 {
			continue
		}
		beside := 0
		if i > 0 {
			beside += frequencies[neighbours(q.words[i-1].Folded, candidate)]
		}
		if i+1 < len(q.words) {
			beside += frequencies[neighbours(candidate, q.words[i+1].Folded)]
		}
		worth := 1000*beside + count
		if beside == 0 && (!alone || candidate[0] != word[0] || stop[candidate]) {
			continue
		}
		if worth > most {
			best, most = candidate, worth
		}
	}
	return best, nil
}

// edits returns the words that one letter more, less, other or in another
// place makes of a word, and those with initials that are mixed up.
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
	for _, pair := range initials {
		for _, swap := range [][2]string{pair, {pair[1], pair[0]}} {
			if rest, ok := strings.CutPrefix(word, swap[0]); ok {
				add(swap[1] + rest)
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
// the report lacks them as written and has their neighbour beside them.
func (q *Query) loosen(frequencies map[store.Term]int) {
	if !q.Marked || q.Language != text.Vietnamese {
		return
	}
	loose := map[string]bool{}
	for i, word := range q.words {
		if word.Number || frequencies[store.Term{Column: store.Exact, Token: word.Exact}] > 0 ||
			frequencies[store.Term{Column: store.Folded, Token: word.Folded}] == 0 {
			continue
		}
		beside := i > 0 && frequencies[neighbours(q.words[i-1].Folded, word.Folded)] > 0 ||
			i+1 < len(q.words) && frequencies[neighbours(word.Folded, q.words[i+1].Folded)] > 0
		if beside {
			loose[word.Exact] = true
		}
	}
	for i := range q.Units {
		q.Units[i].Loose = q.Units[i].Concept == nil && loose[q.Units[i].Exact]
	}
}

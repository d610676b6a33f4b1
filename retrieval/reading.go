package retrieval

import (
	"slices"

	"reportbot/store"
	"reportbot/store/text"
)

// reading is a tokenized passage. Passages never change, so it is made once for many
// searches.
type reading struct {
	passage   store.Passage
	whole     tokenized
	sentences []tokenized
}

// tokenized is a text's words, its pairs with its dates, and what kinds of thing it
// has.
type tokenized struct {
	words []text.Word
	// stems are the words without their endings, nil unless they are English;
	// then pairs has those of the stems too.
	stems []string
	pairs []string
	has   kindSet
}

func tokenize(s string) tokenized {
	words := text.Words(s)
	return tokenized{words: words, pairs: append(text.Pairs(s, words), text.DateTokens(s, words)...), has: kinds(s, words)}
}

// stem adds the stems of an English text.
func (t *tokenized) stem(s string) {
	stemmed := text.Stemmed(t.words)
	for i, pair := range text.Pairs(s, stemmed) {
		if pair != t.pairs[i] {
			t.pairs = append(t.pairs, pair)
		}
	}
	t.stems = make([]string, len(stemmed))
	for i := range stemmed {
		t.stems[i] = stemmed[i].Folded
	}
}

// join returns two texts as one.
func (t tokenized) join(u tokenized) tokenized {
	joined := tokenized{slices.Concat(t.words, u.words), slices.Concat(t.stems, u.stems), slices.Concat(t.pairs, u.pairs), t.has}
	for kind, has := range u.has {
		joined.has[kind] = joined.has[kind] || has
	}
	return joined
}

// readPassage tokenizes a passage, each of its sentences once.
func readPassage(p store.Passage) *reading {
	texts := []string{store.Searched(p.Section, p.Entry, ""), p.Entry}
	for _, sentence := range p.Sentences {
		texts = append(texts, sentence.Text)
	}
	parts := make([]tokenized, len(texts))
	var words []text.Word // of the sentences
	for i, s := range texts {
		parts[i] = tokenize(s)
		if i >= 2 {
			words = append(words, parts[i].words...)
		}
	}
	if text.IsEnglish(words) {
		for i, s := range texts {
			parts[i].stem(s)
		}
	}
	entry := parts[1]
	r := &reading{passage: p, whole: parts[0], sentences: parts[2:]}
	for i := range r.sentences {
		r.whole = r.whole.join(r.sentences[i])
		// A sentence is read with its entry's date, which it inherits.
		if len(entry.words) > 0 {
			r.sentences[i] = entry.join(r.sentences[i])
		}
	}
	return r
}

// counter counts chosen terms and names in one text after the other.
type counter struct {
	places map[store.Column]map[string]int // of a term's count, by its token
	names  map[string][]conceptEntry       // by first word

	counts []int
	named  map[*ConceptName]int
}

func newCounter(concepts []*Concept) *counter {
	return &counter{places: map[store.Column]map[string]int{store.Exact: {}, store.Folded: {}, store.Pairs: {}}, names: inReportsByWord(concepts)}
}

// add has a term counted; it returns the place of its count.
func (c *counter) add(term store.Term) int {
	if term.Column == store.Exact {
		c.add(foldedTerm(text.Fold(term.Token))) // what isn't there folded isn't looked up as written
	}
	place, ok := c.places[term.Column][term.Token]
	if !ok {
		place = len(c.counts)
		c.places[term.Column][term.Token] = place
		c.counts = append(c.counts, 0)
	}
	return place
}

// has reports whether the text that was counted last has a term.
func (c *counter) has(term store.Term) bool { return c.counts[c.places[term.Column][term.Token]] > 0 }

// hasConcept reports whether it has one of a concept's names.
func (c *counter) hasConcept(concept *Concept) bool {
	return slices.ContainsFunc(concept.Names, func(n *ConceptName) bool { return c.named[n] > 0 })
}

// count counts the terms and names in a text.
func (c *counter) count(t tokenized) {
	clear(c.counts)
	exact, folded, pairs := c.places[store.Exact], c.places[store.Folded], c.places[store.Pairs]
	for i := range t.words {
		word := &t.words[i]
		place, known := folded[word.Folded]
		if known {
			c.counts[place]++
		}
		if t.stems != nil && t.stems[i] != word.Folded {
			if place, ok := folded[t.stems[i]]; ok {
				c.counts[place]++
			}
		}
		if known {
			if place, ok := exact[word.Exact]; ok {
				c.counts[place]++
			}
		}
	}
	if len(pairs) > 0 {
		for _, pair := range t.pairs {
			if place, ok := pairs[pair]; ok {
				c.counts[place]++
			}
		}
	}
	c.named = countNames(c.names, t.words)
}

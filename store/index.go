package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"reportbot/store/text"
)

// An edition's index is the FTS5 table passage_fts_<edition>. It maps terms to the
// ids of passages; a term that a passage repeats has a second term for that. It
// holds neither text nor positions: the ranking reads the passages anyway. This
// package splits text into words and folds them; the FTS5 tokenizer only splits at
// spaces and takes all non-ASCII characters as letters. The table term holds the
// number of passages for each term.

// Column is a form of words in the index.
type Column string

// The index's columns, each the first letter of its terms: exact words, folded
// words and English stems, folded neighbours joined, and dates as one.
const (
	Exact  Column = "x"
	Folded Column = "f"
	Pairs  Column = "g"
)

// Term is a token in one column.
type Term struct {
	Column Column
	Token  string
}

// repeatedSuffix is the suffix of a token that a passage holds more than once; no word
// ends with it.
const repeatedSuffix = "_"

// Repeated returns the term for passages that hold t more than once.
func (t Term) Repeated() Term { return Term{t.Column, t.Token + repeatedSuffix} }

// indexed returns the term's form in the index, and false if it can't be there:
// tokens are single lower-case words.
func (t Term) indexed() (string, bool) {
	for i := range len(t.Token) {
		switch c := t.Token[i]; {
		case c >= 0x80, c == '_', '0' <= c && c <= '9', 'a' <= c && c <= 'z':
		default:
			return "", false
		}
	}
	return string(t.Column) + t.Token, t.Token != ""
}

// createIndex creates an edition's empty index.
func createIndex(tx *tx, edition int64) {
	tx.exec(fmt.Sprintf(`CREATE VIRTUAL TABLE passage_fts_%d USING fts5(
		terms, content='', detail=none, tokenize="ascii tokenchars '_'")`, edition))
}

// indexPassage adds a passage to an edition's index, with what termsOf returns.
func indexPassage(tx *tx, edition, passage int64, terms string) {
	tx.exec(fmt.Sprintf(`INSERT INTO passage_fts_%d (rowid, terms) VALUES (?, ?)`, edition), passage, terms)
}

// countTerms completes an edition's index: it merges its segments and counts its
// terms.
func countTerms(tx *tx, edition int64) {
	tx.exec(fmt.Sprintf(
		`INSERT INTO passage_fts_%d (passage_fts_%[1]d) VALUES ('optimize');
		 CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, passage_fts_%[1]d, row);
		 INSERT INTO term (edition, term, passages) SELECT %[1]d, term, doc FROM vocabulary;
		 DROP TABLE temp.vocabulary`, edition))
}

// Searched returns the text that is indexed for a passage: section title, date
// and body.
func Searched(section, entry, body string) string {
	return section + "\n" + entry + ".\n" + body
}

// termsOf returns the terms of a text, separated by spaces.
func termsOf(searched string) string {
	words := text.Words(searched)
	var b strings.Builder
	b.Grow(4 * len(searched))
	counts := make(map[string]int, len(words))
	write := func(column Column, token string) {
		if counts[token]++; counts[token] > 2 {
			return
		}
		b.WriteString(string(column))
		b.WriteString(token)
		if counts[token] == 2 {
			b.WriteString(repeatedSuffix)
		}
		b.WriteByte(' ')
	}
	for i := range words {
		write(Exact, words[i].Exact)
	}
	clear(counts)
	for i := range words {
		write(Folded, words[i].Folded)
	}
	// An English word stands there without its endings too, and so do pairs.
	var stemmed []text.Word
	if text.IsEnglish(words) {
		stemmed = text.Stemmed(words)
	}
	for i := range stemmed {
		if stemmed[i].Folded != words[i].Folded {
			write(Folded, stemmed[i].Folded)
		}
	}
	clear(counts)
	pairs := text.Pairs(searched, words)
	for _, pair := range pairs {
		write(Pairs, pair)
	}
	if stemmed != nil {
		for i, pair := range text.Pairs(searched, stemmed) {
			if pair != pairs[i] {
				write(Pairs, pair)
			}
		}
	}
	for _, date := range text.DateTokens(searched, words) {
		write(Pairs, date)
	}
	return b.String()
}

// Postings returns, for each term, the ids of the edition's passages that hold it,
// ascending.
func (s *Store) Postings(ctx context.Context, edition int64, terms []Term) ([][]int64, error) {
	postings := make([][]int64, len(terms))
	// One row for each term: with one for each passage most time would go into
	// fetching rows.
	query := fmt.Sprintf(`SELECT group_concat(id, ' ') FROM (
		SELECT rowid AS id FROM passage_fts_%d WHERE passage_fts_%[1]d MATCH ? ORDER BY rowid)`, edition)
	err := s.snapshot(ctx, func(tx *tx) {
		for i, term := range terms {
			if token, ok := term.indexed(); ok {
				postings[i] = parseIDs(getIn(tx, single[[]byte], query, `"`+token+`"`))
			}
		}
	})
	if err != nil {
		return nil, s.explain(err)
	}
	return postings, nil
}

// parseIDs reads positive ids separated by single spaces.
func parseIDs(list []byte) []int64 {
	if len(list) == 0 {
		return nil
	}
	ids := make([]int64, 0, bytes.Count(list, []byte{' '})+1)
	id := int64(0)
	for _, c := range list {
		if c == ' ' {
			ids = append(ids, id)
			id = 0
			continue
		}
		id = 10*id + int64(c-'0')
	}
	return append(ids, id)
}

// Frequencies returns the number of the edition's passages that hold each term.
// Terms without passages are left out.
func (s *Store) Frequencies(ctx context.Context, edition int64, terms []Term) (map[Term]int, error) {
	tokens := make([]string, 0, len(terms))
	for _, term := range terms {
		if token, ok := term.indexed(); ok {
			tokens = append(tokens, token)
		}
	}
	frequencies := make(map[Term]int, len(terms))
	counts, err := pairs[string, int](ctx, s, `SELECT term, passages FROM term WHERE edition = ? AND term IN (SELECT value FROM json_each(?))`,
		edition, array(tokens))
	for term, passages := range counts {
		frequencies[Term{Column(term[:1]), term[1:]}] = passages
	}
	return frequencies, err
}

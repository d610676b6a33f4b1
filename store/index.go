package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"

	"reportbot/store/text"
)

// An edition's index is the FTS5 table passage_fts_<edition>. It has, by
// passage id, the terms that a passage holds, those that it repeats once more
// as such, and nothing else of them: neither text nor places, since what it
// finds is read and ranked anyway. Words are told apart and
// folded here; its tokenizer only parts them at spaces, and takes every sign
// beyond ASCII as part of a word. The table term has in how many passages each
// is.

// Column says which form of its words a passage is looked for in.
type Column string

// The index's columns, each the first letter of its terms: exact words, folded
// words, folded neighbours joined, and dates as one.
const (
	Exact  Column = "x"
	Folded Column = "f"
	Pairs  Column = "g"
)

// Term is a token to look for in one column.
type Term struct {
	Column Column
	Token  string
}

// repeated ends a token that a passage holds more than once; no word ends so.
const repeated = "_"

// Repeated returns the term of the passages that hold t more than once.
func (t Term) Repeated() Term { return Term{t.Column, t.Token + repeated} }

// indexed returns the term as the index has it, and whether it can have it:
// tokens are in lower case, and one of several words, or none, would be a
// phrase there, which it can't look for.
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

// createIndex makes an edition's index, still empty.
func createIndex(ctx context.Context, tx *sql.Tx, edition int64) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`CREATE VIRTUAL TABLE passage_fts_%d USING fts5(
		terms, content='', detail=none, tokenize="ascii tokenchars '_'")`, edition))
	return err
}

// indexer fills an edition's index.
type indexer struct{ insert *sql.Stmt }

func newIndexer(ctx context.Context, tx *sql.Tx, edition int64) (indexer, error) {
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO passage_fts_%d (rowid, terms) VALUES (?, ?)`, edition))
	return indexer{insert}, err
}

func (i indexer) add(ctx context.Context, passage int64, searched string) error {
	_, err := i.insert.ExecContext(ctx, passage, termsOf(searched))
	return err
}

func (i indexer) close() { _ = i.insert.Close() } // its transaction tells what failed

// countTerms ends an edition's index: it is merged into one piece, and its
// terms are counted.
func countTerms(ctx context.Context, tx *sql.Tx, edition int64) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf(
		`INSERT INTO passage_fts_%d (passage_fts_%[1]d) VALUES ('optimize');
		 CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, passage_fts_%[1]d, row);
		 INSERT INTO term (edition, term, passages) SELECT %[1]d, term, doc FROM vocabulary;
		 DROP TABLE temp.vocabulary`, edition))
	return err
}

// Searched returns the text under which a passage is found: its own, under its
// section's title and its entry's date.
func Searched(section, entry, body string) string {
	return section + "\n" + entry + ".\n" + body
}

// termsOf returns the terms of a text as the index reads them.
func termsOf(searched string) string {
	words := text.Words(searched)
	var b strings.Builder
	b.Grow(4 * len(searched))
	counts := make(map[string]int, len(words))
	write := func(column Column, token string) {
		counts[token]++
		switch counts[token] {
		case 1:
			b.WriteString(string(column))
			b.WriteString(token)
			b.WriteByte(' ')
		case 2:
			b.WriteString(string(column))
			b.WriteString(token)
			b.WriteString(repeated + " ")
		}
	}
	for i := range words {
		write(Exact, words[i].Exact)
	}
	clear(counts)
	for i := range words {
		write(Folded, words[i].Folded)
	}
	clear(counts)
	for _, pair := range text.Pairs(searched, words) {
		write(Pairs, pair)
	}
	for _, date := range text.DateTokens(searched, words) {
		write(Pairs, date)
	}
	return b.String()
}

// Postings returns, for each of the terms, the ids of the edition's passages
// that hold it, ascending.
func (s *Store) Postings(ctx context.Context, edition int64, terms []Term) ([][]int64, error) {
	postings := make([][]int64, len(terms))
	err := s.snapshot(ctx, func(tx *sql.Tx) error {
		// One row a term: a row a passage would spend most of its time between
		// SQLite and here.
		statement, err := tx.PrepareContext(ctx, fmt.Sprintf(`SELECT group_concat(id, ' ') FROM (
			SELECT rowid AS id FROM passage_fts_%d WHERE passage_fts_%[1]d MATCH ? ORDER BY rowid)`, edition))
		if err != nil {
			return err
		}
		defer statement.Close()
		for i, term := range terms {
			token, ok := term.indexed()
			if !ok {
				continue
			}
			var ids []byte
			if err := statement.QueryRowContext(ctx, `"`+token+`"`).Scan(&ids); err != nil {
				return err
			}
			postings[i] = parseIDs(ids)
		}
		return nil
	})
	if err != nil {
		return nil, s.explain(err)
	}
	return postings, nil
}

// parseIDs reads ids, none below 1, parted by single spaces.
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

// Frequencies returns in how many of the edition's passages each term is.
// Terms that none has are left out.
func (s *Store) Frequencies(ctx context.Context, edition int64, terms []Term) (map[Term]int, error) {
	args := []any{edition}
	for _, term := range terms {
		if token, ok := term.indexed(); ok {
			args = append(args, token)
		}
	}
	frequencies := make(map[Term]int, len(terms))
	if len(args) == 1 {
		return frequencies, nil
	}
	counts, err := pairs[string, int](ctx, s, `SELECT term, passages FROM term WHERE edition = ? AND term IN (?`+
		strings.Repeat(", ?", len(args)-2)+`)`, args...)
	for term, passages := range counts {
		frequencies[Term{Column(term[:1]), term[1:]}] = passages
	}
	return frequencies, err
}

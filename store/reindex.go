package store

import (
	"context"
	"database/sql"
	"fmt"
)

// reindex is the migration that rebuilds the index of every edition from its
// passages: this program can't search an older program's indexes.
func reindex(ctx context.Context, in *sql.Tx) error {
	tx := &tx{ctx: ctx, sql: in}
	for _, id := range listIn(tx, single[int64], editionIDs+`TRUE`) {
		tx.exec(fmt.Sprintf(
			`DROP TABLE IF EXISTS passage_vocab_%d; DROP TABLE IF EXISTS passage_fts_%[1]d; DELETE FROM term WHERE edition = %[1]d`, id))
		createIndex(tx, id)
		for _, p := range listIn(tx, intoPassage, selectPassages+`WHERE edition = ? ORDER BY id`, id) {
			indexPassage(tx, id, p.ID, termsOf(Searched(p.Section, p.Entry, p.Text())))
		}
		countTerms(tx, id)
	}
	return tx.err
}

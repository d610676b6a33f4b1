package store

import (
	"context"
	"database/sql"
	"fmt"
)

// reindex is the migration that rebuilds the index of every edition from its
// passages: this program can't search an older program's indexes.
func reindex(ctx context.Context, tx *sql.Tx) error {
	ids, err := editionIDs(ctx, tx, `TRUE`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(
			`DROP TABLE IF EXISTS passage_vocab_%d; DROP TABLE IF EXISTS passage_fts_%[1]d; DELETE FROM term WHERE edition = %[1]d`, id)); err != nil {
			return err
		}
		if err := createIndex(ctx, tx, id); err != nil {
			return err
		}
		if err := indexStored(ctx, tx, id); err != nil {
			return err
		}
		if err := countTerms(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

func indexStored(ctx context.Context, tx *sql.Tx, edition int64) error {
	index, err := newIndexer(ctx, tx, edition)
	if err != nil {
		return err
	}
	defer index.close()
	passages, err := listIn(ctx, tx, scanPassage, selectPassages+`WHERE edition = ? ORDER BY id`, edition)
	if err != nil {
		return err
	}
	for _, p := range passages {
		if err := index.add(ctx, p.ID, termsOf(Searched(p.Section, p.Entry, p.Text()))); err != nil {
			return err
		}
	}
	return nil
}

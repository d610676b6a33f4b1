package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"reportbot/store/report"
)

// keptEditions is how many editions stay besides the live one and staged ones,
// so that their answers and buttons go on working and there is a way back.
const keptEditions = 10

// batchPassages is how many passages one transaction writes: a long report
// holds up the inbox and the chats for no longer than that takes.
const batchPassages = 200

// Load stores a report as a new edition and makes it live; by is an admin's
// id, Shell, or empty. Until the last of it is written the edition that was
// live stays so, and a failure, or a kill, leaves nothing that anyone sees. It
// fails with ErrLoading while another report is being stored, also by another
// program. The store is checked afterwards; LastCheck has the outcome.
func (s *Store) Load(ctx context.Context, source *report.Source, by string) (*Edition, error) {
	return s.add(ctx, source, by, true)
}

// Stage stores a report as Load does without making it live: MakeLive or
// Discard settle what becomes of it.
func (s *Store) Stage(ctx context.Context, source *report.Source, by string) (*Edition, error) {
	return s.add(ctx, source, by, false)
}

func (s *Store) add(ctx context.Context, source *report.Source, by string, live bool) (*Edition, error) {
	unlock, err := s.lockLoading()
	if err != nil {
		return nil, s.explain(err)
	}
	defer unlock()
	l := &loading{store: s}
	if err = l.write(ctx, source, by); err == nil {
		err = l.finish(ctx, source, live)
	}
	if err != nil {
		l.abandon(ctx)
		return nil, s.explain(err)
	}
	_ = s.check(ctx, false, l.edition) // the edition is stored; LastCheck stays as it was
	return s.Edition(context.WithoutCancel(ctx), l.edition)
}

// loading is an edition while it is written. A short one is one transaction.
type loading struct {
	store   *Store
	tx      *sql.Tx
	begun   time.Time // tx
	edition int64
}

// write writes all of an edition, the last batch into a transaction that is
// still open.
func (l *loading) write(ctx context.Context, source *report.Source, by string) (err error) {
	if err = l.begin(ctx); err != nil {
		return err
	}
	// What a kill left of an edition that was being written.
	if _, err := dropEditions(ctx, l.tx, `state = 'loading'`); err != nil {
		return err
	}
	if l.edition, err = insertEdition(ctx, l.tx, source, by, l.store.now().Unix()); err != nil {
		return err
	}
	if err = createIndex(ctx, l.tx, l.edition); err != nil {
		return err
	}
	passages := source.Report.Passages()
	for len(passages) > batchPassages {
		if err = insertPassages(ctx, l.tx, l.edition, passages[:batchPassages]); err == nil {
			err = l.next(ctx)
		}
		if err != nil {
			return err
		}
		passages = passages[batchPassages:]
	}
	if err = insertPassages(ctx, l.tx, l.edition, passages); err != nil {
		return err
	}
	if err = countTerms(ctx, l.tx, l.edition); err != nil {
		return err
	}
	return insertFootnotes(ctx, l.tx, l.edition, source.Report.Footnotes)
}

// next ends a transaction and begins the next one. Between them it rests, so
// that questions get their turn, and other programs theirs to write: for as
// long as the last one took while this program searches, else half as long.
func (l *loading) next(ctx context.Context) (err error) {
	if err = l.tx.Commit(); err != nil {
		return err
	}
	rest := time.Since(l.begun)
	if l.store.searches.Swap(0) == 0 {
		rest /= 2
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(rest):
	}
	return l.begin(ctx)
}

func (l *loading) begin(ctx context.Context) (err error) {
	l.tx, err = l.store.write.BeginTx(ctx, nil)
	l.begun = time.Now() // it waits for others before
	return err
}

// finish makes the edition one that is seen, deletes those that are too old,
// and ends the last transaction.
func (l *loading) finish(ctx context.Context, source *report.Source, live bool) error {
	var err error
	if live {
		_, err = l.tx.ExecContext(ctx, `INSERT INTO reading (source, sha256, etag, last_modified) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (source) DO UPDATE SET sha256 = ?2, etag = ?3, last_modified = ?4`,
			source.Location, source.SHA256, source.ETag, source.LastModified)
		if err == nil {
			_, err = l.tx.ExecContext(ctx, makeLive+replacesLive, l.edition, l.store.now().Unix())
		}
	} else {
		_, err = l.tx.ExecContext(ctx, `UPDATE edition SET state = 'staged' WHERE id = ?`, l.edition)
	}
	if err == nil {
		_, err = dropEditions(ctx, l.tx, `id IN (SELECT id FROM edition
			WHERE state = 'kept' AND id NOT IN (SELECT edition FROM live) ORDER BY id DESC LIMIT -1 OFFSET ?)`, keptEditions)
	}
	if err == nil {
		err = l.tx.Commit()
	}
	return err
}

// abandon takes back what was written. What it can't take back, nobody sees,
// and the next load does.
func (l *loading) abandon(ctx context.Context) {
	if l.tx != nil {
		_ = l.tx.Rollback()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), busyTimeout)
	defer cancel()
	_, _ = l.store.drop(ctx, `state = 'loading' AND id = ?`, l.edition)
}

func insertEdition(ctx context.Context, tx *sql.Tx, source *report.Source, by string, now int64) (int64, error) {
	r := source.Report
	result, err := tx.ExecContext(ctx,
		`INSERT INTO edition (title, date, authors, sections, source, sha256, loaded_at, loaded_by, state,
		 paragraphs, sentences, passages, footnotes)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'loading', ?, ?, ?, ?)`,
		r.Title, r.Date, array(r.Authors), array(r.Sections), source.Location, source.SHA256, now, by,
		len(r.Paragraphs), r.SentenceCount(), len(r.Passages()), len(r.Footnotes))
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// dropEditions deletes the editions that a condition names with their indexes,
// and returns how many those were.
func dropEditions(ctx context.Context, tx *sql.Tx, where string, args ...any) (int, error) {
	ids, err := editionIDs(ctx, tx, where, args...)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		_, err := tx.ExecContext(ctx, fmt.Sprintf(
			`DROP TABLE passage_fts_%d; DELETE FROM edition WHERE id = %[1]d`, id))
		if err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// querier is a transaction or the connections that read.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func editionIDs(ctx context.Context, q querier, where string, args ...any) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT id FROM edition WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// insertPassages fills in passages and their index. Heading and date are
// searched with every passage under them.
func insertPassages(ctx context.Context, tx *sql.Tx, edition int64, passages []report.Passage) error {
	rows, err := tx.PrepareContext(ctx,
		`INSERT INTO passage (edition, paragraph, section, entry, year, sentences) VALUES (?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	index, err := newIndexer(ctx, tx, edition)
	if err != nil {
		return err
	}
	defer index.close()
	for _, p := range passages {
		result, err := rows.ExecContext(ctx, edition, p.Paragraph.N, p.Paragraph.Section, p.Paragraph.Entry,
			p.Paragraph.Year, array(sentenceRows(p.Sentences)))
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		if err := index.add(ctx, id, Searched(p.Paragraph.Section, p.Paragraph.Entry, p.Text())); err != nil {
			return err
		}
	}
	return nil
}

func insertFootnotes(ctx context.Context, tx *sql.Tx, edition int64, footnotes []report.Footnote) error {
	for _, f := range footnotes {
		_, err := tx.ExecContext(ctx, `INSERT INTO footnote (edition, n, raw, links, defanged, damaged) VALUES (?, ?, ?, ?, ?, ?)`,
			edition, f.N, f.Raw, array(f.Links), f.Defanged, array(f.Damaged))
		if err != nil {
			return err
		}
	}
	return nil
}

// sentenceRow is a sentence as the passage table has it.
type sentenceRow struct {
	Text      string `json:"t"`
	Footnotes []int  `json:"n,omitempty"`
}

func sentenceRows(sentences []report.Sentence) []sentenceRow {
	rows := make([]sentenceRow, len(sentences))
	for i, s := range sentences {
		rows[i] = sentenceRow(s)
	}
	return rows
}

// array returns v as a JSON array; an empty one for nil.
func array[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("store: strings and numbers always encode: " + err.Error())
	}
	return string(encoded)
}

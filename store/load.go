package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"reportbot/store/report"
)

// maxOldEditions is how many old editions are kept, besides the live one and staged
// ones: for rollbacks, and for the buttons of earlier answers.
const maxOldEditions = 10

// batchPassages is how many passages one transaction writes, which limits how long
// a long report blocks other writes.
const batchPassages = 200

// ErrLoading means that this program or another is loading a report.
var ErrLoading = errors.New("another report is being loaded; try again when it is done")

// Load stores a report as a new edition and makes it live; by is an admin's id,
// Shell, or empty. Readers see the old edition until the new one is complete; a
// failure or a crash leaves nothing visible. It returns ErrLoading while any
// program is loading another report. Afterwards it checks the store; LastCheck
// returns the outcome.
func (s *Store) Load(ctx context.Context, source *report.Source, by string) (*Edition, error) {
	return s.add(ctx, source, by, true)
}

// Stage stores a report as Load does, without making it live. MakeLive or Discard
// follow.
func (s *Store) Stage(ctx context.Context, source *report.Source, by string) (*Edition, error) {
	return s.add(ctx, source, by, false)
}

func (s *Store) add(ctx context.Context, source *report.Source, by string, live bool) (*Edition, error) {
	unlock, err := s.lockLoading()
	if err != nil {
		return nil, s.explain(err)
	}
	defer unlock()
	l := &loading{store: s, source: source, by: by, live: live}
	if err := l.run(ctx); err != nil {
		l.abandon(ctx)
		return nil, s.explain(err)
	}
	_ = s.check(ctx, false, l.edition) // the edition is stored anyway
	return s.Edition(context.WithoutCancel(ctx), l.edition)
}

// loading is an edition being written.
type loading struct {
	store   *Store
	source  *report.Source
	by      string
	live    bool // to become live, else staged
	edition int64
}

// run writes the edition in batches of passages, a short one in one transaction.
// The last transaction makes it visible.
func (l *loading) run(ctx context.Context) error {
	rest := l.source.Report.Passages()
	var resting time.Duration
	for begun := false; ; begun = true {
		batch := rest[:min(batchPassages, len(rest))]
		rest = rest[len(batch):]
		// The words are read outside the transaction, which others wait for.
		from := time.Now()
		terms := make([]string, len(batch))
		for i, p := range batch {
			terms[i] = termsOf(Searched(p.Paragraph.Section, p.Paragraph.Entry, p.Text()))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(resting - time.Since(from)):
		}
		var steps []changeFunc
		if !begun {
			steps = append(steps, l.begin)
		}
		steps = append(steps, func(tx *tx) { insertPassages(tx, l.edition, batch, terms) })
		if len(rest) == 0 {
			steps = append(steps, l.finish)
		}
		took, err := l.transaction(ctx, steps)
		if err != nil || len(rest) == 0 {
			return err
		}
		resting = l.yieldTime(took)
	}
}

// transaction runs steps in one transaction, unless ctx ends between them, and
// returns how long it took.
func (l *loading) transaction(ctx context.Context, steps []changeFunc) (took time.Duration, err error) {
	err = l.store.update(ctx, bulk, func(tx *tx) {
		begun := time.Now()
		for _, step := range steps {
			if tx.err = cmp.Or(tx.err, ctx.Err()); tx.err != nil {
				return
			}
			step(tx)
		}
		took = time.Since(begun)
	})
	return took, err
}

// rest returns how long to let go of the store between two transactions, so that
// questions are answered and other programs can write: as long as the last one
// took if there were searches meanwhile, else an eighth.
func (l *loading) yieldTime(took time.Duration) time.Duration {
	if l.store.searches.Swap(0) == 0 {
		return took / 8
	}
	return took
}

// begin creates the edition's row and its empty index.
func (l *loading) begin(tx *tx) {
	dropEditions(tx, `state = 'loading'`) // remains of a load that was killed
	r := l.source.Report
	l.edition = getIn(tx, single[int64], `INSERT INTO edition (title, date, authors, sections, source, sha256, loaded_at, loaded_by, state,
		paragraphs, sentences, passages, footnotes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'loading', ?, ?, ?, ?) RETURNING id`,
		r.Title, r.Date, array(r.Authors), array(r.Sections), l.source.Location, l.source.SHA256, l.store.now().Unix(), l.by,
		len(r.Paragraphs), r.SentenceCount(), len(r.Passages()), len(r.Footnotes))
	createIndex(tx, l.edition)
}

// finish writes what comes after the passages, makes the edition visible, and
// deletes the oldest ones.
func (l *loading) finish(tx *tx) {
	countTerms(tx, l.edition)
	for _, f := range l.source.Report.Footnotes {
		tx.exec(`INSERT INTO footnote (edition, n, raw, links, defanged, damaged) VALUES (?, ?, ?, ?, ?, ?)`,
			l.edition, f.N, f.Raw, array(f.Links), f.Defanged, array(f.Damaged))
	}
	l.publish(tx)
	dropEditions(tx, `id IN (SELECT id FROM edition
		WHERE state = 'kept' AND id NOT IN (SELECT edition FROM live) ORDER BY id DESC LIMIT -1 OFFSET ?)`, maxOldEditions)
}

// show makes the edition live or staged.
func (l *loading) publish(tx *tx) {
	if !l.live {
		tx.exec(`UPDATE edition SET state = 'staged' WHERE id = ?`, l.edition)
		return
	}
	tx.exec(`INSERT OR REPLACE INTO reading (source, sha256, etag, last_modified) VALUES (?, ?, ?, ?)`,
		l.source.Location, l.source.SHA256, l.source.ETag, l.source.LastModified)
	tx.exec(makeLive+replacesLive, l.edition, l.store.now().Unix())
}

// abandon deletes what was written. If that fails, it stays invisible, and the
// next load deletes it.
func (l *loading) abandon(ctx context.Context) {
	if l.edition == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), busyTimeout)
	defer cancel()
	_, _ = l.store.drop(ctx, `state = 'loading' AND id = ?`, l.edition)
}

// insertPassages stores passages, each with its heading and date, and indexes
// their terms.
func insertPassages(tx *tx, edition int64, passages []report.Passage, terms []string) {
	ids := make([]int64, len(passages))
	for i, p := range passages {
		ids[i] = getIn(tx, single[int64],
			`INSERT INTO passage (edition, paragraph, section, entry, year, sentences) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			edition, p.Paragraph.N, p.Paragraph.Section, p.Paragraph.Entry, p.Paragraph.Year, array(sentenceRows(p.Sentences)))
	}
	// Each statement that returns rows has FTS5 write what it collects, so these
	// don't alternate.
	for i, id := range ids {
		indexPassage(tx, edition, id, terms[i])
	}
}

// lockLoading keeps everybody else from loading a report until the returned
// function is called or the program ends.
func (s *Store) lockLoading() (unlock func(), err error) {
	if !s.loading.TryLock() {
		return nil, ErrLoading
	}
	if s.path == Memory {
		return s.loading.Unlock, nil
	}
	release, err := lockFile(s.file + loadLock)
	if errors.Is(err, errLocked) {
		err = ErrLoading
	}
	if err != nil {
		s.loading.Unlock()
		return nil, err
	}
	return func() {
		release()
		s.loading.Unlock()
	}, nil
}

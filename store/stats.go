package store

import "context"

// Stats counts what a store holds.
type Stats struct {
	Bytes      int64 // of the file, without its log
	Editions   int   // live, kept and staged
	Staged     int
	Unanswered int // questions of the last 90 days
	Waiting    int // updates that are not done
}

// Stats counts what the store holds. It is cheap.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	return get(ctx, s, func(r row) (stats Stats, err error) {
		err = r.Scan(&stats.Bytes, &stats.Editions, &stats.Staged, &stats.Unanswered, &stats.Waiting)
		return stats, err
	}, `SELECT
		(SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size),
		count(*), count(*) FILTER (WHERE state = 'staged'),
		(SELECT count(*) FROM unanswered WHERE asked_at >= ?),
		(SELECT count(*) FROM inbox WHERE state = 'waiting')
		FROM edition WHERE state <> 'loading'`, s.now().Add(-keptUnanswered).Unix())
}

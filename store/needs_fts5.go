//go:build !sqlite_fts5

package store

// FTS5 is part of SQLite only under a build tag; without it every search would
// fail at run time.
var _ = build_with_the_tag_sqlite_fts5__go_build_tags_sqlite_fts5

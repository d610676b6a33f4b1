package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
)

// An older program's index had the words' three forms in columns.
func TestAnOlderProgramsIndexesAreMadeAnew(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	p, err := provider(s.write)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 2; n++ {
		load(t, s, numbered(t, n))
	}
	if _, err := p.DownTo(ctx, 12); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 2; n++ {
		if _, err := s.write.Exec(fmt.Sprintf(`DROP TABLE passage_fts_%d;
			CREATE VIRTUAL TABLE passage_fts_%[1]d USING fts5(x, f, g, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
			CREATE VIRTUAL TABLE passage_vocab_%[1]d USING fts5vocab(passage_fts_%[1]d, col);
			INSERT INTO passage_fts_%[1]d (rowid, x, f, g) VALUES (1, 'cầu', 'cau', '')`, n)); err != nil {
			t.Fatal(err)
		}
	}
	_, err = OpenReadOnly(ctx, path)
	mustBeOneLine(t, err, path, "`reportbot load` or `serve`")

	s = openAt(t, path)
	for n := 1; n <= 2; n++ {
		mustAgree(t, s, int64(n), numbered(t, n))
	}
	if left := one[int](t, s, `SELECT count(*) FROM sqlite_master WHERE name GLOB 'passage_vocab*'`); left != 0 {
		t.Errorf("%d vocabularies of the older program are left", left)
	}
}

package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// schemaOf returns the tables as they are, in the order of their names.
func schemaOf(t *testing.T, s *Store) string {
	t.Helper()
	rows, err := s.read.Query(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var statement string
		if err := rows.Scan(&statement); err != nil {
			t.Fatal(err)
		}
		b.WriteString(statement + ";\n\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A migration that was published never changes; its effect shows here.
func TestMigrationsMakeTheseTables(t *testing.T) {
	got := schemaOf(t, openAt(t, Memory))
	golden := filepath.Join("testdata", "schema.sql")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the tables are\n%s\nwant %s (go test -update writes it):\n%s", got, golden, want)
	}
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
	before := schemaOf(t, s)
	p, err := provider(s.write)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.ListSources()) == 0 {
		t.Fatal("no migrations")
	}
	if _, err := p.DownTo(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	if left := schemaOf(t, s); left != "" {
		t.Errorf("left after all migrations were taken back:\n%s", left)
	}
	if _, err := p.Up(context.Background()); err != nil {
		t.Fatal(err)
	}
	if after := schemaOf(t, s); after != before {
		t.Errorf("after down and up:\n%s\nbefore:\n%s", after, before)
	}
}

func TestLoadedEditionsPassSQLitesOwnChecks(t *testing.T) {
	inBoth(t, func(t *testing.T, s *Store) {
		for n := 1; n <= 3; n++ {
			load(t, s, numbered(t, n))
		}
		if said := one[string](t, s, `PRAGMA integrity_check`); said != "ok" {
			t.Error("integrity_check:", said)
		}
		if broken := one[int](t, s, `SELECT count(*) FROM pragma_foreign_key_check`); broken != 0 {
			t.Errorf("%d broken foreign keys", broken)
		}
		for _, table := range []string{"passage_fts_1", "passage_fts_2", "passage_fts_3"} {
			if _, err := s.write.Exec(`INSERT INTO ` + table + ` (` + table + `) VALUES ('integrity-check')`); err != nil {
				t.Errorf("%s: %v", table, err)
			}
		}
	})
}

package store

import (
	"fmt"
	"path/filepath"
	"testing"
)

// mustGoOn fails unless edition 1 is live and answers while the disk is full,
// and a load works once there is room.
func mustGoOn(t *testing.T, s *Store, room func()) {
	t.Helper()
	mustBeLive(t, s, 1)
	mustAgree(t, s, 1, numbered(t, 1))
	if seen := len(versions(t, s)); seen != 1 {
		t.Errorf("%d editions are seen", seen)
	}
	room()
	edition := load(t, s, killed(t, 3))
	mustAgree(t, s, edition.ID, killed(t, 3))
	if found, err := s.Check(t.Context()); err != nil || found.Fault != "" {
		t.Errorf("afterwards: %+v (%v)", found, err)
	}
	if left := one[int](t, s, `SELECT count(*) FROM edition WHERE state = 'loading'`); left != 0 {
		t.Errorf("%d parts of editions are left", left)
	}
}

// The store is full after as many further pages: at the first of them, in the
// middle of the first transaction, and in a later one.
func TestALoadThatFillsTheDiskIsReportedAndReadsGoOn(t *testing.T) {
	for _, pages := range []int{0, 10, 27} {
		t.Run(fmt.Sprint(pages, " pages"), func(t *testing.T) {
			s := openAt(t, filepath.Join(t.TempDir(), "reports.db"))
			load(t, s, numbered(t, 1))
			limit := func(pages int) {
				if _, err := s.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
					t.Fatal(err)
				}
			}
			limit(one[int](t, s, `PRAGMA page_count`) + pages)
			_, err := s.Load(t.Context(), killed(t, 3), Shell)
			mustBeOneLine(t, err, s.path, "the disk is full")
			mustGoOn(t, s, func() { limit(1 << 30) })
		})
	}
}

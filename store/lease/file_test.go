package lease_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/store/lease"
	"reportbot/store/lease/leasetest"
)

func TestFile(t *testing.T) {
	folder := t.TempDir()
	leasetest.RunAtOnce(t, func(t *testing.T, name string) lease.Backend {
		file, err := lease.OpenFile(filepath.Join(folder, filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		return file
	})
}

func TestAFileThatIsNoLeaseIsNotTouched(t *testing.T) {
	folder := t.TempDir()
	if _, err := lease.OpenFile(filepath.Join(folder, "none", "lease")); err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Errorf("in a folder that isn't there: %v", err)
	}
	path := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(path, []byte("to do"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := lease.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := file.Load(t.Context()); err == nil || !strings.Contains(err.Error(), "is no lease") {
		t.Errorf("read as a lease: %v", err)
	}
	if _, err := file.Save(t.Context(), lease.Record{Holder: "a"}, 0); err == nil {
		t.Error("it was replaced")
	}
	if data, _ := os.ReadFile(path); string(data) != "to do" {
		t.Errorf("it holds %q", data)
	}
}

package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestAReaderNeedsAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	_, err := OpenReadOnly(context.Background(), path)
	mustBeOneLine(t, err, path, "there is no store here", "no such file")
	if _, err := os.Stat(path); err == nil {
		t.Error("the reader made a file")
	}
	write(t, filepath.Dir(path), "reports.db", "")
	_, err = OpenReadOnly(context.Background(), path)
	mustBeOneLine(t, err, path, "is not a reportbot store")
}

func TestAReaderCannotBringTablesUpToDateAndSaysWhoCan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	s := openAt(t, path)
	p, err := provider(s.write)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.DownTo(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	_, err = OpenReadOnly(context.Background(), path)
	mustBeOneLine(t, err, path, "tables of version 1", "`reportbot load` or `serve`")

	openAt(t, path) // what the message asks for
	r, err := OpenReadOnly(context.Background(), path)
	if err != nil {
		t.Fatal("after the tables were brought up to date:", err)
	}
	r.Close()
}

func TestAReaderSeesWhatAnotherProgramLoads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	writer := openAt(t, path)
	load(t, writer, numbered(t, 1))
	reader, err := OpenReadOnly(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	mustBeLive(t, reader, 1)
	load(t, writer, numbered(t, 2)) // in the log file, not yet in the store's
	mustBeLive(t, reader, 2)
	mustAgree(t, reader, 2, numbered(t, 2))
}

func TestAReaderChangesNothing(t *testing.T) {
	folder := t.TempDir()
	path := stored(t, folder)
	beside, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := OpenReadOnly(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	mustAgree(t, s, 1, numbered(t, 1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file changed")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != len(beside) {
		t.Errorf("the reader left files beside the store: %v %v", entries, err)
	}
}

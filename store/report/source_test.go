package report

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const aReport = "Bài viết\n1/11/2024\nMột câu về mùa màng. [1]\n[1] https://a.com/1\n"

// write puts a file into dir and gives it an age.
func write(t *testing.T, dir, name, data string, age time.Duration) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	changed := time.Now().Add(-age)
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	return path
}

// refused fails the test unless opening location ends in one line that names
// it and says all of why.
func refused(t *testing.T, ctx context.Context, location string, why ...string) error {
	t.Helper()
	source, err := Open(ctx, location)
	if err == nil {
		t.Errorf("%s was read: %+v", location, source)
		return nil
	}
	line := err.Error()
	if strings.Contains(line, "\n") || !strings.HasPrefix(line, location+": ") || strings.Count(line, location+": ") > 1 {
		t.Errorf("the error is not one line that names %s once: %q", location, line)
	}
	for _, word := range why {
		if !strings.Contains(line, word) {
			t.Errorf("the error doesn't say %q: %q", word, line)
		}
	}
	return err
}

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "bài viết.txt", aReport, 0)
	t.Chdir(dir)
	var sums []string
	for _, location := range []string{path, "bài viết.txt", "./bài viết.txt"} {
		source, err := Open(context.Background(), location)
		if err != nil {
			t.Fatal(err)
		}
		if source.Location != path || source.Report.Title != "Bài viết" {
			t.Errorf("%s: location %s, title %q", location, source.Location, source.Report.Title)
		}
		sums = append(sums, source.SHA256)
	}
	if sums[0] != sums[1] || len(sums[0]) != 64 {
		t.Errorf("sums %q", sums)
	}
	write(t, dir, "bài viết.txt", aReport+"\n", 0)
	if source, err := Open(context.Background(), path); err != nil || source.SHA256 == sums[0] {
		t.Errorf("another content has the same sum: %+v, %v", source, err)
	}
}

func TestOpenRefusesFilesThatAreNotReports(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	if err := refused(t, ctx, write(t, dir, "empty.txt", "", 0), "empty"); !errors.Is(err, ErrEmpty) {
		t.Errorf("%v is not ErrEmpty", err)
	}
	if err := refused(t, ctx, write(t, dir, "blank.txt", " \r\n\t\n", 0), "empty"); !errors.Is(err, ErrEmpty) {
		t.Errorf("%v is not ErrEmpty", err)
	}
	if err := refused(t, ctx, write(t, dir, "binary.txt", "\x7fELF\x00\x00", 0), "not plain text"); !errors.Is(err, ErrNotText) {
		t.Errorf("%v is not ErrNotText", err)
	}
	refused(t, ctx, filepath.Join(dir, "missing.txt"), "no such file")
	refused(t, ctx, os.DevNull, "no regular file")
}

func TestOpenWithoutALocation(t *testing.T) {
	for _, location := range []string{"", " "} {
		if _, err := Open(context.Background(), location); err == nil || !strings.Contains(err.Error(), "no report is named") {
			t.Errorf("Open(%q): %v", location, err)
		}
	}
}

func TestFileOverTheLimitIsNotRead(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "long.txt", aReport, 0)
	for _, size := range []int64{MaxSize + 1, 33 << 20} {
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		refused(t, context.Background(), path, "over 32 MB")
	}
}

// Of a file of just the limit the content is looked at: its zeros are no text.
func TestFileOfMaxSizeIsRead(t *testing.T) {
	path := write(t, t.TempDir(), "long.txt", aReport, 0)
	if err := os.Truncate(path, MaxSize); err != nil {
		t.Fatal(err)
	}
	refused(t, context.Background(), path, "not plain text")
}

func TestFileWithoutPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read every file")
	}
	dir := t.TempDir()
	path := write(t, dir, "closed.txt", aReport, 0)
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	refused(t, context.Background(), path, "permission denied")

	folder := filepath.Join(dir, "closed")
	if err := os.Mkdir(folder, 0); err != nil {
		t.Fatal(err)
	}
	refused(t, context.Background(), folder, "permission denied")
}

func TestOpenFolderReadsTheNewestReport(t *testing.T) {
	dir := t.TempDir()
	elsewhere := t.TempDir()
	write(t, dir, "oldest.txt", strings.Replace(aReport, "Bài", "Bài cũ", 1), 3*time.Hour)
	write(t, dir, "newer.txt", aReport, 2*time.Hour)
	write(t, dir, "binary.txt", "\x00", time.Hour)
	write(t, dir, ".hidden.txt", strings.Replace(aReport, "Bài", "Bài ẩn", 1), 0)
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	title := func() string {
		t.Helper()
		source, err := Open(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if source.Location != dir {
			t.Errorf("location %s, want the folder's: a newer file is new content of the same source", source.Location)
		}
		return source.Report.Title
	}
	if got := title(); got != "Bài viết" {
		t.Errorf("read %q", got)
	}
	// A mounted folder's files are often links.
	target := write(t, elsewhere, "newest.txt", strings.Replace(aReport, "Bài", "Bài mới", 1), 0)
	if err := os.Symlink(target, filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "gone"), filepath.Join(dir, "dangling.txt")); err != nil {
		t.Fatal(err)
	}
	if got := title(); got != "Bài mới viết" {
		t.Errorf("read %q", got)
	}
}

func TestFolderWithoutAReport(t *testing.T) {
	dir := t.TempDir()
	refused(t, context.Background(), dir, "no file in this folder")
	write(t, dir, ".hidden.txt", aReport, 0)
	refused(t, context.Background(), dir, "no file in this folder")
	write(t, dir, "one.bin", "\x00", 0)
	write(t, dir, "two.txt", "", time.Hour)
	refused(t, context.Background(), dir, "no readable report in this folder", "one.bin: the file is not plain text", "two.txt: the report is empty")
}

func TestOpenURL(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/report.txt", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(aReport)) })
	mux.Handle("/moved", http.RedirectHandler("/report.txt", http.StatusFound))
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, path := range []string{"/report.txt", "/moved"} {
		source, err := Open(context.Background(), server.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		if source.Location != server.URL+path || source.Report.Title != "Bài viết" {
			t.Errorf("location %s, title %q", source.Location, source.Report.Title)
		}
	}
}

func TestURLPasswordIsUsedButNeverShown(t *testing.T) {
	const password = "birds-of-9-colours"
	mux := http.NewServeMux()
	mux.HandleFunc("/report.txt", func(w http.ResponseWriter, r *http.Request) {
		if _, given, _ := r.BasicAuth(); given != password {
			t.Errorf("asked with the password %q", given)
		}
		w.Write([]byte(aReport))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	address := strings.Replace(server.URL, "://", "://ana:"+password+"@", 1)
	source, err := Open(t.Context(), address+"/report.txt")
	if err != nil || source.Location != strings.Replace(server.URL, "://", "://ana:xxxxx@", 1)+"/report.txt" {
		t.Fatalf("%+v (%v)", source, err)
	}
	if place, err := Locate(address + "/report.txt"); place != source.Location {
		t.Errorf("located at %q (%v), known as %q", place, err, source.Location)
	}
	if _, err := Reopen(t.Context(), address+"/report.txt", source.Reading()); !isUnchanged(err) || strings.Contains(err.Error(), password) {
		t.Errorf("read again: %v", err)
	}
	for _, bad := range []string{address + "/missing", "http://ana:" + password + "@127.0.0.1:1/", "http://ana:" + password + " %@host/", "http://ana:" + password + "/@host/"} {
		if _, err := Open(t.Context(), bad); err == nil || strings.Contains(err.Error(), password) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestURLWithoutAReport(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/empty", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/broken", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/failing", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		w.Write([]byte(aReport))
	})
	mux.HandleFunc("/long", func(w http.ResponseWriter, _ *http.Request) {
		piece := bytes.Repeat([]byte("gạo "), 1<<18)
		for range 40 {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/announced", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "20971521") })
	asked := make(chan struct{})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	})
	server := httptest.NewServer(mux)
	defer server.Close()

	ctx := context.Background()
	refused(t, ctx, server.URL+"/missing", "404 Not Found")
	refused(t, ctx, server.URL+"/failing", "502 Bad Gateway")
	refused(t, ctx, server.URL+"/empty", "empty")
	refused(t, ctx, server.URL+"/broken", "EOF")
	refused(t, ctx, server.URL+"/cut", "unexpected EOF")
	refused(t, ctx, server.URL+"/long", "over 20 MB")
	refused(t, ctx, server.URL+"/announced", "over 20 MB")
	refused(t, ctx, "http://", "no Host")
	refused(t, ctx, "https://a b/", "invalid character")

	// One that never answers is left when the caller leaves.
	waiting, leave := context.WithCancel(ctx)
	go func() {
		<-asked
		leave()
	}()
	if err := refused(t, waiting, server.URL+"/silent", "canceled"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
	late, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
	defer cancel()
	refused(t, late, server.URL+"/missing", "deadline exceeded")

	server.Close()
	refused(t, ctx, server.URL+"/report.txt", "connection refused")
}

func isUnchanged(err error) bool {
	var unchanged *UnchangedError
	return errors.As(err, &unchanged)
}

func TestReopenUnchanged(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	path := write(t, dir, "a.txt", aReport, time.Hour)
	for _, location := range []string{path, dir, Embedded} {
		first, err := Open(ctx, location)
		if err != nil {
			t.Fatal(err)
		}
		if place, err := Locate(location); err != nil || place != first.Location {
			t.Errorf("%s is located at %s (%v), read from %s", location, place, err, first.Location)
		}
		if source, err := Reopen(ctx, location, first.Reading()); !isUnchanged(err) {
			t.Errorf("%s was read again: %+v (%v)", location, source, err)
		}
	}
	first, err := Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "b.txt", strings.Replace(aReport, "Bài", "Bài mới", 1), 0)
	if source, err := Reopen(ctx, dir, first.Reading()); err != nil || source.Report.Title != "Bài mới viết" {
		t.Errorf("a newer file in the folder: %+v (%v)", source, err)
	}
	write(t, dir, "c.txt", "\x00", 0)
	write(t, dir, "b.txt", aReport, time.Minute) // what was read last, behind one that can't be
	var unchanged *UnchangedError
	if source, err := Reopen(ctx, dir, first.Reading()); !errors.As(err, &unchanged) {
		t.Errorf("the folder's newest readable report is the same: %+v (%v)", source, err)
	} else if len(unchanged.PassedOver) != 1 || !strings.Contains(unchanged.PassedOver[0], "c.txt: the file is not plain text") {
		t.Errorf("passed over: %q", unchanged.PassedOver)
	}
}

func TestReopenSendsConditionalRequests(t *testing.T) {
	content, asked := aReport, ""
	mux := http.NewServeMux()
	mux.HandleFunc("/tagged", func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("If-None-Match")
		w.Header().Set("ETag", `"`+content[:3]+`"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(content))
	})
	changed := time.Date(2024, 11, 1, 0, 0, 0, 0, time.UTC)
	mux.HandleFunc("/dated", func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("If-Modified-Since")
		http.ServeContent(w, r, "", changed, strings.NewReader(content))
	})
	mux.HandleFunc("/plain", func(w http.ResponseWriter, r *http.Request) {
		asked = "nothing" + r.Header.Get("If-None-Match") + r.Header.Get("If-Modified-Since")
		w.Write([]byte(content))
	})
	mux.HandleFunc("/unasked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	server := httptest.NewServer(mux)
	defer server.Close()
	ctx := context.Background()
	for path, want := range map[string]string{"/tagged": `"Bà"`, "/dated": "Fri, 01 Nov 2024 00:00:00 GMT", "/plain": "nothing"} {
		content = aReport
		first, err := Open(ctx, server.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		if source, err := Reopen(ctx, server.URL+path, first.Reading()); !isUnchanged(err) || asked != want {
			t.Errorf("%s: %+v (%v), asked with %q, want %q", path, source, err, asked, want)
		}
		content, changed = "Tin mới\n"+aReport, changed.Add(time.Hour)
		if source, err := Reopen(ctx, server.URL+path, first.Reading()); err != nil || source.Report.Title != "Tin mới" {
			t.Errorf("%s: after a change %+v (%v)", path, source, err)
		}
		changed = changed.Add(-time.Hour)
	}
	refused(t, ctx, server.URL+"/unasked", "304")
}

func TestUploadUsesOnlyTheBaseName(t *testing.T) {
	for name, want := range map[string]string{
		"bài viết.txt": "upload:bài viết.txt", "../../etc/passwd": "upload:passwd", `C:\tin\a.txt`: "upload:a.txt",
		"": "upload:report.txt", "..": "upload:report.txt", "a\nb.txt": "upload:a b.txt",
	} {
		source, err := Upload(t.Context(), name, []byte(aReport))
		if err != nil || source.Location != want || source.Report.Title != "Bài viết" || len(source.SHA256) != 64 {
			t.Errorf("%q: %+v (%v), want %s", name, source, err, want)
		}
	}
	if _, err := Upload(t.Context(), "x/a.docx", []byte(aReport)); err == nil || !strings.HasPrefix(err.Error(), "a.docx: ") {
		t.Errorf("a text as DOCX: %v", err)
	}
}

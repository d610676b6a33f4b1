package report

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"reportbot/store/text"
)

// MaxSize limits the size of a report's file, in bytes.
const MaxSize = 32 << 20

// Embedded is the location of the report embedded in the program.
const Embedded = "embedded"

// WordList is the name of a list of words for search that may be in the same folder as
// a report. It is never read as a report.
const WordList = "concepts.txt"

//go:embed digest.vi.txt
var digest []byte

// Source is a report with its location.
type Source struct {
	Location string // an absolute path, an address without its password, Embedded, or "upload:" and a name
	SHA256   string // of the file, in hex
	Report   *Report
	File     string // of a folder: the name of the file that was read; else empty

	// HTTP headers for Reopen's conditional requests; empty if the server sent none.
	ETag, LastModified string
}

// Reading identifies the content that was last read from a location.
type Reading struct {
	SHA256             string // of the file, in hex
	ETag, LastModified string // of an http(s) address, or empty
}

// Reading returns the argument for Reopen to detect unchanged content.
func (s *Source) Reading() Reading { return Reading{s.SHA256, s.ETag, s.LastModified} }

// UnchangedError means that a report has not changed since the last reading.
type UnchangedError struct {
	PassedOver []string // newer files of a folder that can't be read, and why
}

func (*UnchangedError) Error() string { return "the report has not changed" }

// Open reads and parses the report at location: a file, a folder (its newest
// readable report), an http(s) address, or Embedded. An error names the
// location.
func Open(ctx context.Context, location string) (*Source, error) {
	return Reopen(ctx, location, Reading{})
}

// Reopen is Open, but returns an UnchangedError, without parsing, if the content has not
// changed since the last reading. HTTP requests are conditional.
func Reopen(ctx context.Context, location string, last Reading) (*Source, error) {
	place, err := Locate(location)
	if err != nil {
		return nil, err
	}
	switch {
	case place == Embedded:
		return parse(ctx, location, "", digest, last)
	case IsAddress(place):
		return openAddress(ctx, place, location, last)
	}
	info, err := os.Stat(place)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	if info.IsDir() {
		return openFolder(ctx, location, place, last)
	}
	return openFile(ctx, location, place, info, last)
}

// Upload reads an uploaded report. Only the last element of its name, which is not trusted,
// is used. Errors contain it.
func Upload(ctx context.Context, name string, data []byte) (*Source, error) {
	base := text.Clean(path.Base(path.Clean("/" + strings.ReplaceAll(name, "\\", "/"))))
	if base == "/" {
		base = "report.txt"
	}
	source, err := parse(ctx, base, base, data, Reading{})
	if err != nil {
		return nil, err
	}
	source.Location = "upload:" + base
	return source, nil
}

// Fetch reads a report from an http(s) address that somebody sent. If the download fails,
// the error is a FetchError.
func Fetch(ctx context.Context, address string) (*Source, error) {
	name, err := safeAddress(address)
	if err != nil {
		return nil, err
	}
	source, err := openAddress(ctx, name, address, Reading{})
	if err != nil {
		return nil, err
	}
	source.Location = "upload:" + name
	return source, nil
}

// Place returns the report's location; for a folder, that of the file that was read.
func (s *Source) Place() string {
	if s.File != "" {
		return filepath.Join(s.Location, s.File)
	}
	return s.Location
}

// Locate returns the normalized location, as in a Source: a file or folder's absolute path,
// an address without its password, or Embedded. It reads nothing.
func Locate(location string) (string, error) {
	switch {
	case strings.TrimSpace(location) == "":
		return "", errors.New("no report is named: give a file, a folder or an address")
	case location == Embedded:
		return location, nil
	case IsAddress(location):
		return safeAddress(location)
	}
	path, err := filepath.Abs(location)
	if err != nil {
		return "", fmt.Errorf("%s: %w", location, err)
	}
	return path, nil
}

// IsAddress reports whether a location is an http(s) address.
func IsAddress(location string) bool {
	return strings.HasPrefix(location, "http://") || strings.HasPrefix(location, "https://")
}

// openFolder reads the newest file that is a report. The location is the folder, so that a
// newer file counts as changed content of the same source.
func openFolder(ctx context.Context, location, folder string, last Reading) (*Source, error) {
	files, err := Candidates(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	var passedOver []string
	for _, info := range files {
		path := filepath.Join(folder, info.Name())
		source, err := openFile(ctx, path, path, info, last)
		var unchanged *UnchangedError
		switch {
		case err == nil:
			source.Location, source.File = folder, info.Name()
			for _, why := range passedOver {
				source.Report.warn("passed over: %s", why)
			}
			return source, nil
		case errors.As(err, &unchanged):
			unchanged.PassedOver = passedOver
			return nil, err
		}
		passedOver = append(passedOver, err.Error())
	}
	if len(passedOver) > 0 {
		return nil, fmt.Errorf("%s: no readable report in this folder: %s", location, strings.Join(passedOver, "; "))
	}
	return nil, fmt.Errorf("%s: no file in this folder", location)
}

// Candidates returns the files of a folder that may be reports, newest first.
func Candidates(folder string) ([]os.FileInfo, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []os.FileInfo
	for _, entry := range entries {
		info, err := os.Stat(filepath.Join(folder, entry.Name())) // follows links
		if err == nil && info.Mode().IsRegular() && !strings.HasPrefix(info.Name(), ".") && info.Name() != WordList && !isIgnored(info.Name()) &&
			!openDatabase(filepath.Join(folder, entry.Name())) {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	return files, nil
}

// isIgnored reports whether a file can't be a report: an editor's or the system's file, a
// log, or a description of the folder.
func isIgnored(name string) bool {
	lower := strings.ToLower(name)
	base := strings.TrimSuffix(lower, path.Ext(lower))
	switch {
	case strings.HasPrefix(name, "~"), strings.HasPrefix(name, "#"), strings.HasSuffix(name, "~"):
		return true
	case base == "readme", base == "license", base == "changelog", base == "thumbs", base == "desktop" && path.Ext(lower) == ".ini":
		return true
	}
	switch path.Ext(lower) {
	case ".log", ".tmp", ".temp", ".swp", ".swo", ".bak", ".part", ".crdownload", ".lock", ".ini", ".cfg", ".db", ".json", ".yaml", ".yml", ".toml", ".env":
		return true
	}
	return false
}

// openDatabase reports whether a file is a SQLite database in use, or its log. The process
// that uses the database must not even read such a file: closing it would release SQLite's
// locks.
func openDatabase(path string) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	for _, log := range []string{"-wal", "-shm", "-journal"} {
		if strings.HasSuffix(path, log) {
			path = strings.TrimSuffix(path, log)
			break
		}
	}
	_, err := os.Stat(path + "-wal")
	return err == nil
}

func openFile(ctx context.Context, location, path string, info os.FileInfo, last Reading) (*Source, error) {
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no regular file", location)
	}
	if openDatabase(path) {
		return nil, fmt.Errorf("%s: is a database that is in use, no report", location)
	}
	if info.Size() > MaxSize {
		return nil, fmt.Errorf("%s: %w", location, tooLong(MaxSize))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	source, err := parse(ctx, location, path, data, last)
	if err != nil {
		return nil, err
	}
	source.Location = path
	return source, nil
}

func tooLong(most int) error {
	return fmt.Errorf("is over %d MB, the most that a report may have", most>>20)
}

func parse(ctx context.Context, location, name string, data []byte, last Reading) (*Source, error) {
	sum := sha256.Sum256(data)
	encoded := hex.EncodeToString(sum[:])
	if encoded == last.SHA256 {
		return nil, fmt.Errorf("%s: %w", location, &UnchangedError{})
	}
	r, err := readWithin(ctx, name, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, err)
	}
	return &Source{Location: location, SHA256: encoded, Report: r}, nil
}

// plain drops what Go puts before the cause, since the location stands there
// already.
func plain(err error) error {
	if unwrapped := errors.Unwrap(err); unwrapped != nil {
		return unwrapped
	}
	return err
}

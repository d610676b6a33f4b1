package report

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// MaxSize is the most bytes a report may have.
const MaxSize = 32 << 20

// fetchTimeout bounds reading a report from an http(s) address.
const fetchTimeout = 30 * time.Second

// Embedded names the report that the program carries with it.
const Embedded = "embedded"

// WordList is the name of a list of words for search that may lie beside a
// report; in a folder of reports it is none of them.
const WordList = "concepts.txt"

//go:embed digest.vi.txt
var digest []byte

// Source is a report as it was read from where it lies.
type Source struct {
	Location string // as an edition is known by: an absolute path, an address, or Embedded
	SHA256   string // of the file, in hex
	Report   *Report

	// What the server of an http(s) address tells its content's state by, for
	// Changed; empty where it doesn't.
	ETag, LastModified string
}

// Open reads and parses the report at location: a file, a folder (its newest
// readable report), an http(s) address, or Embedded. An error names the
// location.
func Open(ctx context.Context, location string) (*Source, error) {
	switch {
	case strings.TrimSpace(location) == "":
		return nil, errors.New("no report is named: give a file, a folder or an address")
	case location == Embedded:
		return parse(location, digest)
	case strings.HasPrefix(location, "http://"), strings.HasPrefix(location, "https://"):
		data, err := fetch(ctx, location)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", location, err)
		}
		return parse(location, data)
	}
	path, err := filepath.Abs(location)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	if info.IsDir() {
		return openFolder(location, path)
	}
	return openFile(location, path, info)
}

// openFolder reads the newest file that is a report. The location stays the
// folder's, so that a newer file counts as changed content of the same source.
func openFolder(location, folder string) (*Source, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	var files []os.FileInfo
	for _, entry := range entries {
		info, err := os.Stat(filepath.Join(folder, entry.Name())) // follows links
		if err == nil && info.Mode().IsRegular() && !strings.HasPrefix(info.Name(), ".") && info.Name() != WordList {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var why error
	for _, info := range files {
		path := filepath.Join(folder, info.Name())
		source, err := openFile(path, path, info)
		if err == nil {
			source.Location = folder
			return source, nil
		}
		why = errors.Join(why, err)
	}
	if why != nil {
		return nil, fmt.Errorf("%s: no readable report in this folder: %s", location, strings.ReplaceAll(why.Error(), "\n", "; "))
	}
	return nil, fmt.Errorf("%s: no file in this folder", location)
}

func openFile(location, path string, info os.FileInfo) (*Source, error) {
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no regular file", location)
	}
	if info.Size() > MaxSize {
		return nil, fmt.Errorf("%s: is over %d MB, the most that a report may have", location, MaxSize>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, plain(err))
	}
	source, err := parse(location, data)
	if err != nil {
		return nil, err
	}
	source.Location = path
	return source, nil
}

func parse(location string, data []byte) (*Source, error) {
	r, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", location, err)
	}
	sum := sha256.Sum256(data)
	return &Source{Location: location, SHA256: hex.EncodeToString(sum[:]), Report: r}, nil
}

func fetch(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, plain(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered %s", response.Status)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, MaxSize+1))
	if err != nil {
		return nil, plain(err)
	}
	if len(data) > MaxSize {
		return nil, fmt.Errorf("is over %d MB, the most that a report may have", MaxSize>>20)
	}
	return data, nil
}

// plain drops what Go puts before the cause, since the location stands there
// already.
func plain(err error) error {
	if unwrapped := errors.Unwrap(err); unwrapped != nil {
		return unwrapped
	}
	return err
}

package telegramtest

import (
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxDownload is the size up to which bots may download files.
const maxDownload = 20 << 20

// fileStore holds the files of all messages.
type fileStore struct {
	byID   map[string]*Document
	byPath map[string]*Document
	local  string // the folder of a server in local mode; empty: it isn't
}

func newFileStore() fileStore {
	return fileStore{byID: map[string]*Document{}, byPath: map[string]*Document{}}
}

// add gives a file its id. The lock is held.
func (f *fileStore) add(d *Document) {
	d.FileID = fmt.Sprintf("BQACAgUAAxkBAAI%06d", len(f.byID)+1)
	if d.Size == 0 {
		d.Size = int64(len(d.Data))
	}
	f.byID[d.FileID] = d
}

func wireDocument(d *Document) map[string]any {
	w := map[string]any{"file_id": d.FileID, "file_unique_id": "AgAD" + d.FileID[len(d.FileID)-6:], "file_size": d.Size}
	if d.Name != "" {
		w["file_name"] = d.Name
	}
	if d.MIME != "" {
		w["mime_type"] = d.MIME
	}
	return w
}

func (s *Server) getFile(r *request) (any, *apiError) {
	d := s.files.byID[r.params["file_id"]]
	if d == nil {
		return nil, badRequest("invalid file_id")
	}
	if d.Size > maxDownload {
		return nil, badRequest("file is too big")
	}
	p := fmt.Sprintf("documents/file_%s%s", strings.TrimLeft(d.FileID[len(d.FileID)-6:], "0"), path.Ext(d.Name))
	s.files.byPath[p] = d
	if s.files.local != "" {
		onDisk, err := s.files.keep(s.Token, p, d.Data)
		if err != nil {
			return nil, &apiError{status: http.StatusInternalServerError, description: err.Error()}
		}
		p = onDisk
	}
	return map[string]any{
		"file_id": d.FileID, "file_unique_id": "AgAD" + d.FileID[len(d.FileID)-6:],
		"file_size": d.Size, "file_path": p,
	}, nil
}

// KeepFilesIn makes the server one in local mode: it keeps files in a folder and
// tells bots the place there. It serves them over HTTP too, under the part behind
// the token, as something in front of a real one may.
func (s *Server) KeepFilesIn(folder string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files.local = folder
}

// keep writes a file to the folder and returns its place.
func (f *fileStore) keep(token, name string, data []byte) (string, error) {
	at := filepath.Join(f.local, token, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return "", err
	}
	return at, os.WriteFile(at, data, 0o600)
}

// serveFile answers a download: <token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, rest string) {
	token, name, _ := strings.Cut(rest, "/")
	s.mu.Lock()
	d := s.files.byPath[name]
	s.mu.Unlock()
	if token != s.Token || d == nil {
		writeError(w, &apiError{status: http.StatusNotFound, description: "Not Found"})
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(d.Data)
}

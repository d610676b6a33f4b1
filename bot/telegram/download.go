package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

// downloadTimeout limits the download of one file.
const downloadTimeout = 2 * time.Minute

// download returns a function that fetches an uploaded file. Telegram serves bots
// files of at most 20 MB.
func (o *outbox) download(fileID string) func(ctx context.Context, limit int64) ([]byte, error) {
	return func(ctx context.Context, limit int64) (data []byte, err error) {
		ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
		defer cancel()
		err = retryFew(ctx, func(ctx context.Context) error {
			data, err = o.fetchFile(ctx, fileID, limit)
			return err
		})
		return data, err
	}
}

func (o *outbox) fetchFile(ctx context.Context, fileID string, limit int64) ([]byte, error) {
	file, err := o.api.GetFile(ctx, &tg.GetFileParams{FileID: fileID})
	if err != nil {
		return nil, err
	}
	path := strings.TrimPrefix(file.FilePath, "file://")
	if !filepath.IsAbs(path) || !o.ownServer {
		return o.fetchPath(ctx, path, limit)
	}
	// A local Bot API server names the file's path on its disk.
	data, err := readLocal(path, limit)
	if err == nil || errors.Is(err, errTooLarge) {
		return data, err
	}
	// It may run on another machine, whose files a server makes available.
	if _, behind, ok := strings.Cut(path, o.api.Token()+"/"); ok {
		if data, err := o.fetchPath(ctx, behind, limit); err == nil || errors.Is(err, errTooLarge) {
			return data, err
		}
	}
	return nil, fmt.Errorf("the Bot API server runs in local mode, and its file can't be read here: %w; both must have the same folder at the same path", err)
}

// fetchPath fetches a file over HTTP.
func (o *outbox) fetchPath(ctx context.Context, path string, limit int64) ([]byte, error) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, o.fileAddress+"/"+strings.Join(segments, "/"), nil)
	if err != nil {
		return nil, errors.New("invalid file URL")
	}
	reply, err := o.files.Do(request)
	if err != nil {
		return nil, stripURL(err)
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("can't fetch the file: Telegram answered %s", reply.Status)
	}
	return readUpTo(reply.Body, limit)
}

// readLocal reads a file from disk. Its errors don't contain the path, which includes the
// token.
func readLocal(path string, limit int64) ([]byte, error) {
	about, err := os.Stat(path)
	if err == nil && !about.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	var file *os.File
	if err == nil {
		file, err = os.Open(path)
	}
	if err != nil {
		var inner *fs.PathError
		if errors.As(err, &inner) {
			err = inner.Err
		}
		return nil, err
	}
	defer file.Close()
	return readUpTo(file, limit)
}

func readUpTo(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, stripURL(err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%w: over %d bytes", errTooLarge, limit)
	}
	return data, nil
}

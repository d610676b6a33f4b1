package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"
)

// downloadTimeout bounds fetching one file.
const downloadTimeout = 2 * time.Minute

// download returns what fetches a file that somebody sent. Telegram gives bots
// files of at most 20 MB.
func (o *outbox) download(fileID string) func(ctx context.Context, limit int64) ([]byte, error) {
	return func(ctx context.Context, limit int64) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
		defer cancel()
		file, err := o.api.GetFile(ctx, &tg.GetFileParams{FileID: fileID})
		if err != nil {
			return nil, err
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, o.api.FileDownloadLink(file), nil)
		if err != nil {
			return nil, errors.New("the file's address is no address")
		}
		reply, err := o.files.Do(request)
		if err != nil {
			return nil, withoutAddress(err)
		}
		defer reply.Body.Close()
		if reply.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("the file can't be fetched: Telegram answered %s", reply.Status)
		}
		data, err := io.ReadAll(io.LimitReader(reply.Body, limit+1))
		switch {
		case err != nil:
			return nil, withoutAddress(err)
		case int64(len(data)) > limit:
			return nil, fmt.Errorf("the file is over %d bytes", limit)
		}
		return data, nil
	}
}

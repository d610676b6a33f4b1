package telegram

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot/telegram/telegramtest"
)

// fetching is an outbox that fetches one file.
func fetching(t *testing.T, data string) (srv *telegramtest.Server, fetch func(ctx context.Context, limit int64) ([]byte, error)) {
	t.Helper()
	srv = telegramtest.New(t)
	ana := srv.User("Ana", "vi")
	sent := ana.SendsDocument(ana.Chat(), telegramtest.Document{Name: "báo cáo 1 #2.txt", Data: []byte(data)})
	transport, err := New(Config{Token: srv.Token, URL: srv.URL, Log: slog.New(slog.DiscardHandler)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(transport.client.close)
	return srv, transport.outbox.download(sent.Document.FileID)
}

func TestFilesAreFetchedOverHTTP(t *testing.T) {
	srv, fetch := fetching(t, "words")
	if data, err := fetch(t.Context(), 5); err != nil || string(data) != "words" {
		t.Errorf("fetched %q, %v", data, err)
	}
	if _, err := fetch(t.Context(), 4); !errors.Is(err, errTooLarge) {
		t.Errorf("of a file that is too large came %v", err)
	}
	srv.Fail("getFile", 1, telegramtest.Fault{Status: http.StatusInternalServerError})
	if data, err := fetch(t.Context(), 5); err != nil || string(data) != "words" {
		t.Errorf("after a failure fetched %q, %v", data, err)
	}
}

func TestLocalModeFilesAreReadFromDisk(t *testing.T) {
	srv, fetch := fetching(t, "words")
	folder := t.TempDir()
	srv.KeepFilesIn(folder)
	data, err := fetch(t.Context(), 5)
	if err != nil || string(data) != "words" {
		t.Errorf("read %q, %v", data, err)
	}
	if _, err := fetch(t.Context(), 4); !errors.Is(err, errTooLarge) {
		t.Errorf("of a file that is too large came %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, srv.Token)); err != nil {
		t.Errorf("the file was not on the disk: %v", err)
	}
}

// Where the server runs elsewhere its files may be served by something in front of
// it; else the cause is told, without the path, in which the token stands.
func TestLocalModeFilesOnAnotherMachine(t *testing.T) {
	const token = "1:secret-of-the-bot"
	for _, test := range []struct {
		name, path string
		served     bool
		says       string // "": it is fetched
	}{
		{"they are served", "/nowhere/" + token + "/documents/a b.txt", true, ""},
		{"they are not served", "/nowhere/" + token + "/documents/a.txt", false, "no such file"},
		{"a path without the token", "/nowhere/documents/a.txt", true, "no such file"},
		{"a folder", os.TempDir(), true, "not a regular file"},
		{"as an address", "file:///nowhere/" + token + "/documents/a.txt", true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := wire(func(r *http.Request) (*http.Response, error) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/getFile"):
					return reply(200, `{"ok": true, "result": {"file_path": "`+test.path+`"}}`), nil
				case test.served && strings.HasPrefix(r.URL.Path, "/file/bot"+token+"/documents/a"):
					return reply(200, "words"), nil
				}
				return reply(404, `{"ok": false}`), nil
			})
			transport, err := New(Config{Token: token, URL: "http://telegram.example", Log: slog.New(slog.DiscardHandler)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			transport.client.http.Transport = server
			data, err := transport.outbox.fetchFile(t.Context(), "f", 5)
			if (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) || err == nil && string(data) != "words" {
				t.Errorf("fetched %q, %v; want %q", data, err, test.says)
			}
			if err != nil {
				hasNoToken(t, token, err.Error())
			}
		})
	}
}

// Telegram's own server has no business with this machine's disk.
func TestTelegramsOwnServerCannotNameLocalFiles(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	transport, err := New(Config{Token: "1:x", Log: slog.New(slog.DiscardHandler)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	transport.client.http.Transport = wire(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/getFile") {
			return reply(200, `{"ok": true, "result": {"file_path": "`+secret+`"}}`), nil
		}
		return reply(404, `{"ok": false}`), nil
	})
	if data, err := transport.outbox.fetchFile(t.Context(), "f", 100); err == nil {
		t.Errorf("fetched %q", data)
	}
}

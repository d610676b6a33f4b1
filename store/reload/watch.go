package reload

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"reportbot/store/report"
)

const (
	// settle is how long a file must be unchanged before it is read: editors and
	// copies write in several steps.
	settle = 300 * time.Millisecond
	// askEvery is how often an address is polled.
	askEvery = 5 * time.Minute
)

// Watch calls changed after each change of the report's file or folder, once that
// is quiet, and for an http(s) address every five minutes, until ctx ends. Calls
// don't overlap. An error means that the location can't be watched; the embedded
// report can't.
func (r *Reloader) Watch(ctx context.Context, changed func()) error {
	place, err := report.Locate(r.location)
	switch {
	case err != nil:
		return err
	case place == report.Embedded:
		return errors.New("there is nothing to watch: set REPORT to a file, a folder or an address")
	case strings.HasPrefix(place, "http://"), strings.HasPrefix(place, "https://"):
		every(ctx, askEvery, changed)
		return nil
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("%s: can't be watched: %w", r.location, err)
	}
	defer watcher.Close()
	// Programs often replace a file by a new one of the same name, so the folder is
	// watched.
	folder := place
	if info, err := os.Stat(place); err != nil || !info.IsDir() {
		folder = filepath.Dir(place)
	}
	if err := watcher.Add(folder); err != nil {
		return fmt.Errorf("%s: can't be watched: %w", r.location, err)
	}
	follow(ctx, watcher, newest(place, folder), changed)
	return nil
}

func every(ctx context.Context, interval time.Duration, call func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			call()
		}
	}
}

// follow calls changed when the folder is quiet after changes and look returns
// another value. Changes of other files in the folder don't count.
func follow(ctx context.Context, watcher *fsnotify.Watcher, look func() string, changed func()) {
	last := look()
	quiet := time.NewTimer(0)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-watcher.Events:
			quiet.Reset(settle)
		case <-watcher.Errors: // events were lost, so look
			quiet.Reset(settle)
		case <-quiet.C:
			if now := look(); now != last {
				last = now
				changed()
			}
		}
	}
}

// newest returns a function that identifies the file at place, or the newest in the
// folder, and its version.
func newest(place, folder string) func() string {
	return func() string {
		if place != folder {
			info, err := os.Stat(place)
			if err != nil {
				return ""
			}
			return state(info)
		}
		files, err := report.Candidates(folder)
		if err != nil || len(files) == 0 {
			return ""
		}
		return state(files[0])
	}
}

func state(info os.FileInfo) string {
	return fmt.Sprint(info.Name(), info.Size(), info.ModTime().UnixNano())
}

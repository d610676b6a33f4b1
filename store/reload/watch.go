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
	// settle is how long a file must be left alone before it is read: editors
	// and copies write in several steps.
	settle = 300 * time.Millisecond
	// askEvery is how often an address is asked for something new.
	askEvery = 5 * time.Minute
)

// Watch calls changed whenever the report's file, or a file of its folder, was
// changed and then left alone for a moment, until ctx ends; an http(s) address
// it calls changed for every five minutes. The calls are made one after the
// other. An error means that the place can't be watched; the embedded report
// never changes.
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
	// A file is often replaced by another of its name, so its folder is watched.
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

// follow calls changed when what look returns is another once the folder is
// quiet: other files in it come and go.
func follow(ctx context.Context, watcher *fsnotify.Watcher, look func() string, changed func()) {
	last := look()
	quiet := time.NewTimer(0)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-watcher.Events:
			if !open {
				return
			}
			quiet.Reset(settle)
		case _, open := <-watcher.Errors: // events were lost: look
			if !open {
				return
			}
			quiet.Reset(settle)
		case <-quiet.C:
			if now := look(); now != last {
				last = now
				changed()
			}
		}
	}
}

// newest returns a function that says which file stands at place, or is the
// newest of the folder, and which state of it.
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

package replica

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeLitestream puts a shell script in Litestream's place.
func fakeLitestream(t *testing.T, script string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, program), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
}

func TestTheOutputOfLitestreamIsLoggedAndItsLastLineIsTheError(t *testing.T) {
	// A line of 100,000 characters, which is longer than any that is logged, holds up nothing.
	fakeLitestream(t, `echo "told: $(cat)"; echo "TOKEN=$TELEGRAM_BOT_TOKEN"; echo failed >&2
		[ "$1" = replicate ] || { head -c 100000 /dev/zero | tr '\0' x; echo; }
		exit 3`)
	t.Setenv("TELEGRAM_BOT_TOKEN", "hidden")
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	err := litestream(t.Context(), log, []byte("password"), "replicate")
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.HasSuffix(err.Error(), "failed") {
		t.Errorf("the error is %v", err)
	}
	for _, line := range []string{`said="told: password"`, `said="TOKEN="`, `said=failed`} {
		if !strings.Contains(logged.String(), line) {
			t.Errorf("%s is not in the log:\n%s", line, &logged)
		}
	}
	if err := litestream(t.Context(), log, nil, "restore"); err == nil {
		t.Error("after a long line the failure is lost")
	}
}

func TestLitestreamEndsWithTheContext(t *testing.T) {
	fakeLitestream(t, `echo ready; exec sleep 60`)
	ctx, cancel := context.WithCancel(t.Context())
	log := slog.New(onLine(cancel))
	if err := litestream(ctx, log, nil, "replicate"); err == nil || !errors.Is(ctx.Err(), context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

// onLine is a log that calls a function for each line.
type onLine func()

func (onLine) Enabled(context.Context, slog.Level) bool    { return true }
func (f onLine) Handle(context.Context, slog.Record) error { f(); return nil }
func (f onLine) WithAttrs([]slog.Attr) slog.Handler        { return f }
func (f onLine) WithGroup(string) slog.Handler             { return f }

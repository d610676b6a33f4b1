package replica

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
)

// program is the name of Litestream's command.
const program = "litestream"

// Find fails if Litestream is not installed.
func Find() error {
	if _, err := exec.LookPath(program); err != nil {
		return fmt.Errorf("REPLICA is set, and there is no command %s: install Litestream 0.5 (https://litestream.io)", program)
	}
	return nil
}

// hiddenFrom are the beginnings of variables that Litestream has no use for.
var hiddenFrom = []string{"TELEGRAM_", "OPENAI_", "NATS_URL=", "REPLICA="}

// litestream runs the command with a configuration until it ends or ctx does, and has its
// output logged. The configuration, which may hold a password, is in no file.
func litestream(ctx context.Context, log *slog.Logger, configuration []byte, command string, args ...string) error {
	child := exec.CommandContext(ctx, program, append([]string{command, "-config", "/dev/stdin", "-no-expand-env"}, args...)...)
	child.Stdin = bytes.NewReader(configuration)
	child.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return slices.ContainsFunc(hiddenFrom, func(name string) bool { return strings.HasPrefix(variable, name) })
	})
	child.Env = append(child.Env, "LOG_LEVEL=warn")
	output := &lines{log: log}
	child.Stdout, child.Stderr = output, output
	child.SysProcAttr = endWithParent()
	child.Cancel = func() error { return child.Process.Kill() }
	child.WaitDelay = time.Second
	if err := child.Run(); err != nil {
		if said := output.last(); said != "" {
			return fmt.Errorf("litestream: %w: %s", err, said)
		}
		return fmt.Errorf("litestream: %w", err)
	}
	return nil
}

// configuration is Litestream's for one store and one replica; socket may be empty.
func configuration(socket, store string, replica map[string]any) ([]byte, error) {
	return yaml.Marshal(map[string]any{
		"socket": map[string]any{"enabled": socket != "", "path": socket, "permissions": 0o600},
		"dbs":    []any{map[string]any{"path": store, "meta-path": metaOf(store), "replica": replica}},
	})
}

// metaOf is where Litestream keeps what it must know of a store.
func metaOf(store string) string { return store + "-litestream" }

// Restore writes the store of the replica with that name into a new file. The time that
// ctx leaves bounds it.
func (p Place) Restore(ctx context.Context, name, file string, log *slog.Logger) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	config, err := configuration("", file, p.replica(name))
	if err != nil {
		return err
	}
	return litestream(ctx, log, config, "restore", file)
}

// lines logs each line that is written to it.
type lines struct {
	log *slog.Logger

	mu    sync.Mutex
	rest  []byte
	saids string
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, p...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		if l.rest = rest; len(bytes.TrimSpace(line)) > 0 {
			l.saids = string(line)
			l.log.Debug("litestream", "said", l.saids)
		}
	}
}

// last returns the last whole line.
func (l *lines) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.saids
}

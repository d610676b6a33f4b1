package replica

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

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
	child.SysProcAttr = endWithParent()
	output, err := child.StdoutPipe()
	if err == nil {
		child.Stderr = child.Stdout
		err = child.Start()
	}
	if err != nil {
		return fmt.Errorf("litestream: %w", err)
	}
	last := "it said nothing"
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			last = line
			log.Debug("litestream", "said", line)
		}
	}
	_, _ = io.Copy(io.Discard, output) // what follows a line that is too long
	if err := child.Wait(); err != nil {
		return fmt.Errorf("litestream: %w: %s", err, last)
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

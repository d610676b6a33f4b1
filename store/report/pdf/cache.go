package pdf

import (
	"context"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// UserCacheDir returns the folder for compiled code in the user's cache folder,
// or "" if the user has none.
func UserCacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		// An empty environment names no home.
		u, err := user.Current()
		if err != nil || u.HomeDir == "" || u.HomeDir == "/" {
			return ""
		}
		dir = filepath.Join(u.HomeDir, ".cache")
	}
	return filepath.Join(dir, "reportbot", "pdf")
}

// usableCache returns the first of the folders that holds compiled code, else
// the first that there is or that can be made, else "".
func usableCache(dirs []string) string {
	for _, dir := range dirs {
		if code, _ := filepath.Glob(filepath.Join(dir, "wazero-*", "*")); dir != "" && len(code) > 0 {
			return dir
		}
	}
	for _, dir := range dirs {
		if dir != "" && os.MkdirAll(dir, 0o700) == nil {
			return dir
		}
	}
	return ""
}

// lockCache makes processes compile one after the other, so that all but the
// first find the code compiled.
func lockCache(ctx context.Context, dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return nil, err
	}
	return func() { _ = lock.Unlock() }, nil
}

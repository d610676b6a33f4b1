//go:build !linux

package store

import "os"

// datasync writes a file's content to the disk.
func datasync(file *os.File) error { return file.Sync() }

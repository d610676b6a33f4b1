//go:build !linux

package replica

import "syscall"

// endWithParent has no means here: after a crash of this program Litestream goes on, to
// where nobody reads once another term has begun.
func endWithParent() *syscall.SysProcAttr { return nil }

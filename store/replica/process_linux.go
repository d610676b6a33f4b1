package replica

import "syscall"

// endWithParent has the kernel end a child when this program ends, however it does.
func endWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

package pdf

import "syscall"

// limitProcess bounds what this process may take from now on: memory in bytes,
// processor time in seconds. Beyond it the kernel refuses or kills.
func limitProcess(memory, seconds uint64) error {
	for resource, most := range map[int]uint64{syscall.RLIMIT_DATA: memory, syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	return nil
}

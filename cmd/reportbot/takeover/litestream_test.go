package takeover

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// litestreams returns the processes of Litestream that a machine's serve has started.
func litestreams(t *testing.T, m *machine) (pids []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Skip("processes are read from /proc")
	}
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		pid, rest, _ := strings.Cut(string(data), " (litestream) ")
		fields := strings.Fields(rest) // state, parent
		if len(fields) > 1 && fields[1] == strconv.Itoa(m.command.Process.Pid) {
			if n, err := strconv.Atoi(pid); err == nil {
				pids = append(pids, n)
			}
		}
	}
	return pids
}

// Without Litestream no update is confirmed. It is started again, and then they are; and
// none is left when serve has ended, however it did.
func TestLitestreamIsStartedAgainAndEndsWithServe(t *testing.T) {
	t.Parallel()
	p := newPair(t, "folder", "updates", false)
	running := litestreams(t, p.hold)
	if len(running) != 1 || len(litestreams(t, p.wait)) != 0 {
		t.Fatalf("%v run for the holder, %v for the standby; want one and none", running, litestreams(t, p.wait))
	}
	if err := syscall.Kill(running[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.hold.waitSaid("Litestream ended")
	p.ask()
	p.srv.WaitConfirmed(soon, p.asked[0].UpdateID)
	again := litestreams(t, p.hold)
	if len(again) != 1 || again[0] == running[0] {
		t.Fatalf("%v run after %v was killed", again, running)
	}
	p.hold.kill()
	for begun := time.Now(); syscall.Kill(again[0], 0) == nil; time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > soon {
			t.Fatal("it outlives serve")
		}
	}
	if asked, lost, twice := p.judge(); lost+twice > 0 {
		t.Errorf("of %d, lost are %d, twice %d", asked, lost, twice)
	}
	p.wait.stop()
}

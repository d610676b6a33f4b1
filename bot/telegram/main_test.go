package telegram

import (
	"flag"
	"testing"
	"time"

	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write the golden files anew")

// slow skips a test under -short: it waits for pauses and timeouts, or floods the bot.
func slow(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("slow")
	}
}

// TestMain fails if anything that the tests began still runs when all have
// ended: pollers, workers, typing loops, connections.
// Pauses have their whole length in tests, which count them.
func TestMain(m *testing.M) {
	jitter = func(d time.Duration) time.Duration { return d }
	goleak.VerifyTestMain(m)
}

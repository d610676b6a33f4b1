package telegram

import (
	"flag"
	"testing"
	"time"

	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain fails if anything that the tests began still runs when all have
// ended: pollers, workers, typing loops, connections.
// Pauses have their whole length in tests, which count them.
func TestMain(m *testing.M) {
	spread = func(d time.Duration) time.Duration { return d }
	goleak.VerifyTestMain(m)
}

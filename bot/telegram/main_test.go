package telegram

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain fails if anything that the tests began still runs when all have
// ended: pollers, workers, typing loops, connections.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

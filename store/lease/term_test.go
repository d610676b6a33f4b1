package lease

import (
	"testing"
	"time"
)

// Two clocks watch over a term's end: one stands still while a machine sleeps, the other
// may be set.
func TestEitherClockEndsATerm(t *testing.T) {
	until := time.Now().Add(time.Minute)
	set := func(wall time.Duration) time.Time { return time.Now().Round(0).Add(wall) } // no monotonic part
	for _, test := range []struct {
		name string
		now  time.Time
		want bool
	}{
		{"before", time.Now(), false},
		{"after", time.Now().Add(2 * time.Minute), true},
		{"at the end", until, true},
		{"the wall clock alone is past", set(2 * time.Minute), true},
		{"the wall clock alone is before", set(0), false},
	} {
		if got := over(test.now, until); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestAHolderStopsAPartBeforeItsLeaseEnds(t *testing.T) {
	l := &Lease{time: 10 * time.Second}
	asked := time.Now()
	if got := l.until(asked).Sub(asked); got != 8*time.Second {
		t.Errorf("it stops %v after its last write was sent", got)
	}
}

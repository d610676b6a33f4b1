package bot

import (
	"sync"
	"time"
)

// waitingAfter is the time without a claim after which the bot shows that it is waiting
// for the model: a server that is loading a model can need more than a minute.
const waitingAfter = 6 * time.Second

// waitNotice shows once that the bot is waiting for the model, unless a claim was shown
// first.
type waitNotice struct {
	mu    sync.Mutex
	over  bool
	timer *time.Timer
}

// newWaitNotice calls wait after waitingAfter, unless end is called before.
func newWaitNotice(wait func()) *waitNotice {
	n := &waitNotice{}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.timer = time.AfterFunc(waitingAfter, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if !n.over {
			wait()
		}
	})
	return n
}

// end cancels the call, and returns after a call in progress.
func (n *waitNotice) end() {
	n.timer.Stop()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.over = true
}

package takeover

import (
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"reportbot/store/lease"
	"reportbot/store/lease/leasetest"
)

// startNATS starts a NATS server with JetStream and returns its address.
func startNATS(t *testing.T) string {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(soon) {
		t.Fatal("the NATS server does not start")
	}
	return s.ClientURL()
}

func TestLeaseInNATS(t *testing.T) {
	t.Parallel()
	address := startNATS(t)
	leasetest.Run(t, func(t *testing.T, name string) lease.Backend { return connect(t, address, name) })
}

// wire is a network between a machine and a server. While it is cut what is sent on it is
// lost, without a word to either side.
type wire struct {
	listener net.Listener
	to       string
	cut      atomic.Bool

	mu    sync.Mutex
	conns []net.Conn
}

// newWire returns a wire to a server's address, and its own address.
func newWire(t *testing.T, to string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: listener, to: u.Host}
	go w.accept()
	t.Cleanup(func() { listener.Close(); w.reset() })
	u.Host = listener.Addr().String()
	return w, u.String()
}

func (w *wire) accept() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.DialTimeout("tcp", w.to, time.Second)
		if err != nil {
			near.Close()
			continue
		}
		w.mu.Lock()
		w.conns = append(w.conns, near, far)
		w.mu.Unlock()
		go w.carry(near, far)
		go w.carry(far, near)
	}
}

// carry copies what comes, or drops it while the wire is cut.
func (w *wire) carry(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !w.cut.Load() {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return // the end, or closed
		}
	}
}

// mend ends a cut. Connections that lost something are reset, as TCP would in the end.
func (w *wire) mend() {
	w.reset()
	w.cut.Store(false)
}

func (w *wire) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, conn := range w.conns {
		conn.Close()
	}
	w.conns = nil
}

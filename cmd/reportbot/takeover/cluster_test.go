package takeover

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"reportbot/store/lease"
	"reportbot/store/lease/leasetest"
)

// startCluster starts three NATS servers as one cluster and returns their addresses.
func startCluster(t *testing.T) (servers []*server.Server, addresses string) {
	t.Helper()
	var ports []int
	var routes []string
	for range 3 {
		_, text, _ := net.SplitHostPort(freePort(t))
		port, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		ports, routes = append(ports, port), append(routes, "nats://127.0.0.1:"+text)
	}
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{
			ServerName: fmt.Sprint("n", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
			Cluster: server.ClusterOpts{Name: "bot", Host: "127.0.0.1", Port: port}, Routes: server.RoutesFromStr(strings.Join(routes, ",")),
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		servers = append(servers, s)
	}
	var urls []string
	for _, s := range servers {
		if !s.ReadyForConnections(soon) {
			t.Fatal("a NATS server does not start")
		}
		urls = append(urls, s.ClientURL())
	}
	for begun := time.Now(); !servers[0].JetStreamIsCurrent(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > soon {
			t.Fatal("the cluster has no leader")
		}
	}
	return servers, strings.Join(urls, ",")
}

func connect(t *testing.T, addresses, name string) lease.Backend {
	t.Helper()
	n, err := lease.Connect(addresses, strings.NewReplacer("/", "-", " ", "-", ",", "").Replace(name))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLeaseInACluster(t *testing.T) {
	t.Parallel()
	_, addresses := startCluster(t)
	leasetest.Run(t, func(t *testing.T, name string) lease.Backend { return connect(t, addresses, name) })
}

// Without one of three servers, whichever it is, the bot has a holder, the same one or
// another. `make takeover` tries each.
func TestAClusterGoesOnWithoutOneServer(t *testing.T) {
	t.Parallel()
	for gone := range min(3, *takeovers) {
		t.Run(fmt.Sprint("without ", gone), func(t *testing.T) {
			t.Parallel()
			servers, addresses := startCluster(t)
			l := lease.New(connect(t, addresses, "bot"), "a", 0, slog.New(slog.DiscardHandler))
			defer l.Close()
			ctx, cancel := context.WithTimeout(t.Context(), soon)
			defer cancel()
			term, err := l.Acquire(ctx)
			if err != nil {
				t.Fatal(err)
			}
			servers[gone].Shutdown()
			at := time.Now()
			select {
			case <-term.Context().Done():
				t.Logf("table without NATS server %d the lease was lost after %v", gone, time.Since(at).Round(100*time.Millisecond))
				if term, err = l.Acquire(ctx); err != nil {
					t.Fatalf("nobody could take it again: %v", err)
				}
				t.Logf("table it was taken again after %v", time.Since(at).Round(100*time.Millisecond))
			case <-time.After(2 * lease.DefaultTime):
				t.Logf("table without NATS server %d the lease was kept", gone)
			}
			term.Release()
		})
	}
}

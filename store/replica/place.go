// Package replica keeps a replica of a store elsewhere, by running Litestream.
//
// Each term of the lease has a replica of its own: a process that has lost the lease and
// does not know it yet can write only where nobody reads any more.
package replica

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"reportbot/store/lease"
	"reportbot/store/text/lazyregexp"
)

// Place is where replicas are, each under a name: a folder, the object store of NATS, or
// what else Litestream knows by an address.
type Place struct {
	folder string   // whole path; empty: address is set
	remote *url.URL // nats://, s3:// and so on
}

// At returns the place of a folder or an address.
func At(where string) (Place, error) {
	if !strings.Contains(where, "://") {
		folder, err := filepath.Abs(where)
		return Place{folder: folder}, err
	}
	u, err := url.Parse(where)
	switch {
	case err != nil:
		return Place{}, errors.New("REPLICA is no address that can be read")
	case u.Scheme == "file" && u.Host == "":
		return Place{folder: filepath.Clean(u.Path)}, nil
	case u.Host == "" || u.Scheme == "file":
		return Place{}, fmt.Errorf("REPLICA %s has no server or bucket after ://", u.Redacted())
	case u.Scheme == "nats" && !bucket.MatchString(strings.Trim(u.Path, "/")):
		return Place{}, fmt.Errorf("REPLICA %s needs the beginning of a bucket's name: nats://server/reportbot", u.Redacted())
	}
	return Place{remote: u}, nil
}

// bucket is the form of a bucket's name in NATS.
var bucket = lazyregexp.New(`^[A-Za-z0-9_-]+$`)

// replica returns how Litestream's configuration names a replica.
func (p Place) replica(name string) map[string]any {
	if p.folder != "" {
		return map[string]any{"type": "file", "path": filepath.Join(p.folder, name)}
	}
	u := *p.remote
	if u.Scheme != "nats" { // the password, if there is one, is read from the address
		u.Path = path.Join("/", u.Path, name)
		return map[string]any{"url": u.String()}
	}
	settings := map[string]any{"type": "nats"}
	if u.User != nil {
		settings["username"] = u.User.Username()
		settings["password"], _ = u.User.Password()
		u.User = nil
	}
	u.Path = p.natsBucket(name)
	settings["url"] = u.String()
	return settings
}

// natsBucket is the bucket of a replica: Litestream knows no folders there.
func (p Place) natsBucket(name string) string { return strings.Trim(p.remote.Path, "/") + "-" + name }

// prepare makes what Litestream does not make by itself.
func (p Place) prepare(ctx context.Context, name string) error {
	switch {
	case p.folder != "":
		return os.MkdirAll(p.folder, 0o700)
	case p.remote.Scheme == "nats":
		return p.onNATS(ctx, func(connection *nats.Conn, stream jetstream.JetStream) error {
			_, err := stream.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: p.natsBucket(name), Replicas: lease.Copies(connection)})
			return err
		})
	}
	return nil
}

// Remove removes a replica that nobody needs any more. Of other places than folders and
// NATS nothing is removed.
func (p Place) Remove(ctx context.Context, name string) error {
	switch {
	case name == "":
	case p.folder != "":
		return os.RemoveAll(filepath.Join(p.folder, name))
	case p.remote.Scheme == "nats":
		return p.onNATS(ctx, func(_ *nats.Conn, stream jetstream.JetStream) error {
			return stream.DeleteObjectStore(ctx, p.natsBucket(name))
		})
	}
	return nil
}

// onNATS connects for one thing to do.
func (p Place) onNATS(ctx context.Context, do func(*nats.Conn, jetstream.JetStream) error) error {
	u := *p.remote
	u.Path = ""
	connection, err := nats.Connect(u.String(), nats.Name("reportbot"), nats.Timeout(2*time.Second))
	if err != nil {
		return fmt.Errorf("REPLICA: %w", err)
	}
	defer connection.Close()
	stream, err := jetstream.New(connection)
	if err == nil {
		err = do(connection, stream)
	}
	if err != nil {
		return fmt.Errorf("REPLICA: %w", err)
	}
	return nil
}

package replica

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

func TestAReplicaIsNamedAsLitestreamKnowsIt(t *testing.T) {
	here, err := filepath.Abs("copies")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		where string
		want  map[string]any
	}{
		{"copies", map[string]any{"type": "file", "path": here + "/7-a"}},
		{"/backup/bot/", map[string]any{"type": "file", "path": "/backup/bot/7-a"}},
		{"file:///backup/bot", map[string]any{"type": "file", "path": "/backup/bot/7-a"}},
		{"s3://bucket/bot?region=eu-west-1", map[string]any{"url": "s3://bucket/bot/7-a?region=eu-west-1"}},
		{"s3://bucket", map[string]any{"url": "s3://bucket/7-a"}},
		{"nats://one:4222/bot", map[string]any{"type": "nats", "url": "nats://one:4222/bot-7-a"}},
		{"nats://ana:secret@one/bot/", map[string]any{"type": "nats", "url": "nats://one/bot-7-a", "username": "ana", "password": "secret"}},
	} {
		place, err := At(test.where)
		if err != nil {
			t.Errorf("%s: %v", test.where, err)
			continue
		}
		if got := place.replica("7-a"); !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.where, got, test.want)
		}
	}
}

func TestTheErrorForABadPlaceHidesItsPassword(t *testing.T) {
	for _, where := range []string{"nats://ana:hidden@one", "nats://ana:hidden@one/a/b", "nats://ana:hidden@one/a.b", "s3://", "s3://%zz", "file://host/backup"} {
		if _, err := At(where); err == nil || !strings.Contains(err.Error(), "REPLICA") || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", where, err)
		}
	}
}

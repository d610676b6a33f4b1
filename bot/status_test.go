package bot

import (
	"strings"
	"testing"
	"time"
)

func TestStatusShowsTheHolder(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		holder *Holder
		want   []string // the last lines
		never  string
	}{
		{nil, nil, "holds"},
		{&Holder{Name: "north", ReplicaLag: -1}, []string{"north holds the bot since"}, "replica"},
		{&Holder{Name: "north"}, []string{"north holds the bot since", "The replica is up to date"}, "behind"},
		{&Holder{Name: "north", ReplicaLag: 90 * time.Second}, []string{"north holds the bot since", "The replica is 90 seconds behind"}, "up to date"},
	} {
		b.running = func() Running { return Running{Version: "v1", Holder: test.holder} }
		m, err := b.status(t.Context(), Incoming{Client: "en", Private: true}, "")
		if err != nil {
			t.Fatal(err)
		}
		said := m.Plain()
		for _, line := range test.want {
			if !strings.Contains(said, line) {
				t.Errorf("%+v: no %q in\n%s", test.holder, line, said)
			}
		}
		if strings.Contains(said, test.never) {
			t.Errorf("%+v: %q is in\n%s", test.holder, test.never, said)
		}
	}
}

package takeover

import (
	"strings"
	"testing"
)

// On a standby's machine the admins' commands say who holds the bot, and change nothing.
func TestCommandsSayWhoHolds(t *testing.T) {
	t.Parallel()
	p := newPair(t, "folder", "updates", false)
	for _, test := range []struct {
		on     *machine
		args   string
		status int
		says   []string
	}{
		{p.wait, "load report.txt", 1, []string{"a holds the bot since", "run `reportbot load` there"}},
		{p.wait, "rollback 1", 1, []string{"a holds the bot since"}},
		{p.wait, "versions", 1, []string{"a holds the bot since", "this machine's store", "there is no store here"}},
		{p.wait, "status", 1, []string{"a holds the bot since"}},
		{p.hold, "load report.txt", 0, []string{"is live"}},
		{p.hold, "status", 0, []string{"holder     a since", "replica    0 s behind"}},
		{p.hold, "status --json", 0, []string{`"holder":{"name":"a"`, `"here":true,"replica_behind_s":0`}},
		{p.hold, "backup copy.db", 0, []string{"copied"}},
	} {
		out, status := test.on.run(strings.Fields(test.args)...)
		if status != test.status {
			t.Errorf("%s on %s: status %d: %s", test.args, test.on.name, status, out)
		}
		for _, words := range test.says {
			if !strings.Contains(out, words) {
				t.Errorf("%s on %s: no %q in %s", test.args, test.on.name, words, out)
			}
		}
		if test.on == p.hold && strings.Contains(out, "holds the bot since") {
			t.Errorf("%s on %s: %s", test.args, test.on.name, out)
		}
	}
	// After a handover the store is there, but old once the other one has it back.
	p.hold.stop()
	p.wait.waitSaid("connected")
	if out, status := p.hold.run("versions"); status != 0 || !strings.Contains(out, "b holds the bot since") {
		t.Errorf("versions on the machine that held before: status %d: %s", status, out)
	}
	p.wait.stop()
}

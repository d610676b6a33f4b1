package prompts

import "testing"

func TestOnlyAPlainYesIsAYes(t *testing.T) {
	for _, test := range []struct {
		reply      string
		yes, clear bool
	}{
		{"SUPPORTED", true, true},
		{" supported.\n", true, true},
		{"**SUPPORTED**", true, true},
		{"<think>It is UNSUPPORTED? No.</think>SUPPORTED", true, true},
		{"UNSUPPORTED", false, true},
		{"Unsupported.", false, true},
		{"NOT SUPPORTED", false, false},
		{"SUPPORTED by the first, UNSUPPORTED by the second", false, false},
		{"Cầu dài 1.240 mét. [S1]", false, false},
		{"<think>SUPPORTED", false, false},
		{"", false, false},
	} {
		if yes, clear := ReadVerdict(test.reply); yes != test.yes || clear != test.clear {
			t.Errorf("%q: %v, clear %v, want %v, %v", test.reply, yes, clear, test.yes, test.clear)
		}
	}
}

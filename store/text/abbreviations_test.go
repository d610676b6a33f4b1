package text

import "testing"

func TestChatAbbreviationsAreWrittenOut(t *testing.T) {
	for _, test := range []struct{ typed, read string }{
		{"TQ có đc lợi gì ko?", "TQ có được lợi gì không?"},
		{"bn lính qua Nga", "bao nhiêu lính qua Nga"},
		{"Kim gặp TT Putin ntn", "Kim gặp tổng thống Putin như thế nào"},
		{"mn bik cty nào ns z ko", "mọi người biết công ty nào nói vậy không"},
		{"S-300 và Su-25", "S-300 và Su-25"},
		{"không có gì ngắn", "không có gì ngắn"},
		{"", ""},
	} {
		if got := Expand(test.typed); got != test.read {
			t.Errorf("%q read as %q, want %q", test.typed, got, test.read)
		}
	}
}

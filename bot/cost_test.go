package bot

import (
	"strings"
	"testing"

	"reportbot/store"
	"reportbot/store/text"
)

func TestDollarsAreFormattedForTheLanguage(t *testing.T) {
	for _, test := range []struct {
		amount float64
		vi, en string
	}{
		{0, "0,00 $", "$0.00"},
		{0.00084, "0,0008 $", "$0.0008"},
		{0.85, "0,85 $", "$0.85"},
		{1234.5, "1.234,50 $", "$1,234.50"},
	} {
		if got := dollars(test.amount, text.Vietnamese); got != test.vi {
			t.Errorf("%v in Vietnamese: %s, want %s", test.amount, got, test.vi)
		}
		if got := dollars(test.amount, text.English); got != test.en {
			t.Errorf("%v in English: %s, want %s", test.amount, got, test.en)
		}
	}
}

func TestStatusShowsTheModelsCost(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	status := func() string {
		in := private("/status")
		in.Sender.Owner = true
		return answerTo(t, b, in, 1).Plain()
	}
	if said := status(); strings.Contains(said, "Mô hình ngôn ngữ theo ngày") {
		t.Errorf("nothing was asked, and it says %s", said)
	}
	if _, err := s.AddUsage(t.Context(), "-1", "7", store.Usage{Questions: 2, PromptTokens: 4_000_000, CompletionTokens: 500_000}); err != nil {
		t.Fatal(err)
	}
	if said := status(); !strings.Contains(said, "\n-1: 2 câu hỏi, 4.500.000 token\n") {
		t.Errorf("without prices it says %s", said)
	}
	b.prices = Prices{In: .15, Out: .6}
	if said := status(); strings.Count(said, ": 2 câu hỏi, 4.500.000 token, 0,90 $") != 2 {
		t.Errorf("with prices it says %s", said)
	}
}

package answer_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/bot/model/modeltest"
)

// promptLength is how long all messages of a request are together.
func promptLength(r modeltest.Request) int {
	length := 0
	for _, m := range r.Messages {
		length += utf8.RuneCountInString(m.Content)
	}
	return length
}

func TestTooLongPromptsAreHalvedAndTheLimitIsLearned(t *testing.T) {
	whole := modeltest.New(t, modeltest.Text(modeltest.NotInReport))
	ask(t, answererOn(t, whole), lengthQuestion)
	request := whole.Requests()[0]

	srv := modeltest.New(t)
	srv.Limits.MaxPrompt = promptLength(request) - 100
	srv.Handle(saying(t, lengthSentence+" {1.240 mét}"))
	a := answererOn(t, srv)
	for _, calls := range []int{2, 1} {
		got := ask(t, a, lengthQuestion)
		if want := lengthSentence + " [1]"; claims(got) != want || got.Notice != answer.NoNotice || got.Usage.Calls != calls {
			t.Errorf("claims %q, notice %q after %d calls, want %d; cause %v", claims(got), got.Notice, got.Usage.Calls, calls, got.Cause)
		}
	}
	halved := srv.Requests()[0]
	if n := len(halved.Sources()); n == 0 || n >= len(request.Sources()) {
		t.Errorf("%d of %d sources are left", n, len(request.Sources()))
	}
	var before int
	for _, s := range halved.Sources() {
		at := strings.Index(request.LastUser(), s.Text)
		if at < before {
			t.Errorf("%q is out of the report's order", s.Text)
		}
		before = at
	}

	never := modeltest.New(t)
	never.Limits.MaxPrompt = 10
	got := ask(t, answererOn(t, never), lengthQuestion)
	if got.Mode != answer.Extractive || got.Notice != answer.ModelRefused || len(never.All()) > 8 {
		t.Errorf("mode %q, notice %q after %d requests", got.Mode, got.Notice, len(never.All()))
	}
}

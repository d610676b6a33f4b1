package bot

import (
	"context"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// silentReport is an Asker without a model that finds nothing in the report.
type silentReport struct{ edition *store.Edition }

func (s silentReport) Ask(_ context.Context, r answer.Request, _ func(answer.Claim)) (*answer.Answer, error) {
	return &answer.Answer{Question: r.Question, Language: text.Vietnamese, Edition: s.edition,
		Status: answer.NotInReport, Mode: answer.Extractive, Notice: answer.NoModel}, nil
}

func TestTheNoModelNoticeIsShownWithTheFirstAnswerThatHasRoomForIt(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	edition, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	notice := say(text.Vietnamese, phrase(answer.NoModel))
	asker := b.asker
	for i, test := range []struct {
		asker Asker
		shown bool
	}{
		{silentReport{edition}, false},
		{asker, true},
		{asker, false},
	} {
		b.asker = test.asker
		got := answerTo(t, b, private(lengthQuestion), 10+i).Plain()
		if strings.Contains(got, notice) != test.shown {
			t.Errorf("answer %d: want the notice %v, got %q", i+1, test.shown, got)
		}
	}
}

package bot

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// slow is an Asker whose first claim comes late.
type slow struct {
	first, rest time.Duration
	model       bool // whether one is set
}

func (s slow) HasModel() bool { return s.model }

func (s slow) Ask(_ context.Context, r answer.Request, passed func(answer.Claim)) (*answer.Answer, error) {
	time.Sleep(s.first)
	claim := answer.Claim{Text: "Cầu dài 1.240 mét."}
	passed(claim)
	time.Sleep(s.rest)
	return &answer.Answer{Question: r.Question, Language: text.Vietnamese, Edition: &store.Edition{ID: 1},
		Status: answer.Answered, Mode: answer.ByModel, Claims: []answer.Claim{claim}}, nil
}

func TestAWaitNoticeIsShownWhileTheModelIsSilent(t *testing.T) {
	for _, test := range []struct {
		name  string
		asker slow
		told  bool
	}{
		{"a model that begins at once", slow{0, time.Minute, true}, false},
		{"one that begins soon", slow{5 * time.Second, time.Minute, true}, false},
		{"one that is being loaded", slow{time.Minute, time.Second, true}, true},
		{"none", slow{time.Minute, time.Second, false}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := New(Config{Name: "report_test_bot", Asker: test.asker})
				var out recording
				partial := func(m Message) { out.Partial(t.Context(), m) }
				if _, err := b.streamAnswer(t.Context(), Incoming{}, answer.Request{Question: "Cầu?"}, partial); err != nil {
					t.Fatal(err)
				}
				note := say(text.Vietnamese, "waiting_for_model")
				told := slices.ContainsFunc(out.partial, func(m Message) bool { return m.Note && m.Plain() == note })
				if told != test.told || len(out.partial) > 2 || out.partial[len(out.partial)-1].Plain() == note {
					t.Errorf("shown %+v", out.partial)
				}
			})
		})
	}
}

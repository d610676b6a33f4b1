package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/store"
	"reportbot/store/text"
)

// scripted is a model that replies with the same words, or fails, and keeps what it was
// asked.
type scripted struct {
	reply string
	err   error
	asked []string
}

func (s *scripted) Stream(ctx context.Context, messages []model.Message, piece func(string)) (model.Usage, error) {
	s.asked = append(s.asked, messages[len(messages)-1].Content)
	if ctx.Err() != nil {
		return model.Usage{}, ctx.Err()
	}
	if s.err == nil {
		piece(s.reply)
	}
	return model.Usage{Calls: 1, PromptTokens: 700}, s.err
}

const reworded = "Chi phí làm cầu vượt dự toán 12%."

func TestTheJudgeIsAskedTwoClaimsOfAStatement(t *testing.T) {
	for _, test := range []struct {
		says, denies string
		want         Verdict
	}{
		{"yes", "no", Says}, {"no", "yes", Contradicts}, {"no", "no", Silent}, {"yes", "yes", Silent},
		{"perhaps", "", Silent}, {"yes, but not the cost", "no", Silent},
	} {
		t.Run(test.says+"-"+test.denies, func(t *testing.T) {
			m := &scripted{reply: fmt.Sprintf("C1: %s\nC2: %s\n", test.says, test.denies)}
			r := verified(t, over(t, bridge, m, answer.WithJudge()), reworded)
			s := r.Statements[0]
			if s.Verdict != test.want || !s.ByModel || !strings.HasPrefix(s.Source.Text, "Tổng kinh phí") || s.Detail == "" {
				t.Errorf("got %+v, want %s", s, test.want)
			}
			if len(m.asked) != 1 || !strings.Contains(m.asked[0], "[C1] "+reworded+"\n") || !strings.Contains(m.asked[0], "[C2] Những câu này mâu thuẫn với điều sau đây (chứ không chỉ không nhắc đến): “"+reworded+"”\n") ||
				!strings.Contains(m.asked[0], "\n- "+moneySentence+"\n") {
				t.Errorf("asked %q", m.asked)
			}
			if r.Usage.Calls != 1 || r.Notice != answer.NoNotice || (r.Mode == answer.ByModel) != s.ByModel {
				t.Errorf("usage %+v, notice %q, mode %q", r.Usage, r.Notice, r.Mode)
			}
		})
	}
}

func TestTheJudgeCantOutdoTheFacts(t *testing.T) {
	m := &scripted{reply: "C1: yes\nC2: no"}
	r := verified(t, over(t, bridge, m, answer.WithJudge()), "Chi phí làm cầu đội lên tới 70% so với dự toán ban đầu của tỉnh.")
	if s := r.Statements[0]; s.Verdict != Silent {
		t.Errorf("got %+v", s)
	}
}

func TestWhatCodeDecidesIsNotAsked(t *testing.T) {
	m := &scripted{reply: "C1: no\nC2: yes"}
	if r := verified(t, over(t, bridge, m, answer.WithJudge()), moneySentence+" Cầu Sông Mây dài 1.420 mét."); len(m.asked) != 0 || r.Statements[0].Verdict != Says {
		t.Errorf("asked %q, got %s", m.asked, shown(r))
	}
}

// A long message takes several calls, each with all of the message, so that "they" is
// understood.
func TestManyStatementsTakeSeveralCalls(t *testing.T) {
	m := &scripted{reply: "C1: yes\nC2: no"}
	known := 0
	message := strings.Repeat(reworded+" ", maxAsked+1)
	r, err := over(t, bridge, m, answer.WithJudge()).Verify(t.Context(), Request{Text: message, Language: text.Vietnamese}, func(*Result) { known++ })
	if err != nil {
		t.Fatal(err)
	}
	if len(m.asked) != 2 || !strings.Contains(m.asked[0], "[C12]") || strings.Contains(m.asked[1], "[C3]") || !strings.Contains(m.asked[1], "Q: Từng ý dưới đây, lấy từ tin nhắn này") {
		t.Errorf("asked %q", m.asked)
	}
	if r.Statements[0].Verdict != Says || r.Statements[1].Verdict != Silent || r.Statements[maxAsked].Verdict != Says || known != 1 {
		t.Errorf("got %sand %d times what was known", shown(r), known)
	}
}

func TestAFailingJudgeLeavesOpenWhatItWasAsked(t *testing.T) {
	m := &scripted{err: errors.New("refused")}
	r := verified(t, over(t, bridge, m, answer.WithJudge()), reworded+" "+moneySentence)
	if r.Statements[0].Verdict != Silent || r.Statements[0].ByModel || r.Statements[1].Verdict != Says {
		t.Errorf("got %s", shown(r))
	}
	if r.Notice != answer.ModelUnreachable || r.Cause == nil {
		t.Errorf("notice %q, cause %v", r.Notice, r.Cause)
	}
}

func TestAStoppedCheckHasNoResult(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	v := over(t, bridge, &scripted{}, answer.WithJudge())
	r, err := v.Verify(ctx, Request{Text: reworded, Language: text.Vietnamese}, func(*Result) { stop() })
	if r != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", r, err)
	}
}

// ledger counts in memory.
type ledger struct{ used store.Usage }

func (l *ledger) AddUsage(_ context.Context, _, _ string, spent store.Usage) (store.UsageToday, error) {
	l.used.Questions += spent.Questions
	l.used.PromptTokens += spent.PromptTokens
	return store.UsageToday{Person: l.used, Chat: l.used}, nil
}

func TestACheckCountsForThePersonsLimit(t *testing.T) {
	m, l := &scripted{reply: "C1: yes\nC2: no"}, &ledger{}
	v := over(t, bridge, m, answer.WithJudge(), answer.WithQuota(l, answer.Limits{Person: answer.Limit{Questions: 1}}))
	for _, want := range []answer.Notice{answer.NoNotice, answer.OverLimit} {
		r, err := v.Verify(t.Context(), Request{Text: reworded, Language: text.Vietnamese, Chat: "7", Person: "7"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Notice != want || (r.Statements[0].Verdict == Says) != (want == answer.NoNotice) {
			t.Errorf("notice %q, %s", r.Notice, shown(r))
		}
	}
	if len(m.asked) != 1 || l.used.Questions != 2 || l.used.PromptTokens != 700 {
		t.Errorf("asked %d times, counted %+v", len(m.asked), l.used)
	}
}

package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

// asker implements Asker with a function.
type asker func(ctx context.Context, passed func(answer.Claim)) (*answer.Answer, error)

func (a asker) Ask(ctx context.Context, _ answer.Request, passed func(answer.Claim)) (*answer.Answer, error) {
	return a(ctx, passed)
}

// everyCommand needs the store.
var everyCommand = []string{lengthQuestion, "/ask vì sao", "/start", "/report", "/note 1"}

func TestWithoutAReportTheReplySaysSo(t *testing.T) {
	for _, text := range everyCommand {
		t.Run(text, func(t *testing.T) {
			out := &recording{}
			err := newBot(openStore(t)).Handle(t.Context(), private(text), out)
			if !errors.Is(err, answer.ErrNoReport) {
				t.Errorf("Handle returned %v, want ErrNoReport", err)
			}
			if said := out.said(t).Plain(); said != "Chưa có báo cáo nào được nạp. Bạn báo giúp quản trị viên nhé." {
				t.Errorf("said %q", said)
			}
		})
	}
}

func TestAStopDuringTheSearchIsNoFailure(t *testing.T) {
	b := newBot(openStore(t, bridge))
	b.asker = asker(func(ctx context.Context, _ func(answer.Claim)) (*answer.Answer, error) {
		b.Stop("1")
		return nil, fmt.Errorf("reportbot.db: %w", ctx.Err())
	})
	if said := ask(t, b, private(lengthQuestion)); said != "Đã dừng theo yêu cầu." {
		t.Errorf("said %q", said)
	}
}

func TestStoreErrorsReachTheCallerAndAnApologyThePerson(t *testing.T) {
	for _, text := range append([]string{"/sources"}, everyCommand...) {
		t.Run(text, func(t *testing.T) {
			s := openStore(t, bridge)
			b := newBot(s)
			s.Close()
			out := &recording{}
			in := private(text)
			in.Client = "en"
			err := b.Handle(t.Context(), in, out)
			if err == nil || !strings.Contains(err.Error(), "closed") {
				t.Errorf("Handle returned %v, want the store's error", err)
			}
			if said := out.said(t).Plain(); said != "Something went wrong while answering. Please try again in a few minutes." {
				t.Errorf("said %q", said)
			}
		})
	}
}

func TestAFailedSendIsNotRepeated(t *testing.T) {
	gone := errors.New("the person has blocked the bot")
	for _, text := range append([]string{"/sources", "/help", "/frobnicate", ""}, everyCommand...) {
		t.Run(text, func(t *testing.T) {
			s := openStore(t, bridge)
			out := &recording{fail: gone}
			if err := newBot(s).Handle(t.Context(), private(text), out); !errors.Is(err, gone) {
				t.Errorf("Handle returned %v, want %v", err, gone)
			}
			out.said(t)
			if _, err := s.ExchangeAt(t.Context(), "1", 0); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("an answer that was not sent is stored (%v)", err)
			}
		})
	}
}

// readOnlyStore returns a store with a report that can't store answers.
func readOnlyStore(t *testing.T, from string) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "reports.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	load(t, s, from)
	db, err := sql.Open("sqlite3", path)
	if err == nil {
		defer db.Close()
		_, err = db.Exec(`CREATE TRIGGER full BEFORE INSERT ON exchange BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnAnswerIsSentEvenIfItCannotBeStored(t *testing.T) {
	s := readOnlyStore(t, bridge)
	b, log := loggingBot(answer.New(s, retrieval.New(s), nil), s)
	out := &recording{}
	if err := b.Handle(t.Context(), private(lengthQuestion), out); err != nil {
		t.Errorf("Handle returned %v: the answer was shown", err)
	}
	if said := out.said(t).Plain(); !strings.Contains(said, "1.240 mét") {
		t.Errorf("said %q", said)
	}
	if !strings.Contains(log.String(), "the disk is full") {
		t.Errorf("the log lacks the error: %s", log)
	}
}

func TestARequeuedQuestionShowsNothing(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer *answer.Answer
		err    error
	}{
		{"while it is answered", nil, context.Canceled},
		{"when what there is of an answer would do", &answer.Answer{Edition: &store.Edition{}, Mode: answer.ByModel, Notice: answer.Stopped}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, park := context.WithCancelCause(t.Context())
			b, _ := loggingBot(asker(func(context.Context, func(answer.Claim)) (*answer.Answer, error) {
				park(ErrRequeued)
				return test.answer, test.err
			}), openStore(t, bridge))
			out := &recording{}
			if err := b.Handle(ctx, private("vì sao"), out); !errors.Is(err, ErrRequeued) {
				t.Errorf("Handle returned %v, want ErrRequeued", err)
			}
			if len(out.final) > 0 {
				t.Errorf("said %q", out.said(t).Plain())
			}
		})
	}
}

func TestCheckedClaimsAreShownAndStoredAfterAStop(t *testing.T) {
	s := openStore(t, bridge)
	live, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	footnote, err := s.Footnote(t.Context(), live.ID, 4)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	claim := answer.Claim{Text: "Lan can màu xanh ngọc.", Footnotes: []int{4}}
	b, _ := loggingBot(asker(func(_ context.Context, passed func(answer.Claim)) (*answer.Answer, error) {
		passed(claim)
		stop()
		a := &answer.Answer{Language: text.Vietnamese, Edition: live, Status: answer.Answered, Mode: answer.ByModel,
			Notice: answer.Stopped, Cause: context.Canceled, Claims: []answer.Claim{claim}}
		a.Footnotes = append(a.Footnotes, footnote)
		return a, nil
	}), s)
	out := &contextual{}
	if err := b.Handle(ctx, private("lan can màu gì?"), out); err != nil {
		t.Fatal(err)
	}
	said := out.said(t).Plain()
	if !strings.HasPrefix(said, "Lan can màu xanh ngọc. [4]\n\nĐã dừng theo yêu cầu.") {
		t.Errorf("said %q", said)
	}
	if out.ended != nil {
		t.Errorf("the answer was shown in a context that had ended: %v", out.ended)
	}
	if e, err := s.ExchangeAt(t.Context(), "1", 1); err != nil || fmt.Sprint(e.Notes) != "[4]" {
		t.Errorf("stored are %v (%v), want [4]", e.Notes, err)
	}
}

// contextual is a recording that records whether Final's context had ended.
type contextual struct {
	recording
	ended error
}

func (c *contextual) Final(ctx context.Context, m Message) (int, error) {
	c.ended = ctx.Err()
	return c.recording.Final(ctx, m)
}

func TestPartialAnswersGrowClaimByClaim(t *testing.T) {
	s := openStore(t, bridge)
	live, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	claims := []answer.Claim{{Text: "Một.", Footnotes: []int{1}}, {Text: "Hai."}, {Text: "Ba.", Footnotes: []int{2, 3}}}
	b, _ := loggingBot(asker(func(_ context.Context, passed func(answer.Claim)) (*answer.Answer, error) {
		for _, claim := range claims {
			passed(claim)
		}
		return &answer.Answer{Edition: live, Mode: answer.ByModel, Status: answer.Answered, Claims: claims}, nil
	}), s)
	out := &recording{}
	if err := b.Handle(t.Context(), private("vì sao"), out); err != nil {
		t.Fatal(err)
	}
	want := []string{"Một. [1]", "Một. [1]\nHai.", "Một. [1]\nHai.\nBa. [2] [3]"}
	var got []string
	for _, m := range out.partial {
		got = append(got, m.Plain())
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("partial answers\n got %q\nwant %q", got, want)
	}
}

func TestTheLogHasTheOutcomeOfAQuestionButNotItsText(t *testing.T) {
	s := openStore(t, bridge)
	b, log := loggingBot(answer.New(s, retrieval.New(s), nil), s)
	if err := b.Handle(t.Context(), private(lengthQuestion), &recording{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "status=passages mode=extractive claims=1") {
		t.Errorf("the log lacks the outcome: %s", log)
	}
	for _, word := range []string{"Sông", "Mây", "mét"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log has %q of the question: %s", word, log)
		}
	}
}

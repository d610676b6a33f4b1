package store

import (
	"fmt"
	"testing"
	"time"
)

func TestWhatPeopleAskOfTheModelIsCountedByDayAndChat(t *testing.T) {
	s := openAt(t, Memory)
	now := time.Date(2026, 11, 25, 23, 0, 0, 0, time.Local)
	s.now = func() time.Time { return now }
	spend := func(chat, person string, spent, want Usage) {
		t.Helper()
		if today, err := s.AddUsage(t.Context(), chat, person, spent); err != nil || today.Person != want {
			t.Errorf("%s in %s has spent %+v today (%v), want %+v", person, chat, today, err, want)
		}
	}
	in := func(chat string, day time.Time, want Usage) {
		t.Helper()
		var got Usage
		err := s.read.QueryRowContext(t.Context(), `SELECT coalesce(sum(questions), 0), coalesce(sum(prompt), 0), coalesce(sum(completion), 0)
			FROM spending WHERE day = ? AND chat = ?`, day.Format(time.DateOnly), chat).Scan(&got.Questions, &got.PromptTokens, &got.CompletionTokens)
		if err != nil || got != want {
			t.Errorf("in %s was spent %+v (%v), want %+v", chat, got, err, want)
		}
	}
	in("group", now, Usage{})
	spend("group", "ana", Usage{Questions: 1}, Usage{Questions: 1})
	spend("group", "ana", Usage{PromptTokens: 1000, CompletionTokens: 50}, Usage{1, 1000, 50})
	spend("private", "ana", Usage{1, 10, 5}, Usage{2, 1010, 55})
	spend("group", "ben", Usage{1, 7, 3}, Usage{1, 7, 3})
	in("group", now, Usage{2, 1007, 53})

	spend("5", "5", Usage{Questions: 9}, Usage{Questions: 9})
	settled(t, s.ForgetChat(t.Context(), 5)) // they shut the bot out, and in again
	spend("5", "5", Usage{Questions: 1}, Usage{Questions: 10})

	usage := func(got []UsageOf, err error) string {
		t.Helper()
		said := ""
		for _, u := range got {
			said += fmt.Sprintf("%s %d %d, ", u.Of, u.Questions, u.Tokens())
		}
		if err != nil {
			t.Error(err)
		}
		return said
	}
	ctx := t.Context()
	if got, want := usage(s.UsageByChat(ctx, 9)), "group 2 1060, private 1 15, 5 10 0, "; got != want {
		t.Errorf("by chat: %s, want %s", got, want)
	}
	if got, want := usage(s.UsageByChat(ctx, 1)), "group 2 1060, "; got != want {
		t.Errorf("by chat, at most one: %s, want %s", got, want)
	}
	if got, want := usage(s.UsageTodayByGroup(ctx)), "group 2 1060, private 1 15, "; got != want {
		t.Errorf("today by group: %s, want %s", got, want)
	}
	if got, want := usage(s.UsageTodayByPerson(ctx)), "5 10 0, ana 2 1065, ben 1 10, "; got != want {
		t.Errorf("today by person: %s, want %s", got, want)
	}

	yesterday := now
	now = now.Add(2 * time.Hour)
	spend("group", "ana", Usage{Questions: 1}, Usage{Questions: 1})
	in("group", yesterday, Usage{2, 1007, 53})
	settled(t, s.ForgetChat(t.Context(), 5))
	in("5", yesterday, Usage{})
	if got, want := usage(s.UsageByDay(ctx, 7)), "2026-11-26 1 0, 2026-11-25 3 1075, "; got != want {
		t.Errorf("by day: %s, want %s", got, want)
	}
	if got, want := usage(s.UsageTodayByPerson(ctx)), "ana 1 0, "; got != want {
		t.Errorf("today by person: %s, want %s", got, want)
	}
	now = now.Add(KeptUsage + 24*time.Hour)
	spend("group", "ben", Usage{Questions: 1}, Usage{Questions: 1})
	in("group", yesterday, Usage{})
}

package telegram

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"reportbot/bot"
	"reportbot/bot/telegram/telegramtest"
	"reportbot/store"
)

// One person's presses are no more than a few at a time; the others are told to
// wait, and other people's are carried out.
func TestCallbackFloodFromOnePersonDelaysNobody(t *testing.T) {
	slow(t)
	t.Parallel()
	s := newStage(t, bridge)
	s.start()
	ana, ben := s.srv.User("Ana", "vi"), s.srv.User("Ben", "vi")
	anas, bens := ana.Writes(lengthQuestion), ben.Writes(lengthQuestion)
	mine, others := s.srv.WaitReply(patience, anas), s.srv.WaitReply(patience, bens)
	buttonOf := func(m telegramtest.Message) string { return m.Buttons[0][0].CallbackData }
	// Ana's chat takes nothing for long, so that hers wait.
	s.srv.Fail("sendMessage", -1, telegramtest.Fault{RetryAfter: 3600})
	var presses []string
	for range maxPriorityJobs + 5 {
		presses = append(presses, ana.Presses(mine, buttonOf(mine)))
	}
	s.srv.Wait(patience, "a press to be put off", func() bool {
		waits := 0
		for _, c := range s.srv.Calls("answerCallbackQuery") {
			if slices.Contains(presses, c.Params["callback_query_id"]) && strings.Contains(c.Params["text"], "chờ") {
				waits++
			}
		}
		return waits > 0
	})
	s.srv.Recover()
	ben.Presses(others, buttonOf(others))
	s.srv.WaitMessage(patience, func(m telegramtest.Message) bool { return m.ChatID == ben.ID && strings.Contains(m.Text, "Đoạn") })
}

func TestOnlyTheLatestInlineQueryIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var queries inlineQueue
		typed := func(id, person int64) pendingInline {
			return pendingInline{store.Update{ID: id}, inlineQuery{query: bot.Query{Sender: bot.Sender{ID: person}}}}
		}
		for _, step := range []struct {
			id, person int64
			now        bool
			old        int64 // the update that is not needed any more; 0: none
		}{
			{1, 7, true, 0}, {2, 7, false, 0}, {3, 7, false, 2}, {4, 8, true, 0}, {5, 7, false, 3},
		} {
			now, old := queries.add(typed(step.id, step.person))
			if now != step.now || (old == nil) != (step.old == 0) || old != nil && old.update.ID != step.old {
				t.Errorf("query %d: now %v, instead of %v", step.id, now, old)
			}
		}
		if next := queries.next(7); next == nil || next.update.ID != 5 {
			t.Errorf("next is %v", next)
		}
		if next := queries.next(7); next != nil {
			t.Errorf("then %v", next)
		}
		if now, _ := queries.add(typed(6, 7)); !now {
			t.Error("once all are answered the next one waits")
		}
	})
}

package telegram

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"reportbot/bot/telegram/telegramtest"
)

// commandsIn returns the names of the commands that Telegram shows.
func commandsIn(s *stage, scope, language string) []string {
	var names []string
	for _, c := range s.srv.Commands(scope, language) {
		names = append(names, c.Command)
	}
	return names
}

func TestEveryAudienceGetsItsCommands(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	ana := s.srv.User("Ana", "vi")
	s.admins = []int64{ana.ID}
	ana.Writes("/help")
	s.start()
	s.srv.WaitCall(patience, "setChatMenuButton", nil)

	admin := "chat " + strconv.FormatInt(ana.ID, 10)
	for _, test := range []struct {
		scope      string
		has, lacks string
	}{
		{"all_private_chats", "reset", "rollback"},
		{"all_group_chats", "ask", "settings"},
		{"all_chat_administrators", "settings", "rollback"},
		{admin, "rollback", ""},
	} {
		for _, language := range []string{"", "en"} {
			names := commandsIn(s, test.scope, language)
			if !slices.Contains(names, test.has) || slices.Contains(names, test.lacks) {
				t.Errorf("%s in %q are shown %v", test.scope, language, names)
			}
		}
	}
	for _, test := range []struct{ field, language, begins string }{
		{"description", "", "Tôi trả lời câu hỏi"}, {"description", "en", "I answer questions"},
		{"short_description", "", "Hỏi đáp"}, {"short_description", "en", "Questions and answers"},
	} {
		if got := s.srv.ProfileText(test.field, test.language); !strings.HasPrefix(got, test.begins) {
			t.Errorf("%s in %q is %q", test.field, test.language, got)
		}
	}

	setters := []string{"setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton"}
	set, asked := len(s.srv.Calls(setters...)), len(s.srv.Calls("getMyCommands"))
	s.stopped()
	s.start()
	s.srv.Wait(patience, "the profile again", func() bool { return len(s.srv.Calls("getMyCommands")) == 2*asked })
	s.stopped()
	if again := len(s.srv.Calls(setters...)); set != 13 || again != set {
		t.Errorf("%d calls set the profile at first, %d with the second start", set, again)
	}
}

func TestRefusedProfileIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newStage(t, bridge)
	s.admins = []int64{99} // has never written to the bot
	s.srv.Fail("setMyCommands", 2, telegramtest.Fault{Status: 500})
	s.srv.Fail("getMyDescription", 1, telegramtest.Fault{RetryAfter: 3})
	ana := s.srv.User("Ana", "vi")
	s.start()
	question := ana.Writes("/help")
	s.srv.WaitReply(patience, question)
	s.srv.WaitCall(patience, "setChatMenuButton", nil)
	if names := commandsIn(s, "all_chat_administrators", "en"); !slices.Contains(names, "settings") {
		t.Errorf("what was not refused is shown as %v", names)
	}
	s.srv.Wait(patience, "a line in the log", func() bool {
		return strings.Contains(s.log.String(), "could not update the bot's whole profile")
	})
}

package bot

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCommandsHaveUniqueNamesAndMenuLines(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range commandTable() {
		if seen[c.name] {
			t.Errorf("/%s is twice in the table", c.name)
		}
		seen[c.name] = true
		if c.run == nil || (c.where == nowhere) != (c.about == "") {
			t.Errorf("/%s: %+v", c.name, c)
		}
	}
}

func TestIDShowsThePersonsAndTheChatsID(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		name string
		in   Incoming
		want string
	}{
		{"in private", Incoming{Chat: "8", Thread: "8", Private: true, Sender: Sender{ID: 8}}, "Id của bạn: 8\nId của cuộc trò chuyện này: 8"},
		{"in a group", Incoming{Chat: "-100", Thread: "-100/3", Sender: Sender{ID: 8}}, "Id của bạn: 8\nId của cuộc trò chuyện này: -100"},
		{"an anonymous administrator", Incoming{Chat: "-100", Thread: "-100", Sender: Sender{ID: 1087968824, Anonymous: true}},
			"Bạn đang viết ẩn danh nên tôi không thấy id của bạn.\nId của cuộc trò chuyện này: -100"},
	} {
		test.in.Text = "/id"
		if said := ask(t, b, test.in); said != test.want {
			t.Errorf("%s: %q, want %q", test.name, said, test.want)
		}
	}
}

func TestMenuOfEachAudience(t *testing.T) {
	names := func(to Audience) string {
		var names []string
		for _, o := range New(Config{}).Menu(to, "vi") {
			names = append(names, o.Command)
		}
		return strings.Join(names, " ")
	}
	for _, test := range []struct {
		name           string
		to             Audience
		offered, isnot []string
	}{
		{"a person", Person, []string{"ask", "find", "reset", "settings"}, []string{"rollback"}},
		{"a group", Group, []string{"ask", "find"}, []string{"settings", "rollback", "reset"}},
		{"a group's administrators", GroupAdmins, []string{"ask", "settings"}, []string{"rollback"}},
		{"the bot's admins", Admins, []string{"ask", "find", "settings", "rollback"}, nil},
	} {
		for _, command := range test.offered {
			if !regexp.MustCompile(`\b` + command + `\b`).MatchString(names(test.to)) {
				t.Errorf("the menu of %s lacks /%s: %s", test.name, command, names(test.to))
			}
		}
		for _, command := range test.isnot {
			if regexp.MustCompile(`\b` + command + `\b`).MatchString(names(test.to)) {
				t.Errorf("the menu of %s has /%s: %s", test.name, command, names(test.to))
			}
		}
	}
}

// Telegram's limits: 256 characters for a command's description, 512 and 120 for the
// bot's.
func TestMenuAndDescriptionsFitTelegramsLimits(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for _, o := range New(Config{}).Menu(Admins, lang) {
			if n := utf8.RuneCountInString(o.About); n < 3 || n > 256 {
				t.Errorf("the menu line of /%s has %d characters", o.Command, n)
			}
		}
		long, brief := New(Config{}).Description(lang)
		if n, m := utf8.RuneCountInString(long), utf8.RuneCountInString(brief); n > 512 || m > 120 {
			t.Errorf("the descriptions have %d and %d characters", n, m)
		}
	}
}

func TestHelpListsTheSendersCommands(t *testing.T) {
	b := newBot(openStore(t, bridge))
	b.admins = []int64{7}
	admin := private("/help")
	admin.Sender.ID = 7
	adminInGroup := inGroup("/help")
	adminInGroup.Sender.ID = 7
	for _, test := range []struct {
		name       string
		in         Incoming
		has, lacks string
	}{
		{"a person", private("/help"), "/reset – bắt đầu lại", "/rollback"},
		{"a group", inGroup("/help"), "nhắc tên tôi", "/reset"},
		{"a group, of its settings", inGroup("/help"), "/settings – cài đặt của nhóm, cho quản trị viên", "/rollback"},
		{"an admin of the bot", admin, "/rollback – dùng lại một bản cũ", "nhắc tên tôi"},
		{"an admin of the bot in a group", adminInGroup, "/ask – hỏi", "/rollback"},
	} {
		if said := ask(t, b, test.in); !strings.Contains(said, test.has) || strings.Contains(said, test.lacks) {
			t.Errorf("%s: %q must be there, %q must not: %s", test.name, test.has, test.lacks, said)
		}
	}
}

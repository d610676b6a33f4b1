package bot

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The bot's commands and buttons by who may use them. A new one must be added here.
var (
	commandRoles = map[role][]string{
		anyone:     {"start", "help", "ask", "q", "stop", "reset", "sources", "note", "report", "sections", "find", "summary", "verify", "id", "privacy", "forget"},
		chatAdmins: {"settings"},
		admins:     {"versions", "reload", "status", "rollback", "diff", "check", "audit", "unanswered", "feedback"},
	}
	buttonRoles = map[role][]string{
		anyone: {
			"stop", "p:1", "g:1:1:1", "t:1", "s:1", "m:1:0", "bell:1", "n:1", "u:1", "d:1", "w:1:wrong",
		},
		chatAdmins: {"c:sound:off", "f:all"},
		admins:     {"v:1", "a:1", "x:1"},
	}
)

const walkedGroup, walkedAdmin = "-100", 7

// walkers are the kinds of senders, and what each may use.
var walkers = []struct {
	name        string
	in          Incoming
	administers bool // the chat, as its transport knows
	roles       []role
}{
	{"a person in private", Incoming{Chat: "8", Thread: "8", Private: true, Sender: Sender{ID: 8}}, true, []role{anyone, chatAdmins}},
	{"a person in a group", Incoming{Sender: Sender{ID: 8}}, false, []role{anyone}},
	{"a group's administrator", Incoming{Sender: Sender{ID: 9}}, true, []role{anyone, chatAdmins}},
	{"an anonymous administrator, though ADMIN_IDS has that id", Incoming{Sender: Sender{ID: 1087968824, Anonymous: true}}, true, []role{anyone, chatAdmins}},
	{"who writes in a channel's name", Incoming{}, false, []role{anyone}},
	{"an admin of the bot in private", Incoming{Chat: "7", Thread: "7", Private: true, Sender: Sender{ID: walkedAdmin}}, true, []role{anyone, chatAdmins, admins}},
	{"an admin of the bot in a group of others", Incoming{Sender: Sender{ID: walkedAdmin}}, false, []role{anyone, admins}},
	{"a person in a chat that is not allowed", Incoming{Chat: "-666", Thread: "-666", Sender: Sender{ID: 8}}, true, nil},
	{"an admin of the bot in a chat that is not allowed", Incoming{Chat: "-666", Thread: "-666", Sender: Sender{ID: walkedAdmin}}, true, nil},
	{"who sits at the terminal", Incoming{Chat: "console", Thread: "console", Private: true, Sender: Sender{Owner: true}}, true, []role{anyone, chatAdmins, admins}},
}

// isRefusal reports whether a reply refuses permission. Non-admins don't learn that
// admin commands exist.
func isRefusal(said string) bool {
	return said == say("vi", "settings_are_for_admins") || said == say("vi", "not_for_you") || strings.HasPrefix(said, "Tôi không có lệnh /")
}

// walk calls use for every command or button and every kind of sender, and checks
// whether it was carried out.
func walk(t *testing.T, all map[role][]string, use func(t *testing.T, b *Bot, in Incoming, what string, out *recording)) {
	for _, walker := range walkers {
		t.Run(walker.name, func(t *testing.T) {
			b := newBot(openStore(t, bridge))
			b.admins, b.allowed = []int64{walkedAdmin, 1087968824}, []int64{-100, 8}
			in := walker.in
			if in.Chat == "" {
				in.Chat, in.Thread = walkedGroup, walkedGroup
			}
			if walker.roles != nil {
				answerTo(t, b, Incoming{Chat: in.Chat, Thread: in.Thread, Private: in.Private, Sender: in.Sender, Text: "/ask " + lengthQuestion}, 5)
			}
			for who, list := range all {
				for _, what := range list {
					out := &recording{administers: walker.administers}
					use(t, b, in, what, out)
					carriedOut := !out.silent()
					for _, m := range out.final {
						carriedOut = carriedOut && !isRefusal(m.Plain())
					}
					for _, said := range out.toasts {
						carriedOut = carriedOut && !isRefusal(said)
					}
					if want := slices.Contains(walker.roles, who); carriedOut != want {
						t.Errorf("%s is carried out: %v, want %v: %+v", what, carriedOut, want, out)
					}
				}
			}
		})
	}
}

func TestEveryCommandByEveryKindOfSender(t *testing.T) {
	walk(t, commandRoles, func(t *testing.T, b *Bot, in Incoming, what string, out *recording) {
		in.Text = "/" + what
		if err := b.Handle(t.Context(), in, out); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	})
}

func TestEveryButtonByEveryKindOfSender(t *testing.T) {
	walk(t, buttonRoles, func(t *testing.T, b *Bot, in Incoming, what string, out *recording) {
		p := Callback{Chat: in.Chat, Thread: in.Thread, Private: in.Private, Sender: in.Sender, Message: 5, Data: what}
		if err := b.HandleCallback(t.Context(), p, out); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	})
}

func TestTheRoleTablesAreComplete(t *testing.T) {
	b := New(Config{})
	for who, names := range commandRoles {
		for _, name := range names {
			if c := b.commandNamed(name); c == nil || c.who != who {
				t.Errorf("/%s: %+v, want it for %d", name, c, who)
			}
		}
	}
	for who, list := range buttonRoles {
		for _, data := range list {
			if name, _, _ := strings.Cut(data, ":"); buttons[name].who != who {
				t.Errorf("%s is for %d, the table says %d", name, buttons[name].who, who)
			}
		}
	}
	all := func(table map[role][]string) []string {
		names := map[string]bool{}
		for _, list := range table {
			for _, name := range list {
				name, _, _ = strings.Cut(name, ":")
				names[name] = true
			}
		}
		return slices.Sorted(maps.Keys(names))
	}
	if got, want := all(commandRoles), slices.Sorted(commandNames(b.commands)); !slices.Equal(got, want) {
		t.Errorf("the table has the commands %v, the bot %v", got, want)
	}
	if got, want := all(buttonRoles), slices.Sorted(maps.Keys(buttons)); !slices.Equal(got, want) {
		t.Errorf("the table has the buttons %v, the bot %v", got, want)
	}
}

func commandNames(commands []command) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, c := range commands {
			if !yield(c.name) {
				return
			}
		}
	}
}

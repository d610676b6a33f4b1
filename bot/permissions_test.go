package bot

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestRolesOfSenders(t *testing.T) {
	const admin, person = 7, 8
	b := New(Config{Name: "report_test_bot", Admins: []int64{admin, 1087968824}})
	for _, test := range []struct {
		name        string
		sender      Sender
		administers bool // the chat
		chatAdmins  bool // wanted
		admins      bool
	}{
		{"a person", Sender{ID: person}, false, false, false},
		{"a group's administrator", Sender{ID: person}, true, true, false},
		{"an admin of the bot", Sender{ID: admin}, false, false, true},
		{"an anonymous administrator, listed or not", Sender{ID: 1087968824, Anonymous: true}, true, true, false},
		{"nobody", Sender{}, false, false, false},
		{"who sits at the terminal", Sender{Owner: true}, true, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{administers: test.administers}
			for who, want := range map[role]bool{anyone: true, chatAdmins: test.chatAdmins, admins: test.admins} {
				got, err := b.allows(t.Context(), who, test.sender, out)
				if err != nil || got != want {
					t.Errorf("role %d: %v, %v; want %v", who, got, err, want)
				}
			}
		})
	}
}

func TestTheBotAnswersOnlyInAllowedChats(t *testing.T) {
	const admin = 7
	s := openStore(t, bridge)
	for _, test := range []struct {
		allowed []int64
		in      Incoming
		heard   bool
	}{
		{nil, Incoming{Chat: "-100", Sender: Sender{ID: 8}}, true},
		{[]int64{-100}, Incoming{Chat: "-100", Sender: Sender{ID: 8}}, true},
		{[]int64{-100}, Incoming{Chat: "-100", Thread: "-100/9", Sender: Sender{ID: 8}}, true},
		{[]int64{-100}, Incoming{Chat: "-1001", Sender: Sender{ID: 8}}, false},
		{[]int64{-100}, Incoming{Chat: "8", Private: true, Sender: Sender{ID: 8}}, false},
		{[]int64{8}, Incoming{Chat: "8", Private: true, Sender: Sender{ID: 8}}, true},
		{[]int64{-100}, Incoming{Chat: "7", Private: true, Sender: Sender{ID: admin}}, true},
		{[]int64{-100}, Incoming{Chat: "-200", Sender: Sender{ID: admin}}, false},
		{[]int64{-100}, Incoming{Chat: "console", Private: true, Sender: Sender{Owner: true}}, true},
	} {
		t.Run(fmt.Sprintf("%v %+v", test.allowed, test.in), func(t *testing.T) {
			b := newBot(s)
			b.admins, b.allowed = []int64{admin}, test.allowed
			out := &recording{}
			test.in.Text = "/help"
			if err := b.Handle(t.Context(), test.in, out); err != nil {
				t.Fatal(err)
			}
			press := Callback{Chat: test.in.Chat, Thread: test.in.Thread, Private: test.in.Private, Sender: test.in.Sender, Data: stopData}
			if err := b.HandleCallback(t.Context(), press, out); err != nil {
				t.Fatal(err)
			}
			if heard := len(out.final) == 1 && len(out.toasts) == 1; heard != test.heard || !heard && !out.silent() {
				t.Errorf("answered: %v, want %v: %+v", heard, test.heard, out)
			}
		})
	}
}

func TestUnknownButtonsAreIgnored(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, data := range []string{"", ":", "stopp", "drop table", "\x00"} {
		out := &recording{}
		if err := b.HandleCallback(t.Context(), Callback{Chat: "1", Thread: "1", Private: true, Data: data}, out); err != nil || !out.silent() {
			t.Errorf("%q: %v, %+v", data, err, out)
		}
	}
}

// The reply to an admin command must not reveal to others that it exists.
func TestAdminCommandsLookUnknownToOthers(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct{ before, after string }{{"", ""}, {"", " 1"}, {"Cầu Sông Mây dài bao nhiêu mét? ", ""}, {"Cầu Sông Mây ", " dài bao nhiêu mét?"}} {
		for _, in := range []Incoming{private(""), inGroup(""), toTheBot("")} {
			in.Sender = Sender{ID: 8}
			first := in
			first.Text = "/ask " + lengthQuestion // says that no model is set, once
			if err := b.Handle(t.Context(), first, &recording{}); err != nil {
				t.Fatal(err)
			}
			said := func(command string) (bool, string) {
				in, out := in, &recording{}
				in.Text = test.before + command + test.after
				if err := b.Handle(t.Context(), in, out); err != nil {
					t.Fatal(err)
				}
				var all string
				for _, m := range out.final {
					all += show(m)
				}
				return b.ShouldAnswer(in), strings.ReplaceAll(all, command, "/x")
			}
			concerns, real := said("/versions")
			alsoConcerns, made := said("/xxversionsxx")
			if concerns != alsoConcerns || real != made {
				t.Errorf("%q /versions %q, private %v: %v, %q; a word that is no command: %v, %q",
					test.before, test.after, in.Private, concerns, real, alsoConcerns, made)
			}
		}
	}
}

func TestAnAllowedChatStaysAllowedUnderItsNewID(t *testing.T) {
	b := New(Config{AllowedChats: []int64{-5}, Log: slog.New(slog.DiscardHandler)})
	b.ChatMoved(-6, -1006) // never allowed
	b.ChatMoved(-5, -1005)
	b.ChatMoved(-5, -1005)
	for chat, want := range map[string]bool{"-5": true, "-1005": true, "-6": false, "-1006": false} {
		if got := b.chatAllowed(chat, false, Sender{ID: 7}); got != want {
			t.Errorf("chat %s is admitted: %v", chat, got)
		}
	}
	if len(b.allowed) != 2 {
		t.Errorf("allowed are %v", b.allowed)
	}
	anywhere := New(Config{Log: slog.New(slog.DiscardHandler)})
	if anywhere.ChatMoved(-5, -1005); !anywhere.chatAllowed("-9", false, Sender{}) {
		t.Error("a chat with a new id restricted a bot that is allowed in all chats")
	}
}

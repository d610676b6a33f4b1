package bot

import (
	"context"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
)

const settingsGroup = "-1"

// setting presses a settings button of a group, as one of its administrators.
func setting(t *testing.T, b *Bot, what string) *recording {
	t.Helper()
	out := &recording{administers: true}
	p := Callback{Chat: settingsGroup, Thread: settingsGroup, Sender: Sender{ID: 9}, Message: 1, Data: "c:" + what}
	if err := b.HandleCallback(t.Context(), p, out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSettingsAreShownAndSetByButtons(t *testing.T) {
	b := newBot(openStore(t, bridge))
	out := &recording{administers: true}
	if err := b.Handle(t.Context(), inGroup("/settings"), out); err != nil {
		t.Fatal(err)
	}
	want := "*Cài đặt của nhóm này*\n🌐 Ngôn ngữ: *Tự động*\n📏 Độ dài câu trả lời: *Vừa*\n🙋 Ai được hỏi: *Mọi người*\n📝 Tóm tắt: *Bật*\n🔔 Âm báo: *Có tiếng*\n⚠ Sửa câu trả lời cũ: *Khi báo cáo đổi*"
	if got := show(out.said(t)); got != want {
		t.Errorf("/settings shows\n%s\nwant\n%s", got, want)
	}
	if got, want := out.final[0].Buttons[0], []Button{
		{Text: "✅ Tự động", Data: "c:language:"}, {Text: "🌐 Tiếng Việt", Data: "c:language:vi"}, {Text: "🌐 Tiếng Anh", Data: "c:language:en"},
	}; !slices.Equal(got, want) {
		t.Errorf("the first row is %+v, want %+v", got, want)
	}

	setting(t, b, "asking:admins")
	after := setting(t, b, "language:en")
	want = "*This group's settings*\n🌐 Language: *English*\n📏 Length of answers: *Medium*\n🙋 Who may ask: *Administrators*\n📝 Summaries: *On*\n🔔 Sound: *With sound*\n⚠ Correct earlier answers: *When the report changes*"
	if len(after.replaced) != 1 || show(after.replaced[0]) != want {
		t.Errorf("after two presses it shows %+v, want\n%s", after.replaced, want)
	}
	if back := setting(t, b, "language:"); !strings.HasPrefix(show(back.replaced[0]), "*Cài đặt của nhóm này*\n🌐 Ngôn ngữ: *Tự động*\n📏 Độ dài câu trả lời: *Vừa*\n🙋 Ai được hỏi: *Quản trị viên*") {
		t.Errorf("set back, it shows %s", show(back.replaced[0]))
	}
}

func TestPrivateChatsHaveNoGroupSettings(t *testing.T) {
	b := newBot(openStore(t, bridge))
	out := &recording{administers: true}
	if err := b.Handle(t.Context(), private("/settings"), out); err != nil {
		t.Fatal(err)
	}
	if got := show(out.said(t)); got != "*Cài đặt của bạn*\n🌐 Ngôn ngữ: *Tự động*\n📏 Độ dài câu trả lời: *Vừa*\n🔔 Âm báo: *Có tiếng*\n⚠ Sửa câu trả lời cũ: *Khi báo cáo đổi*" {
		t.Errorf("/settings shows\n%s", got)
	}
}

func TestInvalidSettingsAreIgnored(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	for _, what := range []string{"", ":", "language:fr", "language:en:x", "greeted:1", "asking:nobody", strings.Repeat("x", 60)} {
		out := setting(t, b, what)
		set, err := s.Settings(t.Context(), settingsGroup)
		if err != nil || len(set) > 0 || !out.silent() {
			t.Errorf("%q: %v, %v, %+v", what, set, err, out)
		}
	}
}

func TestTheChatsLanguageOverridesThePersons(t *testing.T) {
	b := newBot(openStore(t, bridge))
	setting(t, b, "language:en")
	for _, test := range []struct{ name, text, working, said string }{
		{"what the bot says of itself", "/help", "", "Send a question"},
		{"an answer is in its question's language", "/ask " + lengthQuestion, "Looking it up", "\nNguồn:\n"},
		{"a question that tells no language", "/ask 1.240", "Looking it up", "\nSources:\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{}
			in := inGroup(test.text)
			in.Client = "vi"
			if err := b.Handle(t.Context(), in, out); err != nil {
				t.Fatal(err)
			}
			if said := out.said(t).Plain(); !strings.Contains(said, test.said) {
				t.Errorf("said %q, want %q in it", said, test.said)
			}
			if test.working != "" && !strings.HasPrefix(out.working[0].Plain(), test.working) {
				t.Errorf("while it works: %q", out.working[0].Plain())
			}
		})
	}
	if said := ask(t, b, private("/help")); !strings.HasPrefix(said, "Cứ gửi câu hỏi") {
		t.Errorf("elsewhere /help says %q", said)
	}
}

func TestAGroupCanRestrictQuestionsToItsAdministrators(t *testing.T) {
	b := newBot(openStore(t, bridge))
	setting(t, b, "asking:admins")
	for _, test := range []struct {
		name        string
		in          Incoming
		administers bool
		want        string
	}{
		{"a member", inGroup("/ask " + lengthQuestion), false, "Trong nhóm này chỉ quản trị viên được hỏi."},
		{"a member who mentions the bot", toTheBot(lengthQuestion), false, "Trong nhóm này chỉ quản trị viên được hỏi."},
		{"an administrator", inGroup("/ask " + lengthQuestion), true, "dài 1.240 mét"},
		{"a member may still look at sources", inGroup("/note 1"), false, "Chú thích [1]"},
		{"in private", private(lengthQuestion), false, "dài 1.240 mét"},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{administers: test.administers}
			if err := b.Handle(t.Context(), test.in, out); err != nil {
				t.Fatal(err)
			}
			if said := out.said(t).Plain(); !strings.Contains(said, test.want) {
				t.Errorf("said %q, want %q in it", said, test.want)
			}
		})
	}
}

func TestQuietChatsGetQuietMessages(t *testing.T) {
	b := newBot(openStore(t, bridge))
	setting(t, b, "sound:off")
	out := &recording{}
	if err := b.Handle(t.Context(), inGroup("/ask "+lengthQuestion), out); err != nil {
		t.Fatal(err)
	}
	if !out.working[0].Quiet || !out.said(t).Quiet {
		t.Errorf("it makes a sound: %+v", out)
	}
	out = &recording{}
	if err := b.HandleCallback(t.Context(), Callback{Chat: settingsGroup, Thread: settingsGroup, Data: "s:1"}, out); err != nil || !out.said(t).Quiet {
		t.Errorf("what a button shows makes a sound: %v, %+v", err, out)
	}
	if out := answerTo(t, b, private("/help"), 1); out.Quiet {
		t.Error("another chat is answered without a sound")
	}
}

func TestNothingIsSetIfTheAdministratorsAreUnknown(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	out := &unsure{&recording{}}
	if err := b.HandleCallback(t.Context(), Callback{Chat: settingsGroup, Thread: settingsGroup, Data: "c:language:en"}, out); err == nil {
		t.Error("HandleCallback returned no error")
	}
	if set, err := s.Settings(t.Context(), settingsGroup); err != nil || len(set) > 0 {
		t.Errorf("it is set: %v, %v", set, err)
	}
}

// unsure is a transport that fails to find a chat's administrators.
type unsure struct{ *recording }

func (*unsure) Administers(context.Context) (bool, error) { return false, context.DeadlineExceeded }

// asked is an Asker that records its requests.
type asked struct {
	Asker
	requests []answer.Request
}

func (a *asked) Ask(ctx context.Context, r answer.Request, passed func(answer.Claim)) (*answer.Answer, error) {
	a.requests = append(a.requests, r)
	return a.Asker.Ask(ctx, r, passed)
}

func TestAnswersHaveTheChatsLengthSetting(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	asker := &asked{Asker: b.asker}
	b.asker = asker
	for _, test := range []struct {
		set  string
		want answer.Length
	}{{"length:full", answer.Full}, {"length:brief", answer.Brief}, {"length:", answer.Usual}} {
		setting(t, b, test.set)
		ask(t, b, inGroup("/ask "+lengthQuestion))
		if got := asker.requests[len(asker.requests)-1].Length; got != test.want {
			t.Errorf("%s: asked for %q, want %q", test.set, got, test.want)
		}
	}
}

func TestAGroupCanSwitchSummariesOff(t *testing.T) {
	b := newBot(openStore(t, bridge))
	setting(t, b, "summaries:off")
	if said := ask(t, b, inGroup("/summary")); !strings.HasPrefix(said, "Nhóm này đã tắt tóm tắt.") {
		t.Errorf("in the group it says %q", said)
	}
	if said := ask(t, b, private("/summary")); strings.Contains(said, "tắt tóm tắt") {
		t.Errorf("in private it says %q", said)
	}
}

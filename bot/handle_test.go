package bot

import (
	"strings"
	"testing"
)

func private(text string) Incoming {
	return Incoming{Chat: "1", Thread: "1", Private: true, Text: text}
}
func inGroup(text string) Incoming { return Incoming{Chat: "-1", Thread: "-1", Text: text} }
func toTheBot(text string) Incoming {
	return Incoming{Chat: "-1", Thread: "-1", Text: text, Addressed: true}
}

func TestWhichMessagesAreAnswered(t *testing.T) {
	const (
		answered  = "dài 1.240 mét"
		usage     = "Hãy viết câu hỏi sau lệnh"
		wordless  = "Bạn viết câu hỏi giúp tôi nhé"
		helped    = "Cứ gửi câu hỏi"
		unknown   = "Tôi không có lệnh /frobnicate."
		textOnly  = "Tôi chỉ đọc được tin nhắn chữ."
		noneAsked = "Chưa có câu trả lời nào"
		silence   = ""
	)
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		name string
		in   Incoming
		want string // a part of the reply; silence for no reply
	}{
		{"in private any text is a question", private(lengthQuestion), answered},
		{"in private, with /ask", private("/ask " + lengthQuestion), answered},
		{"in private, /ask in mid-text", private(lengthQuestion + " /ask"), answered},
		{"in private, with the bot's name", private("@report_test_bot " + lengthQuestion), answered},
		{"in private, what the bot knows", private("@report_test_bot biết gì?"), helped},
		{"in private, /ask without a question", private("/ask"), usage},
		{"in private, the bot's name alone", private("@report_test_bot"), wordless},
		{"in private, a question of nothing to see", private("\u200b\u2060"), wordless},
		{"in private, /ask with nothing to see", private("/ask \u200b"), usage},
		{"in private, an unknown command", private("/frobnicate it"), unknown},
		{"in private, an unknown command that names the bot", private("/frobnicate@report_test_bot"), unknown},
		{"in private, a command that names another bot", private("/ask@sky_bot " + lengthQuestion), answered},
		{"in private, what is no text", private(""), textOnly},
		{"/start says which report it is", private("/start"), "Hồ sơ cầu Sông Mây"},
		{"/start with a payload", private("/start from_the_web_site"), "Hồ sơ cầu Sông Mây"},
		{"/help", private("/help"), helped},
		{"/HELP", private("/HELP"), helped},
		{"/help naming the bot", private("/help@Report_Test_Bot"), helped},
		{"/sources before any answer", private("/sources"), noneAsked},

		{"in a group, chatter", inGroup(lengthQuestion), silence},
		{"in a group, a picture", inGroup(""), silence},
		{"in a group, a picture in reply to the bot", toTheBot(""), silence},
		{"in a group, /ask", inGroup("/ask " + lengthQuestion), answered},
		{"in a group, /ask naming the bot", inGroup("/ask@report_test_bot " + lengthQuestion), answered},
		{"in a group, /ask in capitals", inGroup("/ASK@REPORT_TEST_BOT " + lengthQuestion), answered},
		{"in a group, /ask in mid-text", inGroup("bot ơi /ask " + lengthQuestion), silence},
		{"in a group, /ask in mid-text, naming the bot", inGroup("bot ơi /ask@report_test_bot " + lengthQuestion), answered},
		{"in a group, /ask in mid-text of a reply to the bot", toTheBot("bot ơi /ask " + lengthQuestion), answered},
		{"in a group, /ask without a question", inGroup("/ask"), usage},
		{"in a group, the bot is mentioned", toTheBot("@report_test_bot " + lengthQuestion), answered},
		{"in a group, the bot is mentioned at the end", toTheBot(lengthQuestion + " @report_test_bot"), answered},
		{"in a group, what the bot knows", toTheBot("@report_test_bot biết gì?"), helped},
		{"in a group, a reply to the bot", toTheBot(lengthQuestion), answered},
		{"in a group, the bot's name alone", toTheBot("@report_test_bot"), wordless},
		{"in a group, /help", inGroup("/help"), helped},
		{"in a group, an unknown command", inGroup("/frobnicate"), silence},
		{"in a group, an unknown command in reply to the bot", toTheBot("/frobnicate"), silence},
		{"in a group, an unknown command that names the bot", inGroup("/frobnicate@report_test_bot"), unknown},
		{"in a group, another bot's command", inGroup("/ask@sky_bot " + lengthQuestion), silence},
		{"in a group, another bot's command in reply to this one", toTheBot("/ask@sky_bot " + lengthQuestion), silence},
		{"in a group, a look-alike of a command", inGroup("/\u0430sk " + lengthQuestion), silence},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{}
			test.in.Thread = test.name
			if err := b.Handle(t.Context(), test.in, out); err != nil {
				t.Fatal(err)
			}
			if test.want == silence {
				if !out.silent() {
					t.Errorf("%q was answered: %+v", test.in.Text, out)
				}
				return
			}
			if said := out.said(t).Plain(); !strings.Contains(said, test.want) {
				t.Errorf("%q\n got %q\nwant %q in it", test.in.Text, said, test.want)
			}
			// Only a search takes long enough for a progress note.
			if looked := test.want == answered; (len(out.working) == 1) != looked {
				t.Errorf("%q: Working was called %d times", test.in.Text, len(out.working))
			}
		})
	}
}

func TestTheBotIsOnlyCalledInAReplyToIt(t *testing.T) {
	b := New(Config{Name: "report_test_bot"})
	in := toTheBot("@report_test_bot ai?")
	if !b.mayBeSubject(in) {
		t.Errorf("%q asks nothing of the bot", in.Text)
	}
	if in.RepliesTo = 7; b.mayBeSubject(in) {
		t.Errorf("%q asks of the bot, in a reply to it", in.Text)
	}
}

func TestQuestionsOverTheMaximumLengthAreRefused(t *testing.T) {
	b := newBot(openStore(t, bridge))
	longest := lengthQuestion + " " + strings.Repeat("ả", maxQuestion)
	longest = string([]rune(longest)[:maxQuestion])
	for _, test := range []struct {
		name, text string
		refused    bool
	}{
		{"4,096 characters of several bytes each", longest, false},
		{"4,097 characters", longest + "ả", true},
		{"4,097 with the command, fewer without", "/ask " + longest[:len(longest)-len("ả")*4], false},
		{"4,097 with white space, fewer without", longest + "\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{}
			if err := b.Handle(t.Context(), private(test.text), out); err != nil {
				t.Fatal(err)
			}
			said := out.said(t).Plain()
			if refused := strings.Contains(said, "4.097 ký tự, tối đa 4.096"); refused != test.refused {
				t.Errorf("refused: %v, want %v: %.200q", refused, test.refused, said)
			}
			if test.refused == (len(out.working) > 0) {
				t.Errorf("Working was called %d times", len(out.working))
			}
		})
	}
}

func TestRepliesAreInTheClientsLanguage(t *testing.T) {
	const (
		vi, en = "Cứ gửi câu hỏi", "Send a question"
	)
	b := newBot(openStore(t, bridge))
	for _, test := range []struct{ client, want string }{
		{"vi", vi}, {"en", en}, {"en-GB", en}, {"en_US.UTF-8", en},
		{"fr", vi}, {"zh-hans", vi}, {"", vi}, {"e", vi},
	} {
		t.Run("client "+test.client, func(t *testing.T) {
			out := &recording{}
			in := private("/help")
			in.Client = test.client
			if err := b.Handle(t.Context(), in, out); err != nil {
				t.Fatal(err)
			}
			if said := out.said(t).Plain(); !strings.HasPrefix(said, test.want) {
				t.Errorf("/help says %q, want %q", said, test.want)
			}
		})
	}
}

func TestAnswersAreInTheQuestionsLanguageAndOtherTextInTheChats(t *testing.T) {
	const (
		workingVi, workingEn = "Đang tìm trong báo cáo…", "Looking it up in the report…"
		sourcesVi, sourcesEn = "\nNguồn:\n", "\nSources:\n"
		english              = "What does the file say about how long cầu Sông Mây is?"
	)
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		name, client, text string
		working, sources   string
	}{
		{"a Vietnamese question from a Vietnamese client", "vi", lengthQuestion, workingVi, sourcesVi},
		{"an English question from a Vietnamese client", "vi", english, workingVi, sourcesEn},
		{"a Vietnamese question from an English client", "en", lengthQuestion, workingEn, sourcesVi},
		{"a question without marks", "en", "cau Song May dai bao nhieu met", workingEn, sourcesVi},
		{"a question that tells no language, from an English client", "en", "1.240", workingEn, sourcesEn},
		{"a question that tells no language, from another client", "de", "1.240", workingVi, sourcesVi},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{}
			in := private(test.text)
			in.Client = test.client
			if err := b.Handle(t.Context(), in, out); err != nil {
				t.Fatal(err)
			}
			if got := out.working[0].Plain(); got != test.working {
				t.Errorf("while it works: %q, want %q", got, test.working)
			}
			if said := out.said(t).Plain(); !strings.Contains(said, test.sources) {
				t.Errorf("the answer has not %q: %q", test.sources, said)
			}
		})
	}
}

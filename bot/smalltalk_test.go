package bot

import (
	"strings"
	"testing"
)

func TestThanksAndGreetingsAreAnsweredWithoutASearch(t *testing.T) {
	const welcome, hello, searched = "Không có gì.", "Chào bạn. Bạn muốn biết gì", ""
	const youreWelcome, english = "You're welcome.", "Hello."
	b := newBot(openStore(t, bridge))
	for _, test := range []struct{ text, want string }{
		{"Cảm ơn", welcome}, {"cảm ơn bạn nhiều nhé!", welcome}, {"cam on", welcome}, {"Em cảm ơn ạ 🙏", welcome}, {"Thanks!", welcome},
		{"thank you so much", youreWelcome}, {"OK, thanks.", welcome}, {"@report_test_bot cảm ơn", welcome},
		{"Chào", hello}, {"xin chào!", hello}, {"Chào bot", hello}, {"Hello", hello}, {"hi there 👋", english}, {"Chào buổi sáng", hello}, {"alo?", hello},
		{"Ai nói lời cảm ơn trong lễ hợp long?", searched}, {"chào mừng", searched}, {"Hi vọng của tỉnh là gì?", searched},
		{"Chào bạn, cầu dài bao nhiêu?", searched}, {"Thanks, how long is the bridge?", searched}, {"ty le lai suat", searched},
	} {
		t.Run(test.text, func(t *testing.T) {
			for _, in := range []Incoming{private(test.text), toTheBot(test.text)} {
				out := &recording{}
				if err := b.Handle(t.Context(), in, out); err != nil {
					t.Fatal(err)
				}
				if looked := len(out.working) > 0; looked != (test.want == searched) || !strings.HasPrefix(out.said(t).Plain(), test.want) {
					t.Errorf("looked up: %v; said %q", looked, out.said(t).Plain())
				}
			}
			out := &recording{}
			if err := b.Handle(t.Context(), inGroup(strings.TrimPrefix(test.text, "@report_test_bot ")), out); err != nil || !out.silent() {
				t.Errorf("said among others, it is answered: %+v, %v", out, err)
			}
		})
	}
}

func TestUnknownCommandsGetASuggestion(t *testing.T) {
	b := newBot(openStore(t, bridge))
	b.admins = []int64{7}
	for _, test := range []struct {
		text string
		by   int64
		want string
	}{
		{"/hlep", 8, "Tôi không có lệnh /hlep. Có phải ý bạn là /help?"},
		{"/Sorces", 8, "Tôi không có lệnh /sorces. Có phải ý bạn là /sources?"},
		{"/setting", 8, "Tôi không có lệnh /setting. Có phải ý bạn là /settings?"},
		{"/аsk cầu dài bao nhiêu?", 8, "Tôi không có lệnh /аsk. Có phải ý bạn là /ask?"}, // a Cyrillic а
		{"/a\u200bsk why", 8, "Tôi không có lệnh /ask. Có phải ý bạn là /ask?"},
		{"\u200b/help", 8, "Tôi không có lệnh /help. Có phải ý bạn là /help?"},
		{"／ask why", 8, "Tôi không có lệnh /ask. Có phải ý bạn là /ask?"},
		{"/сводка", 8, "Tôi không có lệnh /сводка. Xem các lệnh: /help"},
		{"/x", 8, "Tôi không có lệnh /x. Xem các lệnh: /help"},
		{"/frobnicate", 8, "Tôi không có lệnh /frobnicate. Xem các lệnh: /help"},
		{"/version", 8, "Tôi không có lệnh /version. Xem các lệnh: /help"}, // of the admins, who is none
		{"/version", 7, "Tôi không có lệnh /version. Có phải ý bạn là /versions?"},
	} {
		t.Run(test.text, func(t *testing.T) {
			in := private(test.text)
			in.Sender.ID = test.by
			if got := ask(t, b, in); got != test.want {
				t.Errorf("said %q\nwant %q", got, test.want)
			}
			out := &recording{}
			in = toTheBot(test.text)
			if err := b.Handle(t.Context(), in, out); err != nil || !out.silent() {
				t.Errorf("in a group it is answered: %+v, %v", out, err)
			}
			in.Text = "@report_test_bot " + test.text
			if got := ask(t, b, in); !strings.HasPrefix(got, "Tôi không có lệnh ") {
				t.Errorf("in a group, with the bot's name, it said %q", got)
			}
		})
	}
}

func TestMessagesWithoutWords(t *testing.T) {
	const (
		usage   = "Bạn viết câu hỏi giúp tôi nhé"
		silence = ""
	)
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		name string
		in   Incoming
		want string
	}{
		{"emoji in private", private("😀👍"), usage},
		{"signs in private", private("?!…"), usage},
		{"emoji in reply to the bot", toTheBot("👍"), silence},
		{"emoji with the bot's name", toTheBot("@report_test_bot 👍"), usage},
		{"the bot's name in reply to somebody's question", Incoming{Addressed: true, Text: "@report_test_bot", Quoted: lengthQuestion}, "dài 1.240 mét"},
		{"the bot's name and a question mark in reply to somebody's question", Incoming{Addressed: true, Text: "@report_test_bot ?", Quoted: lengthQuestion}, "dài 1.240 mét"},
		{"the bot's name in reply to somebody's emoji", Incoming{Addressed: true, Text: "@report_test_bot", Quoted: "😀"}, usage},
		{"the bot's name in reply to the bot itself", Incoming{Addressed: true, Text: "@report_test_bot", Quoted: lengthQuestion, RepliesTo: 3}, usage},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := &recording{}
			test.in.Chat, test.in.Thread = "-1", test.name
			if err := b.Handle(t.Context(), test.in, out); err != nil {
				t.Fatal(err)
			}
			if test.want == silence {
				if !out.silent() {
					t.Errorf("it is answered: %+v", out)
				}
			} else if said := out.said(t).Plain(); !strings.Contains(said, test.want) {
				t.Errorf("said %q, want %q in it", said, test.want)
			}
		})
	}
}

func TestTheBotIntroducesItselfOnce(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	b.allowed = []int64{-1}
	joined := Incoming{Chat: "-1", Thread: "-1", Joined: true, Client: "en"}
	if said := ask(t, b, joined); !strings.HasPrefix(said, "Hello. I answer questions about the report “Hồ sơ cầu Sông Mây”") {
		t.Errorf("said %q", said)
	}
	for name, b := range map[string]*Bot{"told again": b, "after a restart": newBot(s)} {
		out := &recording{}
		if err := b.Handle(t.Context(), joined, out); err != nil || !out.silent() {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	out := &recording{}
	joined.Chat = "-2"
	if err := b.Handle(t.Context(), joined, out); err != nil || !out.silent() {
		t.Errorf("in a chat that is not allowed: %+v, %v", out, err)
	}
}

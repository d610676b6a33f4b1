package bot

import "testing"

func TestParseCommand(t *testing.T) {
	known := func(c TypedCommand) bool { return New(Config{}).commandNamed(c.Name) != nil && c.For != "sky_bot" }
	for _, test := range []struct {
		name string
		text string
		want TypedCommand
	}{
		{"a command alone", "/help", TypedCommand{Name: "help"}},
		{"with its question", "/ask Cầu dài bao nhiêu?", TypedCommand{Name: "ask", Args: "Cầu dài bao nhiêu?"}},
		{"in capitals", "/ASK Cầu dài bao nhiêu?", TypedCommand{Name: "ask", Args: "Cầu dài bao nhiêu?"}},
		{"with the question on the next line", "/ask\n\nCầu dài\nbao nhiêu?", TypedCommand{Name: "ask", Args: "Cầu dài\nbao nhiêu?"}},
		{"behind white space", " \n/help ", TypedCommand{Name: "help"}},
		{"naming a bot", "/ask@report_test_bot vì sao", TypedCommand{Name: "ask", For: "report_test_bot", Args: "vì sao"}},
		{"naming a bot in capitals", "/ask@Report_Test_BOT vì sao", TypedCommand{Name: "ask", For: "report_test_bot", Args: "vì sao"}},
		{"naming another bot", "/weather@sky_bot", TypedCommand{Name: "weather", For: "sky_bot"}},
		{"unknown at the beginning", "/frobnicate it", TypedCommand{Name: "frobnicate", Args: "it"}},
		{"with another command as its text", "/ask /help", TypedCommand{Name: "ask", Args: "/help"}},

		{"with a comma behind it", "/ask, vì sao", TypedCommand{Name: "ask", Args: "vì sao"}},
		{"with a colon behind the bot's name", "/ask@report_test_bot:vì sao", TypedCommand{Name: "ask", For: "report_test_bot", Args: "vì sao"}},
		{"with a full stop", "/help.", TypedCommand{Name: "help"}},
		{"a file", "/help.txt", TypedCommand{Args: "/help.txt"}},

		{"known in mid-text, with words behind it", "này bot /ask vì sao", TypedCommand{Name: "ask", Args: "vì sao", Within: true}},
		{"known at the end: the words before it are its text", "vì sao? /ask", TypedCommand{Name: "ask", Args: "vì sao?", Within: true}},
		{"known in mid-text, naming a bot", "bot ơi /ask@report_test_bot vì sao", TypedCommand{Name: "ask", For: "report_test_bot", Args: "vì sao", Within: true}},
		{"unknown in mid-text is text", "either /or", TypedCommand{Args: "either /or"}},
		{"known behind an unknown one in mid-text", "either /or /ask why", TypedCommand{Name: "ask", Args: "why", Within: true}},
		{"another bot's in mid-text is text", "viết /ask@sky_bot vì sao", TypedCommand{Args: "viết /ask@sky_bot vì sao"}},
		{"twice in mid-text: the first counts", "x /ask y /help z", TypedCommand{Name: "ask", Args: "y /help z", Within: true}},

		{"plain text", " Cầu dài bao nhiêu? ", TypedCommand{Args: "Cầu dài bao nhiêu?"}},
		{"nothing", "", TypedCommand{}},
		{"a slash alone", "/ ask", TypedCommand{Args: "/ ask"}},
		{"a path", "/etc/hosts", TypedCommand{Args: "/etc/hosts"}},
		{"a path that begins as a command does", "/ask/me", TypedCommand{Args: "/ask/me"}},
		{"an address", "https://example.org/ask why", TypedCommand{Args: "https://example.org/ask why"}},
		{"a slash inside a word", "and/ask why", TypedCommand{Args: "and/ask why"}},
		{"a command stuck to a letter with marks", "/askà", TypedCommand{Args: "/askà"}},
		{"an address for a name", "/ask@a.b why", TypedCommand{Args: "/ask@a.b why"}},

		{"a zero-width space before it", "\u200b/ask why", TypedCommand{Args: "\u200b/ask why"}},
		{"a zero-width space in it", "/a\u200bsk why", TypedCommand{Args: "/a\u200bsk why"}},
		{"a word joiner behind it", "/ask\u2060 why", TypedCommand{Args: "/ask\u2060 why"}},
		{"a Cyrillic a", "/\u0430sk why", TypedCommand{Args: "/\u0430sk why"}},
		{"a Cyrillic o in the bot's name", "/ask@rep\u043ert_test_bot why", TypedCommand{Args: "/ask@rep\u043ert_test_bot why"}},
		{"a full-width slash", "\uff0fask why", TypedCommand{Args: "\uff0fask why"}},
		{"a division slash", "\u2215ask why", TypedCommand{Args: "\u2215ask why"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := parseCommand(test.text, known); got != test.want {
				t.Errorf("parseCommand(%q)\n got %+v\nwant %+v", test.text, got, test.want)
			}
		})
	}
}

func TestMentionsOfTheBotAreRemoved(t *testing.T) {
	b := New(Config{Name: "Report_Test_Bot"})
	for _, test := range []struct{ name, text, want string }{
		{"before it", "@report_test_bot cầu dài bao nhiêu?", "cầu dài bao nhiêu?"},
		{"with a comma", "@report_test_bot, cầu dài bao nhiêu?", "cầu dài bao nhiêu?"},
		{"with a colon", "@report_test_bot: cầu dài bao nhiêu?", "cầu dài bao nhiêu?"},
		{"behind it", "cầu dài bao nhiêu @report_test_bot", "cầu dài bao nhiêu"},
		{"in other letters", "@REPORT_test_BOT vì sao", "vì sao"},
		{"on a line of its own", "@report_test_bot\nvì sao", "vì sao"},
		{"alone", "@report_test_bot", ""},
		{"a longer name is somebody else", "@report_test_bot2 vì sao", "@report_test_bot2 vì sao"},
		{"the end of an address", "x@report_test_bot vì sao", "x@report_test_bot vì sao"},
		{"behind a command it says whose that is", "/ask@report_test_bot vì sao", "/ask@report_test_bot vì sao"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := b.withoutMention(test.text); got != test.want {
				t.Errorf("withoutMention(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

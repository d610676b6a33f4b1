// Package telegramtest is a strict stand-in for the Telegram Bot API server,
// for tests that drive a bot over real HTTP.
//
// [New] starts a server; the bot under test gets [Server.URL] as its API
// address and [Server.Token] as its token. The test then plays the people:
// it makes users and chats, lets them write, and waits for what the bot does.
//
//	srv := telegramtest.New(t)
//	startBot(t, srv.URL, srv.Token)
//
//	ana := srv.User("Ana", "vi")
//	question := ana.Writes("/ask@report_test_bot Why?")
//	answer := srv.WaitMessage(5*time.Second, func(m telegramtest.Message) bool {
//		return m.ChatID == ana.ID && m.ReplyTo == question.ID
//	})
//	if !strings.Contains(answer.Text, "Because") {
//		t.Errorf("answer = %q", answer.Text)
//	}
//
//	group := srv.Supergroup("Forum", 7)
//	ana.WritesIn(group, "/ask again", telegramtest.InTopic(7))
//
// # Stricter than Telegram
//
// Telegram ignores parameters it does not know and drops formatting it does
// not like. Both hide mistakes in the bot, so here every call that no correct
// bot would make is refused and reported with t.Errorf: unknown methods and
// parameters, values of the wrong kind, HTML that does not parse, texts that
// are empty or too long, impossible keyboards, a parse_mode other than HTML,
// and formatting that Telegram would lose without a word. A test that
// provokes such a call on purpose says so with [Server.AllowErrors] first.
// What can happen to a correct bot too (a deleted message, an unknown chat, a
// user who blocked it, an edit that changes nothing) is refused as Telegram
// does and not reported. [Server.Refusals] lists both.
//
// # What is simplified
//
// Methods, parameters, tags, links and buttons that the bot does not use are refused, as
// unknown or "not modelled", rather than half imitated. Everybody's messages in a group reach the bot, as if it were
// an administrator there. URLs without a scheme are recognised in texts only
// for common top-level domains. Nothing expires but drafts.
package telegramtest

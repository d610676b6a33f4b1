// Reportbot answers questions about a report, in the terminal and on Telegram,
// strictly from what the report says and with its own footnotes as links.
//
// The packages, from the ground up:
//
//   - store/text/lazyregexp compiles regular expressions when they are first used.
//   - store/text splits Vietnamese and other text into words and sentences, and
//     reads numbers, dates and languages.
//   - store/report/pdf reads the text of PDFs.
//   - store/report reads a report file into sections, paragraphs, sentences and
//     footnotes with their links, and embeds a report.
//   - store/questions forms the questions that a report's sentences answer.
//   - store keeps editions of reports in SQLite with an FTS5 index, the inbox of
//     updates, and the chats' questions, answers and settings.
//   - store/reload loads a report again, on demand or when it changes, and returns
//     the differences.
//   - store/export writes tables for other programs.
//   - store/lease decides which of several processes acts for the bot.
//   - store/replica keeps a replica of a store elsewhere, by running Litestream.
//   - retrieval ranks the passages of an edition for a question.
//   - retrieval/eval scores the ranking.
//   - prompts has the prompt templates and parses the model's replies.
//   - bot/model is the client of the language model's server.
//   - bot/inflight shares a result between callers who ask for it at the same time.
//   - bot/intent classifies messages: questions, summary requests, questions about
//     the report or the bot, and small talk.
//   - bot/answer/claim checks a claim against the sentences it cites.
//   - bot/correction finds sent answers that a new edition contradicts.
//   - bot/answer answers a question: search, prompt, model, check, cite.
//   - bot/exam asks a report the questions formed from its own sentences.
//   - bot/summary sums up a report, a section or a topic.
//   - bot/verify checks a message, sentence by sentence, against the report.
//   - bot is the conversation: commands, buttons, settings, permissions.
//   - bot/telegram connects it to Telegram.
//   - bot/console connects it to the terminal.
//   - cmd/reportbot, this package, reads options, wires the rest and runs the
//     commands.
//
// A package imports only packages listed above it.
//
// # The life of a question
//
// A question is sent on Telegram, and a model is set. Each step names the functions
// that are called, in order.
//
//  1. bot/telegram poller.run (or Transport.ServeHTTP, for a webhook) receives the
//     update and passes it to runner.accept.
//  2. store Store.Accept writes it to the inbox, and runner.accept goes on with the
//     next step. The update is confirmed to Telegram only after store Store.Sync has
//     written it to disk.
//  3. bot/telegram runner.dispatch decodes it. If it is addressed to the bot
//     (runner.dispatchQuestion asks Bot.ShouldAnswer), runner.enqueue adds it to the
//     chat's queue (queues.offer), which runs one question at a time.
//  4. bot/telegram runner.answer creates a responder; runner.handle passes question and
//     responder to the bot.
//  5. bot Bot.Handle checks permissions, and runs a command, or Bot.converse for other
//     text. bot/intent Read finds that it is a question, and Bot.ask makes a request of it,
//     with the exchanges that it may follow (Bot.request). Bot.produce runs the work: it
//     calls responder.Working, which in a group sends a placeholder, and Bot.streamAnswer
//     calls step 6.
//  6. bot/answer Answerer.Ask counts the question for the limits (Answerer.ReserveQuota),
//     decides whether it follows an earlier one (isFollowUp), and calls
//     Answerer.generateOnce. A question that stands alone goes through
//     sharedAnswers.generate: it takes the same answer from the cache, or joins whoever
//     waits for it, or runs steps 7-9 in a goroutine of their own (inflight.Group).
//  7. bot/answer generate calls find, which calls retrieval Searcher.SearchParts for the
//     passages and Searcher.Absence for words that the report never has; for a follow-up
//     it calls Searcher.SearchFollowUp. A follow-up, a question in another language than
//     the report, and one that has found too little is worded anew by the model
//     (retrier.rewrite) and searched again.
//  8. bot/answer Writer.Write has prompts Answer make the prompt, bot/model
//     Client.Stream read the reply, and prompts Reader split it into claims.
//  9. bot/answer review.take has each claim checked by bot/answer/claim Checker.Check
//     (review.check). Where code can't decide, judge.send starts a goroutine that asks
//     the model (judge.call), and review.apply receives its verdict. review.emit passes on
//     the claim, or the report's sentence that it cites, or drops it. Each claim that is
//     shown comes back to Bot.streamAnswer, which passes it to responder.Partial: a draft
//     in a private chat, an edit of the placeholder in a group (outbox.showPartial).
//  10. bot/answer Answer.finish quotes the report (Answer.extract) if the model failed
//     or nothing can be shown. Answerer.Cite looks up the footnotes.
//  11. bot render lays the answer out, and Bot.withEvidence adds the sentences that it
//     cites. Bot.sendAnswer stores it with its question (Store.AddExchange) and adds its
//     buttons.
//  12. bot/telegram responder.Final shows it part by part. The first part is edited
//     into the placeholder (outbox.edit). For each further one, and for the first in a
//     private chat, responder.showNext runs a sendAttempt: sendAttempt.try stores the
//     reply (Store.PrepareReply) and sends the part. outbox.deliver keeps Telegram's limits
//     for both, and tries again.
//  13. store Store.CompleteReply marks reply and update as done, and the exchange as
//     shown: later questions may follow it. runner.conclude ends the updates that have no
//     complete reply.
//
// After a restart, Transport.Run reads the updates that are not done (Store.Pending) and
// dispatches them again from step 3. runner.loadEarlierReply loads a stored reply, and
// responder.resume sends the parts that are missing; sendAttempt.lookUp first looks for a
// part that may have been sent. Without a stored reply the question is answered anew.
//
// Without a model, or beyond a limit, Answerer.Ask calls Answerer.quote instead: unless the
// quotations are cached, after find as in step 7 Answer.extract quotes the sentences that
// answer best. Answerer.Cite and the steps from 11 on follow.
//
// Messages that are no question leave the path in Bot.converse: somebody's statement is
// checked (Bot.verify), a summary is made (Bot.summary), the last answer is made again in
// another language or length (Bot.again), and Bot.replyTo replies to the rest.
//
// A button's press goes through steps 1-3 too. runner.handleCallback passes it to
// Bot.HandleCallback, which finds the button's function.
//
// A new edition is stored by Store.Stage, and Store.MakeLive makes it the live one. Then
// Bot.Recheck looks for the stored answers of which it says otherwise, and runner.correct
// edits them.
//
// Where several machines share a bot, serve runs in turns: store/lease Lease.Acquire
// waits for the lease; turn.restore restores the last holder's store; turn.replicate
// starts replicating it. The confirmation in step 2, and with SYNC=strict each send in
// step 12, waits for the replica (Shared.confirm, Shared.beforeSend). Every call to
// Telegram checks the lease (Shared.permit).
//
// In the terminal, console.Chat replaces steps 1-4 and 12-13. `ask` calls Bot.Reply;
// `search` calls Searcher.Search.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is all options and commands. The value of an option is from a flag, else from
// the environment, else from the .env file.
type cli struct {
	Options

	Default defaultCommand `cmd:"" default:"withargs" hidden:"" help:"As serve with TELEGRAM_BOT_TOKEN set, else as chat."`
	Serve   serveCommand   `cmd:"" help:"Run the Telegram bot."`
	Chat    chatCommand    `cmd:"" help:"Chat in the terminal; from a pipe, answer each line."`
	Ask     askCommand     `cmd:"" help:"Answer one question, or a file of them."`
	Verify  verifyCommand  `cmd:"" help:"Check a message against the report."`
	Search  searchCommand  `cmd:"" help:"Show only the ranked passages."`
	Check   checkCommand   `cmd:"" help:"Read a report and list its problems."`
	Eval    evalCommand    `cmd:"" help:"Score retrieval and replies on a question set."`
	Load    loadCommand    `cmd:"" help:"Put a report into the store and make it the live edition."`

	Versions versionsCommand `cmd:"" help:"List the editions in the store."`
	Rollback rollbackCommand `cmd:"" help:"Make a stored edition the live one."`
	Diff     diffCommand     `cmd:"" help:"Show the differences between two editions."`
	Status   statusCommand   `cmd:"" help:"Check the store and show its contents."`
	Export   exportCommand   `cmd:"" help:"Print unanswered questions, feedback or the audit log."`
	Backup   backupCommand   `cmd:"" help:"Copy the store into a file, even while serve runs."`
	Restore  restoreCommand  `cmd:"" help:"Replace the store by a backup."`

	ReadPDF readPDFCommand   `cmd:"" name:"read-pdf" hidden:"" help:"Read a PDF from standard input for another reportbot."`
	Health  healthCommand    `cmd:"" help:"Check that serve is running."`
	Version kong.VersionFlag `help:"Show the version."`
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) (status int) {
	secrets := &redactor{}
	stderr := secrets.standardError()
	log.SetOutput(stderr) // libraries log there
	defer func() {
		if panicked := recover(); panicked != nil {
			fmt.Fprintf(stderr, "reportbot: a bug: %v\n%s", panicked, debug.Stack())
			status = exitFailed
		}
	}()
	if err := readDotEnv(); err != nil {
		return fail(stderr, err)
	}
	secrets.addEnvironment()
	var c cli
	parser, err := kong.New(&c,
		kong.Name("reportbot"),
		kong.Description(description),
		kong.Vars{"version": versionText()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.ExplicitGroups([]kong.Group{
			{Key: "report", Title: "Report:"}, {Key: "telegram", Title: "Telegram:"}, {Key: "model", Title: "Model:"},
			{Key: "limits", Title: "Limits:"}, {Key: "serving", Title: "Serving:"},
			{Key: "standby", Title: "Several machines:"},
		}),
		kong.UsageOnError(),
	)
	if err != nil {
		return fail(stderr, err)
	}
	addExamples(parser.Model.Children)
	args = cleanSettings(parser.Model.Flags, helpAsked(args))
	secrets.addEnvironment()
	parsed, err := parser.Parse(args)
	secrets.addOptions(&c.Options)
	if err != nil {
		return fail(stderr, fmt.Errorf("%w (see reportbot --help)", usage(err)))
	}
	if err := c.refuseOutput(); err != nil {
		return fail(stderr, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	env := &environment{ctx: ctx, in: os.Stdin, out: secrets.standardOutput(), err: stderr}
	c.readPDFsApart()
	if err := c.askHolder(env, parsed.Command()); err != nil {
		return fail(stderr, err)
	}
	return fail(stderr, parsed.Run(env, &c.Options))
}

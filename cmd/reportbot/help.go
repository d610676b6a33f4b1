package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// description is the top of --help; indented lines are not wrapped.
const description = `Answers questions about a report, strictly from what it says, with its footnotes as links.

    reportbot chat                               ask in the terminal
    reportbot --report report.pdf ask "Why?"     ask another report
    TELEGRAM_BOT_TOKEN=... reportbot serve       run the Telegram bot`

// helpAsked reads "help" and "help COMMAND" as --help.
func helpAsked(args []string) []string {
	if len(args) == 0 || args[0] != "help" {
		return args
	}
	return append(args[1:len(args):len(args)], "--help")
}

// examples are shown in the --help of each command.
var examples = map[string]string{
	"serve":    `TELEGRAM_BOT_TOKEN=123:ABC ADMIN_IDS=111 reportbot serve`,
	"chat":     `echo "Who met whom?" | reportbot chat`,
	"ask":      `reportbot ask --report report.pdf "Who met whom?"` + "\n" + `reportbot ask --json --questions questions.txt`,
	"verify":   `reportbot verify "Putin met Kim in 2023. They signed nothing."`,
	"search":   `reportbot search -k 3 "Who met whom?"`,
	"check":    `reportbot check report.pdf`,
	"eval":     `reportbot eval --report report.txt --compare questions.jsonl`,
	"load":     `reportbot load report.pdf`,
	"rollback": "reportbot versions\nreportbot rollback 3",
	"diff":     `reportbot diff 2 3`,
	"export":   `reportbot export unanswered --format csv > unanswered.csv`,
	"backup":   `reportbot backup copy.db`,
	"restore":  `reportbot restore copy.db`,
}

// addExamples adds the examples to the commands' --help.
func addExamples(commands []*kong.Node) {
	for _, command := range commands {
		if example, ok := examples[command.Name]; ok {
			command.Detail = "Example:\n\n    " + strings.ReplaceAll(example, "\n", "\n    ")
		}
	}
}

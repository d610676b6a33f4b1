package main

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

// The details in each command's --help.

func (serveCommand) Help() string {
	return `Example:

    TELEGRAM_BOT_TOKEN=123:ABC ADMIN_IDS=111 reportbot serve`
}

func (chatCommand) Help() string {
	return `Example:

    echo "Who met whom?" | reportbot chat`
}

func (askCommand) Help() string {
	return `Example:

    reportbot ask --report report.pdf "Who met whom?"
    reportbot ask --json --questions questions.txt`
}

func (verifyCommand) Help() string {
	return `Example:

    reportbot verify "Putin met Kim in 2023. They signed nothing."`
}

func (searchCommand) Help() string {
	return `Example:

    reportbot search -k 3 "Who met whom?"`
}

func (checkCommand) Help() string {
	return `Example:

    reportbot check report.pdf`
}

func (evalCommand) Help() string {
	return `Example:

    reportbot eval --report report.txt --compare questions.jsonl`
}

func (loadCommand) Help() string {
	return `Example:

    reportbot load report.pdf`
}

func (rollbackCommand) Help() string {
	return `Example:

    reportbot versions
    reportbot rollback 3`
}

func (diffCommand) Help() string {
	return `Example:

    reportbot diff 2 3`
}

func (exportCommand) Help() string {
	return `Example:

    reportbot export unanswered --format csv > unanswered.csv`
}

func (backupCommand) Help() string {
	return `Example:

    reportbot backup copy.db`
}

func (restoreCommand) Help() string {
	return `Example:

    reportbot restore copy.db`
}

package intent

import (
	"strings"

	"reportbot/store/text/lazyregexp"
)

var (
	mention = lazyregexp.New(`^@[A-Za-z]\w*[,:]?\s+|\s+@[A-Za-z]\w*$`)
	command = lazyregexp.New(`(?s)^/([a-z]+)(?:@\w+)?(?:\s+(.*))?$`)
)

// withoutMention removes the bot's name as groups write it, before or after a
// message.
func withoutMention(message string) string {
	if rest := strings.TrimSpace(mention.ReplaceAllString(message, "")); rest != "" {
		return rest
	}
	return message
}

// commands are the bot's commands that ask for what a message can ask for in
// words. Where nothing else reads commands, they mean the same.
var commands = map[string]Intent{
	"ask": {Kind: Question}, "q": {Kind: Question}, "find": {Kind: Question},
	"summary": {Kind: Summary},
	"report":  {Kind: About, Topic: "report"}, "sections": {Kind: About, Topic: "sections"},
	"help": {Kind: Bot, Topic: "how"}, "start": {Kind: Bot, Topic: "what"},
	"settings": {Kind: Bot, Topic: "settings"}, "privacy": {Kind: Bot, Topic: "privacy"},
}

// readCommand recognizes what a command wants.
func readCommand(message string) (Intent, bool) {
	parts := command.FindStringSubmatch(message)
	if parts == nil {
		return Intent{}, false
	}
	in, ok := commands[parts[1]]
	in.Text = strings.TrimSpace(parts[2])
	if in.Kind == Question && in.Text == "" {
		in = Intent{Kind: Bot, Topic: "questions", Text: message}
	}
	return in, ok
}

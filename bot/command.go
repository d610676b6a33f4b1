package bot

import (
	"regexp"
	"strings"
)

// Command is a command as it was written, or none.
type Command struct {
	Name string // without slash, lower case; empty: the text is no command
	For  string // the bot it names, lower case, or empty
	Args string
}

var commandPattern = regexp.MustCompile(`(?:^|\s)/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,40}))?(?:\s|$)`)

// parseCommand reads the command in a text: at its beginning, or a known one
// within it, as when people write words before it.
func parseCommand(text string, known func(name string) bool) Command {
	for rest := text; ; {
		m := commandPattern.FindStringSubmatchIndex(rest)
		if m == nil {
			return Command{Args: strings.TrimSpace(text)}
		}
		c := Command{Name: strings.ToLower(rest[m[2]:m[3]]), Args: strings.TrimSpace(rest[m[1]:])}
		if m[4] >= 0 {
			c.For = strings.ToLower(rest[m[4]:m[5]])
		}
		before := strings.TrimSpace(text[:len(text)-len(rest)+m[0]])
		if before == "" {
			return c
		}
		if known(c.Name) {
			if c.Args == "" {
				c.Args = before // "how many troops? /ask"
			}
			return c
		}
		rest = rest[m[1]:] // the space between two commands counts for both
	}
}

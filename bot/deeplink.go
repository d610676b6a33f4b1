package bot

import "fmt"

// The first words of the payloads of deep links, which open the private chat.
// Arguments follow, separated by "_".
const (
	noteLink     = "note"    // N, and the edition; without it the live one
	passageLink  = "passage" // edition, paragraph
	questionLink = "q"       // the id of a pending question
	forgetLink   = "forget"
)

// deepLink returns the address that opens the private chat with a payload.
func (b *Bot) deepLink(name string, args ...any) string {
	for _, arg := range args {
		name += fmt.Sprintf("_%v", arg)
	}
	return "https://t.me/" + b.userName + "?start=" + name
}

// opener returns a function for the links from a list of sources to notes in the
// private chat; nil in a private chat.
func (b *Bot) opener(in Incoming, edition int64) func(n int) string {
	if in.Private {
		return nil
	}
	return func(n int) string { return b.deepLink(noteLink, n, edition) }
}

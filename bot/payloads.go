package bot

import (
	"fmt"
	"strconv"
	"strings"
)

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

// noteLinker returns a function that links a footnote number to its passage in the
// private chat; nil in a private chat.
func (b *Bot) noteLinker(in Incoming, edition int64) func(n int) string {
	if in.Private {
		return nil
	}
	return func(n int) string { return b.deepLink(noteLink, n, edition) }
}

// The first words of the data of the buttons under an answer; the id of the
// exchange follows.
const (
	passageData = "p" // :N, the paragraph of cited sentence N, from 0; without it of the first
	sourcesData = "s"
	moreData    = "m" // :OFFSET, further passages
	goodData    = "u"
	badData     = "d"
	whyData     = "w" // :REASON, of a 👎
	bellData    = "bell"
)

// The first words of the data of other buttons.
const (
	stopData     = "stop"
	readData     = "g" // EDITION:PARAGRAPH:EXCHANGE, a paragraph to read on
	contentsData = "t" // the id of the edition whose table of contents it opens
	nextData     = "n" // the id of the question that it asks
	settingData  = "c" // SETTING:VALUE
	forgetData   = "f" // forgetAll or forgetNothing
	acceptData   = "a" // the id of an uploaded edition to make live
	discardData  = "x" // the id of an uploaded edition to delete
	versionData  = "v" // the id of an edition to make live
)

// buttonData returns a button's data: its first word and its arguments, separated by
// colons.
func buttonData(name string, args ...any) string {
	for _, arg := range args {
		name += fmt.Sprintf(":%v", arg)
	}
	return name
}

// parseNumbers reads a button's arguments, which are untrusted: exactly n numbers
// separated by colons.
func parseNumbers(args string, n int) ([]int64, bool) {
	parts := strings.Split(args, ":")
	if len(parts) != n {
		return nil, false
	}
	numbers := make([]int64, n)
	for i, part := range parts {
		var err error
		if numbers[i], err = strconv.ParseInt(part, 10, 64); err != nil || numbers[i] < 0 {
			return nil, false
		}
	}
	return numbers, true
}

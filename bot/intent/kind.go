package intent

// Kind is the kind of a message.
type Kind string

// The kinds.
const (
	Question  Kind = "question" // about the report's content
	Summary   Kind = "summary"
	About     Kind = "about" // the report itself: who wrote it, when, how long it is
	Bot       Kind = "bot"   // what the bot can do, and how
	SmallTalk Kind = "smalltalk"
)

// Topic is what a message is about, as named in rules.txt; empty for questions and
// summaries.
type Topic string

// The topics of small talk without a rule.
const (
	Wordless Topic = "wordless" // punctuation or emoji
	Number   Topic = "number"
)

// Intent is what was recognized of a message.
type Intent struct {
	Kind  Kind
	Topic Topic
	// Text is the message without an opening such as a greeting; for a summary only
	// what to sum up, and how.
	Text string
}

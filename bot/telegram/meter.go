package telegram

// Meter counts what happens between the bot and Telegram.
type Meter interface {
	// Called counts a call of the Bot API that has ended. status is its HTTP status; 0
	// without a readable reply.
	Called(method string, status int)
	// Settled counts an update that is done.
	Settled(outcome Outcome)
	// InDoubt counts a message that is sent again though Telegram may have taken it the
	// first time, or that is given up for that reason.
	InDoubt()
}

// Outcome is how an update ended.
type Outcome string

// The outcomes of updates.
const (
	Answered  Outcome = "answered"  // something was shown
	Ignored   Outcome = "ignored"   // it needs no answer
	Refused   Outcome = "refused"   // too many questions wait; the person was told if possible
	Forgotten Outcome = "forgotten" // the bot may not write in the chat
	Failed    Outcome = "buried"    // it failed for good
)

// unmetered counts nothing.
type noMeter struct{}

func (noMeter) Called(string, int) {}
func (noMeter) Settled(Outcome)    {}
func (noMeter) InDoubt()           {}

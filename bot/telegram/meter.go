package telegram

// Meter counts calls and the outcomes of updates.
type Meter interface {
	// Called counts a finished call of the Bot API. status is its HTTP status; 0 without a
	// readable reply.
	Called(method string, status int)
	// Settled counts an update that is done.
	Settled(outcome Outcome)
	// InDoubt counts a message that is resent though Telegram may have accepted it the first
	// time, or that is given up for that reason.
	InDoubt()
}

// Outcome is how an update ended.
type Outcome string

// The outcomes of updates.
const (
	Answered  Outcome = "answered"  // something was shown
	Ignored   Outcome = "ignored"   // it needs no answer
	Refused   Outcome = "refused"   // the queue was full; a notice was sent if possible
	Forgotten Outcome = "forgotten" // no permission to write in the chat
	Failed    Outcome = "buried"    // failed permanently; marked as failed in the inbox
)

// noMeter counts nothing.
type noMeter struct{}

func (noMeter) Called(string, int) {}
func (noMeter) Settled(Outcome)    {}
func (noMeter) InDoubt()           {}

package telegram

// Meter counts what happens between the bot and Telegram.
type Meter interface {
	// Called is told of each call of the Bot API that has ended. status is its
	// HTTP status; 0 if no reply that can be read came.
	Called(method string, status int)
	// Settled is told of each update that is dealt with.
	Settled(outcome Outcome)
	// InDoubt is told of a message that is sent again though Telegram may have
	// taken it the first time, or that is given up for that reason.
	InDoubt()
}

// Outcome is what became of an update.
type Outcome string

// The outcomes of updates.
const (
	Answered  Outcome = "answered"  // something was shown
	Ignored   Outcome = "ignored"   // it needs no answer
	Refused   Outcome = "refused"   // too many questions wait; the person was told
	Forgotten Outcome = "forgotten" // the chat doesn't let the bot write any more
	Buried    Outcome = "buried"    // it can't be dealt with
)

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Called(string, int) {}
func (unmetered) Settled(Outcome)    {}
func (unmetered) InDoubt()           {}

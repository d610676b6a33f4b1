package eval

import (
	"fmt"
	"io"
	"slices"
)

// Message is a message with what it wants: "question", "summary", "about",
// "bot" or "smalltalk".
type Message struct{ Text, Intent string }

// Turn is one message of a conversation.
type Turn struct {
	Text    string
	Follows bool   // it goes on from the one before
	Gold    []Gold // of a question: what a right reply quotes; none: not judged
}

// ReadMessages reads JSON lines with q and intent, as messages, and those with
// turns (each with q, follows and gold), as conversations. Other lines are left
// to ReadQuestions. name is for errors.
func ReadMessages(r io.Reader, name string) (messages []Message, conversations [][]Turn, err error) {
	type turn struct {
		Q       string
		Follows bool
		Gold    []string
	}
	err = eachLine(r, name, func(line struct {
		Q, Intent string
		Turns     []turn
	}) error {
		if line.Intent != "" && line.Q != "" {
			messages = append(messages, Message{line.Q, line.Intent})
		}
		var turns []Turn
		for _, t := range line.Turns {
			turn := Turn{Text: t.Q, Follows: t.Follows}
			for _, quote := range t.Gold {
				turn.Gold = append(turn.Gold, Gold{Quote: quote})
			}
			turns = append(turns, turn)
		}
		if len(turns) > 0 {
			conversations = append(conversations, turns)
		}
		return nil
	})
	return messages, conversations, err
}

// IntentScore is how well messages were classified.
type IntentScore struct {
	N, Right int
	// Kinds is by what the messages want.
	Kinds map[string]struct{ N, Right int }
	// Wrong is what was taken for something else.
	Wrong []struct{ Text, Intent, Read string }
}

// ScoreIntents scores read, which returns what a message wants.
func ScoreIntents(messages []Message, read func(message string) string) *IntentScore {
	s := &IntentScore{Kinds: map[string]struct{ N, Right int }{}}
	for _, m := range messages {
		kind := s.Kinds[m.Intent]
		kind.N++
		s.N++
		if got := read(m.Text); got == m.Intent {
			kind.Right++
			s.Right++
		} else {
			s.Wrong = append(s.Wrong, struct{ Text, Intent, Read string }{m.Text, m.Intent, got})
		}
		s.Kinds[m.Intent] = kind
	}
	return s
}

// TurnScore is how well the turns of conversations were understood.
type TurnScore struct {
	// Follow-ups, and how many were read as such and, where gold is known, found
	// it among what was quoted or in the first passages.
	FollowUps, Joined, Understood, Quoted int
	// Judged follow-ups have gold.
	Judged int
	// Turns that follow nothing, and how many were not joined to the one before.
	New, Separate int
	Wrong         []string
}

// Reading is how a turn was read and answered.
type Reading struct {
	Joined   bool
	Quoted   []string // the sentences of the reply
	Passages []string // the passages that were found, nearest first
}

// Add counts a turn that is not the first of its conversation.
func (s *TurnScore) Add(t Turn, r Reading) {
	if !t.Follows {
		s.New++
		if r.Joined {
			s.Wrong = append(s.Wrong, "joined: "+t.Text)
		} else {
			s.Separate++
		}
		return
	}
	s.FollowUps++
	if r.Joined {
		s.Joined++
	}
	if len(t.Gold) == 0 {
		if r.Joined {
			s.Understood++
		} else {
			s.Wrong = append(s.Wrong, "not joined: "+t.Text)
		}
		return
	}
	s.Judged++
	quoted, found := holdsAll(r.Quoted, t.Gold), holdsAll(r.Passages, t.Gold)
	if quoted {
		s.Quoted++
	}
	if quoted || found {
		s.Understood++
	} else {
		s.Wrong = append(s.Wrong, fmt.Sprintf("not found (joined: %v): %s", r.Joined, t.Text))
	}
}

// holdsAll reports whether each gold quote stands in one of the texts.
func holdsAll(texts []string, gold []Gold) bool {
	return !slices.ContainsFunc(gold, func(g Gold) bool { return !slices.ContainsFunc(texts, g.quotedIn) })
}

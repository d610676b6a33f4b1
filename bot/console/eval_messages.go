package console

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"reportbot/retrieval/eval"
)

// IntentJSON is how well messages were told apart.
type IntentJSON struct {
	N     int                       `json:"n"`
	Right float64                   `json:"right"`
	Kinds map[string]IntentKindJSON `json:"kinds"`
	Wrong []WrongIntentJSON         `json:"wrong"`
}

// IntentKindJSON is the same of one kind.
type IntentKindJSON struct {
	N     int     `json:"n"`
	Right float64 `json:"right"`
}

// WrongIntentJSON is a message that was taken for something else.
type WrongIntentJSON struct {
	Q      string `json:"q"`
	Intent string `json:"intent"`
	Read   string `json:"read"`
}

// ConversationJSON is how well the turns of conversations were understood.
type ConversationJSON struct {
	FollowUps  int      `json:"follow_ups"`
	Joined     float64  `json:"joined"`     // share of them
	Understood float64  `json:"understood"` // share that found what answers
	Quoted     float64  `json:"quoted"`     // share of those with gold that quoted it
	New        int      `json:"new_turns"`
	Separate   float64  `json:"separate"` // share of them that were not joined
	Wrong      []string `json:"wrong"`
}

// Intents returns the JSON form; nil for none.
func Intents(s *eval.IntentScore) *IntentJSON {
	if s == nil {
		return nil
	}
	wire := &IntentJSON{N: s.N, Right: ratio(s.Right, s.N), Kinds: map[string]IntentKindJSON{}, Wrong: []WrongIntentJSON{}}
	for kind, k := range s.Kinds {
		wire.Kinds[kind] = IntentKindJSON{k.N, ratio(k.Right, k.N)}
	}
	for _, w := range s.Wrong {
		wire.Wrong = append(wire.Wrong, WrongIntentJSON{w.Text, w.Intent, w.Read})
	}
	return wire
}

// Conversations returns the JSON form; nil for none.
func Conversations(s *eval.TurnScore) *ConversationJSON {
	if s == nil {
		return nil
	}
	return &ConversationJSON{
		s.FollowUps, ratio(s.Joined, s.FollowUps), ratio(s.Understood, s.FollowUps), ratio(s.Quoted, s.Judged),
		s.New, ratio(s.Separate, s.New), present(s.Wrong),
	}
}

func ratio(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// writeMessages prints how messages were told apart and turns understood.
func writeMessages(out io.Writer, intents *IntentJSON, turns *ConversationJSON) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if intents != nil {
		fmt.Fprintln(table, "wanted\tn\ttold apart\t")
		for _, kind := range slices.Sorted(maps.Keys(intents.Kinds)) {
			k := intents.Kinds[kind]
			fmt.Fprintf(table, "%s\t%d\t%.3f\t\n", kind, k.N, k.Right)
		}
		fmt.Fprintf(table, "all\t%d\t%.3f\t\n", intents.N, intents.Right)
	}
	if turns != nil {
		fmt.Fprintln(table, "conversations\tn\tjoined\tunderstood\tquoted\tnot joined\t")
		fmt.Fprintf(table, "follow-ups\t%d\t%.3f\t%.3f\t%.3f\t\t\n", turns.FollowUps, turns.Joined, turns.Understood, turns.Quoted)
		fmt.Fprintf(table, "new turns\t%d\t\t\t\t%.3f\t\n", turns.New, turns.Separate)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if intents != nil {
		for _, w := range intents.Wrong {
			fmt.Fprintf(out, "%s, read as %s: %s\n", w.Intent, w.Read, w.Q)
		}
	}
	if turns != nil {
		for _, w := range turns.Wrong {
			fmt.Fprintln(out, w)
		}
	}
	return nil
}

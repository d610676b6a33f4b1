package console

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"reportbot/retrieval/eval"
)

// intentJSON is the score of reading intents.
type intentJSON struct {
	N     int                       `json:"n"`
	Right float64                   `json:"right"`
	Kinds map[string]intentKindJSON `json:"kinds"`
	Wrong []wrongIntentJSON         `json:"wrong"`
}

// intentKindJSON is the score on one intent.
type intentKindJSON struct {
	N     int     `json:"n"`
	Right float64 `json:"right"`
}

// wrongIntentJSON is a message whose intent was misread.
type wrongIntentJSON struct {
	Q      string `json:"q"`
	Intent string `json:"intent"`
	Read   string `json:"read"`
}

// conversationJSON is the score of following conversations.
type conversationJSON struct {
	FollowUps  int      `json:"follow_ups"`
	Joined     float64  `json:"joined"`     // share joined to the question before
	Understood float64  `json:"understood"` // share that found a passage with the answer
	Quoted     float64  `json:"quoted"`     // of those with gold quotes, the share that quoted one
	New        int      `json:"new_turns"`
	Separate   float64  `json:"separate"` // share not joined
	Wrong      []string `json:"wrong"`
}

// Intents returns the JSON form; nil for none.
func Intents(s *eval.IntentScore) *intentJSON {
	if s == nil {
		return nil
	}
	wire := &intentJSON{N: s.N, Right: ratio(s.Right, s.N), Kinds: map[string]intentKindJSON{}, Wrong: mapped(s.Wrong, func(w struct{ Text, Intent, Read string }) wrongIntentJSON {
		return wrongIntentJSON{w.Text, w.Intent, w.Read}
	})}
	for kind, k := range s.Kinds {
		wire.Kinds[kind] = intentKindJSON{k.N, ratio(k.Right, k.N)}
	}
	return wire
}

// Conversations returns the JSON form; nil for none.
func Conversations(s *eval.TurnScore) *conversationJSON {
	if s == nil {
		return nil
	}
	return &conversationJSON{
		s.FollowUps, ratio(s.Joined, s.FollowUps), ratio(s.Understood, s.FollowUps), ratio(s.Quoted, s.Judged),
		s.New, ratio(s.Separate, s.New), present(s.Wrong),
	}
}

func ratio(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// writeMessages prints the scores of intents and conversations.
func writeMessages(out io.Writer, intents *intentJSON, turns *conversationJSON) error {
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

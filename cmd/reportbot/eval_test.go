package main

import (
	"os"
	"path/filepath"
	"testing"

	"reportbot/bot/console"
)

// Scores of messages and conversations on the report that they were written for, which
// is not in the repository.
func TestEvalScoresIntentsAndConversations(t *testing.T) {
	t.Parallel()
	location, err := filepath.Abs("../../../shared/report/isw-2024-11-01.vi.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(location); err != nil {
		t.Skip("the report isn't here")
	}
	p := newProgram(t)
	p.env["REPORT"] = location
	score := func(set string) console.EvalJSON {
		set, err := filepath.Abs(set)
		if err != nil {
			t.Fatal(err)
		}
		return decode[console.EvalJSON](t, p.must("eval", "--json", set))[0]
	}
	intents := score("../../bot/intent/testdata/messages.jsonl").Intents
	if intents == nil || intents.N < 200 || intents.Right < .97 {
		t.Errorf("intents: %+v", intents)
	}
	turns := score("../../bot/answer/testdata/conversations.jsonl").Turns
	if turns == nil || turns.FollowUps < 20 || turns.Understood < .9 || turns.Separate < .95 {
		t.Errorf("conversations: %+v", turns)
	}
}

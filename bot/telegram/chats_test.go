package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// mover remembers which chats have moved.
type mover struct {
	forgetful
	moves  [][2]int64
	before map[int64]int64 // in earlier runs
	fault  error
}

func (m *mover) MoveChat(_ context.Context, old, new int64) error {
	m.moves = append(m.moves, [2]int64{old, new})
	return m.fault
}

func (m *mover) MovedChats(context.Context) (map[int64]int64, error) { return m.before, m.fault }

func TestCurrentChatID(t *testing.T) {
	var log logbook
	memory := &mover{before: map[int64]int64{-1: -2}}
	var joined [][2]int64
	c := &chats{memory: memory, log: log.logger(), joinQueues: func(old, new int64) { joined = append(joined, [2]int64{old, new}) }}
	if err := c.loadMoves(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.move(-2, -3)
	c.move(-2, -3) // both chats say so
	c.move(-7, -7)
	for id, want := range map[int64]int64{-1: -3, -2: -3, -3: -3, -7: -7, 5: 5} {
		if got := c.current(id); got != want {
			t.Errorf("chat %d is now %d, want %d", id, got, want)
		}
	}
	if len(memory.moves) != 1 || len(joined) != 1 {
		t.Errorf("moved in the store: %v, in the queues: %v", memory.moves, joined)
	}
	c.move(-3, -1) // nonsense that comes round is no endless loop
	c.current(-1)
}

func TestMigratedChatIsAnsweredIfTheStoreFails(t *testing.T) {
	var log logbook
	c := &chats{memory: &mover{fault: errors.New("the disk is full")}, log: log.logger(), joinQueues: func(int64, int64) {}, moved: map[int64]int64{}}
	c.move(-1, -2)
	if c.current(-1) != -2 || !strings.Contains(log.String(), "the disk is full") {
		t.Errorf("chat -1 is now %d; logged: %s", c.current(-1), &log)
	}
	if err := c.loadMoves(t.Context()); err == nil {
		t.Error("that the store can't be read goes unnoticed")
	}
}

func TestChatNamesInLogsDoNotRevealIDs(t *testing.T) {
	one, other := &chats{secret: []byte("a")}, &chats{secret: []byte("b")}
	name := one.name(7_000_000_001)
	if name != one.name(7_000_000_001) || name == one.name(7_000_000_002) || name == other.name(7_000_000_001) {
		t.Errorf("the name %s doesn't tell this chat, and only here", name)
	}
	if len(name) != 12 || strings.Contains(name, "7000000001") {
		t.Errorf("the name is %s", name)
	}
}

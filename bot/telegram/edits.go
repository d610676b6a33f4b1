package telegram

import (
	"hash/maphash"
	"strings"
	"sync"
)

// mostEdits is how many messages are remembered for their edits.
const maxEdits = 20_000

// edits remembers what stood in messages. Telegram also reports edits that change
// nothing that the bot reads: a link gets its preview, a shared location moves.
type edits struct {
	mu   sync.Mutex
	seed maphash.Seed
	text map[messageID]uint64 // hashes
	last []messageID          // in order; the oldest is forgotten first
	next int
}

type messageID struct {
	chat int64
	id   int
}

func newEdits() *edits { return &edits{seed: maphash.MakeSeed(), text: map[messageID]uint64{}} }

// record remembers what stands in a message, and reports whether that may differ from
// what stood there before.
func (e *edits) record(q question) bool {
	words := strings.TrimSpace(q.in.Text)
	if q.file != nil {
		words += "\x00" + q.file.id
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	key, hash := messageID{q.place.chat, q.message}, maphash.String(e.seed, words)
	before, known := e.text[key]
	e.text[key] = hash
	switch {
	case known:
		return before != hash
	case len(e.last) < maxEdits:
		e.last = append(e.last, key)
	default:
		delete(e.text, e.last[e.next])
		e.last[e.next] = key
		e.next = (e.next + 1) % maxEdits
	}
	return words != "" // what was there before the program began is not known
}

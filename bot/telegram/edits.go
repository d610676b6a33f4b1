package telegram

import (
	"hash/maphash"
	"strings"
	"sync"
)

// maxEdits limits the messages whose text is remembered.
const maxEdits = 20_000

// edits remembers the text of messages, to ignore edits that don't change it: Telegram
// also reports a new link preview or a moved live location.
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

// record stores a message's text and file, and reports whether they may differ from what
// was recorded before.
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
	return words != "" // the message may be older than this process
}

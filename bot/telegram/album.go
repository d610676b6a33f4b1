package telegram

import (
	"sync"
	"time"

	"reportbot/store"
)

const (
	// albumWait is how long to wait for the message of an album that has the text:
	// Telegram delivers each picture as a message of its own, in any order.
	albumWait = time.Second
	// albumTTL is how long an album is remembered.
	albumTTL = 10 * time.Minute
)

// albums selects the one message of an album to answer: the first with text, else the
// first. A message with text that arrives after the wait is answered too.
type albums struct {
	mu   sync.Mutex
	seen map[albumID]*album
}

type albumID struct {
	chat int64
	id   string
}

type album struct {
	answered     bool
	textAnswered bool           // a message with text was answered
	withoutText  []albumMessage // messages without text, until one is answered
	at           time.Time
}

// albumMessage is a message of an album.
type albumMessage struct {
	update   store.Update
	question question
	resumed  bool
}

// add records a message of an album. It returns the message to answer now (nil: none)
// and those to ignore. first means that m is the first one without text: the caller waits
// for albumWait, then calls end.
func (a *albums) add(m albumMessage) (answer *albumMessage, rest []albumMessage, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now()
	for id, old := range a.seen {
		if now.Sub(old.at) > albumTTL {
			delete(a.seen, id)
		}
	}
	if a.seen == nil {
		a.seen = map[albumID]*album{}
	}
	id := albumID{m.question.place.chat, m.question.album}
	if a.seen[id] == nil {
		a.seen[id] = &album{}
	}
	known := a.seen[id]
	known.at = now
	switch {
	case known.textAnswered, known.answered && m.question.in.Text == "":
		return nil, []albumMessage{m}, false
	case m.question.in.Text == "":
		known.withoutText = append(known.withoutText, m)
		return nil, nil, len(known.withoutText) == 1
	}
	rest, known.withoutText, known.answered, known.textAnswered = known.withoutText, nil, true, true
	return &m, rest, false
}

// end ends the wait for a message with text. If none came it returns the first message,
// to be answered, and the rest, to be ignored.
func (a *albums) end(of question) (answer *albumMessage, rest []albumMessage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.seen[albumID{of.place.chat, of.album}]
	if known == nil || known.answered || len(known.withoutText) == 0 {
		return nil, nil
	}
	silent := known.withoutText
	known.withoutText, known.answered = nil, true
	return &silent[0], silent[1:]
}

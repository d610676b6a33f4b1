package telegram

import (
	"slices"
	"sync"
	"time"

	"reportbot/store"
)

const (
	// albumWait is how long an album without words is waited for the message of it
	// that has them: Telegram delivers each of its pictures alone, in any order.
	albumWait = time.Second
	// albumKnown is how long an album is known to have been answered.
	albumKnown = 10 * time.Minute
)

// albums sees to it that of an album only one message is answered: the first that
// has words, else the first. Words that come very late are answered too.
type albums struct {
	mu   sync.Mutex
	seen map[albumID]*album
}

type albumID struct {
	chat int64
	id   string
}

type album struct {
	answered bool
	words    bool           // one that has words was answered
	silent   []albumMessage // its messages without words, while it is not answered
	at       time.Time
}

// albumMessage is a message of an album that waits.
type albumMessage struct {
	update   store.Update
	question question
	resumed  bool
}

// add takes a message of an album. It returns which one is to be answered by now,
// nil for none, and which are not; first says that others are to be waited for.
func (a *albums) add(m albumMessage) (answer *albumMessage, rest []albumMessage, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now()
	for id, old := range a.seen {
		if now.Sub(old.at) > albumKnown {
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
	case known.words, known.answered && m.question.in.Text == "":
		return nil, []albumMessage{m}, false
	case m.question.in.Text == "":
		known.silent = append(known.silent, m)
		return nil, nil, len(known.silent) == 1
	}
	rest, known.silent, known.answered, known.words = known.silent, nil, true, true
	return &m, rest, false
}

// end ends the wait for words: the first message is answered without.
func (a *albums) end(of question) (answer *albumMessage, rest []albumMessage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.seen[albumID{of.place.chat, of.album}]
	if known == nil || known.answered || len(known.silent) == 0 {
		return nil, nil
	}
	silent := known.silent
	known.silent, known.answered = nil, true
	return &silent[0], silent[1:]
}

// enqueueAlbum puts one message of an album behind the questions of its chat. What
// still waits when the program ends waits in the inbox.
func (t *runner) enqueueAlbum(m albumMessage) {
	answer, rest, first := t.albums.add(m)
	t.settleAlbum(answer, rest)
	if !first {
		return
	}
	t.queue.prioritize(t.taking, func(s *slot) {
		_ = s.without(t.taking, func() error { sleep(t.taking, albumWait); return nil })
		if t.taking.Err() == nil {
			t.settleAlbum(t.albums.end(m.question))
		}
	})
}

func (t *runner) settleAlbum(answer *albumMessage, rest []albumMessage) {
	if answer != nil {
		t.enqueue(answer.update, answer.question, answer.resumed, false)
	}
	for _, m := range rest {
		t.finish(m.update.ID, Ignored)
	}
}

// inAlbum reports whether a question is one of several messages that get one reply.
// Files that an admin sends together are each a report.
func (t *runner) inAlbum(q question) bool {
	upload := q.file != nil && q.place.private && slices.Contains(t.admins, q.sender.ID)
	return q.album != "" && !upload
}

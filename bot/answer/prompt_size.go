package answer

import (
	"sync"
	"unicode/utf8"

	"reportbot/store"
)

// promptSize is the largest prompt that the model accepts, as learned since the
// program's start.
type promptSize struct {
	mu   sync.Mutex
	most int // characters of passages; 0: no limit known
}

// fit returns as many of the passages, nearest first, as the model accepts.
func (p *promptSize) fit(passages []store.Passage) []store.Passage {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.most == 0 {
		return passages
	}
	return upTo(passages, p.most)
}

// learn records the passages that the model accepted after it had refused more of them.
func (p *promptSize) learn(taken []store.Passage) {
	length := 0
	for _, passage := range taken {
		length += utf8.RuneCountInString(passage.Text())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.most == 0 || length < p.most {
		p.most = length
	}
}

// upTo returns the first passages that fit into so many characters together; at least
// one.
func upTo(passages []store.Passage, characters int) []store.Passage {
	length := 0
	for i, passage := range passages {
		length += utf8.RuneCountInString(passage.Text())
		if i > 0 && length > characters {
			return passages[:i]
		}
	}
	return passages
}

// halved returns the nearer half of passages, nearest first, or the first half of a
// single one; nil if that has one sentence.
func halved(passages []store.Passage) []store.Passage {
	switch {
	case len(passages) > 1:
		return passages[:(len(passages)+1)/2]
	case len(passages) == 1 && len(passages[0].Sentences) > 1:
		half := passages[0]
		half.Sentences = half.Sentences[:(len(half.Sentences)+1)/2]
		return []store.Passage{half}
	}
	return nil
}

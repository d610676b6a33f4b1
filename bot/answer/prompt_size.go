package answer

import (
	"sync"
	"unicode/utf8"

	"reportbot/store"
)

// promptSize is how much of a report the model was found to take in one prompt,
// for as long as the program runs.
type promptSize struct {
	mu   sync.Mutex
	most int // characters of passages; 0: as much as it is shown
}

// fit returns as many of the passages, nearest first, as the model takes.
func (p *promptSize) fit(passages []store.Passage) []store.Passage {
	p.mu.Lock()
	most := p.most
	p.mu.Unlock()
	if most == 0 {
		return passages
	}
	length := 0
	for i, passage := range passages {
		length += characters(passage)
		if i > 0 && length > most {
			return passages[:i]
		}
	}
	return passages
}

// learn notes that the model took passages after it had refused more of them.
func (p *promptSize) learn(taken []store.Passage) {
	length := 0
	for _, passage := range taken {
		length += characters(passage)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.most == 0 || length < p.most {
		p.most = length
	}
}

func characters(p store.Passage) int {
	length := 0
	for _, s := range p.Sentences {
		length += utf8.RuneCountInString(s.Text)
	}
	return length
}

// halved returns the nearer half of passages, nearest first, or the first half
// of a single one; none where nothing can be left out.
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

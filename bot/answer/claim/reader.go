package claim

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"reportbot/retrieval"
	"reportbot/store/text"
)

const (
	// keptSources is how many sentences of reports a Reader remembers; each takes about
	// 27 kB.
	keptSources = 400
	// longestKept is how many bytes a sentence may have to be remembered.
	longestKept = 2000
)

// Reader reads sentences for Checkers, and remembers those of reports, which are checked
// against again and again. It may be used from any goroutine.
type Reader struct {
	concepts *retrieval.Concepts
	sources  *lru.Cache[sourceKey, *sourceText]
}

// sourceKey is all that the reading of a report's sentence depends on.
type sourceKey struct {
	text     string
	fallback text.Language
	year     int
}

// NewReader returns a Reader that knows the names of concepts.
func NewReader(concepts *retrieval.Concepts) *Reader {
	sources, err := lru.New[sourceKey, *sourceText](keptSources)
	if err != nil {
		panic("claim: a cache's size is positive: " + err.Error())
	}
	return &Reader{concepts, sources}
}

// read reads a claim.
func (r *Reader) read(said string, fallback text.Language) *sentence {
	return readSentence(text.Clean(said), fallback, r.concepts)
}

// source returns a sentence of a report as a text of its own; year is for its dates
// without one, 0 if unknown.
func (r *Reader) source(sentenceText string, fallback text.Language, year int) *sourceText {
	key := sourceKey{sentenceText, fallback, year}
	if known, ok := r.sources.Get(key); ok {
		return known
	}
	source := joinSources([]*sentence{r.read(sentenceText, fallback)}, []int{year})
	if len(sentenceText) <= longestKept {
		r.sources.Add(key, source)
	}
	return source
}

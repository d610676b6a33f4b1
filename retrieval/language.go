package retrieval

import (
	"context"

	"reportbot/store"
	"reportbot/store/text"
)

// functionWords are in nearly every passage of their language, and in hardly
// any of another.
var functionWords = map[text.Language][]string{
	text.Vietnamese: {"của", "là", "các", "và", "trong"},
	text.English:    {"the", "of", "and", "to", "in"},
	text.Russian:    {"в", "и", "на", "с", "что"},
}

// languageOf returns the language that most of an edition's passages are in.
func (s *Searcher) languageOf(ctx context.Context, edition *store.Edition) (text.Language, error) {
	var terms []store.Term
	for _, words := range functionWords {
		for _, word := range words {
			terms = append(terms, store.Term{Column: store.Exact, Token: word})
		}
	}
	frequencies, err := s.lookUp(ctx, edition.ID, terms)
	best, most := text.Vietnamese, 0
	for _, language := range []text.Language{text.Vietnamese, text.English, text.Russian} {
		n := 0
		for _, word := range functionWords[language] {
			n += frequencies[store.Term{Column: store.Exact, Token: word}]
		}
		if n > most {
			best, most = language, n
		}
	}
	return best, err
}

package answer

// The limits of an extractive answer, for the tests outside the package.
const (
	MostSentences = mostSentences
	MostFootnotes = mostFootnotes
)

package answer

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"reportbot/retrieval"
	"reportbot/store/text"
)

//go:embed followup.txt
var followUpList string

// followUpWords are the phrases of followup.txt by their role and language.
var followUpWords = sync.OnceValue(func() map[string]text.Phrases {
	all := map[string]text.Phrases{}
	for lines := bufio.NewScanner(strings.NewReader(followUpList)); lines.Scan(); {
		role, list, ok := strings.Cut(lines.Text(), ":")
		if ok && !strings.HasPrefix(role, "#") {
			all[role] = text.NewPhrases(list)
		}
	}
	return all
})

// sign says how plainly a question goes on from the one before.
type sign int

const (
	noSign sign = iota
	// weakSign: it is short, asks, and names nobody and nothing: it may leave out
	// what it is about.
	weakSign
	// strongSign: it begins like a follow-up ("còn …", "what about …").
	strongSign
	// surely: it points back, or is nothing but a question word.
	surely
)

// mostElliptic is the number of words up to which a question may leave out its
// subject.
const mostElliptic = 6

// sign returns how plainly the question goes on from what was said before.
func (r Request) sign(language text.Language, concepts *retrieval.Concepts) sign {
	if strings.TrimSpace(r.Quoted) != "" {
		return surely
	}
	if len(r.History) == 0 {
		return noSign
	}
	return signOf(r.Question, language, concepts)
}

func signOf(question string, language text.Language, concepts *retrieval.Concepts) sign {
	p := readFollowing(question, language)
	asks, short := p.has("asks"), len(p.words) <= mostElliptic
	switch {
	case short && asks && len(p.content()) == 0:
		return surely
	// Typed without marks, what a long question begins with may be another word.
	case p.beginsWith("begins") && !p.beginsWith("otherwise") && (short || p.marked && (asks || p.endsWith("ends"))):
		return strongSign
	case p.points():
		return surely
	case p.endsWith("ends") && short && !p.endsWith("asks"):
		return strongSign
	case !asks || !short:
		return noSign
	case p.names(concepts):
		return noSign
	}
	return weakSign
}

// following is a question as far as it may go on from another.
type following struct {
	words    []text.Word
	marked   bool
	language text.Language
}

func readFollowing(question string, language text.Language) following {
	if language == text.Vietnamese {
		question = text.Expand(question)
	}
	return following{text.Words(question), text.HasDiacritics(question), language}
}

func (p following) phrases(role string) text.Phrases {
	return followUpWords()[role+" "+string(p.language)]
}

func (p following) beginsWith(role string) bool {
	return len(p.words) > 0 && p.phrases(role).At(p.words, 0, p.marked) > 0
}

func (p following) endsWith(role string) bool {
	for i := range p.words {
		if p.phrases(role).At(p.words, i, p.marked) == len(p.words)-i {
			return true
		}
	}
	return false
}

func (p following) has(role string) bool { return p.phrases(role).In(p.words, p.marked) }

// points reports whether the question points back. Typed without marks, a
// single syllable may be another word, but hardly the first.
func (p following) points() bool {
	for i := range p.words {
		n := p.phrases("points").At(p.words, i, p.marked)
		if n > 1 || n == 1 && (i == 0 || p.marked || p.language != text.Vietnamese) {
			return true
		}
	}
	return false
}

// content returns the words that say what the question is about, folded.
func (p following) content() []string {
	empty := make([]bool, len(p.words))
	for _, role := range []string{"asks", "empty", "begins", "points", "ends"} {
		p.phrases(role).Mark(empty, p.words, p.marked)
	}
	var content []string
	for i, w := range p.words {
		if !empty[i] && !(retrieval.StopWord(w.Exact) || !p.marked && retrieval.StopWord(w.Folded)) {
			content = append(content, w.Folded)
		}
	}
	return content
}

// names reports whether the question names somebody or something: by the word
// list, in capitals, by a number, or by a word of another language.
func (p following) names(concepts *retrieval.Concepts) bool {
	for _, f := range concepts.Find(p.words, p.language) {
		if f.Concept.Name {
			return true
		}
	}
	return slices.ContainsFunc(p.words, func(w text.Word) bool {
		foreign := p.language == text.Vietnamese && !text.Syllable(w.Folded)
		return w.Number || foreign || w.Capital && w.Start > 0
	})
}

// before returns what a question that follows others is searched with where no
// model words it anew: the message that it replies to, else the last question,
// with those that it follows in turn.
func (r Request) before(concepts *retrieval.Concepts) string {
	if r.Quoted != "" || len(r.History) == 0 {
		return text.Clean(r.Quoted)
	}
	from := len(r.History) - 1
	for from > 0 && signOf(r.History[from].Question, text.LanguageOf(r.History[from].Question, r.Fallback), concepts) >= strongSign {
		from--
	}
	var questions []string
	for _, e := range r.History[from:] {
		questions = append(questions, e.Question)
	}
	return strings.Join(questions, "\n")
}

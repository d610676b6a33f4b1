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

// signal is the strength of the signs that a question is a follow-up.
type signal int

const (
	noSignal signal = iota
	// weakSignal: the question is short and names no subject, so it may be about the
	// earlier one.
	weakSignal
	// strongSignal: the question begins like a follow-up ("còn …", "what about …").
	strongSignal
	// certain: the question refers back, or is only a question word.
	certain
)

// maxElliptic is the most words of a question that may leave out its subject.
const maxElliptic = 6

// signal returns the strength of the signs that the request is a follow-up.
func (r Request) signal(language text.Language, concepts *retrieval.Concepts) signal {
	if strings.TrimSpace(r.Quoted) != "" {
		return certain
	}
	if len(r.History) == 0 {
		return noSignal
	}
	return signalOf(r.Question, language, concepts)
}

func signalOf(question string, language text.Language, concepts *retrieval.Concepts) signal {
	p := readFollowing(question, language)
	asks, short := p.has("asks"), len(p.words) <= maxElliptic
	switch {
	case short && asks && len(p.content()) == 0:
		return certain
	// Without diacritics, the first word of a long question may be another word.
	case p.beginsWith("begins") && !p.beginsWith("otherwise") && (short || p.marked && (asks || p.endsWith("ends"))):
		return strongSignal
	case p.refersBack():
		return certain
	case p.endsWith("ends") && short && !p.endsWith("asks"):
		return strongSignal
	case !asks || !short:
		return noSignal
	case p.hasName(concepts):
		return noSignal
	}
	return weakSignal
}

// following is the wording of a possible follow-up.
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

// refersBack reports whether the question refers back to an earlier one. Without
// diacritics a single syllable may be another word, but hardly the first one.
func (p following) refersBack() bool {
	for i := range p.words {
		n := p.phrases("points").At(p.words, i, p.marked)
		if n > 1 || n == 1 && (i == 0 || p.marked || p.language != text.Vietnamese) {
			return true
		}
	}
	return false
}

// content returns the folded content words of the question.
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

// hasName reports whether the question has a name: a name of the word list, a word with
// a capital, a number, or a word of another language.
func (p following) hasName(concepts *retrieval.Concepts) bool {
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

// before returns the earlier text with which a follow-up is searched without a
// rewriting: the message that it replies to, else the last question, with those that
// this one follows in turn.
func (r Request) before(concepts *retrieval.Concepts) string {
	if r.Quoted != "" || len(r.History) == 0 {
		return text.Clean(r.Quoted)
	}
	from := len(r.History) - 1
	for from > 0 && signalOf(r.History[from].Question, text.LanguageOf(r.History[from].Question, r.Fallback), concepts) >= strongSignal {
		from--
	}
	var questions []string
	for _, e := range r.History[from:] {
		questions = append(questions, e.Question)
	}
	return strings.Join(questions, "\n")
}

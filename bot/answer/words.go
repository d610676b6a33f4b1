package answer

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed words.txt
var wordList string

// lexicon says which common words of the languages of claims mean much the
// same. A row is known by its number, from 1.
type lexicon struct {
	vietnamese, folded, english map[string][]entry // by the first word
	deeds                       map[int]bool       // rows of what somebody does to somebody
}

type entry struct {
	words []string
	row   int
}

// meaning is a row of the lexicon that words [from, to) name.
type meaning struct{ row, from, to int }

// commonWords is the embedded lexicon.
var commonWords = sync.OnceValue(func() *lexicon {
	l := &lexicon{map[string][]entry{}, map[string][]entry{}, map[string][]entry{}, map[int]bool{}}
	row := 0
	for lines := bufio.NewScanner(strings.NewReader(wordList)); lines.Scan(); {
		vietnamese, english, ok := strings.Cut(lines.Text(), "|")
		if !ok || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		row++
		if rest, ok := strings.CutPrefix(vietnamese, ">"); ok {
			vietnamese, l.deeds[row] = rest, true
		}
		for name := range strings.SplitSeq(vietnamese, ",") {
			words := text.Words(name)
			if len(words) == 0 {
				continue
			}
			exact, folded := make([]string, len(words)), make([]string, len(words))
			for i, word := range words {
				exact[i], folded[i] = word.Exact, word.Folded
			}
			l.vietnamese[exact[0]] = append(l.vietnamese[exact[0]], entry{exact, row})
			l.folded[folded[0]] = append(l.folded[folded[0]], entry{folded, row})
		}
		for name := range strings.SplitSeq(english, ",") {
			if words := text.Words(name); len(words) > 0 {
				exact := make([]string, len(words))
				for i, word := range words {
					exact[i] = word.Exact
				}
				l.english[exact[0]] = append(l.english[exact[0]], entry{exact, row})
			}
		}
	}
	return l
})

// inVietnamese returns the rows that words name from i on; marked is false
// where they are written without diacritics.
func (l *lexicon) inVietnamese(words []text.Word, i int, marked bool) []meaning {
	entries, spelled := l.vietnamese, func(w text.Word) string { return w.Exact }
	if !marked {
		entries, spelled = l.folded, func(w text.Word) string { return w.Folded }
	}
	var found []meaning
	for _, e := range entries[spelled(words[i])] {
		if i+len(e.words) > len(words) {
			continue
		}
		same := true
		for j := 1; j < len(e.words) && same; j++ {
			same = spelled(words[i+j]) == e.words[j]
		}
		if same {
			found = append(found, meaning{e.row, i, i + len(e.words)})
		}
	}
	return found
}

// inEnglish does the same for English words in any inflection.
func (l *lexicon) inEnglish(words []text.Word, i int) []meaning {
	var found []meaning
	for _, form := range lemmas(words[i].Exact) {
		for _, e := range l.english[form] {
			if i+len(e.words) > len(words) {
				continue
			}
			same := true
			for j := 1; j < len(e.words) && same; j++ {
				same = words[i+j].Exact == e.words[j]
			}
			if same {
				found = append(found, meaning{e.row, i, i + len(e.words)})
			}
		}
	}
	return found
}

// lemmas returns what an English word may be an inflection of, itself first.
func lemmas(word string) []string {
	forms := []string{word}
	if base, ok := irregular[word]; ok {
		forms = append(forms, base)
	}
	add := func(stem string, endings ...string) {
		if len(stem) < 2 {
			return
		}
		for _, ending := range endings {
			forms = append(forms, stem+ending)
		}
		if n := len(stem); n > 3 && stem[n-1] == stem[n-2] {
			forms = append(forms, stem[:n-1])
		}
	}
	for _, rule := range []struct {
		ending string
		stems  []string
	}{
		{"ies", []string{"y"}}, {"es", []string{"", "e"}}, {"s", []string{""}},
		{"ied", []string{"y"}}, {"ed", []string{"", "e"}},
		{"ying", []string{"y", "ie"}}, {"ing", []string{"", "e"}},
		{"ier", []string{"y"}}, {"iest", []string{"y"}}, {"er", []string{"", "e"}}, {"est", []string{"", "e"}},
		{"ily", []string{"y"}}, {"ly", []string{"", "le"}},
	} {
		if stem, ok := strings.CutSuffix(word, rule.ending); ok {
			add(stem, rule.stems...)
		}
	}
	return forms
}

// irregular has the English verbs whose forms no ending tells.
var irregular = func() map[string]string {
	forms := map[string]string{}
	pairs := strings.Fields(`taken take took take given give gave give gone go went go came come done do did do made make sent send brought bring bought buy built build fought fight held hold kept keep led lead left leave lost lose met meet paid pay said say seen see saw see sold sell spoke speak spoken speak stood stand struck strike taught teach thought think told tell understood understand won win written write wrote write begun begin began begin broken break broke break chosen choose chose choose driven drive drove drive fallen fall fell fall flown fly flew fly forbidden forbid found find grown grow grew grow known know knew know risen rise rose rise shown show sought seek sunk sink withdrawn withdraw withdrew withdraw undergone undergo became become felt feel laid lay meant mean ran run shot shoot spent spend stolen steal sworn swear worn wear blown blow blew blow drawn draw drew draw arisen arise arose arise overcame overcome undertaken undertake undertook undertake heard hear caught catch dealt deal fled flee swept sweep stuck stick`)
	for i := 0; i+1 < len(pairs); i += 2 {
		forms[pairs[i]] = pairs[i+1]
	}
	return forms
}()

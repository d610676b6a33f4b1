package claim

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"

	"reportbot/store/text"
)

//go:embed opposites.txt
var oppositeList string

// opposites is the lexicon of opposites.txt. Words of one side of a line have a row,
// those of the other the same with a minus.
var opposites = sync.OnceValue(func() *lexicon {
	l := &lexicon{entries: map[text.Language]map[string][]entry{text.Vietnamese: {}, text.English: {}}, folded: map[string][]entry{}}
	row := 0
	for lines := bufio.NewScanner(strings.NewReader(oppositeList)); lines.Scan(); {
		vietnamese, english, ok := strings.Cut(lines.Text(), "=")
		if !ok || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		row++
		for language, column := range map[text.Language]string{text.Vietnamese: vietnamese, text.English: english} {
			one, other, _ := strings.Cut(column, "|")
			l.add(language, one, entry{row: row})
			l.add(language, other, entry{row: -row})
		}
	}
	return l
})

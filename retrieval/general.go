package retrieval

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"reportbot/store/text"
)

// How common words are in general text, counted in public data by
// TestGeneralFrequencies; the headers say which, and their licence.
//
//go:embed general.vi.txt
var generalVietnamese string

//go:embed general.en.txt
var generalEnglish string

// general has the frequencies of words in general text of a language.
type general struct {
	texts int            // that were counted
	in    map[string]int // in how many of them a word is as written, or a pair of folded neighbours
	// folded is in how many a word is without its marks, at most.
	folded map[string]int
}

// generalFrequencies are read for a language when they are first used.
var generalFrequencies = map[text.Language]func() *general{
	text.Vietnamese: sync.OnceValue(func() *general { return readGeneral(generalVietnamese) }),
	text.English:    sync.OnceValue(func() *general { return readGeneral(generalEnglish) }),
}

// generalOf returns how common words are in a language; of one that wasn't
// counted, every word is rare.
func generalOf(language text.Language) *general {
	if read := generalFrequencies[language]; read != nil {
		return read()
	}
	return &general{texts: 1}
}

// readGeneral reads "texts N" and then lines of a count with the words that
// have it.
func readGeneral(list string) *general {
	g := &general{in: map[string]int{}, folded: map[string]int{}}
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		if fields[0] == "texts" {
			g.texts, _ = strconv.Atoi(fields[1])
			continue
		}
		count, _ := strconv.Atoi(fields[0])
		for _, word := range fields[1:] {
			g.in[word] = count
			g.folded[text.Fold(word)] += count
		}
	}
	return g
}

// rarity returns how rare a word as written, or a pair, is in the language: 0
// for one that every text has to 1 for one that none has.
func (g *general) rarity(token string) float64 { return g.rare(g.in[token]) }

// foldedRarity is rarity of a word without its marks.
func (g *general) foldedRarity(word string) float64 { return g.rare(g.folded[word]) }

func (g *general) rare(count int) float64 {
	return 1 - math.Log(float64(1+min(count, g.texts)))/math.Log(float64(1+g.texts))
}

package report

import (
	_ "embed"
	"strings"
)

//go:embed vocabulary.txt
var vocabularies string

// vocabulary returns the entries of a section of vocabulary.txt.
func vocabulary(section string, entries func(string) []string) map[string]bool {
	_, rest, found := strings.Cut(vocabularies, "["+section+"]\n")
	if !found {
		panic("vocabulary.txt has no section " + section)
	}
	list, _, _ := strings.Cut(rest, "\n\n")
	set := map[string]bool{}
	for _, entry := range entries(list) {
		set[entry] = true
	}
	return set
}

func entryLines(list string) []string { return strings.Split(strings.TrimSpace(list), "\n") }

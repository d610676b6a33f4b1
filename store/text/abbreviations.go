package text

import "strings"

// Expand writes out the chat abbreviations of a Vietnamese question. One in
// capitals that isn't in the table, such as a name's, stays.
func Expand(question string) string {
	var b strings.Builder
	end := 0
	for _, word := range Words(question) {
		long, ok := vocabulary["chat"][word.Exact]
		if !ok || len(question[word.Start:word.End]) == 1 && word.Capital {
			continue
		}
		b.WriteString(question[end:word.Start])
		b.WriteString(long)
		end = word.End
	}
	if end == 0 {
		return question
	}
	return b.String() + question[end:]
}

package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reportbot/bot/intent"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// Sentence is a sentence of a message.
type Sentence struct {
	Text   string // as it was written
	States bool   // it states something that a report may say
	stated string // the statement, without hearsay before and tags after it
	before string // the statement before it, if it refers back to that; else empty
}

var (
	// bullet matches the mark of a list item, and signs at the beginning of a line.
	bullet = lazyregexp.New(`^\s*(?:[-–—•*+>·▪●►]+|\(?\d{1,2}[.)](?:\s|$)|[\p{So}\p{Sk}\x{fe0f}]+)\s*`)
	// aside matches parts that don't belong to a sentence: addresses, footnote marks, mentions.
	aside = lazyregexp.New(`https?://\S+|\bwww\.\S+|\s?\[\d{1,3}(?:\s?[,-]\s?\d{1,3})*\]|(?:^|\s)[@#][\pL\pN_]+`)
	// carelessEnd matches the end of a sentence before one without a capital; a shorter
	// word may be an abbreviation.
	carelessEnd = lazyregexp.New(`(?:\pL{3}\)?[.…]|[.…]{2}|[!?])[.!?…]*\s+`)
)

// Sentences splits a message into its sentences.
func Sentences(message string) []Sentence {
	var all []Sentence
	last := ""
	for line := range strings.Lines(message) {
		line = text.Clean(aside.ReplaceAllString(line, " "))
		for bullet.MatchString(line) {
			line = bullet.ReplaceAllString(line, "")
		}
		for _, span := range text.Sentences(line) {
			for _, part := range careless(line[span.Start:span.End]) {
				if intent.SignsOnly(part) {
					continue
				}
				s := Sentence{Text: part}
				if s.stated, s.States = intent.Statement(part); s.States {
					if intent.RefersBack(s.stated) {
						s.before = last
					}
					last = strings.TrimSpace(s.before + " " + s.stated)
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// careless splits a text at ends of sentences whose next one begins without a capital.
func careless(s string) []string {
	var parts []string
	from := 0
	for _, at := range carelessEnd.FindAllStringIndex(s, -1) {
		if next, _ := utf8.DecodeRuneInString(s[at[1]:]); unicode.IsLower(next) {
			parts = append(parts, strings.TrimSpace(s[from:at[1]]))
			from = at[1]
		}
	}
	return append(parts, strings.TrimSpace(s[from:]))
}

package telegramtest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// settle turns a parsed text into the one that stands in the chat: entities
// made to nest as Telegram allows, control characters gone, trimmed.
func settle(text string, entities []Entity) formatted {
	f := formatted{entities: slices.Clone(entities)}
	f.fixNesting()
	f.clean(text)
	f.trim()
	f.fixNesting()
	for i := range f.entities {
		if f.entities[i].Type == "code" {
			f.entities[i].Language = "" // means something only inside pre
		}
	}
	f.lost = lostBetween(entities, f.entities, text)
	return f
}

// lostBetween lists links, code and quotes that were asked for and are gone.
// Bold and the like may change their extent and are only counted as a kind.
func lostBetween(before, after []Entity, text string) []string {
	left := map[string]int{}
	for _, e := range after {
		left[e.Type]++
	}
	var lost []string
	for _, e := range before {
		if isSplittable(e.Type) {
			if left[e.Type] == 0 && strings.TrimSpace(e.In(text)) != "" {
				lost = append(lost, fmt.Sprintf("%s of %q", e.Type, e.In(text)))
			}
			continue
		}
		if left[e.Type]--; left[e.Type] < 0 {
			lost = append(lost, fmt.Sprintf("%s of %q (it stands in another entity, or is blank)", e.Type, e.In(text)))
		}
	}
	return lost
}

// clean sets the text without control characters and moves the entities along.
func (f *formatted) clean(text string) {
	var b strings.Builder
	moved := make([]int, 0, len(text)+1) // old offset to new
	units := 0
	for _, r := range text {
		for range unitsOf(r) {
			moved = append(moved, units)
		}
		switch {
		case r == '\r', r >= 0x2028 && r <= 0x202e, r == 0x333, r == 0x33f, r == 0x30a:
			continue
		case r < ' ' && r != '\n':
			r = ' '
		}
		b.WriteRune(r)
		units += unitsOf(r)
	}
	moved = append(moved, units)
	for i, e := range f.entities {
		f.entities[i].Offset = moved[e.Offset]
		f.entities[i].Length = moved[e.end()] - moved[e.Offset]
	}
	f.text = b.String()
}

// trim removes white space around the text and at the start of entities, and
// entities of white space only.
func (f *formatted) trim() {
	units := utf16.Encode([]rune(f.text))
	blank := func(i int) bool { return units[i] == ' ' || units[i] == '\n' }
	last := len(units)
	for last > 0 && blank(last-1) {
		last--
	}
	kept := f.entities[:0]
	for _, e := range f.entities {
		e.Length = min(e.end(), last) - e.Offset
		for e.Length > 0 && blank(e.Offset) {
			e.Offset, e.Length = e.Offset+1, e.Length-1
		}
		if e.Length > 0 {
			kept = append(kept, e)
		}
	}
	f.entities = kept
	first := 0
	for first < last && blank(first) {
		first++
	}
	for i := range f.entities {
		f.entities[i].Offset -= first
	}
	f.text = string(utf16.Decode(units[first:last]))
}

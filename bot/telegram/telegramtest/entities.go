package telegramtest

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf16"
)

// Entity is a part of a text with a meaning: formatting, a link, a command.
type Entity struct {
	Type   string `json:"type"`   // "bold", "text_link", "bot_command", ...
	Offset int    `json:"offset"` // in UTF-16 units
	Length int    `json:"length"` // in UTF-16 units
	URL    string `json:"url,omitempty"`
	// Language is the programming language of a pre.
	Language string `json:"language,omitempty"`
	// UserID is the person of a text_mention.
	UserID int64 `json:"-"`
}

func (e Entity) end() int { return e.Offset + e.Length }

// In returns the part of text the entity covers.
func (e Entity) In(text string) string {
	u := utf16.Encode([]rune(text))
	if e.Offset < 0 || e.Length < 0 || e.end() > len(u) {
		return ""
	}
	return string(utf16.Decode(u[e.Offset:e.end()]))
}

// Length returns the length of a text as Telegram's clients count it, in
// UTF-16 units.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

func isQuote(t string) bool { return t == "blockquote" || t == "expandable_blockquote" }

func isPre(t string) bool { return t == "pre" || t == "code" }

// isSplittable says whether a type of entity may overlap others: Telegram
// cuts these into pieces where it must.
func isSplittable(t string) bool {
	switch t {
	case "bold", "italic", "underline", "strikethrough", "spoiler":
		return true
	}
	return false
}

// sortEntities orders entities as Telegram does: outer before inner.
func sortEntities(list []Entity) {
	priority := map[string]int{
		"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
		"bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94,
	}
	rank := func(e Entity) int {
		if p, ok := priority[e.Type]; ok {
			return p
		}
		return 50
	}
	slices.SortStableFunc(list, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), -cmp.Compare(a.Length, b.Length), cmp.Compare(rank(a), rank(b)))
	})
}

// fixNesting sorts the entities and, if they do not nest as Telegram allows,
// drops and cuts them until they do.
func (f *formatted) fixNesting() {
	f.entities = slices.DeleteFunc(f.entities, func(e Entity) bool { return e.Length <= 0 })
	sortEntities(f.entities)
	if nestWell(f.entities) {
		return
	}
	var solid, quotes, soft []Entity
	for _, e := range f.entities {
		switch {
		case isSplittable(e.Type):
			soft = append(soft, e)
		case isQuote(e.Type):
			quotes = append(quotes, e)
		default:
			solid = append(solid, e)
		}
	}
	solid, quotes = dropOverlapping(solid), dropOverlapping(quotes)
	// A quote may contain links and code, but neither the reverse nor an
	// overlap is possible.
	solid = slices.DeleteFunc(solid, func(e Entity) bool {
		return slices.ContainsFunc(quotes, func(q Entity) bool {
			inside := e.Offset >= q.Offset && e.end() <= q.end()
			apart := e.end() <= q.Offset || e.Offset >= q.end()
			return !inside && !apart
		})
	})
	hard := slices.Concat(quotes, solid)
	sortEntities(hard)
	f.entities = slices.Concat(hard, splitAround(soft, hard))
	sortEntities(f.entities)
}

// nestWell says whether sorted entities can stay as they are.
func nestWell(list []Entity) bool {
	var open []Entity
	ends := map[string]int{} // of each splittable type
	for _, e := range list {
		for len(open) > 0 && e.Offset >= open[len(open)-1].end() {
			open = open[:len(open)-1]
		}
		for _, outer := range open {
			if e.end() > outer.end() || outer.Type == e.Type || !mayContain(outer.Type, e.Type) {
				return false
			}
		}
		if isSplittable(e.Type) {
			// Neighbours of one type become one.
			if end, ok := ends[e.Type]; ok && end >= e.Offset {
				return false
			}
			ends[e.Type] = e.end()
		}
		open = append(open, e)
	}
	return true
}

// mayContain says whether an entity of one type may stand in one of another:
// in pre and code nothing, in bold and the like all but those two, in a quote
// all but a quote, and in a link only bold and the like.
func mayContain(outer, inner string) bool {
	switch {
	case isPre(outer):
		return false
	case isSplittable(outer):
		return !isPre(inner)
	case isQuote(outer):
		return !isQuote(inner)
	}
	return isSplittable(inner)
}

// dropOverlapping keeps the first of those that overlap.
func dropOverlapping(list []Entity) []Entity {
	var kept []Entity
	for _, e := range list {
		if len(kept) == 0 || e.Offset >= kept[len(kept)-1].end() {
			kept = append(kept, e)
		}
	}
	return kept
}

// splitAround merges neighbours of one type, cuts them where another begins
// and at the borders of the hard entities, and removes them from pre and code.
// Both lists are sorted.
func splitAround(soft, hard []Entity) []Entity {
	var pieces []Entity
	var active []Entity // one of a type at most
	flush := func(offset int) {
		rest := active[:0]
		for _, e := range active {
			if e.Offset < offset {
				piece := e
				piece.Length = min(e.end(), offset) - e.Offset
				pieces = append(pieces, piece)
				if e.end() <= offset {
					continue
				}
				e.Offset, e.Length = offset, e.end()-offset
			}
			rest = append(rest, e)
		}
		active = rest
	}
	addUpTo := func(offset int) {
		for len(soft) > 0 && soft[0].Offset < offset {
			e := soft[0]
			soft = soft[1:]
			i := slices.IndexFunc(active, func(a Entity) bool { return a.Type == e.Type && e.Offset <= a.end() })
			if i >= 0 {
				active[i].Length = max(active[i].end(), e.end()) - active[i].Offset
				continue
			}
			flush(e.Offset)
			active = append(active, e)
		}
		flush(offset)
	}
	var open []Entity
	advance := func(offset int) {
		for len(open) > 0 && open[len(open)-1].end() <= offset {
			h := open[len(open)-1]
			open = open[:len(open)-1]
			before := len(pieces)
			addUpTo(h.end())
			if isPre(h.Type) {
				pieces = pieces[:before]
			}
		}
		addUpTo(offset)
	}
	for _, h := range hard {
		advance(h.Offset)
		open = append(open, h)
	}
	advance(math.MaxInt)
	return pieces
}

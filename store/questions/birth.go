package questions

import (
	"slices"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// born matches a name with a birth in brackets behind it.
var born = lazyregexp.New(`^([^(),;:]{3,60}?) \((?:[^()]*[ ;,])?sinh (?:ngày )?([^()]*?)(?:[,;–)]| - )`)

// birth asks for the birth date of a person that is in brackets after the name.
func (s *sentence) birth(src string) []string {
	m := born.FindStringSubmatch(src)
	if m == nil {
		return nil
	}
	dates := text.Dates(m[2], text.Words(m[2]))
	common := slices.ContainsFunc(text.Words(m[1]), func(w text.Word) bool { return !w.Capital })
	if common || len(dates) == 0 || dates[0].Day == 0 || dates[0].Year == 0 {
		return nil
	}
	return []string{assemble(m[1], "sinh vào ngày nào")}
}

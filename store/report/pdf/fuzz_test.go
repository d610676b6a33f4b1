package pdf

import (
	"testing"
)

// fuzzedPages places each letter by three bytes: where, how large, how it stands.
func fuzzedPages(data []byte) []*page {
	var pages []*page
	raw := &rawPage{number: 1}
	x, y := 50.0, 800.0
	for i := 0; i+3 < len(data); i += 4 {
		letter, step, size := string(rune(data[i])), data[i+1], float64(data[i+2]%32)
		switch {
		case step == 255:
			pages = append(pages, readWords(raw))
			raw = &rawPage{number: raw.number + 1}
			x, y = 50, 800
		case step > 200:
			x, y = float64(data[i+3])*2, y-size
		}
		how := data[i+3]
		raw.chars = append(raw.chars, char{
			text: letter, left: x, right: x + size/2, bottom: y, top: y + size, base: y + float64(how%8),
			size: size, angle: float64(how/64) * 1.5708, bold: how%2 == 1,
		})
		x += float64(step % 32)
	}
	return append(pages, readWords(raw))
}

// FuzzPages takes pages as the library reads them: what is wrong with a file is
// the library's to find, in its process.
func FuzzPages(f *testing.F) {
	var text []byte
	for i, r := range []byte("The bridge is long.1 It is wide. 1 A note. 12 Page") {
		text = append(text, r, byte(6+i%3), 12, byte(i))
	}
	f.Add(text)
	f.Add([]byte{'a', 201, 12, 0, '1', 4, 6, 5, 'b', 255, 12, 0, '1', 201, 6, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := document(fuzzedPages(data[:min(len(data), 1<<14)]), metadata{})
		if err != nil {
			return
		}
		for _, l := range d.Lines {
			if l.Text == "" || l.Page < 1 {
				t.Errorf("a line of nothing: %+v", l)
			}
		}
	})
}

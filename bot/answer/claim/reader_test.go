package claim

import (
	"strings"
	"sync"
	"testing"

	"reportbot/store/text"
)

func TestAReaderReadsASentenceOnce(t *testing.T) {
	r := NewReader(concepts)
	const sentence = "Nga nhận 12.000 quân ngày 8 tháng 10."
	first := r.source(sentence, text.Vietnamese, 2024)
	if r.source(sentence, text.Vietnamese, 2024) != first {
		t.Error("the sentence is read again")
	}
	if r.source(sentence, text.Vietnamese, 2023) == first {
		t.Error("the dates of a sentence are in the year of another place")
	}
	long := strings.Repeat(sentence, longestKept/len(sentence)+1)
	if first = r.source(long, text.Vietnamese, 2024); r.source(long, text.Vietnamese, 2024) == first {
		t.Error("a sentence of any length is remembered")
	}
}

// The race detector finds it if a check changes what others read.
func TestCheckersShareAReader(t *testing.T) {
	r := NewReader(concepts)
	sources := []Source{
		{Text: "Nga không nhận 12.000 quân của Triều Tiên ngày 8 tháng 10.", Paragraph: 1, Heading: "Kursk", Year: 2024},
		{Text: "Quân tập ở Kursk.", Paragraph: 1, Heading: "Kursk", Year: 2024},
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			c := New(r, Report{Title: "Hồ sơ", Date: "2024-11-01"}, sources, text.Vietnamese)
			if v := c.Check("Nga không nhận quân của Triều Tiên.", []int{0, 1}); v.Decision == Rejected {
				t.Errorf("%+v", v)
			}
			s := c.Statement("Nga nhận 13.000 quân của Triều Tiên ngày 8 tháng 10.")
			c.Coverage(s, 0)
			c.Contradiction(s, 0)
		})
	}
	all.Wait()
}

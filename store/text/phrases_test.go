package text

import "testing"

func TestPhrasesStandInWords(t *testing.T) {
	phrases := NewPhrases("bao nhiêu|bao nhiêu lần, đâu\nhow many")
	for _, test := range []struct {
		words    string
		marked   bool
		from, to int
	}{
		{"Họ gặp nhau bao nhiêu lần?", true, 3, 6},
		{"ho gap nhau bao nhieu lan", false, 3, 6},
		{"ho gap bao nhieu", true, -1, -1}, // marks are expected
		{"Ai bị đau?", true, -1, -1},       // another word
		{"ở đâu", true, 1, 2},
		{"So how many times", false, 1, 3},
		{"bao", false, -1, -1},
		{"", true, -1, -1},
	} {
		words := Words(test.words)
		from, to := phrases.Find(words, test.marked)
		if from != test.from || to != test.to || phrases.In(words, test.marked) != (from >= 0) {
			t.Errorf("%q: %d to %d, want %d to %d", test.words, from, to, test.from, test.to)
		}
	}
}

func TestPhrasesMarkTheirWords(t *testing.T) {
	words := Words("nói ở đâu và bao nhiêu")
	is := make([]bool, len(words))
	NewPhrases("đâu|bao nhiêu").Mark(is, words, true)
	want := []bool{false, false, true, false, true, true}
	for i := range want {
		if is[i] != want[i] {
			t.Errorf("%s: %v", words[i].Exact, is[i])
		}
	}
}

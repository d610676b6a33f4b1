package answer

import (
	"slices"
	"testing"

	"reportbot/store/report"
)

func TestFamilyNameStandsForTheFullNameBeforeIt(t *testing.T) {
	for _, test := range []struct {
		name            string
		sentences, want []string
	}{
		{"behind it", []string{"Kim Jong-un tới Nga.", "Ở đó Kim gặp Putin."}, []string{"", "Kim Jong-un"}},
		{"not before it", []string{"Kim gặp Putin.", "Kim Jong-un tới Nga."}, []string{"", ""}},
		{"beside another full name", []string{"Choe Son-hui gặp Lavrov.", "Ông cảm ơn Choe và Kim Yo-jong."}, []string{"", "Choe Son-hui"}},
		{"a full name stands for itself", []string{"Kim Jong-un tới Nga.", "Kim Jong-il thì không."}, []string{"", ""}},
		{"one of two", []string{"Kim Jong-un tới Nga.", "Kim Jong-il thì không.", "Kim gặp Putin."}, []string{"", "", ""}},
		{"within another word", []string{"Kim Jong-un tới Nga.", "Kimchi ngon."}, []string{"", ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sentences []report.Sentence
			for _, s := range test.sentences {
				sentences = append(sentences, report.Sentence{Text: s})
			}
			if got := antecedents(sentences); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

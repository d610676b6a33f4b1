package text

import "testing"

func TestEnglishWordsWithoutTheirEndings(t *testing.T) {
	for _, test := range []struct{ word, stem string }{
		{"deployed", "deploy"}, {"deploying", "deploy"}, {"deploys", "deploy"}, {"armies", "armi"}, {"army", "armi"},
		{"12000", "12000"}, {"1_7", "1_7"}, {"красный", "красный"}, {"", ""},
	} {
		if got := Stem(test.word); got != test.stem {
			t.Errorf("the stem of %q is %q, want %q", test.word, got, test.stem)
		}
	}
}

func TestEnglishTexts(t *testing.T) {
	for _, test := range []struct {
		text    string
		english bool
	}{
		{"The troops of the North were seen in Kursk.", true},
		{"Drogo of Hauteville was ennobled by Henry the Third.", true},
		{"Bộ binh Triều Tiên được thấy ở Kursk.", false},
		{"Theo tờ The New York Times, Nga đã trả lại chín triệu đô la.", false},
		{"quan Trieu Tien da toi Kursk", false},
		{"Войска были замечены в Курске.", false},
	} {
		if got := IsEnglish(Words(test.text)); got != test.english {
			t.Errorf("%q is English: %v", test.text, got)
		}
	}
}

package retrieval

import (
	"slices"
	"strings"
	"testing"

	"reportbot/store/text"
)

func TestNamesInAnotherSpellingAreKnown(t *testing.T) {
	s, edition := loaded(t, "Lịch sử",
		"Hồng quân chiếm thị trấn Khüree vào tháng 7.",
		"Gandhi viết nhiều thư trong tù.",
		"Selvig rời phòng thí nghiệm.")
	for _, question := range []string{
		"Ai chiếm Khuree?", "ai chiem khuree", "Ghandi viết gì?", "ghandi viet gi", "selvig rời đâu",
	} {
		if got := absenceOf(t, s, edition, question); got.Refuse || len(got.Absent) > 0 {
			t.Errorf("%s: %+v", question, got)
		}
	}
}

func TestPartsAreWhatIsAskedAbout(t *testing.T) {
	s := New(nil)
	for _, test := range []struct{ question, parts string }{
		{"Có bao nhiêu lính ở Kursk khi nào?", "lính|Kursk"},
		{"Loài hoa đó được gọi là gì?", "Loài|hoa"},
		{"Một trong những tên lửa của Dr. Messi là gì?", "tên lửa|Messi"},
		{"what is the Kremlin spokesman called", "the Kremlin|spokesman"},
	} {
		q := parse(test.question, s.concepts, text.Vietnamese)
		var parts []string
		for _, p := range q.parts() {
			parts = append(parts, q.text[q.words[p.from].Start:q.words[p.to-1].End])
		}
		if !slices.Equal(parts, strings.Split(test.parts, "|")) {
			t.Errorf("%s: %q, want %s", test.question, parts, test.parts)
		}
	}
}

// "Thành phố" before "nào" is what the answer is, and need not stand in the report.
func TestTheKindOfTheAnswerCountsLess(t *testing.T) {
	s := New(nil)
	rarity := func(question string) float64 {
		parts := parse(question, s.concepts, text.Vietnamese).parts()
		return parts[len(parts)-1].rarity
	}
	if asked, said := rarity("Lễ ký diễn ra ở thành phố nào?"), rarity("Lễ ký diễn ra ở thành phố?"); asked != said/2 {
		t.Errorf("%.2f beside %.2f", asked, said)
	}
}

// In small letters too a word that is no Vietnamese syllable is a name.
func TestForeignWordsAreNames(t *testing.T) {
	s := New(nil)
	for question, names := range map[string]bool{"messi ghi ban": true, "ghi ban thang": false, "Messi ghi bàn": true, "UK ở đâu": true} {
		if got := parse(question, s.concepts, text.Vietnamese).parts()[0].name; got != names {
			t.Errorf("%s: %v", question, got)
		}
	}
}

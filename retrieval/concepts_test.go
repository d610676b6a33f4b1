package retrieval

import (
	"slices"
	"strings"
	"testing"

	"reportbot/store/text"
)

func TestEmbeddedWordListHasNoNameTwice(t *testing.T) {
	c := New(nil).concepts
	if len(c.all) < 300 {
		t.Fatalf("%d concepts, want at least 300", len(c.all))
	}
	type key struct {
		language text.Language
		name     string
	}
	seen := map[key]string{}
	for _, concept := range c.all {
		here := map[key]bool{}
		for _, name := range concept.Names {
			k := key{name.Language, strings.Join(name.Words, " ")}
			if other, twice := seen[k]; twice && !here[k] {
				t.Errorf("%q (%s) stands for %q and for %q", k.name, k.language, other, concept.ID)
			}
			seen[k], here[k] = concept.ID, true
		}
	}
}

func TestWordListFormat(t *testing.T) {
	for _, test := range []struct{ name, list, fault string }{
		{"three columns", "lính | soldier | солдат*", "line 1: 3 columns"},
		{"a name of signs", "# soldiers\nlính | soldier, ! | - | -", "line 2: a name without letters"},
		{"no names", "- | - | - | -", "line 1: no names"},
		{"comments and blank lines", "# soldiers\n\nlính | soldier | солдат* | 군인*\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := parseConcepts(strings.NewReader(test.list))
			if test.fault == "" && err != nil || test.fault != "" && (err == nil || !strings.Contains(err.Error(), test.fault)) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}

const soldiers = `
Triều Tiên, Bắc Triều Tiên, Bắc Hàn | North Korea, DPRK | КНДР | 북한*
lính, binh sĩ, quân nhân | soldier, soldiers | солдат* | 군인*
bán đảo | peninsula | - | -
bắn | fire, ban | - | -
`

func TestSomeNamesNeedTheirCapital(t *testing.T) {
	c := New(nil).concepts
	for _, test := range []struct{ said, want string }{
		{"thuộc địa của Anh ở Ấn Độ", "vương quốc anh ấn độ"},
		{"hỏi anh về Ấn Độ", "ấn độ"},
		{"Anh nói về Ấn Độ", "ấn độ"},   // a capital at the beginning says nothing
		{"Mỹ nói về Ấn Độ", "mỹ ấn độ"}, // "my" is a stop word, "mỹ" is none
		{"British India", "vương quốc anh ấn độ"},
	} {
		var found []string
		for _, f := range c.Find(text.Words(test.said), text.LanguageOf(test.said, text.Vietnamese)) {
			if f.Concept.Name {
				found = append(found, f.Concept.ID)
			}
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("%q names %q, want %q", test.said, got, test.want)
		}
	}
}

func TestFurtherConceptsAddToTheProgramsOwn(t *testing.T) {
	s, err := NewWith(nil, strings.NewReader("Cầu Sông Mây | Cloud River Bridge | - | -\n"))
	if err != nil {
		t.Fatal(err)
	}
	found := s.concepts.Find(text.Words("Who built the Cloud River Bridge?"), text.English)
	if last := found[len(found)-1]; last.Concept.ID != "cầu sông mây" {
		t.Errorf("found %q", last.Concept.ID)
	}
	if found := s.concepts.Find(text.Words("Bắc Hàn"), text.Vietnamese); len(found) != 1 {
		t.Errorf("the program's own are gone: %+v", found)
	}
	if _, err := NewWith(nil, strings.NewReader("\nlính | soldier")); err == nil || !strings.Contains(err.Error(), "line 2: 2 columns") {
		t.Errorf("a broken list: %v", err)
	}
}

// concepts makes a word list.
func concepts(t *testing.T, list string) *Concepts {
	t.Helper()
	parsed, err := parseConcepts(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	return newConcepts(parsed)
}

func TestConceptsAreFoundInQuestions(t *testing.T) {
	c := concepts(t, soldiers)
	for _, test := range []struct {
		question string
		want     string
	}{
		{"Lính Bắc Hàn ở đâu?", "lính, triều tiên"},
		{"linh bac han o dau", "lính, triều tiên"},
		{"Where are the North Korean DPRK soldiers?", "triều tiên, lính"},
		{"Где солдаты КНДР?", "lính, triều tiên"},
		{"북한의 군인은 어디에?", "triều tiên, lính"},
		{"Bắc Triều Tiên", "triều tiên"},                             // the longest name, once
		{"ban hành nghị quyết", ""},                                  // an English word is no Vietnamese syllable
		{"binh sỹ", ""},                                              // other marks, another word
		{"quân nhân DPRK trên bán đảo", "lính, triều tiên, bán đảo"}, // proper names count in any language
	} {
		t.Run(test.question, func(t *testing.T) {
			language := text.LanguageOf(test.question, text.Vietnamese)
			var got []string
			for _, found := range c.find(text.Words(test.question), language, text.HasDiacritics(test.question)) {
				got = append(got, found.Concept.ID)
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("found %q, want %q", strings.Join(got, ", "), test.want)
			}
		})
	}
}

func TestConceptsAreCountedInReports(t *testing.T) {
	c := concepts(t, soldiers)
	counts := countNames(inReportsByWord(c.all), text.Words("Quân nhân Bắc Triều Tiên và binh sĩ DPRK: ban đầu soldier."))
	got := map[string]int{}
	for _, concept := range c.all {
		for _, name := range concept.Names {
			if counts[name] > 0 {
				got[concept.ID] += counts[name]
			}
		}
	}
	want := map[string]int{"lính": 2, "triều tiên": 2}
	if len(got) != len(want) || got["lính"] != 2 || got["triều tiên"] != 2 {
		t.Errorf("counted %v, want %v: Vietnamese names, and proper names of any language", got, want)
	}
}

func TestQuestionsAreRead(t *testing.T) {
	s := New(nil)
	words := func(q query) (typed []string) {
		for _, unit := range q.units {
			if unit.concept == nil {
				typed = append(typed, unit.exact)
			}
		}
		return typed
	}
	for _, test := range []struct {
		question string
		words    string
		names    string
	}{
		{"Triều Tiên gửi bao nhiêu quân?", "triều tiên gửi quân", "tien"},
		{"trieu tien gui bao nhieu quan", "trieu tien gui quan", ""},
		{"How many troops did Kim Jong-un send?", "troops kim jong un send", "kim jong"},
		{"12.000 quân năm 2024", "12000 quân năm 2024", "12000 2024"},
		{"là gì?", "là gì", ""}, // nothing but stop words: then they are the question
		{"???", "", ""},
	} {
		t.Run(test.question, func(t *testing.T) {
			q := parse(test.question, s.concepts, text.Vietnamese)
			if got := strings.Join(words(q), " "); got != test.words {
				t.Errorf("words %q, want %q", got, test.words)
			}
			if got := strings.Join(q.names, " "); got != test.names {
				t.Errorf("names %q, want %q", got, test.names)
			}
		})
	}
	long := parse(strings.Repeat("triều tiên ", 5000), s.concepts, text.Vietnamese)
	if len(long.units) > 3 || !slices.Contains(words(long), "tiên") {
		t.Errorf("a long question was read as %d units", len(long.units))
	}
}

func TestMetonymsAreInTheWordList(t *testing.T) {
	byID := map[string]*Concept{}
	for _, concept := range New(nil).concepts.all {
		byID[concept.ID] = concept
	}
	for line := range strings.Lines(section("metonyms")) {
		state, seats, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for seat := range strings.SplitSeq(seats, ", ") {
			if byID[seat] == nil || byID[seat].state == nil || byID[seat].state != byID[state] {
				t.Errorf("%q does not stand for %q", seat, state)
			}
		}
	}
}

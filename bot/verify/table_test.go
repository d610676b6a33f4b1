package verify

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"reportbot/store/text"
)

// row is a sentence of a table with the verdict of who wrote it; "none" for one that
// states nothing.
type row struct {
	ID      int
	Text    string
	Verdict string
	Lang    string
}

// figures count what became of a table's sentences: by their verdict and ours.
type figures map[string]map[string]int

func (f figures) add(want, got string) {
	if f[want] == nil {
		f[want] = map[string]int{}
	}
	f[want][got]++
}

func (f figures) got(verdict string) (right, all int) {
	for want, by := range f {
		all += by[verdict]
		if want == verdict {
			right += by[verdict]
		}
	}
	return right, all
}

func (f figures) of(verdict string) (n int) {
	for _, count := range f[verdict] {
		n += count
	}
	return n
}

func (f figures) String() string {
	says, allSays := f.got("says")
	denies, allDenies := f.got("contradicts")
	none, allNone := f.got("none")
	facts := f.of("says") + f.of("contradicts")
	return fmt.Sprintf("✅ %d of %d right, ❌ %d of %d right; recall of both %d of %d = %.2f (✅ %d/%d, ❌ %d/%d); left out %d of %d, wrongly %d",
		says, allSays, denies, allDenies, says+denies, facts, float64(says+denies)/float64(max(facts, 1)), says, f.of("says"), denies, f.of("contradicts"),
		none, f.of("none"), allNone-none)
}

// verdictOf checks one sentence.
func verdictOf(t *testing.T, v *Verifier, r row) (string, Statement) {
	t.Helper()
	result, err := v.Verify(t.Context(), Request{Text: r.Text, Language: text.LanguageOf(r.Text, text.Vietnamese)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Statements) == 0 {
		return "none", Statement{}
	}
	verdict := Silent
	var last Statement
	for _, s := range result.Statements {
		if last = s; s.Verdict != Silent {
			verdict = s.Verdict
			break
		}
	}
	return string(verdict), last
}

func TestTableWithoutAModel(t *testing.T) {
	v := over(t, original, nil)
	f := figures{}
	for _, r := range readLines[row](t, "testdata/open.jsonl") {
		got, s := verdictOf(t, v, r)
		f.add(r.Verdict, got)
		if got != r.Verdict && (got != string(Silent) || r.Verdict == "none") {
			t.Logf("%d: %s, not %s: %q by %q (%s)", r.ID, got, r.Verdict, r.Text, s.Source.Text, s.Detail)
		} else if got != string(Silent) && got != "none" {
			t.Logf("right %d: %s: %q by %q (%s)", r.ID, got, r.Text, s.Source.Text, s.Detail)
		}
	}
	t.Log(f)
	if right, all := f.got("contradicts"); 20*right < 19*all || right < 8 {
		t.Errorf("❌: %d of %d right", right, all)
	}
	if right, all := f.got("says"); right < all {
		t.Errorf("✅: %d of %d right", right, all)
	}
}

// devVerdicts are the claims of a language model's own replies about the original, with
// natural falsifications.
const devVerdicts = "../../../shared/replies/dev-verdicts.jsonl"

// TestFalsificationsWithoutAModel checks statements in a report's own style, true and
// falsified in the ways that statements are.
func TestFalsificationsWithoutAModel(t *testing.T) {
	v := over(t, original, nil)
	by := map[string]map[string]int{}
	count := func(kind, text string) {
		got, s := verdictOf(t, v, row{Text: text})
		if by[kind] == nil {
			by[kind] = map[string]int{}
		}
		by[kind][got]++
		if (kind == "true") == (got == string(Contradicts)) && (got == string(Says) || got == string(Contradicts)) {
			t.Logf("%s: %s: %q by %q (%s)", kind, got, text, s.Source.Text, s.Detail)
		}
	}
	for _, c := range readLines[struct {
		Claim, Verdict string
		Forged         []struct{ Text, Type string }
	}](t, devVerdicts) {
		if c.Verdict == "yes" {
			count("true", c.Claim)
		}
		for _, f := range c.Forged {
			count(f.Type, f.Text)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		t.Log(kind, by[kind])
		if kind != "true" && by[kind][string(Says)] > 0 || kind == "true" && by[kind][string(Contradicts)] > 0 {
			t.Errorf("%s: %v", kind, by[kind])
		}
	}
}

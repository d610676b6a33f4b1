package verify

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/store/text"
)

// The tables: sentences as people write them in chats, on the original, by people who
// knew the report and not the rules, and whole messages. The sealed one was looked at by
// nobody who wrote rules.
const (
	openTable    = "testdata/open.jsonl"
	sealedTable  = "testdata/sealed.jsonl"
	messageTable = "testdata/messages.jsonl"
	// judgeTable has what a model that played the judge said to the program's own prompts.
	judgeTable = "testdata/judge.jsonl"
	// devVerdicts are the claims of a language model's own replies about the original,
	// with natural falsifications.
	devVerdicts = "../../../shared/replies/dev-verdicts.jsonl"
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

// given returns how many sentences were given a verdict, and of these how many rightly.
func (f figures) given(verdict string) (right, all int) {
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

func (f figures) recall() float64 {
	says, _ := f.given("says")
	contradicts, _ := f.given("contradicts")
	return float64(says+contradicts) / float64(max(f.of("says")+f.of("contradicts"), 1))
}

func (f figures) String() string {
	var b strings.Builder
	for _, verdict := range []string{"says", "contradicts"} {
		right, all := f.given(verdict)
		fmt.Fprintf(&b, "%s: %d of %d right, %d of %d found; ", verdict, right, all, right, f.of(verdict))
	}
	left, all := f.given("none")
	fmt.Fprintf(&b, "recall of both %.2f; of %d that state nothing %d left out, and %d others", f.recall(), f.of("none"), left, all-left)
	return b.String()
}

// verdicts are the verdicts of a message's sentences, as they are written.
type verdicts map[string]Statement

func verdictsOf(r *Result) verdicts {
	of := verdicts{}
	for _, s := range r.Statements {
		of[s.Text] = s
	}
	return of
}

// checked checks a message, and returns what code decides alone and what comes of it with
// the judge.
func checked(t *testing.T, v *Verifier, said string) (byCode, judged verdicts) {
	t.Helper()
	r, err := v.Verify(t.Context(), Request{Text: said, Language: text.LanguageOf(said, text.Vietnamese)}, func(known *Result) { byCode = verdictsOf(known) })
	if err != nil {
		t.Fatal(err)
	}
	judged = verdictsOf(r)
	if byCode == nil { // the judge was not asked
		byCode = judged
	}
	return byCode, judged
}

// of returns the verdict of a sentence, that of any if it is empty, and why.
func (v verdicts) of(sentence string) (string, Statement) {
	for written, s := range v {
		if sentence == "" || written == sentence {
			return string(s.Verdict), s
		}
	}
	return "none", Statement{}
}

// measured are the figures of a table, and what was decided wrongly.
type measured struct {
	figures
	table string
	wrong []string
}

func (m *measured) add(r row, v verdicts, sentence string) {
	got, s := v.of(sentence)
	m.figures.add(r.Verdict, got)
	if got != r.Verdict && !(got == string(Silent) && r.Verdict != "none") {
		m.wrong = append(m.wrong, fmt.Sprintf("%s, not %s: %q by %q (%s)", got, r.Verdict, r.Text, s.Source.Text, s.Detail))
	}
}

// measure checks the messages of a table: of one sentence each, or with a verdict for
// each sentence.
func measure(t *testing.T, v *Verifier, table string) (byCode, judged measured) {
	t.Helper()
	byCode, judged = measured{figures{}, table, nil}, measured{figures{}, table, nil}
	for _, message := range readLines[struct {
		row
		Sentences []row
	}](t, table) {
		ofCode, ofJudge := checked(t, v, message.Text)
		if message.Sentences == nil {
			byCode.add(message.row, ofCode, "")
			judged.add(message.row, ofJudge, "")
		}
		for _, r := range message.Sentences {
			byCode.add(r, ofCode, text.Clean(r.Text))
			judged.add(r, ofJudge, text.Clean(r.Text))
		}
	}
	return byCode, judged
}

// log prints the figures, and, unless the table is sealed, what was decided wrongly.
func (m measured) log(t *testing.T) {
	t.Helper()
	if m.table != sealedTable {
		for _, wrong := range m.wrong {
			t.Log(wrong)
		}
	}
	t.Logf("table %s: %v", m.table, m.figures)
}

// hold fails where fewer verdicts are right than promised.
func (f figures) hold(t *testing.T, says, contradicts, recall float64) {
	t.Helper()
	for verdict, least := range map[string]float64{"says": says, "contradicts": contradicts} {
		if right, all := f.given(verdict); float64(right) < least*float64(all) {
			t.Errorf("%s: %d of %d right, want %.2f", verdict, right, all, least)
		}
	}
	if f.recall() < recall {
		t.Errorf("recall %.2f, want %.2f", f.recall(), recall)
	}
}

// slow leaves a test out of the inner loop, and runs it beside others.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it checks hundreds of sentences")
	}
	t.Parallel()
}

// recorded is a model that says as a judge what it said when it was asked.
type recorded struct {
	says, denies map[string]string
	unknown      *int
}

var judgedLine = regexp.MustCompile(`(?m)^\[C(\d+)\] (.*)$`)

func (r recorded) Stream(_ context.Context, messages []model.Message, piece func(string)) (model.Usage, error) {
	for _, m := range judgedLine.FindAllStringSubmatch(messages[len(messages)-1].Content, -1) {
		said, known := r.says[m[2]]
		for _, w := range worded {
			begin, _, _ := strings.Cut(w.denial, "%s")
			if stated, ok := strings.CutPrefix(m[2], begin); ok {
				said, known = r.denies[strings.TrimSuffix(stated, "”")]
			}
		}
		if !known {
			*r.unknown++
			said = "no"
		}
		piece(fmt.Sprintf("C%s: %s\n", m[1], said))
	}
	return model.Usage{Calls: 1}, nil
}

// The judge is only asked of what code leaves open, so that one check of a message says
// what comes of it without a model, too.
func TestTablesWithoutAModelAndWithTheJudge(t *testing.T) {
	slow(t)
	r := recorded{map[string]string{}, map[string]string{}, new(int)}
	for _, j := range readLines[struct{ Text, Says, Denies string }](t, judgeTable) {
		r.says[j.Text], r.denies[j.Text] = j.Says, j.Denies
	}
	v := over(t, original, r, answer.WithJudge())
	openByCode, open := measure(t, v, openTable)
	messagesByCode, messages := measure(t, v, messageTable)
	sealedByCode, sealed := measure(t, v, sealedTable)
	for _, m := range []measured{openByCode, messagesByCode, sealedByCode, open, messages, sealed} {
		m.log(t)
	}
	openByCode.hold(t, .97, .95, .1)
	messagesByCode.hold(t, .97, .95, 0)
	open.hold(t, .97, .95, .6)
	messages.hold(t, .97, .95, .6)
	if *r.unknown > 0 {
		t.Logf("the judge was asked of %d claims that it has not been asked before", *r.unknown)
	}
}

// TestFalsificationsWithoutAModel checks statements in a report's own style, true and
// falsified in the ways that statements are.
func TestFalsificationsWithoutAModel(t *testing.T) {
	slow(t)
	v := over(t, original, nil)
	by := map[string]map[string]int{}
	count := func(kind, text string) {
		_, verdicts := checked(t, v, text)
		got, s := verdicts.of("")
		if by[kind] == nil {
			by[kind] = map[string]int{}
		}
		by[kind][got]++
		if kind == "true" && got == string(Contradicts) || kind != "true" && got == string(Says) {
			t.Errorf("%s: %s: %q by %q (%s)", kind, got, text, s.Source.Text, s.Detail)
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
		t.Logf("table %s: %v", kind, by[kind])
	}
}

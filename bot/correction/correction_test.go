package correction

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
)

const bridges = `Báo cáo về những cây cầu
Ngày 3 tháng 5 năm 2024
Hiện trạng
Cầu Bạch Yến dài 1.200 mét. [1] Mỗi ngày có 15.000 lượt xe qua cầu này. [2]
Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [2] Thành phố sẽ xây thêm hai cây cầu nữa trước năm 2030. [1]
[1] https://example.org/a
[2] https://example.org/b
`

// kept is a store with editions of a report on bridges and answers from them.
type kept struct {
	*store.Store
	t      testing.TB
	finder *Finder
	sent   int
}

func newKept(t testing.TB) *kept {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &kept{Store: s, t: t, finder: New(s, retrieval.New(nil).Concepts())}
}

// load makes an edition live, with changes of the first: pairs of old and new.
func (k *kept) load(changes ...string) int64 {
	k.t.Helper()
	written := strings.NewReplacer(changes...).Replace(bridges)
	r, err := report.Parse([]byte(written))
	if err != nil {
		k.t.Fatal(err)
	}
	e, err := k.Load(context.Background(), &report.Source{Location: "x", SHA256: written, Report: r}, "")
	if err != nil {
		k.t.Fatal(err)
	}
	return e.ID
}

// answered stores a sent answer that cites sentences.
func (k *kept) answered(edition int64, cited ...store.Cited) int64 {
	k.t.Helper()
	k.sent++
	id, err := k.AddExchange(context.Background(), store.Exchange{Thread: fmt.Sprint(k.sent), Edition: edition, Language: "vi", Cited: cited})
	if err == nil {
		_, err = k.Accept(context.Background(), []store.Update{{ID: id, Body: []byte("{}")}})
	}
	if err == nil {
		err = k.CompleteReply(context.Background(), store.Reply{Update: id, Messages: []int{k.sent}, Shown: 1, Answer: &store.SentAnswer{Exchange: id, Parts: []byte("{}")}})
	}
	if err != nil {
		k.t.Fatal(err)
	}
	return id
}

// rechecked returns the new sentences of the pending corrections, by exchange.
func (k *kept) rechecked() map[int64]string {
	k.t.Helper()
	if err := k.finder.Recheck(context.Background()); err != nil {
		k.t.Fatal(err)
	}
	pending, err := k.PendingCorrections(context.Background(), 0, 100_000)
	if err != nil {
		k.t.Fatal(err)
	}
	found := map[int64]string{}
	for _, p := range pending {
		found[p.Exchange] = ""
		for _, c := range p.Changes {
			found[p.Exchange] += c.New + ";"
		}
	}
	return found
}

var (
	length  = store.Cited{Paragraph: 1, Text: "Cầu Bạch Yến dài 1.200 mét."}
	traffic = store.Cited{Paragraph: 1, Text: "Mỗi ngày có 15.000 lượt xe qua cầu này."}
	repair  = store.Cited{Paragraph: 2, Text: "Cầu Cẩm Thạch được sửa chữa suốt năm 2021."}
)

func TestAnEditionCorrectsTheAnswersWhoseSentencesItChanges(t *testing.T) {
	for _, test := range []struct {
		name    string
		changes []string
		want    [3]string // for answers that cite length, traffic, repair
	}{
		{"nothing", nil, [3]string{}},
		{"a number", []string{"15.000", "16.000"}, [3]string{1: "Mỗi ngày có 16.000 lượt xe qua cầu này.;"}},
		{"a sentence is gone", []string{" Mỗi ngày có 15.000 lượt xe qua cầu này. [2]", ""}, [3]string{1: ";"}},
		{"layout and numbers of notes", []string{"Mỗi ngày có", "Mỗi  ngày, có", "[2]", "[7]", "[1] Mỗi", "[1]\n\nMỗi"}, [3]string{}},
		{"words", []string{"được sửa chữa suốt năm 2021", "đã được sửa chữa trong suốt năm 2021"}, [3]string{}},
		{"two sentences are one", []string{"1.200 mét. [1] Mỗi", "1.200 mét; mỗi"}, [3]string{}},
		{"and another number", []string{"1.200 mét. [1] Mỗi", "1.300 mét; mỗi"},
			[3]string{"Cầu Bạch Yến dài 1.300 mét; mỗi ngày có 15.000 lượt xe qua cầu này.;"}},
		{"another report", []string{"Cầu Bạch Yến dài 1.200 mét.", "Giá vàng tăng.", "Mỗi ngày có 15.000 lượt xe qua cầu này.", "Giá bạc giảm.",
			"Cầu Cẩm Thạch được sửa chữa suốt năm 2021.", "Ai cũng mua.", "Thành phố sẽ xây thêm hai cây cầu nữa trước năm 2030.", "Không ai bán."}, [3]string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := newKept(t)
			edition := k.load()
			var ids [3]int64
			for i, cited := range []store.Cited{length, traffic, repair} {
				ids[i] = k.answered(edition, cited)
			}
			if found := k.rechecked(); len(found) > 0 {
				t.Fatalf("the edition that they are from corrects %v", found)
			}
			k.load(test.changes...)
			found := k.rechecked()
			for i, id := range ids {
				if found[id] != test.want[i] {
					t.Errorf("answer %d: got %q, want %q", i, found[id], test.want[i])
				}
				delete(found, id)
			}
		})
	}
}

func TestARollbackTakesCorrectionsBack(t *testing.T) {
	k := newKept(t)
	first := k.load()
	id := k.answered(first, traffic)
	second := k.load("15.000", "16.000")
	if count, err := k.finder.Count(t.Context(), second); err != nil || count != (Count{Otherwise: 1}) {
		t.Errorf("edition 2 would correct %v (%v)", count, err)
	}
	k.rechecked()
	k.shown()
	if err := k.MakeLive(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if count, err := k.finder.Count(t.Context(), first); err != nil || count != (Count{Again: 1}) {
		t.Errorf("the rollback would correct %v (%v)", count, err)
	}
	if found, want := k.rechecked(), map[int64]string{id: ""}; len(found) != 1 || found[id] != want[id] {
		t.Errorf("the rollback leads to %v, want %v", found, want)
	}
	k.shown()
	third := k.load("15.000", "17.000")
	if count, err := k.finder.Count(t.Context(), third); err != nil || count != (Count{Otherwise: 1}) {
		t.Errorf("edition 3 would correct %v (%v)", count, err)
	}
	if found := k.rechecked(); found[id] != "Mỗi ngày có 17.000 lượt xe qua cầu này.;" {
		t.Errorf("edition 3 leads to %v", found)
	}
}

// shown records that all pending corrections are shown.
func (k *kept) shown() {
	k.t.Helper()
	pending, err := k.PendingCorrections(context.Background(), 0, 100_000)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, p := range pending {
		if err := k.CorrectionShown(context.Background(), p.Correction); err != nil {
			k.t.Fatal(err)
		}
	}
}

func TestAnAnswerThatWasBeingMadeWhenAnEditionWentLiveIsFoundToo(t *testing.T) {
	k := newKept(t)
	first := k.load()
	k.load("15.000", "16.000")
	k.rechecked()
	id := k.answered(first, traffic)
	if found := k.rechecked(); len(found) != 1 || found[id] == "" {
		t.Errorf("found %v", found)
	}
	// Another run of the program finds no more to do.
	k.finder = New(k.Store, k.finder.concepts)
	k.shown()
	if found := k.rechecked(); len(found) > 0 {
		t.Errorf("after a restart %v is found", found)
	}
}

func TestAChatCanTurnCorrectionsOff(t *testing.T) {
	k := newKept(t)
	id := k.answered(k.load(), traffic)
	if err := k.Set(t.Context(), "1", Setting, Off); err != nil {
		t.Fatal(err)
	}
	second := k.load("15.000", "16.000")
	if found := k.rechecked(); len(found) > 0 {
		t.Errorf("found %v, want nothing of %d", found, id)
	}
	if count, err := k.finder.Count(t.Context(), second); err != nil || count != (Count{}) {
		t.Errorf("counted %v (%v)", count, err)
	}
}

// answers is the number of answers compared with a new edition. The goal is a minute
// for 10,000.
var answers = flag.Int("answers", 1000, "how many answers are compared with a new edition")

func TestAnswersAreRecheckedInUnderAMinute(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	k := newKept(t)
	before, after := embedded(t), copyOf(embedded(t))
	first, err := k.Load(t.Context(), &report.Source{Location: "x", SHA256: "1", Report: before}, "")
	if err != nil {
		t.Fatal(err)
	}
	sentences := sentencesOf(before)
	for i := range *answers {
		s, next := sentences[i%len(sentences)], sentences[(i*7+1)%len(sentences)]
		k.answered(first.ID, store.Cited{Paragraph: s.paragraph, Text: s.Text}, store.Cited{Paragraph: next.paragraph, Text: next.Text})
	}
	for i := range after.Paragraphs { // change every sentence
		for j := range after.Paragraphs[i].Sentences {
			s := &after.Paragraphs[i].Sentences[j]
			s.Text = strings.TrimSuffix(s.Text, ".") + ", theo báo cáo."
		}
	}
	if _, err := k.Load(t.Context(), &report.Source{Location: "x", SHA256: "2", Report: after}, ""); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := k.finder.Recheck(t.Context()); err != nil {
		t.Fatal(err)
	}
	took := time.Since(begun)
	t.Logf("%d answers took %v", *answers, took)
	if took > time.Minute {
		t.Errorf("%d answers took %v", *answers, took)
	}
}

func TestOnlyAnswersThatCanBeEditedAreCounted(t *testing.T) {
	k := newKept(t)
	first := k.load()
	for range 3 {
		k.answered(first, length)
	}
	if err := k.MoveChat(t.Context(), 2, 99); err != nil {
		t.Fatal(err)
	}
	unsent, err := k.AddExchange(t.Context(), store.Exchange{Thread: "9", Edition: first, Cited: []store.Cited{length}})
	if err != nil {
		t.Fatal(err)
	}
	second := k.load("1.200", "1.300")
	count, err := k.finder.Count(t.Context(), second)
	if err != nil || count != (Count{Otherwise: 2}) {
		t.Errorf("the count is %+v (%v), want two", count, err)
	}
	if found := k.rechecked(); len(found) != 2 {
		t.Errorf("corrected are %v, want two", found)
	}
	// An answer that is sent after the comparison is corrected too.
	_, err = k.Accept(t.Context(), []store.Update{{ID: 50, Body: []byte("{}")}})
	if err == nil {
		err = k.CompleteReply(t.Context(), store.Reply{Update: 50, Messages: []int{50}, Shown: 1, Answer: &store.SentAnswer{Exchange: unsent, Parts: []byte("{}")}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if found := k.rechecked(); found[unsent] == "" {
		t.Errorf("corrected are %v, not the answer that was sent later", found)
	}
}

func TestACorrectionInAMovedChatIsNotCountedAgain(t *testing.T) {
	k := newKept(t)
	first := k.load()
	k.answered(first, length)
	k.load("1.200", "1.300")
	k.rechecked()
	k.shown()
	if err := k.MoveChat(t.Context(), 1, 99); err != nil {
		t.Fatal(err)
	}
	if count, err := k.finder.Count(t.Context(), first); err != nil || count != (Count{}) {
		t.Errorf("the count is %+v (%v), want none", count, err)
	}
}

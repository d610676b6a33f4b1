package retrieval

import (
	"context"
	"os"
	"strings"
	"testing"

	"reportbot/retrieval/eval"
	"reportbot/store/report"
)

// typed is a question that was typed badly, and as it was meant.
type typed struct {
	question eval.Question
	typed    string
}

// typos reads the mistyped questions of the original report.
func typos(t *testing.T) (*report.Report, []typed) {
	t.Helper()
	if _, err := os.Stat(shared + "/report"); err != nil {
		t.Skip("the development data isn't here")
	}
	source, err := report.Open(context.Background(), shared+"/report/isw-2024-11-01.vi.txt")
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]eval.Question{}
	for _, file := range []string{shared + "/report/dev-questions.jsonl", "eval/testdata/questions.jsonl"} {
		questions := with(t, file, func(f *os.File) ([]eval.Question, error) { return eval.ReadQuestions(f, file) })
		if err := eval.Resolve(questions, source.Report); err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			byID[q.ID] = q
		}
	}
	data, err := os.ReadFile("testdata/typos.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []typed
	for line := range strings.Lines(string(data)) {
		id, words, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || id == "#" {
			continue
		}
		q := byID[id]
		if q.Text == "" {
			t.Fatalf("no question %s", id)
		}
		all = append(all, typed{q, words})
	}
	return source.Report, all
}

// What is mistyped is found nearly as well as what was meant.
func TestMistypedQuestionsAreFound(t *testing.T) {
	ctx := context.Background()
	r, all := typos(t)
	searcher, edition, close := searcherOver(t, r)
	defer close()
	for _, half := range []bool{false, true} {
		var asTyped, asMeant float64
		n := 0.
		for _, q := range all {
			if sealedThird(q.typed) != half {
				continue
			}
			found := func(words string) bool {
				hits, err := searcher.Search(ctx, edition, words, 5)
				if err != nil {
					t.Fatal(err)
				}
				for _, gold := range q.question.Gold {
					for _, hit := range hits {
						if gold.In(hit.Passage) {
							return true
						}
					}
				}
				return false
			}
			n++
			meant, typed := found(q.question.Text), found(q.typed)
			if meant {
				asMeant++
			}
			if typed {
				asTyped++
			}
			if meant && !typed && !half {
				understood, err := understand(ctx, searcher.corpus(edition), searcher.concepts, q.typed)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("not found: %s, read as %s", q.typed, understood.text)
			}
		}
		t.Logf("sealed %v: of %.0f questions recall@5 %.3f mistyped, %.3f as meant", half, n, asTyped/n, asMeant/n)
		if asTyped < asMeant-.06*n {
			t.Errorf("sealed %v: mistyped ones are found too rarely", half)
		}
	}
}

func TestTypingMistakesAreReadAsTheReportsWords(t *testing.T) {
	s, edition := loaded(t, "Chiến tranh", "Triều Tiên gửi lính sang Nga giữa cuộc chiến tranh.", "Kim gặp Putin ở cảng Vladivostok, nơi ông được biếu quà.")
	for _, test := range []struct{ typed, read string }{
		{"trieu tein gui linh", "trieu tien gui linh"},
		{"cuộc chiến chanh", "cuộc chiến tranh"},
		{"Kim gặp Puttin", "Kim gặp putin"},
		{"cảng Vladivostk", "cảng vladivostok"},
		{"thuyền tới Washinton", "thuyền tới washington"}, // a name of the word list
		{"Kim gặp ai trc khi về", "Kim gặp ai trước khi về"},
		{"lính tỉa quà", "lính tỉa quà"}, // spelled as Vietnamese is
		{"messi gặp Kim", "messi gặp Kim"},
		{"who met putten", "who met putten"}, // no name for sure
		{"who met Puttin", "who met putin"},
	} {
		q, err := understand(context.Background(), s.corpus(edition), s.concepts, test.typed)
		if err != nil {
			t.Fatal(err)
		}
		if q.text != test.read {
			t.Errorf("%q is read as %q, want %q", test.typed, q.text, test.read)
		}
	}
	// A wrong tone mark is no other word beside its neighbour.
	hits, err := s.Search(context.Background(), edition, "ai gữi lính", 1)
	if err != nil || len(hits) == 0 || hits[0].Paragraph != 1 {
		t.Errorf("gữi lính: %+v (%v)", hits, err)
	}
}

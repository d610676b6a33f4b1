package answer

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/model"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// followUp is a follow-up question on the embedded report.
type followUp struct {
	Before string `json:"before"`
	Q      string `json:"q"`
	Alone  string `json:"alone"` // a good rewriting
	Gold   string `json:"gold"`  // text of a right passage
}

func readFollowUps(t *testing.T) []followUp {
	t.Helper()
	file, err := os.Open("testdata/followups.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []followUp
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var f followUp
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	if len(all) < 20 {
		t.Fatalf("%d follow-ups", len(all))
	}
	return all
}

// searchable returns a store with the report at location, and its searcher.
func searchable(t *testing.T, location string) (*store.Store, *retrieval.Searcher) {
	t.Helper()
	source, err := report.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Load(t.Context(), source, ""); err != nil {
		t.Fatal(err)
	}
	return s, retrieval.New(s)
}

// saying is a model with one fixed reply.
type saying string

func (s saying) Stream(_ context.Context, _ []model.Message, piece func(string)) (Usage, error) {
	piece(string(s))
	return Usage{Calls: 1}, nil
}

// rewriterOf returns a rewriter on a model; nil for nil.
func rewriterOf(m Model) rewriter {
	if m == nil {
		return nil
	}
	return (&retrier{model: m, wait: model.DefaultWait}).rewrite
}

// memo is a finder that caches its hits.
type memo struct {
	Finder
	found map[string][]retrieval.Hit
	parts map[string][]retrieval.Part
}

func (m memo) remembered(key string, search func() ([]retrieval.Hit, []retrieval.Part, error)) ([]retrieval.Hit, []retrieval.Part, error) {
	if hits, ok := m.found[key]; ok {
		return hits, m.parts[key], nil
	}
	hits, parts, err := search()
	m.found[key], m.parts[key] = hits, parts
	return hits, parts, err
}

func (m memo) SearchParts(ctx context.Context, e *store.Edition, question string, k int) ([]retrieval.Hit, []retrieval.Part, error) {
	return m.remembered("parts "+question, func() ([]retrieval.Hit, []retrieval.Part, error) { return m.Finder.SearchParts(ctx, e, question, k) })
}

func (m memo) Search(ctx context.Context, e *store.Edition, question string, k int) ([]retrieval.Hit, error) {
	hits, _, err := m.remembered("alone "+question, func() (hits []retrieval.Hit, _ []retrieval.Part, err error) {
		hits, err = m.Finder.Search(ctx, e, question, k)
		return hits, nil, err
	})
	return hits, err
}

func (m memo) SearchFollowUp(ctx context.Context, e *store.Edition, earlier, question string, k int) ([]retrieval.Hit, error) {
	hits, _, err := m.remembered("after "+earlier+": "+question, func() (hits []retrieval.Hit, _ []retrieval.Part, err error) {
		hits, err = m.Finder.SearchFollowUp(ctx, e, earlier, question, k)
		return hits, nil, err
	})
	return hits, err
}

// Recall in the first five passages: of the question alone, searched with the earlier
// one, and rewritten by a model.
func TestFollowUpsAreFound(t *testing.T) {
	const first = 5
	s, searcher := searchable(t, report.Embedded)
	edition, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	finder := memo{searcher, map[string][]retrieval.Hit{}, map[string][]retrieval.Part{}}
	alone, joined, worded, wrong := 0, 0, 0, 0
	all := readFollowUps(t)
	for _, f := range all {
		request := Request{Question: f.Q, Fallback: text.Vietnamese, History: []Exchange{{Question: f.Before}}}
		q := readQuestion(request, searcher.Concepts())
		if !q.follows {
			t.Errorf("%q is not taken as a follow-up", f.Q)
		}
		finds := func(q question, model Model, k int) int {
			got, err := find(t.Context(), finder, edition, q, rewriterOf(model), nil)
			if err != nil {
				t.Fatal(err)
			}
			if slices.ContainsFunc(got.hits[:min(k, len(got.hits))], func(h retrieval.Hit) bool { return strings.Contains(h.Text(), f.Gold) }) {
				return 1
			}
			return 0
		}
		forgetful := Request{Question: f.Q, Fallback: text.Vietnamese}
		a, j, w := finds(readQuestion(forgetful, searcher.Concepts()), nil, first), finds(q, nil, first), finds(q, saying(f.Alone), first)
		alone, joined, worded = alone+a, joined+j, worded+w
		wrong += finds(q, saying("Giá vàng ở Hà Nội thế nào?"), promptPassages)
		if w == 0 || j == 0 {
			t.Logf("joined %d, worded %d: %s → %s", j, w, f.Before, f.Q)
		}
	}
	t.Logf("of %d follow-ups found in %d passages: alone %d, joined by rule %d, well worded %d; with a wrong wording still in the prompt: %d",
		len(all), first, alone, joined, worded, wrong)
	if joined <= alone || worded*10 < len(all)*9 || wrong < joined-2 {
		t.Error("following on doesn't help, or a bad wording harms")
	}
}

// The mean reciprocal rank of the right paragraph for questions in English with and
// without a Vietnamese rewriting, on the development half of XQuAD.
func TestRewritingHelpsQuestionsInEnglish(t *testing.T) {
	const path, asked = "../../../shared/xquad/vi-dev.jsonl", 150
	if os.Getenv("LONG") == "" {
		t.Skip("it measures; set LONG")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("XQuAD isn't here")
	}
	type pair struct{ En, Vi string }
	var pairs []pair
	var paragraphs []string
	var in []int // which paragraph answers
	for line := range strings.Lines(string(data)) {
		var entry struct {
			Paragraph string
			Questions []pair
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		paragraphs = append(paragraphs, strings.Join(strings.Fields(entry.Paragraph), " "))
		for _, q := range entry.Questions {
			pairs, in = append(pairs, q), append(in, len(paragraphs))
		}
	}
	file := filepath.Join(t.TempDir(), "xquad.txt")
	if err := os.WriteFile(file, []byte(strings.Join(paragraphs, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	s, searcher := searchable(t, file)
	edition, err := s.Live(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	own, worded, n := 0., 0., 0
	for i := 0; i < len(pairs); i += max(1, len(pairs)/asked) {
		n++
		q := readQuestion(Request{Question: pairs[i].En, Fallback: text.English}, searcher.Concepts())
		for model, sum := range map[Model]*float64{nil: &own, saying(pairs[i].Vi): &worded} {
			got, err := find(t.Context(), searcher, edition, q, rewriterOf(model), nil)
			if err != nil {
				t.Fatal(err)
			}
			if rank := slices.IndexFunc(got.hits, func(h retrieval.Hit) bool { return h.Paragraph == in[i] }); rank >= 0 {
				*sum += 1 / float64(rank+1)
			}
		}
	}
	t.Logf("of %d questions in English: MRR %.3f by their own words, %.3f with a good wording", n, own/float64(n), worded/float64(n))
	if worded < own*1.1 {
		t.Error("a wording doesn't help")
	}
}

func TestWhichQuestionsFollowOthers(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, test := range []struct {
		question string
		follows  bool
	}{
		{"Còn Trung Quốc thì sao?", true}, {"con trung quoc thi sao", true}, {"Trung Quốc thì sao?", true}, {"Trung Quốc?", false}, {"Kursk?", false},
		{"Nó dài bao nhiêu?", true}, {"Khi nào?", true}, {"Tại sao vậy?", true}, {"Bao nhiêu quân?", true},
		{"Tổng thống nước này nói gì về việc triển khai quân?", true}, {"Ong ay noi gi voi bao chi?", true},
		{"What about China?", true}, {"How many of them were officers in the first group?", true}, {"Why?", true},
		{"А что сказал Путин об этом?", true}, {"Что они ответили журналистам на это?", true}, {"그럼 중국은요?", true}, {"그들은 어디에서 훈련했습니까?", true},

		{"Triều Tiên đã gửi bao nhiêu quân tới Nga?", false}, {"trieu tien da gui bao nhieu quan toi nga", false},
		{"Ai là Putin?", false}, {"NIS là gì?", false}, {"Báo cáo này nói gì về Trung Quốc?", false},
		{"Con tàu nào chở hàng tới cảng Rason?", false}, {"Thế giới phản ứng như thế nào với Triều Tiên?", false},
		{"How many troops did North Korea send to Russia?", false}, {"Who is Budanov?", false},
		{"Сколько солдат КНДР отправила в Россию?", false}, {"북한은 러시아에 군인을 몇 명 보냈습니까?", false},
	} {
		request := Request{Question: test.question, Fallback: text.Vietnamese, History: []Exchange{{Question: "Triều Tiên gửi gì?", Answer: "Quân."}}}
		if q := readQuestion(request, concepts); q.follows != test.follows {
			t.Errorf("%q follows: %v", test.question, q.follows)
		} else if !q.follows && len(q.History) > 0 {
			t.Errorf("%q stands alone and keeps the history", test.question)
		}
		request.History = nil
		if readQuestion(request, concepts).follows {
			t.Errorf("%q follows nothing", test.question)
		}
	}
}

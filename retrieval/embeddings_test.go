package retrieval_test

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// meanings is a deterministic stand-in for an embeddings model: words in one
// group mean the same.
type meanings struct {
	groups map[string]string
	calls  int
	fail   error
	length int // of the vectors; 0: 64
}

func (m *meanings) EmbeddingsModel() string { return "meanings" }

func (m *meanings) Embed(_ context.Context, texts []string) ([][]float32, error) {
	m.calls++
	if m.fail != nil {
		return nil, m.fail
	}
	vectors := make([][]float32, len(texts))
	for i, s := range texts {
		length := cmp.Or(m.length, 64)
		vectors[i] = make([]float32, length)
		for _, word := range text.Words(s) {
			name := word.Exact
			if group, ok := m.groups[name]; ok {
				name = group
			}
			h := fnv.New32a()
			h.Write([]byte(name))
			vectors[i][int(h.Sum32())%length]++
		}
	}
	return vectors, nil
}

const zoo = `Vườn thú
Con hổ ăn thịt mỗi ngày một lần.
Chú voi uống nước ở hồ phía đông.
Đàn khỉ ngủ trên cây cao.`

func openZoo(t *testing.T, path string) (*store.Store, *store.Edition) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	edition, err := s.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		parsed, err := report.Parse([]byte(zoo))
		if err != nil {
			t.Fatal(err)
		}
		if edition, err = s.Load(ctx, &report.Source{Location: "zoo", Report: parsed}, ""); err != nil {
			t.Fatal(err)
		}
		return s, edition
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, edition
}

func first(t *testing.T, s *retrieval.Searcher, edition *store.Edition, question string) string {
	t.Helper()
	hits, err := s.Search(context.Background(), edition, question, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) == 0 {
		return ""
	}
	return hits[0].Text()
}

func TestEmbeddingsFindWhatSharesNoWord(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "zoo.db")
	s, edition := openZoo(t, path)
	model := &meanings{groups: map[string]string{"cọp": "hổ", "tigre": "hổ"}}
	searcher := retrieval.New(s)
	if got := first(t, searcher, edition, "tigre"); got != "" {
		t.Fatalf("without embeddings found %q", got)
	}
	searcher.UseEmbeddings(model, s)
	if got := first(t, searcher, edition, "tigre"); got != "" {
		t.Errorf("before Prepare found %q", got)
	}
	if err := searcher.Prepare(ctx, edition); err != nil {
		t.Fatal(err)
	}
	if got := first(t, searcher, edition, "tigre"); got != "Con hổ ăn thịt mỗi ngày một lần." {
		t.Errorf("found %q", got)
	}
	if got := first(t, searcher, edition, "khỉ ngủ ở đâu"); got != "Đàn khỉ ngủ trên cây cao." {
		t.Errorf("words count beside meanings: found %q", got)
	}

	s.Close()
	s, edition = openZoo(t, path)
	again := &meanings{groups: model.groups}
	searcher = retrieval.New(s)
	searcher.UseEmbeddings(again, s)
	if err := searcher.Prepare(ctx, edition); err != nil {
		t.Fatal(err)
	}
	if again.calls != 0 {
		t.Errorf("%d calls for vectors that are stored", again.calls)
	}
}

// A server may have another model by the same name one day.
func TestVectorsOfAnotherModelAreMadeAnew(t *testing.T) {
	ctx := context.Background()
	s, edition := openZoo(t, store.Memory)
	groups := map[string]string{"tigre": "hổ"}
	before := retrieval.New(s)
	before.UseEmbeddings(&meanings{groups: groups}, s)
	if err := before.Prepare(ctx, edition); err != nil {
		t.Fatal(err)
	}
	stored, err := s.Vectors(ctx, edition.ID, "meanings")
	if err != nil || len(stored) < 3 {
		t.Fatal(len(stored), err)
	}
	short := stored[:1]
	short[0].Values = short[0].Values[:32]
	if err := s.SaveVectors(ctx, "meanings", short); err != nil {
		t.Fatal(err)
	}
	after := retrieval.New(s)
	after.UseEmbeddings(&meanings{groups: groups, length: 128}, s)
	if err := after.Prepare(ctx, edition); err != nil {
		t.Fatal(err)
	}
	if got := first(t, after, edition, "tigre"); got != "Con hổ ăn thịt mỗi ngày một lần." {
		t.Errorf("found %q", got)
	}
	if got := first(t, before, edition, "voi uống gì"); got != "Chú voi uống nước ở hồ phía đông." {
		t.Errorf("one that has other vectors found %q", got)
	}
}

func TestSearchGoesOnByWordsWhenEmbeddingsFail(t *testing.T) {
	s, edition := openZoo(t, store.Memory)
	model := &meanings{}
	searcher := retrieval.New(s)
	searcher.UseEmbeddings(model, s)
	model.fail = errors.New("down")
	if err := searcher.Prepare(context.Background(), edition); !errors.Is(err, model.fail) {
		t.Errorf("Prepare: %v", err)
	}
	model.fail = nil
	if err := searcher.Prepare(context.Background(), edition); err != nil {
		t.Fatal(err)
	}
	model.fail = errors.New("down")
	if got := first(t, searcher, edition, "voi uống gì"); got != "Chú voi uống nước ở hồ phía đông." {
		t.Errorf("found %q", got)
	}
}

// silent is an embeddings server that never answers.
type silent struct{}

func (silent) EmbeddingsModel() string { return "silent" }

func (silent) Embed(ctx context.Context, _ []string) ([][]float32, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// oneText is an edition of one passage without a vector.
type oneText struct{}

func (oneText) Texts(context.Context, int64) (map[int64]string, error) {
	return map[int64]string{1: "Con hổ."}, nil
}

func (oneText) Vectors(context.Context, int64, string) ([]store.Vector, error) { return nil, nil }

func (oneText) SaveVectors(context.Context, string, []store.Vector) error { return nil }

func TestNobodyWaitsForEverForEmbeddings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		searcher := retrieval.New(nil)
		searcher.UseEmbeddings(silent{}, oneText{})
		ended := make(chan error, 1)
		go func() { ended <- searcher.Prepare(t.Context(), &store.Edition{ID: 1}) }()
		select {
		case err := <-ended:
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Prepare: %v", err)
			}
		case <-time.After(time.Hour):
			t.Error("it still waits")
		}
	})
}

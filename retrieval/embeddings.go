package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"reportbot/store"
)

const (
	// semanticCandidates is how many passages the embeddings add to those that
	// share words with the question.
	semanticCandidates = 20
	// embedBatch is how many passages are embedded by one call.
	embedBatch = 64
	// embedTimeout bounds embedding a question; without an answer in time the
	// search is lexical.
	embedTimeout = 3 * time.Second
	// batchTimeout bounds embedding a batch of passages: whoever prepares an
	// edition must not wait for ever for a server that says nothing.
	batchTimeout = time.Minute
)

// Embedder makes vectors of texts.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	EmbeddingsModel() string
}

// Vectors stores vectors; *store.Store implements it.
type Vectors interface {
	Texts(ctx context.Context, edition int64) (map[int64]string, error)
	Vectors(ctx context.Context, edition int64, model string) ([]store.Vector, error)
	SaveVectors(ctx context.Context, model string, vectors []store.Vector) error
}

// semantics finds passages by their meaning. A report has hundreds of
// passages, so that every vector is compared.
type semantics struct {
	embedder Embedder
	stored   Vectors

	mu      sync.RWMutex
	edition int64
	vectors []store.Vector // of edition, of length one
}

// prepare makes the vectors of an edition's passages that are not stored yet.
func (m *semantics) prepare(ctx context.Context, edition int64) error {
	model := m.embedder.EmbeddingsModel()
	stored, err := m.stored.Vectors(ctx, edition, model)
	if err != nil {
		return err
	}
	texts, err := m.stored.Texts(ctx, edition)
	if err != nil {
		return err
	}
	vectors, err := m.embedMissing(ctx, model, texts, stored)
	if err != nil {
		return err
	}
	if !sameLength(vectors) {
		// Another model goes by that name now: its vectors can't be compared with
		// those that are stored.
		if vectors, err = m.embedMissing(ctx, model, texts, nil); err != nil {
			return err
		}
	}
	for i := range vectors {
		normalise(vectors[i].Values)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.edition, m.vectors = edition, vectors
	return nil
}

// embedMissing makes and stores the vectors of those texts that have none, and
// returns all.
func (m *semantics) embedMissing(ctx context.Context, model string, all map[int64]string, vectors []store.Vector) ([]store.Vector, error) {
	texts := maps.Clone(all)
	for _, v := range vectors {
		delete(texts, v.Passage)
	}
	missing := slices.Sorted(maps.Keys(texts))
	for batch := range slices.Chunk(missing, embedBatch) {
		bodies := make([]string, len(batch))
		for i, id := range batch {
			bodies[i] = texts[id]
		}
		embedded, err := m.embed(ctx, bodies, batchTimeout)
		if err != nil {
			return nil, err
		}
		if len(embedded) != len(batch) {
			return nil, fmt.Errorf("the embeddings model %s gave %d vectors for %d texts", model, len(embedded), len(batch))
		}
		made := make([]store.Vector, len(batch))
		for i, id := range batch {
			made[i] = store.Vector{Passage: id, Values: embedded[i]}
		}
		if err := m.stored.SaveVectors(ctx, model, made); err != nil {
			return nil, err
		}
		vectors = append(vectors, made...)
	}
	return vectors, nil
}

func sameLength(vectors []store.Vector) bool {
	return !slices.ContainsFunc(vectors, func(v store.Vector) bool { return len(v.Values) != len(vectors[0].Values) })
}

func (m *semantics) embed(ctx context.Context, texts []string, timeout time.Duration) ([][]float32, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return m.embedder.Embed(ctx, texts)
}

// nearness returns how near each passage's meaning is to the question's, -1 to
// 1; nil where the edition isn't prepared, or the question can't be embedded in
// time or by the model that embedded the passages: then words must do.
func (m *semantics) nearness(ctx context.Context, edition int64, question string) map[int64]float64 {
	m.mu.RLock()
	vectors, prepared := m.vectors, m.edition
	m.mu.RUnlock()
	if prepared != edition || len(vectors) == 0 {
		return nil
	}
	embedded, err := m.embed(ctx, []string{question}, embedTimeout)
	if err != nil || len(embedded) != 1 || len(embedded[0]) != len(vectors[0].Values) {
		return nil
	}
	normalise(embedded[0])
	near := make(map[int64]float64, len(vectors))
	for _, v := range vectors {
		near[v.Passage] = dot(embedded[0], v.Values)
	}
	return near
}

// nearest returns the ids of the k nearest passages.
func nearest(near map[int64]float64, k int) []int64 {
	ids := slices.SortedFunc(maps.Keys(near), func(a, b int64) int {
		return cmp.Or(cmp.Compare(near[b], near[a]), cmp.Compare(a, b))
	})
	return ids[:min(k, len(ids))]
}

func normalise(v []float32) {
	if length := math.Sqrt(dot(v, v)); length > 0 {
		for i := range v {
			v[i] = float32(float64(v[i]) / length)
		}
	}
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i := range min(len(a), len(b)) {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

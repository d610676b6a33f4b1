package modeltest

import (
	"math"
	"slices"
	"testing"

	openai "github.com/sashabaranov/go-openai"
)

func product(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestEmbedding(t *testing.T) {
	bridge := Embedding("Cây cầu cũ đã sập.")
	for _, text := range []string{"Cây cầu cũ đã sập.", "một", "...", ""} {
		if v := Embedding(text); len(v) != dimension || math.Abs(product(v, v)-1) > 1e-6 {
			t.Errorf("%q: %d components, length %g", text, len(v), product(v, v))
		}
	}
	if !slices.Equal(bridge, Embedding("đã sập cây cầu cũ")) {
		t.Error("order, case or punctuation count")
	}
	near, far := product(bridge, Embedding("cây cầu mới")), product(bridge, Embedding("trời mưa to"))
	if near <= far {
		t.Errorf("near %g, far %g", near, far)
	}
}

func TestEmbeddings(t *testing.T) {
	texts := []string{"cây cầu", "trời mưa"}
	s := New(t)
	s.EnqueueFor(PathEmbeddings, BadGateway())
	req := openai.EmbeddingRequest{Model: EmbeddingModel, Input: texts}
	if _, err := client(s).CreateEmbeddings(t.Context(), req); err == nil {
		t.Error("the scripted failure did not come")
	}
	resp, err := client(s).CreateEmbeddings(t.Context(), req)
	if err != nil || len(resp.Data) != len(texts) {
		t.Fatalf("%v, %d vectors", err, len(resp.Data))
	}
	for i, text := range texts {
		if got := resp.Data[i]; got.Index != i || !slices.Equal(got.Embedding, Embedding(text)) {
			t.Errorf("vector %d is another", i)
		}
	}
	if got := s.All()[0]; !slices.Equal(got.Input, texts) {
		t.Errorf("decoded %+v", got)
	}
}

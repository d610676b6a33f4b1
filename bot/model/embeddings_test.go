package model_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func embeddingsOf(srv *modeltest.Server) *model.Embeddings {
	return model.New(model.Config{URL: srv.URL, Key: srv.Key, Wait: time.Second}).Embeddings(modeltest.EmbeddingModel)
}

// texts are n texts with different embeddings.
func texts(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("câu %d", i))
	}
	return all
}

// batches returns the number of texts in each accepted request.
func batches(srv *modeltest.Server) []int {
	var sizes []int
	for _, r := range srv.All() {
		if r.Refused == "" {
			sizes = append(sizes, len(r.Input))
		}
	}
	return sizes
}

func checkEmbeddings(t *testing.T, texts []string, got [][]float32, err error) {
	t.Helper()
	if err != nil || len(got) != len(texts) {
		t.Fatalf("%d vectors for %d texts, %v", len(got), len(texts), err)
	}
	for i, text := range texts {
		if !slices.Equal(got[i], modeltest.Embedding(text)) {
			t.Errorf("text %d has another's vector", i)
		}
	}
}

func TestEmbeddingsAreReadInAnyForm(t *testing.T) {
	type object = map[string]any
	each := func(make func(i int, v []float32) any) func([][]float32) any {
		return func(vectors [][]float32) any {
			var data []any
			for i, v := range vectors {
				data = append(data, make(i, v))
			}
			return object{"data": data, "created": 1.5, "usage": "none"}
		}
	}
	for _, test := range []struct {
		name string
		send func([][]float32) any
	}{
		{"OpenAI's form", nil},
		{"base64", each(func(i int, v []float32) any { return object{"index": i, "embedding": encode(v)} })},
		{"out of order", func(vectors [][]float32) any {
			var data []any
			for i, v := range slices.Backward(vectors) {
				data = append(data, object{"index": i, "embedding": v})
			}
			return object{"data": data}
		}},
		{"without an index", each(func(_ int, v []float32) any { return object{"embedding": v} })},
		{"all with the index 0", each(func(_ int, v []float32) any { return object{"index": 0, "embedding": v} })},
		{"an index that is a string", each(func(i int, v []float32) any { return object{"index": fmt.Sprint(i), "embedding": v} })},
		{"an index from 1", each(func(i int, v []float32) any { return object{"index": i + 1, "embedding": v} })},
		{"lists in data", each(func(_ int, v []float32) any { return v })},
		{"a list in a list", each(func(i int, v []float32) any { return object{"index": i, "embedding": [][]float32{v}} })},
		{"a field embeddings", func(vectors [][]float32) any { return object{"embeddings": vectors} }},
		{"a plain list", func(vectors [][]float32) any { return vectors }},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Limits.Embeddings = test.send
			for _, n := range []int{1, 3} {
				got, err := embeddingsOf(srv).Embed(t.Context(), texts(n))
				checkEmbeddings(t, texts(n), got, err)
			}
		})
	}
}

func encode(vector []float32) string {
	var data []byte
	for _, x := range vector {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(data)
}

func TestARefusedBatchIsHalved(t *testing.T) {
	for _, test := range []struct {
		name    string
		limits  modeltest.Limits
		batches []int
	}{
		{"by none", modeltest.Limits{}, []int{10}},
		{"beyond 3 with 400", modeltest.Limits{MaxBatch: 3}, []int{3, 3, 3, 1}},
		{"beyond 1 with 413", modeltest.Limits{MaxBatch: 1, Refusal: &modeltest.Refusal{Status: 413, Body: "<html>"}}, slices.Repeat([]int{1}, 10)},
		{"beyond 5 with 422", modeltest.Limits{MaxBatch: 5, Refusal: &modeltest.Refusal{Status: 422, Body: `{"detail":"batch"}`}}, []int{5, 5}},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Limits = test.limits
			e := embeddingsOf(srv)
			got, err := e.Embed(t.Context(), texts(10))
			checkEmbeddings(t, texts(10), got, err)
			if sizes := batches(srv); !slices.Equal(sizes, test.batches) {
				t.Errorf("batches of %v, want %v", sizes, test.batches)
			}
			before := len(srv.All())
			if _, err := e.Embed(t.Context(), texts(10)); err != nil || len(srv.All())-before != len(test.batches) {
				t.Errorf("the second time it took %d requests, %v", len(srv.All())-before, err)
			}
		})
	}
}

func TestAServerThatEmbedsOneTextGetsSingleTexts(t *testing.T) {
	srv := modeltest.New(t)
	srv.Limits.Embeddings = func(vectors [][]float32) any { return vectors[:1] }
	got, err := embeddingsOf(srv).Embed(t.Context(), texts(4))
	checkEmbeddings(t, texts(4), got, err)
}

func TestATooLongTextIsTruncated(t *testing.T) {
	srv := modeltest.New(t)
	srv.Limits.MaxText = 300
	long := strings.Repeat("một hai ", 100)
	got, err := embeddingsOf(srv).Embed(t.Context(), []string{"câu", long, "ý"})
	checkEmbeddings(t, []string{"câu", long[:len(long)/4], "ý"}, got, err)
}

func TestEmbeddingsAreRetried(t *testing.T) {
	t.Parallel()
	srv := modeltest.New(t)
	srv.EnqueueFor(modeltest.PathEmbeddings, modeltest.RateLimited(0), modeltest.BadGateway())
	got, err := embeddingsOf(srv).Embed(t.Context(), texts(2))
	checkEmbeddings(t, texts(2), got, err)
}

func TestUnusableEmbeddingsAreAnError(t *testing.T) {
	for name, send := range map[string]func([][]float32) any{
		"too few":              func([][]float32) any { return [][]float32{} },
		"of different lengths": func([][]float32) any { return [][]float32{{1, 2}, {1}} },
		"words":                func([][]float32) any { return []string{"a", "b"} },
		"nothing":              func([][]float32) any { return nil },
		"an error":             func([][]float32) any { return map[string]any{"error": "no such model"} },
	} {
		srv := modeltest.New(t)
		srv.Limits.Embeddings = send
		if got, err := embeddingsOf(srv).Embed(t.Context(), texts(2)); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
	srv := modeltest.New(t)
	srv.Key = key
	srv.EnqueueFor(modeltest.PathEmbeddings, modeltest.Fail(http.StatusUnauthorized).WithBody("text/plain", "bad key "+key))
	_, err := embeddingsOf(srv).Embed(t.Context(), texts(1))
	if err == nil || !strings.Contains(err.Error(), "answered 401") {
		t.Fatalf("got %v", err)
	}
	holdsNoSecret(t, err, srv)
}

package modeltest

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"net/http"
	"strings"
	"unicode"
)

// dimension is the number of components of an embedding.
const dimension = 256

// maxInputs is OpenAI's limit on the texts in one request.
const maxInputs = 2048

// Embedding returns the server's embedding of a text: a hashed bag of its lower-case
// words, of length 1. Texts with the same words, in any order, have the same embedding;
// the more words two texts share, the larger their dot product.
func Embedding(text string) []float32 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	})
	if len(words) == 0 {
		words = []string{text} // the zero vector can't be normalised
	}
	sums := make([]float64, dimension)
	for _, word := range words {
		h := fnv.New32a()
		_, _ = h.Write([]byte(word)) // never fails
		// Only positive, so that colliding words never cancel out.
		sums[h.Sum32()%dimension]++
	}
	var square float64
	for _, x := range sums {
		square += x * x
	}
	vector := make([]float32, dimension)
	for i, x := range sums {
		vector[i] = float32(x / math.Sqrt(square))
	}
	return vector
}

func (r *Request) decodeEmbeddings() error {
	var body struct {
		Model string          `json:"model"`
		Input json.RawMessage `json:"input"`
	}
	if err := decodeStrict(r.Body, &body, []string{"model", "input"}); err != nil {
		return err
	}
	r.Model = body.Model
	if body.Model == "" {
		return wrong("model", "you must provide a model parameter")
	}

	var one string
	if given(body.Input) && json.Unmarshal(body.Input, &one) == nil {
		r.Input = []string{one}
	} else if json.Unmarshal(body.Input, &r.Input) != nil {
		return wrong("input", "it must be a string or an array of strings")
	}
	if n := len(r.Input); n == 0 || n > maxInputs {
		return wrong("input", "%d texts; it must be 1 to %d", n, maxInputs)
	}
	for i, text := range r.Input {
		if strings.TrimSpace(text) == "" {
			return wrong("input", "text %d is empty", i)
		}
	}
	return nil
}

func (s *Server) writeEmbeddings(w http.ResponseWriter, req Request) {
	if s.Limits.Embeddings != nil {
		var vectors [][]float32
		for _, text := range req.Input {
			vectors = append(vectors, Embedding(text))
		}
		writeJSON(w, http.StatusOK, s.Limits.Embeddings(vectors))
		return
	}
	type item struct {
		Object    string    `json:"object"`
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	}
	type usage struct {
		PromptTokens int `json:"prompt_tokens"`
		TotalTokens  int `json:"total_tokens"`
	}
	items := make([]item, len(req.Input))
	tokens := 0
	for i, text := range req.Input {
		tokens += CountTokens(text)
		items[i] = item{"embedding", i, Embedding(text)}
	}
	writeJSON(w, http.StatusOK, struct {
		Object string `json:"object"`
		Data   []item `json:"data"`
		Model  string `json:"model"`
		Usage  usage  `json:"usage"`
	}{"list", items, req.Model, usage{tokens, tokens}})
}

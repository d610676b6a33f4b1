package modeltest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"math"
	"net/http"
	"strings"
	"unicode"
)

// Dimension is the number of components of an embedding, unless the request asks
// for fewer.
const Dimension = 256

// maxInputs is OpenAI's limit on the texts in one request.
const maxInputs = 2048

// Embedding returns the embedding of a text as the server gives it: a hashed bag
// of its lower-case words, of length 1. Texts with the same words, in whatever
// order, have the same embedding; the more words two texts share, the greater is
// their product.
func Embedding(text string) []float32 { return embed(text, Dimension) }

func embed(text string, dimension int) []float32 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	})
	if len(words) == 0 {
		words = []string{text} // a direction of its own, since length 0 can't be normalised
	}
	sums := make([]float64, dimension)
	for _, word := range words {
		h := fnv.New32a()
		_, _ = h.Write([]byte(word)) // never fails
		// Only positive: words that fall together may add up but never cancel out.
		sums[h.Sum32()%uint32(dimension)]++
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
		Model          string          `json:"model"`
		Input          json.RawMessage `json:"input"`
		EncodingFormat *string         `json:"encoding_format"`
		Dimensions     *int            `json:"dimensions"`
		User           *string         `json:"user"`
	}
	keys := []string{"model", "input", "encoding_format", "dimensions", "user"}
	if err := decodeStrict(r.Body, &body, keys); err != nil {
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

	if body.EncodingFormat != nil {
		r.EncodingFormat = *body.EncodingFormat
		if r.EncodingFormat != "float" && r.EncodingFormat != "base64" {
			return wrong("encoding_format", "%q is neither float nor base64", r.EncodingFormat)
		}
	}
	if body.Dimensions != nil {
		r.Dimensions = *body.Dimensions
		if r.Dimensions < 1 || r.Dimensions > Dimension {
			return wrong("dimensions", "%d is outside 1 to %d", r.Dimensions, Dimension)
		}
	}
	return nil
}

func (s *Server) writeEmbeddings(w http.ResponseWriter, req Request) {
	if s.Limits.Embeddings != nil {
		var vectors [][]float32
		for _, text := range req.Input {
			vectors = append(vectors, embed(text, Dimension))
		}
		writeJSON(w, http.StatusOK, s.Limits.Embeddings(vectors))
		return
	}
	type item struct {
		Object    string `json:"object"`
		Index     int    `json:"index"`
		Embedding any    `json:"embedding"` // []float32, or a string of base64
	}
	type usage struct {
		PromptTokens int `json:"prompt_tokens"`
		TotalTokens  int `json:"total_tokens"`
	}
	dimension := Dimension
	if req.Dimensions != 0 {
		dimension = req.Dimensions
	}
	items := make([]item, len(req.Input))
	tokens := 0
	for i, text := range req.Input {
		tokens += CountTokens(text)
		vector := embed(text, dimension)
		items[i] = item{"embedding", i, vector}
		if req.EncodingFormat == "base64" {
			items[i].Embedding = encodeVector(vector)
		}
	}
	writeJSON(w, http.StatusOK, struct {
		Object string `json:"object"`
		Data   []item `json:"data"`
		Model  string `json:"model"`
		Usage  usage  `json:"usage"`
	}{"list", items, req.Model, usage{tokens, tokens}})
}

// encodeVector is the base64 form: little-endian 32-bit floats.
func encodeVector(vector []float32) string {
	var data []byte
	for _, x := range vector {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(data)
}

package model

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/failsafe-go/failsafe-go"
	"github.com/sashabaranov/go-openai"
)

// minText is the length in characters below which a text is not shortened further when
// the model refuses it as too long.
const minText = 100

// Embeddings is an embeddings model on the same server.
type Embeddings struct {
	client  *Client
	model   string
	retries failsafe.Executor[[][]float32]

	mu    sync.Mutex
	batch int // most texts in a request; 0: no limit known
}

// Embeddings returns the server's embeddings model with that name.
func (c *Client) Embeddings(model string) *Embeddings {
	return &Embeddings{client: c, model: trim(model), retries: failsafe.With(RetryPolicies[[][]float32](c.wait, nil)...)}
}

// EmbeddingsModel returns the model's name.
func (e *Embeddings) EmbeddingsModel() string { return e.model }

// Embed returns a vector for each text, in order, all of one length. If the server
// refuses a batch, it is halved, and later ones are no larger. Of a text that is too
// long for the model, the beginning is embedded.
func (e *Embeddings) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	var vectors [][]float32
	for len(vectors) < len(texts) {
		rest := texts[len(vectors):]
		e.mu.Lock()
		if e.batch > 0 {
			rest = rest[:min(len(rest), e.batch)]
		}
		e.mu.Unlock()
		some, err := e.embed(ctx, rest)
		if err != nil {
			return nil, e.client.secrets.explain(ctx, err)
		}
		vectors = append(vectors, some...)
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return nil, fmt.Errorf("the embeddings model %s gave vectors of different lengths", e.model)
		}
	}
	return vectors, nil
}

// embed returns the vectors of the first texts, as many as the server accepts at once.
func (e *Embeddings) embed(ctx context.Context, texts []string) ([][]float32, error) {
	for {
		vectors, err := e.retries.WithContext(ctx).Get(func() ([][]float32, error) { return e.ask(ctx, texts) })
		switch {
		case err == nil:
			return vectors, nil
		case ctx.Err() != nil:
			return nil, err
		case len(texts) > 1 && isTooMuch(err):
			texts = texts[:(len(texts)+1)/2]
			e.mu.Lock()
			e.batch = len(texts)
			e.mu.Unlock()
		case len(texts) == 1 && isTooMuch(err) && utf8.RuneCountInString(texts[0]) > minText:
			runes := []rune(texts[0])
			texts = []string{string(runes[:len(runes)/2])}
		default:
			return nil, err
		}
	}
}

// errCount means that the server did not return one vector for each text.
var errCount = errors.New("the server gave too few or too many vectors")

// isTooMuch reports whether the server may accept fewer or shorter texts.
func isTooMuch(err error) bool {
	var failed *Error
	if errors.As(err, &failed) {
		return isRefusal(failed.Status) || failed.tooLong() || failed.Status >= http.StatusInternalServerError
	}
	return errors.Is(err, errCount)
}

// ask makes one request. A single text is sent as a string: some servers accept
// nothing else.
func (e *Embeddings) ask(ctx context.Context, texts []string) ([][]float32, error) {
	var input any = texts
	if len(texts) == 1 {
		input = texts[0]
	}
	response, err := e.client.openai.CreateEmbeddings(ctx, openai.EmbeddingRequest{Input: input, Model: openai.EmbeddingModel(e.model)})
	if err != nil {
		return nil, err
	}
	if len(response.Data) != len(texts) {
		return nil, fmt.Errorf("%w: %d for %d texts", errCount, len(response.Data), len(texts))
	}
	vectors := make([][]float32, len(texts))
	for _, d := range response.Data {
		vectors[d.Index] = d.Embedding
	}
	return vectors, nil
}

// embeddingsOf reads embeddings in any of their forms. If their indices are not a
// permutation, the order of the list counts.
func embeddingsOf(value any) openai.EmbeddingResponse {
	var response openai.EmbeddingResponse
	entries := entriesOf(value)
	if o, ok := value.(map[string]any); ok && entries == nil {
		if entries, ok = o["embeddings"].([]any); !ok && o["embedding"] != nil {
			entries = []any{o}
		}
	}
	if len(entries) > 0 {
		if _, one := number(entries[0]); one {
			entries = []any{entries}
		}
	}
	inOrder := map[int]bool{}
	for _, entry := range entries {
		embedding := openai.Embedding{Index: -1, Embedding: vectorOf(entry)}
		if o, ok := entry.(map[string]any); ok {
			if n, ok := number(o["index"]); ok && n == math.Trunc(n) && n >= 0 && n < float64(len(entries)) {
				embedding.Index = int(n)
				inOrder[int(n)] = true
			}
			for _, field := range []string{"embedding", "vector", "values", "embeddings"} {
				if embedding.Embedding == nil {
					embedding.Embedding = vectorOf(o[field])
				}
			}
		}
		response.Data = append(response.Data, embedding)
	}
	if len(inOrder) != len(entries) {
		for i := range response.Data {
			response.Data[i].Index = i
		}
	}
	return response
}

// vectorOf reads a vector: numbers, or base64 of little-endian 32-bit floats, also
// inside another list. It returns nil for anything else.
func vectorOf(value any) []float32 {
	switch value := value.(type) {
	case string:
		data, err := base64.StdEncoding.DecodeString(value)
		if err != nil || len(data)%4 != 0 {
			return nil
		}
		var vector []float32
		for bytes := range slices.Chunk(data, 4) {
			vector = append(vector, math.Float32frombits(binary.LittleEndian.Uint32(bytes)))
		}
		return vector
	case []any:
		if len(value) == 1 {
			if inner, ok := value[0].([]any); ok {
				return vectorOf(inner)
			}
		}
		vector := make([]float32, 0, len(value))
		for _, component := range value {
			n, ok := number(component)
			if !ok || math.IsInf(n, 0) || math.IsNaN(n) {
				return nil
			}
			vector = append(vector, float32(n))
		}
		return vector
	}
	return nil
}

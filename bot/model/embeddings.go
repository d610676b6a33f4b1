package model

import (
	"context"

	"github.com/sashabaranov/go-openai"
)

// Embeddings is a model on the same server that makes vectors of texts.
type Embeddings struct {
	client *Client
	model  string
}

// Embeddings returns the server's embeddings model with that name.
func (s *Client) Embeddings(model string) *Embeddings { return &Embeddings{s, model} }

// EmbeddingsModel returns the model's name.
func (e *Embeddings) EmbeddingsModel() string { return e.model }

// Embed returns a vector for each text, in order.
func (e *Embeddings) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	response, err := e.client.client.CreateEmbeddings(ctx, openai.EmbeddingRequestStrings{
		Input: texts, Model: openai.EmbeddingModel(e.model),
	})
	if err != nil {
		return nil, e.client.explain(err)
	}
	vectors := make([][]float32, len(texts))
	for _, embedding := range response.Data {
		if embedding.Index >= 0 && embedding.Index < len(vectors) {
			vectors[embedding.Index] = embedding.Embedding
		}
	}
	return vectors, nil
}

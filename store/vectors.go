package store

import (
	"context"
	"encoding/binary"
)

// Vector is a passage's embedding.
type Vector struct {
	Passage int64
	Values  []float32
}

// Texts returns the indexed text of every passage of an edition, by id.
func (s *Store) Texts(ctx context.Context, edition int64) (map[int64]string, error) {
	passages, err := s.Body(ctx, edition)
	texts := make(map[int64]string, len(passages))
	for _, p := range passages {
		texts[p.ID] = Searched(p.Section, p.Entry, p.Text())
	}
	return texts, err
}

// Vectors returns the stored vectors of an edition's passages by a model.
func (s *Store) Vectors(ctx context.Context, edition int64, model string) ([]Vector, error) {
	return list(ctx, s, func(v *Vector) []any {
		return []any{&v.Passage, asVector(&v.Values)}
	}, `SELECT passage, vector FROM embedding JOIN passage ON passage.id = embedding.passage
		 WHERE passage.edition = ? AND model = ?`, edition, model)
}

// SaveVectors stores a model's vectors in one transaction. A read-only store
// ignores them.
func (s *Store) SaveVectors(ctx context.Context, model string, vectors []Vector) error {
	if s.write == nil {
		return nil
	}
	return s.update(ctx, bulk, func(tx *tx) {
		for _, v := range vectors {
			encoded, _ := binary.Append([]byte{}, binary.LittleEndian, v.Values) // floats always encode
			tx.exec(`INSERT OR REPLACE INTO embedding (passage, model, vector) VALUES (?, ?, ?)`, v.Passage, model, encoded)
		}
	})
}

// asVector decodes an embedding, whose values take four bytes each.
func asVector(into *[]float32) column {
	return func(value any) error {
		encoded, _ := value.([]byte) // nil for an empty one
		*into = make([]float32, len(encoded)/4)
		_, err := binary.Decode(encoded, binary.LittleEndian, *into)
		return err
	}
}

package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"math"
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
	return list(ctx, s, func(r row) (v Vector, err error) {
		var encoded []byte
		err = r.Scan(&v.Passage, &encoded)
		v.Values = make([]float32, len(encoded)/4)
		for i := range v.Values {
			v.Values[i] = math.Float32frombits(binary.LittleEndian.Uint32(encoded[4*i:]))
		}
		return v, err
	}, `SELECT passage, vector FROM embedding JOIN passage ON passage.id = embedding.passage
		 WHERE passage.edition = ? AND model = ?`, edition, model)
}

// SaveVectors stores a model's vectors in one transaction. A read-only store
// ignores them.
func (s *Store) SaveVectors(ctx context.Context, model string, vectors []Vector) error {
	if s.write == nil {
		return nil
	}
	return s.update(ctx, bulk, func(ctx context.Context, tx *sql.Tx) error {
		for _, v := range vectors {
			encoded := make([]byte, 4*len(v.Values))
			for i, value := range v.Values {
				binary.LittleEndian.PutUint32(encoded[4*i:], math.Float32bits(value))
			}
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO embedding (passage, model, vector) VALUES (?, ?, ?)`,
				v.Passage, model, encoded); err != nil {
				return err
			}
		}
		return nil
	})
}

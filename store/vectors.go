package store

import (
	"context"
	"encoding/binary"
	"math"
)

// Vector is what an embeddings model made of a passage.
type Vector struct {
	Passage int64
	Values  []float32
}

// Texts returns the searched text of every passage of an edition, by id.
func (s *Store) Texts(ctx context.Context, edition int64) (map[int64]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, section, entry, sentences FROM passage WHERE edition = ?`, edition)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	texts := map[int64]string{}
	for rows.Next() {
		var p Passage
		var encoded string
		if err := rows.Scan(&p.ID, &p.Section, &p.Entry, &encoded); err != nil {
			return nil, s.explain(err)
		}
		if p.Sentences, err = decodeSentences(encoded); err != nil {
			return nil, s.explain(err)
		}
		texts[p.ID] = Searched(p.Section, p.Entry, p.Text())
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return texts, nil
}

// Vectors returns the vectors that a model made of an edition's passages, as
// far as they are stored.
func (s *Store) Vectors(ctx context.Context, edition int64, model string) ([]Vector, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT passage, vector FROM embedding JOIN passage ON passage.id = embedding.passage
		 WHERE passage.edition = ? AND model = ?`, edition, model)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var vectors []Vector
	for rows.Next() {
		var v Vector
		var blob []byte
		if err := rows.Scan(&v.Passage, &blob); err != nil {
			return nil, s.explain(err)
		}
		v.Values = make([]float32, len(blob)/4)
		for i := range v.Values {
			v.Values[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
		}
		vectors = append(vectors, v)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	return vectors, nil
}

// SaveVectors stores what a model made of passages, in one transaction. A
// store that is only read keeps nothing.
func (s *Store) SaveVectors(ctx context.Context, model string, vectors []Vector) error {
	if s.write == nil {
		return nil
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.explain(err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it has nothing to do
	for _, v := range vectors {
		blob := make([]byte, 4*len(v.Values))
		for i, value := range v.Values {
			binary.LittleEndian.PutUint32(blob[4*i:], math.Float32bits(value))
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO embedding (passage, model, vector) VALUES (?, ?, ?)`,
			v.Passage, model, blob); err != nil {
			return s.explain(err)
		}
	}
	if err := tx.Commit(); err != nil {
		return s.explain(err)
	}
	return nil
}

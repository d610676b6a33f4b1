-- +goose Up

-- What an embeddings model made of passages; only where one is set.
CREATE TABLE embedding (
    passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    model   TEXT    NOT NULL,
    vector  BLOB    NOT NULL, -- float32, little endian
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE embedding;

-- +goose Up

-- In how many passages of an edition a term of its index is. Migration 15
-- fills it, and the index, for the editions that are stored.
CREATE TABLE term (
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    term     TEXT    NOT NULL, -- its column's letter, then the token
    passages INTEGER NOT NULL,
    PRIMARY KEY (edition, term)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE term;

-- +goose Up

-- A report as it was loaded once. Rows are written in one transaction and
-- never changed afterwards.
CREATE TABLE edition (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: buttons and links name it
    title      TEXT    NOT NULL,
    date       TEXT    NOT NULL, -- 2024-11-01 or empty
    authors    TEXT    NOT NULL, -- JSON array of names
    sections   TEXT    NOT NULL, -- JSON array of titles in order
    source     TEXT    NOT NULL, -- absolute path, address, or "embedded"
    sha256     TEXT    NOT NULL, -- of the file, hex
    loaded_at  INTEGER NOT NULL, -- Unix seconds
    paragraphs INTEGER NOT NULL,
    sentences  INTEGER NOT NULL,
    passages   INTEGER NOT NULL,
    footnotes  INTEGER NOT NULL
);

-- The one edition that questions are answered from. Changing this row is what
-- makes an edition live.
CREATE TABLE live (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    edition INTEGER NOT NULL REFERENCES edition (id),
    since   INTEGER NOT NULL -- Unix seconds
);

-- Its search index is the FTS5 table passage_fts_<edition>, by id.
CREATE TABLE passage (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    edition   INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    paragraph INTEGER NOT NULL, -- from 1, headings excluded
    section   TEXT    NOT NULL, -- the heading above it, or empty
    entry     TEXT    NOT NULL, -- date of its timeline entry, or empty
    year      INTEGER NOT NULL, -- of dates without one; 0 unknown
    sentences TEXT    NOT NULL  -- JSON array of {"t": text, "n": [footnotes]}
);
CREATE INDEX passage_of_paragraph ON passage (edition, paragraph);

CREATE TABLE footnote (
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    raw      TEXT    NOT NULL, -- as printed
    links    TEXT    NOT NULL, -- JSON array of addresses, the good ones
    defanged INTEGER NOT NULL, -- 1: had dots written out
    damaged  TEXT    NOT NULL, -- JSON array of texts that could not be recovered
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE footnote;
DROP TABLE passage;
DROP TABLE live;
DROP TABLE edition;

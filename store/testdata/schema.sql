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

CREATE TABLE embedding (
    passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    model   TEXT    NOT NULL,
    vector  BLOB    NOT NULL, -- float32, little endian
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;

CREATE TABLE exchange (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: buttons name it
    thread     TEXT    NOT NULL, -- the transport's key of chat and topic
    message    INTEGER,          -- id of the answer's first message there; NULL before it is shown
    parent     INTEGER,          -- the exchange that it followed in a chain of replies; NULL for none
    edition    INTEGER NOT NULL,
    question   TEXT    NOT NULL,
    language   TEXT    NOT NULL, -- of the answer, ISO 639-1
    answer     TEXT    NOT NULL, -- plain text, with its markers
    notes      TEXT    NOT NULL, -- JSON array of footnote numbers
    cited      TEXT    NOT NULL, -- JSON array of {"p": paragraph, "t": sentence}
    passages   TEXT    NOT NULL, -- JSON array of the ids that were found, nearest first
    asked_at   INTEGER NOT NULL, -- Unix seconds
    remembered INTEGER NOT NULL DEFAULT 1 -- 0: no later question follows it
);

CREATE INDEX exchange_of_thread ON exchange (thread, id);

CREATE UNIQUE INDEX exchange_shown ON exchange (thread, message);

CREATE TABLE footnote (
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    raw      TEXT    NOT NULL, -- as printed
    links    TEXT    NOT NULL, -- JSON array of addresses, the good ones
    defanged INTEGER NOT NULL, -- 1: had dots written out
    damaged  TEXT    NOT NULL, -- JSON array of texts that could not be recovered
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;

CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    body        BLOB    NOT NULL, -- JSON as received; empty once done
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    why         TEXT    NOT NULL DEFAULT '', -- of a dead one
    received_at INTEGER NOT NULL -- Unix seconds
);

CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';

CREATE TABLE live (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    edition INTEGER NOT NULL REFERENCES edition (id),
    since   INTEGER NOT NULL -- Unix seconds
);

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

CREATE TABLE rating (
    exchange INTEGER NOT NULL,
    voter    TEXT    NOT NULL, -- tells one person's press from another's, and nothing else
    good     INTEGER NOT NULL, -- 1: 👍, 0: 👎
    why      TEXT    NOT NULL, -- of a 👎: the button's word, or empty
    edition  INTEGER NOT NULL,
    question TEXT    NOT NULL,
    answer   TEXT    NOT NULL,
    passages TEXT    NOT NULL, -- JSON array of ids, nearest first
    given_at INTEGER NOT NULL, -- Unix seconds
    PRIMARY KEY (exchange, voter)
) WITHOUT ROWID;


-- +goose Up

-- How an answer was sent, to be able to send it corrected.
CREATE TABLE shown_answer (
    exchange INTEGER PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
    messages TEXT    NOT NULL, -- JSON array: ids of its messages, in order
    parts    BLOB    NOT NULL  -- what they show, the transport's own
);

-- Answers of which the live edition says otherwise, or did, and what still has to be
-- done about it.
CREATE TABLE correction (
    exchange INTEGER PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
    edition  INTEGER NOT NULL, -- the one that says so
    changes  TEXT    NOT NULL, -- JSON array of the cited sentences that are others now; []: it holds again
    shown    TEXT    NOT NULL DEFAULT '[]', -- the changes that its message tells of
    state    TEXT    NOT NULL CHECK (state IN ('edit', 'tell', 'done', 'failed')),
    why      TEXT    NOT NULL DEFAULT '' -- of a failed one
);
CREATE INDEX correction_waiting ON correction (state, exchange) WHERE state IN ('edit', 'tell');

-- The edition with which the answers were last compared: all up to one of them.
CREATE TABLE compared (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    edition  INTEGER NOT NULL,
    exchange INTEGER NOT NULL
);

-- Who wants a message if an answer is corrected.
CREATE TABLE bell (
    exchange INTEGER NOT NULL REFERENCES exchange (id) ON DELETE CASCADE,
    voter    TEXT    NOT NULL, -- tells one person's press from another's, and nothing else
    PRIMARY KEY (exchange, voter)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE bell;
DROP TABLE compared;
DROP TABLE correction;
DROP TABLE shown_answer;

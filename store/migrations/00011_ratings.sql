-- +goose Up

-- What people said of answers with the buttons under them. The question and
-- what it was answered with are copied, since exchanges are forgotten sooner.
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

-- +goose Down
DROP TABLE rating;

-- +goose Up

-- Updates taken over from Telegram, kept until they are answered and then for
-- as long as Telegram might deliver them again.
CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    body        BLOB    NOT NULL, -- JSON as received; empty once done
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    why         TEXT    NOT NULL DEFAULT '', -- of a dead one
    received_at INTEGER NOT NULL -- Unix seconds
);
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';

-- What the bot last answered in a chat, for /sources.
CREATE TABLE answer (
    chat     TEXT    NOT NULL, -- the transport's key of chat and topic
    message  INTEGER NOT NULL, -- id of the answer's first message there
    edition  INTEGER NOT NULL,
    notes    TEXT    NOT NULL, -- JSON array of footnote numbers
    asked_at INTEGER NOT NULL, -- Unix seconds
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE answer;
DROP TABLE inbox;

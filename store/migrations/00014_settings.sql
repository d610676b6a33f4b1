-- +goose Up

-- What a chat has set otherwise than it comes, and what the bot notes of it.
CREATE TABLE setting (
    chat  TEXT NOT NULL, -- the transport's key
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chat, name)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE setting;

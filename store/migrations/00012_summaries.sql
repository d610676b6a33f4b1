-- +goose Up

-- Summaries that were made: once for all chats, since making one with a model
-- takes minutes. An edition's go with it.
CREATE TABLE summary (
    id       INTEGER PRIMARY KEY,
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    scope    TEXT    NOT NULL, -- what of the report it sums up; empty: all
    length   TEXT    NOT NULL, -- short, medium or long
    language TEXT    NOT NULL, -- ISO 639-1
    mode     TEXT    NOT NULL, -- who words such summaries: model or extractive
    content  TEXT    NOT NULL, -- JSON, as package bot/summary writes it
    made_at  INTEGER NOT NULL, -- Unix seconds
    UNIQUE (edition, scope, length, language, mode)
);

-- +goose Down
DROP TABLE summary;

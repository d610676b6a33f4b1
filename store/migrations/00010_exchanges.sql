-- +goose Up

-- Questions and what was answered: for /sources, for the buttons under an
-- answer, and to understand a question that follows one.
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
CREATE UNIQUE INDEX exchange_shown ON exchange (thread, message);
CREATE INDEX exchange_of_thread ON exchange (thread, id);

INSERT INTO exchange (thread, message, edition, question, language, answer, notes, cited, passages, asked_at, remembered)
    SELECT chat, message, edition, '', '', '', notes, '[]', '[]', asked_at, 0 FROM answer ORDER BY asked_at, message;
DROP TABLE answer;

-- +goose Down
CREATE TABLE answer (
    chat     TEXT    NOT NULL, -- the transport's key of chat and topic
    message  INTEGER NOT NULL, -- id of the answer's first message there
    edition  INTEGER NOT NULL,
    notes    TEXT    NOT NULL, -- JSON array of footnote numbers
    asked_at INTEGER NOT NULL, -- Unix seconds
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;
INSERT INTO answer SELECT thread, message, edition, notes, asked_at FROM exchange WHERE message IS NOT NULL;
DROP TABLE exchange;

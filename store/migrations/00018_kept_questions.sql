-- +goose Up

-- Questions that a link into the private chat names, for a day.
CREATE TABLE kept_question (
    id       TEXT    PRIMARY KEY, -- tells the question to nobody who doesn't know it
    question TEXT    NOT NULL,
    kept_at  INTEGER NOT NULL     -- Unix seconds
) WITHOUT ROWID;
CREATE INDEX kept_question_by_time ON kept_question (kept_at);

-- +goose Down
DROP TABLE kept_question;

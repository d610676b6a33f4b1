-- +goose Up

-- What the model was asked, by day and chat and person, for limits.
CREATE TABLE spending (
    day        TEXT    NOT NULL, -- 2024-11-01, in the program's time zone
    person     TEXT    NOT NULL, -- the transport's key; the chat's where nobody is known
    chat       TEXT    NOT NULL, -- the transport's key
    questions  INTEGER NOT NULL,
    prompt     INTEGER NOT NULL, -- tokens, as the model's server counted them
    completion INTEGER NOT NULL,
    PRIMARY KEY (day, person, chat)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE spending;

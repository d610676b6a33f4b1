-- +goose Up

-- How much was asked, by day: what exchanges tell only until they are forgotten.
CREATE TABLE tally (
    day        TEXT PRIMARY KEY, -- 2024-11-01, in the program's time zone
    questions  INTEGER NOT NULL,
    unanswered INTEGER NOT NULL, -- of these, what the report does not say
    refused    INTEGER NOT NULL  -- claims of the model's that were not shown
) WITHOUT ROWID;

-- +goose Down
DROP TABLE tally;

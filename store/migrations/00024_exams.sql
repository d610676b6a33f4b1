-- +goose Up

-- How an edition did when the questions formed from its own sentences were asked.
CREATE TABLE exam (
    edition   INTEGER PRIMARY KEY REFERENCES edition (id) ON DELETE CASCADE,
    rules     INTEGER NOT NULL, -- version of the rules that form questions
    facts     INTEGER NOT NULL, -- sentences with a number, a date or a name
    examined  INTEGER NOT NULL, -- of them, those of which a question was asked
    found     INTEGER NOT NULL, -- of those, the ones that were found
    missed    TEXT    NOT NULL, -- JSON: [{"paragraph": 1, "text": "..."}], the rest
    sat_at    INTEGER NOT NULL  -- Unix seconds
);

-- Questions that passed and can be offered to people, in the report's order. Ids are
-- never used again: buttons have them.
CREATE TABLE exam_question (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    edition   INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    paragraph INTEGER NOT NULL,
    language  TEXT    NOT NULL, -- ISO 639-1
    question  TEXT    NOT NULL,
    sentence  TEXT    NOT NULL  -- that answers it
);
CREATE INDEX exam_question_by_edition ON exam_question (edition);

-- +goose Down
DROP TABLE exam_question;
DROP TABLE exam;

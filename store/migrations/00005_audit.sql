-- +goose Up

-- What admins did. Rows are added and never changed.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL, -- Unix seconds
    who     TEXT    NOT NULL, -- an admin's id, or "shell"
    command TEXT    NOT NULL, -- as given, without the slash
    edition INTEGER NOT NULL  -- that it was about; 0: none
);

-- +goose StatementBegin
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- +goose StatementEnd

-- Questions that the report did not answer, without who asked them.
CREATE TABLE unanswered (
    id       INTEGER PRIMARY KEY,
    question TEXT    NOT NULL,
    lang     TEXT    NOT NULL, -- vi or en
    edition  INTEGER NOT NULL, -- that was asked
    asked_at INTEGER NOT NULL  -- Unix seconds
);
CREATE INDEX unanswered_by_time ON unanswered (asked_at);

-- +goose Down
DROP TABLE unanswered;
DROP TRIGGER audit_is_not_deleted;
DROP TRIGGER audit_is_not_changed;
DROP TABLE audit;

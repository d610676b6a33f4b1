-- +goose Up

-- Who loaded an edition: an admin's id, "shell", or empty where the program
-- did so itself.
ALTER TABLE edition ADD COLUMN loaded_by TEXT NOT NULL DEFAULT '';

-- loading: rows are still being written; nobody sees it. staged: whole, and
-- waits for someone to make it live or discard it. kept: was made live.
ALTER TABLE edition ADD COLUMN state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('loading', 'staged', 'kept'));

-- +goose StatementBegin
CREATE TRIGGER live_is_kept_first AFTER INSERT ON live BEGIN
    UPDATE edition SET state = 'kept' WHERE id = NEW.edition;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER live_is_kept AFTER UPDATE ON live BEGIN
    UPDATE edition SET state = 'kept' WHERE id = NEW.edition;
END;
-- +goose StatementEnd

-- What was last loaded from a place, which outlives the edition: a report that
-- has not changed is not loaded again over what an admin made live.
CREATE TABLE reading (
    source        TEXT PRIMARY KEY, -- as edition.source
    sha256        TEXT NOT NULL,    -- of the file, hex
    etag          TEXT NOT NULL,    -- of an http(s) address, or empty
    last_modified TEXT NOT NULL     -- of an http(s) address, or empty
) WITHOUT ROWID;

INSERT INTO reading (source, sha256, etag, last_modified)
    SELECT source, sha256, '', '' FROM edition WHERE id IN (SELECT max(id) FROM edition GROUP BY source);

-- The last check of the whole file.
CREATE TABLE integrity (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    at    INTEGER NOT NULL, -- Unix seconds
    fault TEXT    NOT NULL  -- what is wrong, or empty
);

-- +goose Down
DROP TABLE integrity;
DROP TABLE reading;
DROP TRIGGER live_is_kept;
DROP TRIGGER live_is_kept_first;
ALTER TABLE edition DROP COLUMN state;
ALTER TABLE edition DROP COLUMN loaded_by;

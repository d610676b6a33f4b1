-- +goose Up

-- Seals of who asked, and of the chat where the row doesn't name it: by them what
-- somebody asked is found to be deleted, and nobody can be read from them.
ALTER TABLE exchange ADD COLUMN asker TEXT NOT NULL DEFAULT '';
ALTER TABLE rating ADD COLUMN asker TEXT NOT NULL DEFAULT '';
ALTER TABLE rating ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE unanswered ADD COLUMN asker TEXT NOT NULL DEFAULT '';
ALTER TABLE unanswered ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE kept_question ADD COLUMN asker TEXT NOT NULL DEFAULT '';
ALTER TABLE kept_question ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- When people and chats had their data deleted: what was asked before is not stored
-- any more.
CREATE TABLE forgotten (
    owner TEXT    PRIMARY KEY, -- the transport's key of a person or a chat
    at    INTEGER NOT NULL     -- Unix milliseconds
) WITHOUT ROWID;

-- Their scopes held topics in people's words; now they hold hashes of them.
DELETE FROM summary WHERE scope LIKE 'topic %';

-- +goose Down
DROP TABLE forgotten;
ALTER TABLE kept_question DROP COLUMN place;
ALTER TABLE kept_question DROP COLUMN asker;
ALTER TABLE unanswered DROP COLUMN place;
ALTER TABLE unanswered DROP COLUMN asker;
ALTER TABLE rating DROP COLUMN place;
ALTER TABLE rating DROP COLUMN asker;
ALTER TABLE exchange DROP COLUMN asker;

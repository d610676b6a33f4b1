-- +goose Up

-- What the bot shows in reply to an update, so that a crash in the middle
-- neither loses nor repeats it, and an edited question finds its answer.
CREATE TABLE reply (
    update_id INTEGER PRIMARY KEY REFERENCES inbox (update_id) ON DELETE CASCADE,
    chat      INTEGER NOT NULL, -- Telegram's id
    question  INTEGER NOT NULL, -- id of the message that is replied to, or 0
    messages  TEXT    NOT NULL, -- JSON array: ids of the messages that show it, in order
    parts     BLOB    NOT NULL, -- what they are to show, the transport's own; empty once all is shown
    shown     INTEGER NOT NULL, -- how many parts are shown
    began_at  INTEGER NOT NULL  -- Unix milliseconds
);
CREATE INDEX reply_to_question ON reply (chat, question, began_at);

-- Groups that have become supergroups, with another id.
CREATE TABLE moved_chat (
    old INTEGER PRIMARY KEY,
    new INTEGER NOT NULL
);

CREATE INDEX inbox_settled ON inbox (received_at) WHERE state <> 'waiting';

-- +goose Down
DROP INDEX inbox_settled;
DROP TABLE moved_chat;
DROP TABLE reply;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL, -- Unix seconds
    who     TEXT    NOT NULL, -- an admin's id, or "shell"
    command TEXT    NOT NULL, -- as given, without the slash
    edition INTEGER NOT NULL  -- that it was about; 0: none
);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

CREATE TABLE bell (
    exchange INTEGER NOT NULL REFERENCES exchange (id) ON DELETE CASCADE,
    voter    TEXT    NOT NULL, -- tells one person's press from another's, and nothing else
    PRIMARY KEY (exchange, voter)
) WITHOUT ROWID;

CREATE TABLE compared (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    edition  INTEGER NOT NULL,
    exchange INTEGER NOT NULL
);

CREATE TABLE correction (
    exchange INTEGER PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
    edition  INTEGER NOT NULL, -- the one that says so
    changes  TEXT    NOT NULL, -- JSON array of the cited sentences that are others now; []: it holds again
    shown    TEXT    NOT NULL DEFAULT '[]', -- the changes that its message tells of
    state    TEXT    NOT NULL CHECK (state IN ('edit', 'tell', 'done', 'failed')),
    why      TEXT    NOT NULL DEFAULT '' -- of a failed one
);

CREATE INDEX correction_waiting ON correction (state, exchange) WHERE state IN ('edit', 'tell');

CREATE TABLE edition (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: buttons and links name it
    title      TEXT    NOT NULL,
    date       TEXT    NOT NULL, -- 2024-11-01 or empty
    authors    TEXT    NOT NULL, -- JSON array of names
    sections   TEXT    NOT NULL, -- JSON array of titles in order
    source     TEXT    NOT NULL, -- absolute path, address, or "embedded"
    sha256     TEXT    NOT NULL, -- of the file, hex
    loaded_at  INTEGER NOT NULL, -- Unix seconds
    paragraphs INTEGER NOT NULL,
    sentences  INTEGER NOT NULL,
    passages   INTEGER NOT NULL,
    footnotes  INTEGER NOT NULL
, loaded_by TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('loading', 'staged', 'kept')));

CREATE TABLE embedding (
    passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    model   TEXT    NOT NULL,
    vector  BLOB    NOT NULL, -- float32, little endian
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;

CREATE TABLE exam (
    edition   INTEGER PRIMARY KEY REFERENCES edition (id) ON DELETE CASCADE,
    rules     INTEGER NOT NULL, -- version of the rules that form questions
    facts     INTEGER NOT NULL, -- sentences with a number, a date or a name
    examined  INTEGER NOT NULL, -- of them, those of which a question was asked
    found     INTEGER NOT NULL, -- of those, the ones that were found
    missed    TEXT    NOT NULL, -- JSON: [{"paragraph": 1, "text": "..."}], the rest
    sat_at    INTEGER NOT NULL  -- Unix seconds
);

CREATE TABLE exam_question (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    edition   INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    paragraph INTEGER NOT NULL,
    language  TEXT    NOT NULL, -- ISO 639-1
    question  TEXT    NOT NULL,
    sentence  TEXT    NOT NULL  -- that answers it
);

CREATE INDEX exam_question_by_edition ON exam_question (edition);

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
, asker TEXT NOT NULL DEFAULT '');

CREATE INDEX exchange_by_asker ON exchange (asker);

CREATE INDEX exchange_by_time ON exchange (asked_at);

CREATE INDEX exchange_of_thread ON exchange (thread, id);

CREATE UNIQUE INDEX exchange_shown ON exchange (thread, message);

CREATE TABLE footnote (
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    raw      TEXT    NOT NULL, -- as printed
    links    TEXT    NOT NULL, -- JSON array of addresses, the good ones
    defanged INTEGER NOT NULL, -- 1: had dots written out
    damaged  TEXT    NOT NULL, -- JSON array of texts that could not be recovered
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;

CREATE TABLE forgotten (
    owner TEXT    PRIMARY KEY, -- the transport's key of a person or a chat
    at    INTEGER NOT NULL     -- Unix milliseconds
) WITHOUT ROWID;

CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    body        BLOB    NOT NULL, -- JSON as received; empty once done
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    why         TEXT    NOT NULL DEFAULT '', -- of a dead one
    received_at INTEGER NOT NULL -- Unix seconds
);

CREATE INDEX inbox_settled ON inbox (received_at) WHERE state <> 'waiting';

CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';

CREATE TABLE integrity (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    at    INTEGER NOT NULL, -- Unix seconds
    fault TEXT    NOT NULL  -- what is wrong, or empty
);

CREATE TABLE kept_question (
    id       TEXT    PRIMARY KEY, -- tells the question to nobody who doesn't know it
    question TEXT    NOT NULL,
    kept_at  INTEGER NOT NULL     -- Unix seconds
, asker TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '') WITHOUT ROWID;

CREATE INDEX kept_question_by_time ON kept_question (kept_at);

CREATE TABLE live (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    edition INTEGER NOT NULL REFERENCES edition (id),
    since   INTEGER NOT NULL -- Unix seconds
);

CREATE TRIGGER live_is_kept AFTER UPDATE ON live BEGIN
    UPDATE edition SET state = 'kept' WHERE id = NEW.edition;
END;

CREATE TRIGGER live_is_kept_first AFTER INSERT ON live BEGIN
    UPDATE edition SET state = 'kept' WHERE id = NEW.edition;
END;

CREATE TABLE moved_chat (
    old INTEGER PRIMARY KEY,
    new INTEGER NOT NULL
);

CREATE TABLE passage (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    edition   INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    paragraph INTEGER NOT NULL, -- from 1, headings excluded
    section   TEXT    NOT NULL, -- the heading above it, or empty
    entry     TEXT    NOT NULL, -- date of its timeline entry, or empty
    year      INTEGER NOT NULL, -- of dates without one; 0 unknown
    sentences TEXT    NOT NULL  -- JSON array of {"t": text, "n": [footnotes]}
);

CREATE INDEX passage_of_paragraph ON passage (edition, paragraph);

CREATE TABLE rating (
    exchange INTEGER NOT NULL,
    voter    TEXT    NOT NULL, -- tells one person's press from another's, and nothing else
    good     INTEGER NOT NULL, -- 1: 👍, 0: 👎
    why      TEXT    NOT NULL, -- of a 👎: the button's word, or empty
    edition  INTEGER NOT NULL,
    question TEXT    NOT NULL,
    answer   TEXT    NOT NULL,
    passages TEXT    NOT NULL, -- JSON array of ids, nearest first
    given_at INTEGER NOT NULL, asker TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', -- Unix seconds
    PRIMARY KEY (exchange, voter)
) WITHOUT ROWID;

CREATE INDEX rating_by_asker ON rating (asker);

CREATE INDEX rating_by_place ON rating (place);

CREATE INDEX rating_by_time ON rating (given_at);

CREATE TABLE reading (
    source        TEXT PRIMARY KEY, -- as edition.source
    sha256        TEXT NOT NULL,    -- of the file, hex
    etag          TEXT NOT NULL,    -- of an http(s) address, or empty
    last_modified TEXT NOT NULL     -- of an http(s) address, or empty
) WITHOUT ROWID;

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

CREATE TABLE setting (
    chat  TEXT NOT NULL, -- the transport's key
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (chat, name)
) WITHOUT ROWID;

CREATE TABLE shown_answer (
    exchange INTEGER PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
    messages TEXT    NOT NULL, -- JSON array: ids of its messages, in order
    parts    BLOB    NOT NULL  -- what they show, the transport's own
);

CREATE TABLE spending (
    day        TEXT    NOT NULL, -- 2024-11-01, in the program's time zone
    person     TEXT    NOT NULL, -- the transport's key; the chat's where nobody is known
    chat       TEXT    NOT NULL, -- the transport's key
    questions  INTEGER NOT NULL,
    prompt     INTEGER NOT NULL, -- tokens, as the model's server counted them
    completion INTEGER NOT NULL,
    PRIMARY KEY (day, person, chat)
) WITHOUT ROWID;

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

CREATE TABLE tally (
    day        TEXT PRIMARY KEY, -- 2024-11-01, in the program's time zone
    questions  INTEGER NOT NULL,
    unanswered INTEGER NOT NULL, -- of these, what the report does not say
    refused    INTEGER NOT NULL  -- claims of the model's that were not shown
) WITHOUT ROWID;

CREATE TABLE term (
    edition  INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    term     TEXT    NOT NULL, -- its column's letter, then the token
    passages INTEGER NOT NULL,
    PRIMARY KEY (edition, term)
) WITHOUT ROWID;

CREATE TABLE unanswered (
    id       INTEGER PRIMARY KEY,
    question TEXT    NOT NULL,
    lang     TEXT    NOT NULL, -- vi or en
    edition  INTEGER NOT NULL, -- that was asked
    asked_at INTEGER NOT NULL  -- Unix seconds
, asker TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '');

CREATE INDEX unanswered_by_asker ON unanswered (asker);

CREATE INDEX unanswered_by_place ON unanswered (place);

CREATE INDEX unanswered_by_time ON unanswered (asked_at);


-- A page of relations must touch few places of the file: half a million of them are written at once. So what C3 says of
-- a customer stands with the relation that it came with (the table of customers is for what C2 said), no row is written
-- twice (which rows lack search text is a table of its own), and the only index without the order that pages come in
-- is the one that finds the relations of a customer. The others are what relation_search is for.

CREATE TABLE relations_6 (
    id              INTEGER PRIMARY KEY,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    follower_id     INTEGER NOT NULL REFERENCES followers (id),
    external_userid TEXT    NOT NULL,
    state           INTEGER NOT NULL,
    gone_at         REAL,
    seen_at         REAL    NOT NULL,
    c2_at           REAL,
    c3_at           REAL,
    name            TEXT,
    corp_name       TEXT,
    type            INTEGER,
    unionid         TEXT,
    remark          TEXT,
    company         TEXT,
    mobiles         TEXT,                        -- a line each; NULL: never returned
    description     TEXT,
    createtime      INTEGER,
    add_way         INTEGER,
    tag_ids         TEXT,                        -- blank between; NULL: never returned
    personal_tags   TEXT,                        -- names, a line each; only C2 gives them
    UNIQUE (profile_id, external_userid, follower_id)
);

INSERT INTO relations_6
SELECT id, profile_id, follower_id, external_userid, state, gone_at, seen_at, c2_at, c3_at, name, corp_name, type,
    unionid, remark, company, mobiles, description, createtime, add_way, tag_ids, personal_tags
FROM relations;

CREATE TABLE relation_documents_6 (
    relation_id INTEGER PRIMARY KEY REFERENCES relations (id),
    profile_id  INTEGER NOT NULL REFERENCES profiles (id),
    follow_user TEXT,
    c2_read     INTEGER,                         -- the complete C2 read that gave follow_user
    c2_position INTEGER,                         -- its place among the followers of that read
    follow_info TEXT,
    contact     TEXT                             -- external_contact as C3 gave it with follow_info
);

INSERT INTO relation_documents_6
SELECT d.relation_id, d.profile_id, d.follow_user, d.c2_read, d.c2_position, d.follow_info,
    CASE WHEN d.follow_info IS NOT NULL THEN c.contact_c3 END
FROM relation_documents d
LEFT JOIN relations r ON r.id = d.relation_id
LEFT JOIN customers c ON c.profile_id = r.profile_id AND c.external_userid = r.external_userid;

CREATE TABLE customers_6 (
    id              INTEGER PRIMARY KEY,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    external_userid TEXT    NOT NULL,
    contact         TEXT    NOT NULL,            -- external_contact as C2 gave it, JSON
    unionid         TEXT,
    name            TEXT,
    read_at         REAL    NOT NULL,
    reads           INTEGER NOT NULL,            -- number of the newest complete C2 read
    pages           INTEGER NOT NULL,
    UNIQUE (profile_id, external_userid)
);

INSERT INTO customers_6
SELECT id, profile_id, external_userid, contact_c2, unionid, name, c2_at, c2_read, c2_pages
FROM customers WHERE c2_read > 0;

DROP TABLE relation_lines;
DROP TABLE relation_documents;
DROP TABLE customers;
DROP TABLE relations;
ALTER TABLE relations_6 RENAME TO relations;
ALTER TABLE relation_documents_6 RENAME TO relation_documents;
ALTER TABLE customers_6 RENAME TO customers;

CREATE INDEX relations_of_follower ON relations (profile_id, follower_id, createtime, id, state);
CREATE INDEX customers_by_unionid ON customers (profile_id, unionid) WHERE unionid IS NOT NULL;

-- One row a relation, clustered by follower: all that filtering and sorting by text need, so that a scan of
-- one follower's customers touches nothing else.
CREATE TABLE relation_lines (
    profile_id  INTEGER NOT NULL,
    follower_id INTEGER NOT NULL,
    relation_id INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    createtime  INTEGER,
    words       TEXT    NOT NULL,
    shown_key   TEXT,
    name_key    TEXT,
    company_key TEXT,
    mobile_key  TEXT,
    place       INTEGER NOT NULL,                -- its rowid in relation_search
    PRIMARY KEY (profile_id, follower_id, relation_id)
) WITHOUT ROWID;

CREATE TRIGGER relation_changed AFTER UPDATE OF state, createtime ON relations
WHEN old.state <> new.state OR COALESCE(old.createtime, -1) <> COALESCE(new.createtime, -1) BEGIN
    UPDATE relation_lines SET state = new.state, createtime = new.createtime
    WHERE profile_id = new.profile_id AND follower_id = new.follower_id AND relation_id = new.id;
END;

-- Relations whose line is not of their newest content; `fresh`: they have no line yet.
CREATE TABLE relations_without_words (
    profile_id  INTEGER NOT NULL,
    follower_id INTEGER NOT NULL,
    relation_id INTEGER NOT NULL,
    fresh       INTEGER NOT NULL,
    PRIMARY KEY (profile_id, follower_id, relation_id)
) WITHOUT ROWID;

INSERT INTO relations_without_words SELECT profile_id, follower_id, id, 1 FROM relations;

-- The words of all lines by any part of them; rowids say the profile, then the week of the relation's createtime,
-- then the relation. It holds no text: a row is taken out by giving the text that was put in.
CREATE VIRTUAL TABLE relation_search USING fts5 (
    remark, name, company, tags, numbers, description, facts,
    content = '', columnsize = 0, detail = full, tokenize = 'trigram case_sensitive 1'
);

INSERT INTO relation_search (relation_search, rank) VALUES ('hashsize', 4194304);
INSERT INTO relation_search (relation_search, rank) VALUES ('automerge', 8);

-- Each sync of a profile; one at a time, which is the one that has not ended and shows a sign of life.
CREATE TABLE syncs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    holder     TEXT    NOT NULL,                 -- who syncs: a process on a computer
    whole      INTEGER NOT NULL,                 -- all followers, not only some that were asked for
    started_at REAL    NOT NULL,
    beat_at    REAL    NOT NULL,
    ended_at   REAL,
    ending     TEXT,                             -- how it ended; NULL: it goes on, or was killed
    relations  INTEGER NOT NULL DEFAULT 0,
    requests   INTEGER NOT NULL DEFAULT 0,
    reason     TEXT    NOT NULL DEFAULT ''       -- why it ended before its end
);

CREATE INDEX syncs_of_profile ON syncs (profile_id, id);

-- The followers of a sync: what is still to be read, and how each read ended. Cursors expire and are not kept.
CREATE TABLE sync_followers (
    sync_id     INTEGER NOT NULL REFERENCES syncs (id),
    follower_id INTEGER NOT NULL REFERENCES followers (id),
    position    INTEGER NOT NULL,
    state       TEXT    NOT NULL,                -- 'waiting', 'done', 'failed'
    relations   INTEGER,
    errcode     INTEGER,
    reason      TEXT    NOT NULL DEFAULT '',
    ended_at    REAL,
    PRIMARY KEY (sync_id, follower_id)
) WITHOUT ROWID;

-- What a sync found to be otherwise than it was known, for the timeline of a customer.
CREATE TABLE sync_changes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    sync_id         INTEGER NOT NULL REFERENCES syncs (id),
    at              REAL    NOT NULL,
    kind            TEXT    NOT NULL,            -- 'new', 'gone', 'changed', 'moved'
    external_userid TEXT    NOT NULL,
    follower_id     INTEGER NOT NULL REFERENCES followers (id),
    from_follower   INTEGER REFERENCES followers (id),  -- 'moved': whose customer it was
    fields          TEXT    NOT NULL DEFAULT '{}'       -- 'changed': JSON, field to [before, after]
);

CREATE INDEX sync_changes_of_customer ON sync_changes (profile_id, external_userid, id);
CREATE INDEX sync_changes_of_sync ON sync_changes (sync_id, kind, external_userid);

-- What one profile may see belongs to it alone: every table below carries profile_id.

CREATE TABLE profiles (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL,
    corp_id  TEXT    NOT NULL,
    app_type TEXT    NOT NULL,
    version  INTEGER NOT NULL DEFAULT 0,  -- grows with each write that touches relations
    UNIQUE (name, corp_id, app_type)
);

CREATE TABLE followers (
    id             INTEGER PRIMARY KEY,
    profile_id     INTEGER NOT NULL REFERENCES profiles (id),
    userid_key     TEXT    NOT NULL,             -- casefolded: WeCom compares userids without case
    userid         TEXT    NOT NULL,             -- as first spelled by C5
    listed         INTEGER NOT NULL DEFAULT 0,   -- in the newest C5 list
    spelled        INTEGER NOT NULL DEFAULT 0,   -- the spelling is C5's
    position       INTEGER,                      -- in the newest C5 list
    name           TEXT,
    department     TEXT,
    customers      INTEGER,
    count_state    TEXT    NOT NULL DEFAULT 'unread',
    count_errcode  INTEGER,                      -- why the count failed, where WeCom said so
    read_at        REAL,                         -- customers last read (seconds since the epoch)
    read_complete  INTEGER NOT NULL DEFAULT 0,
    known_total    INTEGER,
    read_note      TEXT    NOT NULL DEFAULT '',
    words          TEXT,                         -- NULL: search text not made yet
    name_key       TEXT,
    UNIQUE (profile_id, userid_key)
);

CREATE TABLE customers (
    id              INTEGER PRIMARY KEY,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    external_userid TEXT    NOT NULL,
    name            TEXT,
    corp_name       TEXT,
    type            INTEGER,
    unionid         TEXT,
    contact_c2      TEXT,                        -- external_contact as C2 gave it, JSON
    contact_c3      TEXT,                        -- external_contact as C3 gave it, JSON
    c2_at           REAL,
    c3_at           REAL,
    c2_read         INTEGER NOT NULL DEFAULT 0,  -- number of the newest complete C2 read
    c2_pages        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (profile_id, external_userid)
);

-- One follower with one customer, narrow: what lists show. state: 0 active, 1 known by id only, 2 gone.
CREATE TABLE relations (
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
    indexed         INTEGER NOT NULL DEFAULT 0,  -- 1: relation_lines holds the words of this content
    UNIQUE (profile_id, external_userid, follower_id)
);

CREATE INDEX relations_of_follower ON relations (profile_id, follower_id, createtime, id, state);
CREATE INDEX relations_of_profile ON relations (profile_id, createtime, id, state);
CREATE INDEX relations_without_words ON relations (profile_id, follower_id) WHERE indexed = 0;

-- What C2 (follow_user) and C3 (follow_info) said, JSON as received.
CREATE TABLE relation_documents (
    relation_id INTEGER PRIMARY KEY REFERENCES relations (id),
    profile_id  INTEGER NOT NULL REFERENCES profiles (id),
    follow_user TEXT,
    follow_info TEXT,
    c2_read     INTEGER,                         -- the complete C2 read that gave follow_user
    c2_position INTEGER                          -- its place among the followers of that read
);

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
    PRIMARY KEY (profile_id, follower_id, relation_id)
) WITHOUT ROWID;

CREATE TRIGGER relation_added AFTER INSERT ON relations BEGIN
    INSERT INTO relation_lines (profile_id, follower_id, relation_id, state, createtime, words)
    VALUES (new.profile_id, new.follower_id, new.id, new.state, new.createtime, lower(new.external_userid));
END;

CREATE TRIGGER relation_changed AFTER UPDATE OF state, createtime ON relations
WHEN old.state <> new.state OR COALESCE(old.createtime, -1) <> COALESCE(new.createtime, -1) BEGIN
    UPDATE relation_lines SET state = new.state, createtime = new.createtime
    WHERE profile_id = new.profile_id AND follower_id = new.follower_id AND relation_id = new.id;
END;

CREATE TABLE tags (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    tag_id     TEXT    NOT NULL,
    kind       INTEGER NOT NULL,                 -- as in C2: 1 the company's, 3 a rule group's
    group_name TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    PRIMARY KEY (profile_id, tag_id)
) WITHOUT ROWID;

-- Served contacts. tmp_openid names somebody within one traversal only, so they are replaced as a whole.
CREATE TABLE contacts (
    id              INTEGER PRIMARY KEY,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    source          TEXT    NOT NULL,            -- whose list it was, casefolded; empty: the company's
    follower_key    TEXT    NOT NULL,
    is_customer     INTEGER NOT NULL,
    external_userid TEXT,
    name            TEXT,
    follow_userid   TEXT,
    chat_name       TEXT,
    add_time        INTEGER,
    words           TEXT    NOT NULL,
    document        TEXT    NOT NULL             -- JSON as received
);

CREATE INDEX contacts_by_time ON contacts (profile_id, add_time, id);
CREATE INDEX contacts_of_source ON contacts (profile_id, source);

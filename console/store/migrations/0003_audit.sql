-- Every write to WeCom, noted before its request leaves and again after it returned; nothing is ever deleted here.
-- Also what tells a callback about an own write from one about somebody else's: who, whom, which fields, when.
CREATE TABLE audit (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    at              REAL    NOT NULL,            -- before the request left (seconds since the epoch)
    operator        TEXT    NOT NULL,
    process         INTEGER NOT NULL,            -- which process of this machine wrote it
    external_userid TEXT    NOT NULL,
    customer_name   TEXT    NOT NULL,            -- as shown then
    userid          TEXT    NOT NULL,
    userid_key      TEXT    NOT NULL,            -- casefolded
    reason          TEXT    NOT NULL,
    fields          TEXT    NOT NULL,            -- C4's names of what was sent, a blank between
    before          TEXT    NOT NULL,            -- JSON in C2's names, as read just before the write
    after           TEXT    NOT NULL,            -- the same as it should be afterwards
    body            TEXT    NOT NULL,            -- C4's request, JSON
    undo_of         INTEGER REFERENCES audit (id),
    answered_at     REAL,                        -- when C4's answer came, or its failure was known
    errcode         INTEGER,                     -- C4's answer; NULL: none came
    message         TEXT    NOT NULL DEFAULT '', -- what support needs of a failure
    outcome         TEXT,                        -- NULL: not known yet
    seen            TEXT,                        -- what reading back showed last, JSON in C2's names
    finished_at     REAL,
    callback_at     REAL,                        -- the first callback that may be of this write
    words           TEXT    NOT NULL             -- what a filter looks into
);

CREATE INDEX audit_of_relation ON audit (profile_id, external_userid, userid_key, id);
CREATE INDEX audit_unfinished ON audit (profile_id, id) WHERE outcome IS NULL;
CREATE INDEX audit_undone ON audit (undo_of) WHERE undo_of IS NOT NULL;

-- Every welcome message, noted before its request leaves and again after it returned; nothing is ever deleted here.
CREATE TABLE welcomes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    event_id        INTEGER NOT NULL REFERENCES events (id),
    at              REAL    NOT NULL,            -- before the request left (seconds since the epoch)
    operator        TEXT    NOT NULL,            -- empty: by rule
    external_userid TEXT    NOT NULL,
    userid          TEXT    NOT NULL,
    template        TEXT    NOT NULL,
    body            TEXT    NOT NULL,            -- the request but for its code, JSON
    tries           INTEGER NOT NULL DEFAULT 0,
    errcode         INTEGER,                     -- the last answer; NULL: none came
    outcome         TEXT,                        -- NULL: not known
    message         TEXT    NOT NULL DEFAULT '', -- what support needs of a failure
    finished_at     REAL
);

CREATE INDEX welcomes_of_event ON welcomes (profile_id, event_id);
CREATE INDEX welcomes_of_customer ON welcomes (profile_id, external_userid, id);

-- Files that WeCom keeps for three days, by what is in them, so that a welcome need not wait for an upload.
CREATE TABLE uploads (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    kind       TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    media_id   TEXT    NOT NULL,
    good_until REAL    NOT NULL,
    PRIMARY KEY (profile_id, kind, digest)
) WITHOUT ROWID;

-- What came in at a profile's callback address, in the order of arrival: events, the requests that brought none
-- ('rejected', 'verified'), and the times nobody listened ('gap'). One table, since the feed shows them in one list.
CREATE TABLE events (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    kind            TEXT    NOT NULL,
    received_at     REAL    NOT NULL,            -- a gap: when receiving went on (seconds since the epoch)
    last_at         REAL    NOT NULL,            -- when it was delivered last
    times           INTEGER NOT NULL DEFAULT 1,  -- how often it was delivered
    receiver        TEXT    NOT NULL,
    fingerprint     BLOB,                        -- of an event's message
    follower_key    TEXT    NOT NULL DEFAULT '',
    external_userid TEXT,
    words           TEXT    NOT NULL DEFAULT '', -- what a filter looks into
    reason          TEXT,                        -- why a request was rejected, how a gap came about
    detail          TEXT    NOT NULL DEFAULT '',
    since           REAL,                        -- a gap: when receiving stopped
    bookmarked      INTEGER NOT NULL DEFAULT 0,
    seen_at         REAL,
    -- Effects: whoever claims an event runs them, and nobody else until the claim is too old.
    due_at          REAL    NOT NULL DEFAULT 0,
    claimed_by      TEXT,
    claimed_at      REAL,
    tries           INTEGER NOT NULL DEFAULT 0,
    done_at         REAL,
    outcome         TEXT,
    note            TEXT    NOT NULL DEFAULT '',
    -- The welcome message: 'none' without a code, else 'open', then 'sending', and how that ended. Never back.
    welcome         TEXT    NOT NULL DEFAULT 'none',
    welcome_by      TEXT,
    welcome_at      REAL,
    welcome_note    TEXT    NOT NULL DEFAULT ''
);

CREATE INDEX events_of_profile ON events (profile_id, id);
CREATE INDEX events_by_time ON events (profile_id, received_at, kind, times);
CREATE INDEX events_of_kind ON events (profile_id, kind, id);
CREATE INDEX events_of_customer ON events (profile_id, external_userid, id);
CREATE INDEX events_by_content ON events (profile_id, fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX events_to_do ON events (profile_id, id) WHERE done_at IS NULL;
CREATE INDEX events_to_welcome ON events (profile_id, welcome, received_at) WHERE welcome IN ('open', 'sending');

-- What came, apart from the rows that lists go through.
CREATE TABLE event_documents (
    event_id   INTEGER PRIMARY KEY REFERENCES events (id),
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    message    TEXT,                             -- decrypted, its secrets blanked out; NULL: not an event
    method     TEXT    NOT NULL,
    peer       TEXT    NOT NULL,
    query      TEXT    NOT NULL,
    headers    TEXT    NOT NULL,                 -- JSON, a list of pairs
    body       BLOB    NOT NULL,                 -- as it came; of a rejected request the beginning
    size       INTEGER NOT NULL                  -- bytes of the whole body
);

-- How many requests were rejected in each quarter of an hour, of which only the newest are kept above.
CREATE TABLE rejections (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    quarter    INTEGER NOT NULL,                 -- quarters of an hour since the epoch
    count      INTEGER NOT NULL,
    PRIMARY KEY (profile_id, quarter)
) WITHOUT ROWID;

-- Each run of a receiver, from its start to its end, or to the last sign of life of one that crashed.
CREATE TABLE receivers (
    id         INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    receiver   TEXT    NOT NULL,                 -- who: a process
    address    TEXT    NOT NULL,                 -- where it listens
    started_at REAL    NOT NULL,
    beat_at    REAL    NOT NULL,
    stopped_at REAL,
    why        TEXT                              -- how it ended
);

CREATE INDEX receivers_of_profile ON receivers (profile_id, stopped_at);

-- Grows whenever a feed shows something else than before; a sign of life of a receiver is nothing to show.
CREATE TABLE feeds (
    profile_id INTEGER PRIMARY KEY REFERENCES profiles (id),
    version    INTEGER NOT NULL
);

CREATE TRIGGER events_added AFTER INSERT ON events BEGIN
    INSERT INTO feeds (profile_id, version) VALUES (new.profile_id, 1)
    ON CONFLICT (profile_id) DO UPDATE SET version = version + 1;
END;

CREATE TRIGGER events_changed AFTER UPDATE ON events BEGIN
    UPDATE feeds SET version = version + 1 WHERE profile_id = new.profile_id;
END;

CREATE TRIGGER receivers_added AFTER INSERT ON receivers BEGIN
    INSERT INTO feeds (profile_id, version) VALUES (new.profile_id, 1)
    ON CONFLICT (profile_id) DO UPDATE SET version = version + 1;
END;

CREATE TRIGGER receivers_changed AFTER UPDATE OF stopped_at ON receivers WHEN old.stopped_at IS NOT new.stopped_at BEGIN
    UPDATE feeds SET version = version + 1 WHERE profile_id = new.profile_id;
END;

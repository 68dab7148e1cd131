-- What a unionid means to a profile's app, one row each; what was learned newest is what is so. Nothing is deleted.
CREATE TABLE mappings (
    id              INTEGER PRIMARY KEY,
    profile_id      INTEGER NOT NULL REFERENCES profiles (id),
    unionid         TEXT    NOT NULL,
    openid          TEXT,                        -- as it was converted with; NULL: never converted here
    subject_type    INTEGER,                     -- the same
    external_userid TEXT,
    pending_id      TEXT,                        -- kept when the customer is known: the two belong together
    source          TEXT    NOT NULL,            -- how it was learned
    learned_at      REAL    NOT NULL,            -- seconds since the epoch
    expires_at      REAL,                        -- of the pending id
    arrived_at      REAL,                        -- when a pending id turned into a customer
    change          INTEGER NOT NULL,            -- the greatest is the newest, whatever the clock said
    words           TEXT    NOT NULL,            -- what a filter looks into
    UNIQUE (profile_id, unionid)
);

CREATE INDEX mappings_by_news ON mappings (profile_id, change);
CREATE INDEX mappings_by_pending_id ON mappings (profile_id, pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX mappings_waiting ON mappings (profile_id, expires_at) WHERE external_userid IS NULL;
CREATE INDEX mappings_by_openid ON mappings (profile_id, openid) WHERE openid IS NOT NULL;
CREATE INDEX mappings_arrived ON mappings (profile_id, change) WHERE arrived_at IS NOT NULL;

CREATE INDEX customers_by_unionid ON customers (profile_id, unionid) WHERE unionid IS NOT NULL;

-- How many conversions were sent, by the hour: WeCom counts them by the hour, the day and the month.
CREATE TABLE conversion_hours (
    profile_id   INTEGER NOT NULL REFERENCES profiles (id),
    subject_type INTEGER NOT NULL,
    hour         INTEGER NOT NULL,               -- hours since the epoch
    count        INTEGER NOT NULL,
    PRIMARY KEY (profile_id, subject_type, hour)
) WITHOUT ROWID;

-- The newest of them one by one, to tell how fast they follow each other.
CREATE TABLE conversions_sent (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    at         REAL    NOT NULL
);

CREATE INDEX conversions_sent_of_profile ON conversions_sent (profile_id, id);

-- WeCom itself said that there may be no more for a while (45009): others use the same quota.
CREATE TABLE conversion_stops (
    profile_id   INTEGER NOT NULL REFERENCES profiles (id),
    subject_type INTEGER NOT NULL,
    since        REAL    NOT NULL,
    seconds      REAL    NOT NULL,
    PRIMARY KEY (profile_id, subject_type)
) WITHOUT ROWID;

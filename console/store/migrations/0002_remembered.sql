-- What an operator chose last, so that the next start begins there.
CREATE TABLE remembered (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (profile_id, what)
) WITHOUT ROWID;

-- Figures are read every night and lanes seldom: apart from one another they are found faster.
DELETE FROM kept;
DELETE FROM session; -- sealed together with its lanes: read again from its file
DELETE FROM content;
ALTER TABLE session DROP COLUMN lanes;
ALTER TABLE session ADD COLUMN lanes_seal INTEGER NOT NULL DEFAULT 0; -- the hash of its lanes

CREATE TABLE lanes (
    content INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,
    packed  BLOB NOT NULL,                             -- the run at 1 Hz
    PRIMARY KEY (content, place)
);

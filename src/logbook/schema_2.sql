-- Figures are read every night and lanes seldom: apart from one another they are found faster.
DELETE FROM kept;
DELETE FROM session; -- sealed together with its lanes: read again from its file
DELETE FROM content;
DELETE FROM verdict; -- the first job under this layout tells everything
DELETE FROM week;
DELETE FROM job;
ALTER TABLE session DROP COLUMN lanes;
ALTER TABLE session ADD COLUMN lanes_seal INTEGER NOT NULL DEFAULT 0; -- the hash of its lanes

CREATE TABLE lanes (
    content INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,
    packed  BLOB NOT NULL,                             -- the run at 1 Hz
    PRIMARY KEY (content, place)
);

-- What the last job of each folder told beside its verdicts, so that the next can tell its news.
CREATE TABLE told_run (
    job     INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    athlete TEXT NOT NULL,
    run     TEXT NOT NULL,                             -- the id of the session
    PRIMARY KEY (job, athlete, run)
) WITHOUT ROWID;

CREATE TABLE told_problem (
    job   INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    path  TEXT NOT NULL,
    told  TEXT NOT NULL,                               -- what is wrong, in plain words
    fatal INTEGER NOT NULL,                            -- whether nothing could be used
    files INTEGER NOT NULL DEFAULT 1,                  -- how many files of this name it is told of
    PRIMARY KEY (job, path, told)
);

CREATE VIEW problems AS
SELECT scope, path, told, fatal, files FROM told_problem JOIN job ON job.id = told_problem.job;

-- What was read: one entry for the bytes of a recording, wherever they lie.
CREATE TABLE content (
    id        INTEGER PRIMARY KEY,
    hash      BLOB NOT NULL CHECK (length(hash) = 16), -- XXH3-128 of the unpacked bytes
    measuring TEXT NOT NULL,                           -- the version that decoded and measured them
    format    TEXT NOT NULL,
    warnings  TEXT NOT NULL,                           -- JSON: what was forgiven
    seal      INTEGER NOT NULL,                        -- the hash of all this and of the sessions
    UNIQUE (hash, measuring)
);

CREATE TABLE session (
    content INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,                          -- in the order of the file, from 0
    metrics TEXT NOT NULL,                             -- JSON: the row without its lanes
    lanes   BLOB NOT NULL,                             -- the run at 1 Hz, packed
    PRIMARY KEY (content, place)
);

-- Where it lay: a file of the disk as it was when it was last read.
CREATE TABLE file (
    id          INTEGER PRIMARY KEY,
    path        TEXT NOT NULL UNIQUE,                  -- absolute
    measuring   TEXT NOT NULL,
    is_archive  INTEGER NOT NULL,
    size        INTEGER NOT NULL,                      -- bytes
    modified_ns INTEGER NOT NULL,                      -- since 1970
    changed_ns  INTEGER NOT NULL,                      -- 0 where the system does not tell
    inode       INTEGER NOT NULL,                      -- 0 where the system does not tell
    looked_ns   INTEGER NOT NULL,                      -- when it was looked at
    seal        INTEGER NOT NULL                       -- the hash of all this and of the entries
);

-- What was in it.
CREATE TABLE entry (
    file    INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    place   INTEGER NOT NULL,
    name    TEXT NOT NULL,                             -- below the file; '' for the file itself
    part    TEXT,                                      -- the archive's entry that it comes from,
    crc32   INTEGER,                                   -- with checksum and size
    size    INTEGER,                                   -- by the table of contents
    content BLOB,                                      -- the hash of its recording
    reading TEXT,                                      -- JSON: what it is, where it has no content
    PRIMARY KEY (file, place)
);
CREATE INDEX entry_content ON entry (content);

-- What reviews found out about runs, in a form that only the version that wrote it reads.
CREATE TABLE kept (
    athlete TEXT NOT NULL,
    content BLOB NOT NULL,                             -- the hash of the recording
    session INTEGER NOT NULL,
    value   BLOB NOT NULL,
    seal    INTEGER NOT NULL,                          -- the hash of all this
    PRIMARY KEY (athlete, content, session)
);

-- Jobs that came to their end, the last of each folder.
CREATE TABLE job (
    id            INTEGER PRIMARY KEY,
    scope         TEXT NOT NULL UNIQUE,                -- the paths that were given
    ended         TEXT NOT NULL,                       -- UTC
    tool          TEXT NOT NULL,
    rules         TEXT NOT NULL,
    settings_hash TEXT NOT NULL
);

CREATE TABLE verdict (
    job         INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    athlete     TEXT NOT NULL,
    run         TEXT NOT NULL,                         -- the id of the run
    path        TEXT NOT NULL,
    local_start TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    certainty   TEXT,
    was         TEXT,
    because     TEXT NOT NULL,
    basis       BLOB NOT NULL,                         -- the hash of what the verdict rests on
    audit       TEXT NOT NULL,                         -- JSON: the run as `talktest/audit/1` has it
    PRIMARY KEY (job, athlete, run)
);

CREATE TABLE week (
    job          INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    athlete      TEXT NOT NULL,
    monday       TEXT NOT NULL,
    runs         INTEGER NOT NULL,
    running_days INTEGER NOT NULL,
    quality      INTEGER NOT NULL,
    moving_s     REAL NOT NULL,
    recovery     INTEGER NOT NULL,
    kept         INTEGER NOT NULL,
    slipped      INTEGER NOT NULL,
    not_recovery INTEGER NOT NULL,
    cannot_judge INTEGER NOT NULL,
    PRIMARY KEY (job, athlete, monday)
);

-- For people: what SQLite tools should ask.
CREATE VIEW runs AS
SELECT file.path || entry.name AS path,
       content.format AS format,
       session.place AS session,
       strftime('%Y-%m-%dT%H:%M:%SZ', json_extract(metrics, '$.said.start') / 1000.0, 'unixepoch')
           AS start,
       json_extract(metrics, '$.said.sport') AS sport,
       json_extract(metrics, '$.said.device') AS device,
       json_extract(metrics, '$.clocks.elapsed') AS elapsed_s,
       json_extract(metrics, '$.clocks.timer') AS timer_s,
       json_extract(metrics, '$.clocks.moving') AS moving_s,
       json_extract(metrics, '$.way.distance') AS distance_m,
       json_extract(metrics, '$.way.ascent') AS ascent_m,
       json_extract(metrics, '$.heart_rate.mean') AS mean_bpm,
       json_extract(metrics, '$.heart_rate.max') AS max_bpm,
       content.measuring AS measuring
FROM entry
JOIN file ON file.id = entry.file
JOIN content ON content.hash = entry.content AND content.measuring = file.measuring
JOIN session ON session.content = content.id;

CREATE VIEW audits AS
SELECT scope, athlete, run, path, local_start, verdict, certainty, was, because,
       ended AS judged, rules, settings_hash
FROM verdict JOIN job ON job.id = verdict.job;

CREATE VIEW findings AS
SELECT scope, athlete, run, verdict,
       json_extract(finding.value, '$.criterion') AS criterion,
       json_extract(finding.value, '$.severity') AS severity,
       json_extract(finding.value, '$.result') AS result,
       json_extract(finding.value, '$.value') AS value,
       json_extract(finding.value, '$.limit') AS "limit",
       json_extract(finding.value, '$.unit') AS unit,
       json_extract(finding.value, '$.text') AS text
FROM verdict JOIN job ON job.id = verdict.job, json_each(audit, '$.audit.findings') AS finding;

CREATE VIEW weeks AS
SELECT scope, athlete, monday, runs, running_days, quality, moving_s,
       recovery, kept, slipped, not_recovery, cannot_judge
FROM week JOIN job ON job.id = week.job;

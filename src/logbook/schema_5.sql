-- Rows are read every night as bytes, and asked for by people as columns.
DROP VIEW runs;
DELETE FROM judgement;
DELETE FROM channels;
DELETE FROM content; -- read again from their files
DROP TABLE session;  -- with its triggers
ALTER TABLE content ADD COLUMN metadata BLOB NOT NULL DEFAULT x''; -- what the file says of its sessions, in MessagePack
ALTER TABLE content ADD COLUMN figures BLOB NOT NULL DEFAULT x'';  -- what was measured of them, in a form that only that version reads

CREATE TABLE session (                                 -- for people; jobs read the rows of the content
    content       INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    place         INTEGER NOT NULL,                    -- in the order of the file, from 0
    start_unix_ms INTEGER NOT NULL,
    sport         TEXT NOT NULL,
    device        TEXT,
    elapsed_s     REAL NOT NULL,
    timer_s       REAL NOT NULL,
    moving_s      REAL NOT NULL,
    distance_m    REAL,
    ascent_m      REAL,
    mean_bpm      REAL,
    max_bpm       REAL,
    PRIMARY KEY (content, place)
);

CREATE TRIGGER session_changed AFTER UPDATE ON session
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER session_removed AFTER DELETE ON session
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;

CREATE VIEW runs AS
SELECT file.path || entry.name AS path,
       content.format AS format,
       session.place AS session,
       strftime('%Y-%m-%dT%H:%M:%SZ', start_unix_ms / 1000.0, 'unixepoch') AS start,
       sport,
       device,
       elapsed_s,
       timer_s,
       moving_s,
       distance_m,
       ascent_m,
       mean_bpm,
       max_bpm,
       content.measuring AS measuring
FROM entry
JOIN file ON file.id = entry.file
JOIN content ON content.hash = entry.content AND content.measuring = file.measuring
JOIN session ON session.content = content.id;

-- Of the judgement only the answers of the criteria are asked for.
DROP VIEW findings;
ALTER TABLE verdict RENAME COLUMN audit TO findings;   -- JSON: the findings of the run as `talktest/audit/1` has them
UPDATE verdict SET findings = CASE WHEN json_valid(findings) -- a damaged one must not keep the others from being used
    THEN coalesce(json_extract(findings, '$.audit.findings'), '[]') ELSE '[]' END;

CREATE VIEW findings AS
SELECT scope, athlete, run, verdict,
       json_extract(finding.value, '$.criterion') AS criterion,
       json_extract(finding.value, '$.severity') AS severity,
       json_extract(finding.value, '$.result') AS result,
       json_extract(finding.value, '$.value') AS value,
       json_extract(finding.value, '$.limit') AS "limit",
       json_extract(finding.value, '$.unit') AS unit,
       json_extract(finding.value, '$.text') AS text
FROM verdict JOIN job ON job.id = verdict.job, json_each(verdict.findings) AS finding;

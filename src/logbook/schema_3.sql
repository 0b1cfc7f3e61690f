-- Rows name the unit of every figure: rows of the earlier form are measured again from their files.
DELETE FROM kept;
DELETE FROM lanes;
DELETE FROM session;
DELETE FROM content;

DROP VIEW runs;

-- Tables and columns get the names of what they hold.
ALTER TABLE kept RENAME TO judgement;
ALTER TABLE judgement RENAME COLUMN seal TO checksum;
ALTER TABLE content RENAME COLUMN seal TO checksum;
ALTER TABLE file RENAME COLUMN seal TO checksum;
ALTER TABLE file RENAME COLUMN looked_ns TO seen_ns;
ALTER TABLE lanes RENAME TO channels;
ALTER TABLE session RENAME COLUMN lanes_seal TO channels_checksum;
ALTER TABLE told_run RENAME TO reported_run;
DROP VIEW problems;
ALTER TABLE told_problem RENAME TO reported_problem;
ALTER TABLE reported_problem RENAME COLUMN told TO problem;
CREATE VIEW problems AS
SELECT scope, path, problem, fatal, files
FROM reported_problem JOIN job ON job.id = reported_problem.job;

CREATE VIEW runs AS
SELECT file.path || entry.name AS path,
       content.format AS format,
       session.place AS session,
       strftime('%Y-%m-%dT%H:%M:%SZ', json_extract(metrics, '$.said.start_unix_ms') / 1000.0, 'unixepoch')
           AS start,
       json_extract(metrics, '$.said.sport') AS sport,
       json_extract(metrics, '$.said.device') AS device,
       json_extract(metrics, '$.clocks.elapsed_s') AS elapsed_s,
       json_extract(metrics, '$.clocks.timer_s') AS timer_s,
       json_extract(metrics, '$.clocks.moving_s') AS moving_s,
       json_extract(metrics, '$.way.distance_m') AS distance_m,
       json_extract(metrics, '$.way.ascent_m') AS ascent_m,
       json_extract(metrics, '$.heart_rate.mean_bpm') AS mean_bpm,
       json_extract(metrics, '$.heart_rate.max_bpm') AS max_bpm,
       content.measuring AS measuring
FROM entry
JOIN file ON file.id = entry.file
JOIN content ON content.hash = entry.content AND content.measuring = file.measuring
JOIN session ON session.content = content.id;

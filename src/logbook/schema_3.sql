-- Rows name the unit of every figure: rows of the earlier form are measured again from their files.
DELETE FROM kept;
DELETE FROM lanes;
DELETE FROM session;
DELETE FROM content;

DROP VIEW runs;
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

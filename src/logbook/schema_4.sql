-- What a job wrote, so that one of which nothing changed writes the same without reading or judging.
ALTER TABLE job ADD COLUMN inputs BLOB;                -- the hash of all that it depended on, while it holds

CREATE TABLE job_result (
    job         INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    form        BLOB NOT NULL,                         -- the hash of how it was to be written
    inputs      BLOB NOT NULL,                         -- the hash of all that it depended on
    moment_ms   INTEGER NOT NULL,                      -- since 1970: an earlier moment has other runs to come
    value       BLOB NOT NULL,                         -- in a form that only the version that wrote it reads
    checksum    INTEGER NOT NULL,                      -- the hash of all this
    PRIMARY KEY (job, form)
);

-- Whatever is changed in the logbook or taken out of it, by whatever tool: the next job looks again.
CREATE TRIGGER file_changed AFTER UPDATE ON file
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER file_removed AFTER DELETE ON file
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER entry_changed AFTER UPDATE ON entry
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER content_changed AFTER UPDATE ON content
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER content_removed AFTER DELETE ON content
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER session_changed AFTER UPDATE ON session
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER session_removed AFTER DELETE ON session
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER channels_changed AFTER UPDATE ON channels
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER channels_removed AFTER DELETE ON channels
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER judgement_changed AFTER UPDATE ON judgement
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER judgement_removed AFTER DELETE ON judgement
BEGIN UPDATE job SET inputs = NULL WHERE inputs IS NOT NULL; END;
CREATE TRIGGER verdict_changed AFTER UPDATE ON verdict
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER verdict_removed AFTER DELETE ON verdict
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER week_changed AFTER UPDATE ON week
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER week_removed AFTER DELETE ON week
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER reported_run_changed AFTER UPDATE ON reported_run
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER reported_run_removed AFTER DELETE ON reported_run
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER reported_problem_changed AFTER UPDATE ON reported_problem
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;
CREATE TRIGGER reported_problem_removed AFTER DELETE ON reported_problem
BEGIN UPDATE job SET inputs = NULL WHERE id = OLD.job AND inputs IS NOT NULL; END;

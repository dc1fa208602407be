-- A run that fails for good says so to what it was about, in a run of its own, and that may fail as well: an upload then stood as being
-- written for ever. It is kept who was told; a sweep tells the others. What failed before is taken as told.
ALTER TABLE background_run ADD COLUMN reported_at timestamptz(6);
UPDATE background_run SET reported_at = now() WHERE state IN ('failed', 'cancelled') AND ended_at > now() - interval '2 days';
CREATE INDEX background_run_unreported ON background_run (ended_at) WHERE reported_at IS NULL AND state IN ('failed', 'cancelled');

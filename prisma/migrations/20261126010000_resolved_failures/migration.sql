-- A failure is over when somebody repeats the run, and also when its work was done in another way: the sheet was committed again.
ALTER TABLE "background_run" ADD COLUMN "resolved_at" TIMESTAMPTZ(6);
DROP INDEX background_run_unresolved;
CREATE INDEX background_run_unresolved ON background_run (function_id, error_code)
  WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL;

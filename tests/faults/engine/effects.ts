/**
 * What the functions under test leave behind. An effect has a unique key, as every effect of the product has, so that it
 * exists once though its step may run twice. Beside it stands each execution with a token of its own: the one whose token the
 * engine remembers is the one that counts, and it says which results it had seen.
 */
export const EFFECT_TABLES = `
CREATE SCHEMA IF NOT EXISTS faults;
CREATE TABLE IF NOT EXISTS faults.effect (
  run text NOT NULL, step text NOT NULL, value uuid NOT NULL DEFAULT gen_random_uuid(),
  tries integer NOT NULL DEFAULT 1, PRIMARY KEY (run, step)
);
CREATE TABLE IF NOT EXISTS faults.execution (
  token uuid PRIMARY KEY DEFAULT gen_random_uuid(), run text NOT NULL, step text NOT NULL, saw uuid[] NOT NULL
);
CREATE TABLE IF NOT EXISTS faults.attempt (place text PRIMARY KEY, tries integer NOT NULL DEFAULT 1);
`;

/** What must never happen to the engine's own rows is noted where it happens: at the table. */
export const WATCHES = `
CREATE TABLE IF NOT EXISTS faults.broken (what text NOT NULL, id text NOT NULL, was text, became text);
CREATE OR REPLACE FUNCTION faults.note_memo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO faults.broken VALUES ('a memo was ' || lower(TG_OP) || 'd', OLD.run_id || '.' || OLD.name, OLD.memo::text,
    CASE WHEN TG_OP = 'UPDATE' THEN NEW.memo::text END);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION faults.note_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO faults.broken VALUES ('an ended run was changed', OLD.id, OLD.status, NEW.status);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER memo_kept AFTER UPDATE OR DELETE ON inngest_engine.steps
  FOR EACH ROW WHEN (OLD.memo IS NOT NULL) EXECUTE FUNCTION faults.note_memo();
CREATE OR REPLACE TRIGGER end_kept AFTER UPDATE ON inngest_engine.runs
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION faults.note_end();
`;

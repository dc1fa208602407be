import { MAX_STATE_BYTES, MAX_STEPS } from '../protocol/limits';

/** Recording what a request answered. Lock order everywhere: the run, then its job, then slots. */
export const STEP_FUNCTIONS = `
-- Queues one request of a run. A discovery that is under way is marked to be repeated instead: never two at a time.
CREATE OR REPLACE FUNCTION enqueue(r runs, p_step text, p_purpose text, p_isolated boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jobs (run_id, step_id, purpose, function_id, state, waiting_on, sort_at, slots, isolated)
  VALUES (r.id, p_step, p_purpose, r.function_id, CASE WHEN r.slots = '{}' THEN 'ready' ELSE 'waiting' END,
          r.slots[1], r.sort_at, r.slots, p_isolated)
  ON CONFLICT (run_id, step_id, purpose) DO UPDATE SET again = true WHERE jobs.state = 'leased';
END $$;

-- The next discovery comes when the whole group of parallel steps is done; after each one for races and protocol version 1.
CREATE OR REPLACE FUNCTION continue_run(r runs) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_pending integer;
  v_race boolean;
BEGIN
  SELECT count(*) FILTER (WHERE memo IS NULL), bool_or(race) INTO v_pending, v_race FROM steps WHERE run_id = r.id;
  IF v_pending = 0 OR v_race OR r.version = 1 THEN
    PERFORM enqueue(r, '', 'discover', false);
  END IF;
END $$;

-- Memoizes results; the first result of a step wins. Returns how many were new. Memos come as texts within the JSON: an
-- escaped NUL in a value of the user could not be read otherwise.
CREATE OR REPLACE FUNCTION record_done(p_run text, p_done json) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_ids text[];
  v_bytes bigint;
BEGIN
  PERFORM record_defers(p_run, p_done);
  WITH incoming AS (
    SELECT n, e->>'id' AS id, e->>'op' AS op, e->>'name' AS name, (e->>'memo')::json AS memo
    FROM json_array_elements(p_done) WITH ORDINALITY AS x(e, n) WHERE e->>'op' NOT IN ('DeferAdd', 'DeferAbort')
  ), written AS (
    INSERT INTO steps AS s (run_id, step_id, op, name, memo, ended_at)
    SELECT p_run, id, op, name, memo, clock_timestamp() FROM incoming
    ON CONFLICT (run_id, step_id) DO UPDATE SET memo = EXCLUDED.memo, op = EXCLUDED.op, ended_at = clock_timestamp()
    WHERE s.memo IS NULL RETURNING step_id
  )
  SELECT array_agg(i.id ORDER BY i.n), sum(octet_length(i.memo::text)) INTO v_ids, v_bytes
  FROM incoming i JOIN written w ON w.step_id = i.id;
  IF v_ids IS NULL THEN RETURN 0; END IF;
  UPDATE runs SET stack = stack || v_ids, state_bytes = state_bytes + v_bytes WHERE id = p_run;
  RETURN cardinality(v_ids);
END $$;

-- The limit that a run breaks, if any, with what it plans beside what it has.
CREATE OR REPLACE FUNCTION broken_limit(p_run text, p_planned json) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN r.state_bytes > ${MAX_STATE_BYTES} THEN 'state'
    WHEN (SELECT count(*) FROM steps WHERE run_id = p_run) + (SELECT count(*) FROM json_array_elements(p_planned) p
      WHERE NOT EXISTS (SELECT 1 FROM steps s WHERE s.run_id = p_run AND s.step_id = p->>'id')) > ${MAX_STEPS} THEN 'steps' END
  FROM runs r WHERE r.id = p_run
$$;

-- Starts whatever a step needs to finish later: a request of its own, a timer, a wait, another run. False when a signal has
-- its waiter already.
CREATE OR REPLACE FUNCTION record_planned(r runs, p_planned json) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  p record;
  v_free boolean := true;
BEGIN
  FOR p IN SELECT * FROM json_to_recordset(p_planned) AS x(id text, op text, name text, race boolean, isolated boolean,
      request boolean, due_at timestamptz, memo json, wait json, invoke json) LOOP
    INSERT INTO steps (run_id, step_id, op, name, race) VALUES (r.id, p.id, p.op, p.name, p.race) ON CONFLICT DO NOTHING;
    CONTINUE WHEN NOT FOUND;
    IF p.request THEN PERFORM enqueue(r, p.id, 'step', p.isolated); END IF;
    IF p.due_at IS NOT NULL THEN
      INSERT INTO timers (run_id, step_id, purpose, due_at, memo) VALUES (r.id, p.id, 'step', p.due_at, p.memo) ON CONFLICT DO NOTHING;
    END IF;
    IF p.wait IS NOT NULL THEN v_free := start_wait(r.id, p.id, p.wait) AND v_free; END IF;
    IF p.invoke IS NOT NULL THEN
      PERFORM accept_event('inngest/function.invoked', NULL, (p.invoke->>'data')::json, (p.invoke->>'function_id')::uuid,
        (p.invoke->>'meta')::json);
    END IF;
  END LOOP;
  RETURN v_free;
END $$;

-- A signal has one waiter: a newcomer replaces the old one, or finds the place taken.
CREATE OR REPLACE FUNCTION start_wait(p_run text, p_step text, w json) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF w->>'kind' = 'signal' AND w->>'conflict' = 'replace' THEN
    DELETE FROM waits WHERE kind = 'signal' AND subject = w->>'subject';
  END IF;
  INSERT INTO waits (run_id, step_id, kind, subject, match, expression, expires_at)
  VALUES (p_run, p_step, w->>'kind', w->>'subject', coalesce(w->>'match', ''), w->>'expression', (w->>'expires_at')::timestamptz)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Finishes a pending step from outside: timer, event, signal, invoked run. Whoever comes first wins.
CREATE OR REPLACE FUNCTION complete_step(p_run text, p_step text, p_memo json) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE r runs;
BEGIN
  IF NOT lock_open_run(p_run) THEN RETURN false; END IF;
  SELECT * INTO r FROM runs WHERE id = p_run;
  UPDATE steps SET memo = p_memo, ended_at = clock_timestamp() WHERE run_id = p_run AND step_id = p_step AND memo IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE runs SET stack = stack || p_step, state_bytes = state_bytes + octet_length(p_memo::text) WHERE id = p_run;
  DELETE FROM timers WHERE run_id = p_run AND step_id = p_step;
  DELETE FROM waits WHERE run_id = p_run AND step_id = p_step;
  PERFORM continue_run(r);
  IF r.slots <> '{}' THEN PERFORM admit_all(r.slots); END IF;
  RETURN true;
END $$;
`;

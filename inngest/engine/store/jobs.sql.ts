/** The inbox and the queue: claiming, settling and the work of the clock. A lease is named by its owner and its generation. */
export const JOB_FUNCTIONS = `
-- Takes events out of the inbox: the oldest p_limit, and p_share of each other name, so that a flood of one delays no other.
-- Events that may cancel runs (p_ordered) never overtake: they stay as long as another engine has an older event under way. A row
-- without seq says that some do.
CREATE OR REPLACE FUNCTION take_events(p_limit integer, p_share integer, p_ordered text[])
RETURNS TABLE (seq bigint, id text, payload json, function_id uuid) LANGUAGE sql AS $$
  WITH RECURSIVE names AS (
    (SELECT i.name, 1 AS n FROM inbox i ORDER BY i.name LIMIT 1)
    UNION ALL
    SELECT (SELECT i.name FROM inbox i WHERE i.name > n.name ORDER BY i.name LIMIT 1), n.n + 1
    FROM names n WHERE n.name IS NOT NULL AND n.n < 100
  ), oldest AS MATERIALIZED (
    SELECT i.seq, i.name FROM inbox i ORDER BY i.seq LIMIT p_limit
  ), chosen AS (
    SELECT o.seq FROM oldest o
    UNION
    SELECT s.seq FROM names n CROSS JOIN LATERAL (
      SELECT i.seq FROM inbox i WHERE i.name = n.name ORDER BY i.seq LIMIT p_share) s
    WHERE NOT (n.name = ANY (p_ordered))
  ), picked AS MATERIALIZED (
    SELECT i.seq FROM inbox i WHERE i.seq IN (SELECT c.seq FROM chosen c) FOR UPDATE SKIP LOCKED
  ), barrier AS MATERIALIZED (
    SELECT min(o.seq) AS seq FROM oldest o WHERE o.seq NOT IN (SELECT p.seq FROM picked p)
  ), gone AS (
    DELETE FROM inbox i USING picked p CROSS JOIN barrier b
    WHERE i.seq = p.seq AND (b.seq IS NULL OR i.seq < b.seq OR NOT (i.name = ANY (p_ordered)))
    RETURNING i.seq, i.event_id, i.function_id
  )
  SELECT g.seq, e.id, e.payload, g.function_id FROM gone g JOIN events e ON e.id = g.event_id
  UNION ALL
  SELECT NULL, NULL, NULL, NULL FROM barrier b
    WHERE EXISTS (SELECT 1 FROM oldest o WHERE o.name = ANY (p_ordered) AND o.seq >= b.seq)
  ORDER BY 1
$$;

-- One more failure of these events; those that have failed p_tries times leave the inbox and are kept apart.
CREATE OR REPLACE FUNCTION blame_events(p_seqs bigint[], p_problem text, p_tries integer) RETURNS void LANGUAGE sql AS $$
  UPDATE inbox SET tries = tries + 1, problem = p_problem WHERE seq = ANY (p_seqs);
  WITH apart AS (
    DELETE FROM inbox WHERE seq = ANY (p_seqs) AND tries >= p_tries RETURNING seq, event_id, name, function_id, problem
  )
  INSERT INTO set_aside (seq, event_id, name, function_id, problem) SELECT * FROM apart;
$$;

-- Takes them back, the oldest first.
CREATE OR REPLACE FUNCTION release_events(p_names text[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE v_count integer;
BEGIN
  WITH back AS (
    DELETE FROM set_aside WHERE p_names = '{}' OR name = ANY (p_names) RETURNING *
  )
  INSERT INTO inbox (event_id, name, function_id)
  SELECT b.event_id, b.name, b.function_id FROM back b WHERE EXISTS (SELECT 1 FROM events e WHERE e.id = b.event_id) ORDER BY b.seq;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Takes up to p_wanted ready jobs. The function with the fewest requests under way (p_busy) comes first, so that a flood
-- in one delays no other, even when places come free one at a time. And none takes the last places beside what it has: at
-- most nine times as many as stay free, so that a function whose requests hang leaves room for the others.
CREATE OR REPLACE FUNCTION claim(p_owner text, p_functions uuid[], p_busy integer[], p_wanted integer, p_lease interval)
RETURNS TABLE (id bigint, run_id text, step_id text, function_id uuid, attempt integer, isolated boolean,
               generation integer, version integer, stack text[], defers json, events json, state_bytes bigint, batch_bytes bigint)
LANGUAGE sql AS $$
  WITH candidates AS MATERIALIZED (
    SELECT c.id, c.turn, c.sort_at FROM unnest(p_functions, p_busy) AS f(id, busy) CROSS JOIN LATERAL (
      SELECT h.id, h.sort_at, f.busy + row_number() OVER (ORDER BY h.sort_at, h.id) AS turn FROM (
        SELECT j.id, j.sort_at FROM jobs j WHERE j.function_id = f.id AND j.state = 'ready'
        ORDER BY j.sort_at, j.id LIMIT p_wanted * 2) h) c
    ORDER BY c.turn, c.sort_at LIMIT p_wanted * 2
  ), seated AS MATERIALIZED (
    SELECT c.id, c.turn, c.sort_at, row_number() OVER (ORDER BY c.turn, c.sort_at, c.id) AS place FROM candidates c
  ), picked AS (
    -- The appended '' keeps the planner on the primary key.
    SELECT j.id FROM seated c JOIN jobs j ON j.id = c.id
    WHERE j.state || '' = 'ready' AND (c.turn = 1 OR c.turn <= 9 * (p_wanted - c.place))
    ORDER BY c.turn, c.sort_at LIMIT p_wanted FOR UPDATE OF j SKIP LOCKED
  ), leased AS (
    UPDATE jobs j SET state = 'leased', lease_owner = p_owner, lease_until = clock_timestamp() + p_lease,
      generation = j.generation + 1 FROM picked p WHERE j.id = p.id RETURNING j.*
  ), starting AS (
    SELECT r.id, r.finish_within FROM runs r WHERE r.id IN (SELECT l.run_id FROM leased l)
      AND r.started_at IS NULL FOR UPDATE SKIP LOCKED
  ), started AS (
    UPDATE runs r SET started_at = clock_timestamp(), status = 'Running' FROM starting s WHERE r.id = s.id
  ), armed AS (
    INSERT INTO timers (run_id, step_id, purpose, due_at)
    SELECT s.id, '', 'finish', clock_timestamp() + s.finish_within FROM starting s WHERE s.finish_within IS NOT NULL
    ON CONFLICT DO NOTHING
  )
  -- A discovery must execute nothing by itself as long as steps of its run are pending.
  SELECT l.id, l.run_id, l.step_id, l.function_id, l.attempt,
         l.isolated OR (l.purpose = 'discover' AND EXISTS (SELECT 1 FROM steps s WHERE s.run_id = l.run_id AND s.memo IS NULL)),
         l.generation, r.version, r.stack, known_defers(r.id),
         CASE WHEN NOT r.batched THEN (SELECT json_build_array(e.payload) FROM events e WHERE e.id = r.event_id) END,
         r.state_bytes,
         CASE WHEN r.batched THEN (SELECT sum(octet_length(e.payload::text)) FROM batch_items b JOIN events e ON e.id = b.event_id
                                   WHERE b.run_id = r.id) ELSE 0 END
  FROM leased l JOIN runs r ON r.id = l.run_id
$$;

-- Locks the run and then the lease; NULL when the lease is no longer held. Rows are found by their id alone and looked at
-- afterwards: a second condition would tempt the planner into an index of all open runs or all leases.
CREATE OR REPLACE FUNCTION hold(p_job bigint, p_owner text, p_generation integer) RETURNS jobs LANGUAGE plpgsql AS $$
DECLARE
  j jobs;
BEGIN
  IF NOT lock_open_run((SELECT run_id FROM jobs WHERE id = p_job)) THEN RETURN NULL; END IF;
  SELECT * INTO j FROM jobs WHERE id = p_job FOR UPDATE;
  IF j.state = 'leased' AND j.generation = p_generation AND (p_owner IS NULL OR j.lease_owner = p_owner) THEN
    RETURN j;
  END IF;
  RETURN NULL;
END $$;

-- Whether a run would wait for ever once this job is gone: because its step has no result, or because it brought none and
-- nothing else will call the run again.
CREATE OR REPLACE FUNCTION is_last_hope(j jobs, p_fruitless boolean) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (j.purpose = 'step' AND EXISTS (SELECT 1 FROM steps WHERE run_id = j.run_id AND step_id = j.step_id AND memo IS NULL))
    OR (p_fruitless AND NOT EXISTS (SELECT 1 FROM jobs WHERE run_id = j.run_id AND id <> j.id)
      AND NOT EXISTS (SELECT 1 FROM timers WHERE run_id = j.run_id AND purpose = 'step'))
$$;

-- Results, follow-up and the end of the lease in one transaction. p_retry: milliseconds until the same request comes again.
-- Answers 'advanced', or 'lost' for a lease that is not held any more. Any other word says why the run cannot go on as it is:
-- then the lease is still held and the caller decides. p_done holds nothing that the app had been told: what is known all the
-- same was kept by a checkpoint whose answer never came to the app, and the run goes on from it.
CREATE OR REPLACE FUNCTION advance(p_job bigint, p_owner text, p_generation integer, p_version integer,
  p_done json, p_planned json, p_retry bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  j jobs := hold(p_job, p_owner, p_generation);
  r runs;
  v_new integer := 0;
  v_limit text;
BEGIN
  IF j.id IS NULL THEN RETURN 'lost'; END IF;
  UPDATE runs SET version = p_version WHERE id = j.run_id AND version <> p_version;
  IF p_done IS NOT NULL THEN v_new := record_done(j.run_id, p_done); END IF;
  SELECT * INTO r FROM runs WHERE id = j.run_id;
  v_limit := broken_limit(r.id, p_planned);
  IF v_limit IS NOT NULL THEN RETURN v_limit; END IF;
  IF p_planned IS NOT NULL AND NOT record_planned(r, p_planned) THEN RETURN 'conflict'; END IF;
  IF p_retry IS NULL AND NOT j.again AND is_last_hope(j, p_done IS NULL) THEN RETURN 'idle'; END IF;
  IF p_retry IS NULL THEN
    DELETE FROM jobs WHERE id = j.id;
  ELSE
    UPDATE jobs SET state = 'delayed', attempt = CASE WHEN v_new > 0 THEN 0 ELSE attempt END + 1, again = false, lease_owner = NULL,
      due_at = clock_timestamp() + p_retry * interval '1 millisecond' WHERE id = j.id;
  END IF;
  IF p_retry IS NULL THEN
    IF p_done IS NOT NULL THEN PERFORM continue_run(r);
    ELSIF j.again THEN PERFORM enqueue(r, '', 'discover', false);
    END IF;
  END IF;
  IF j.slots <> '{}' THEN
    PERFORM free_slots(j.slots);
    PERFORM admit_all(j.slots);
  END IF;
  RETURN 'advanced';
END $$;

CREATE OR REPLACE FUNCTION conclude(p_job bigint, p_owner text, p_generation integer, p_done json,
  p_status text, p_output json) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE j jobs := hold(p_job, p_owner, p_generation);
BEGIN
  IF j.id IS NULL THEN RETURN false; END IF;
  IF p_done IS NOT NULL THEN PERFORM record_done(j.run_id, p_done); END IF;
  RETURN finish_run(j.run_id, p_status, p_output);
END $$;

-- Results sent while the request goes on: they reset the attempts. Answers as advance does.
CREATE OR REPLACE FUNCTION checkpoint(p_run text, p_job bigint, p_generation integer, p_done json)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE j jobs := hold(p_job, NULL, p_generation);
BEGIN
  IF j.id IS NULL OR j.run_id <> p_run THEN RETURN 'lost'; END IF;
  PERFORM record_done(p_run, p_done);
  IF j.attempt > 0 THEN UPDATE jobs SET attempt = 0 WHERE id = j.id; END IF;
  RETURN coalesce(broken_limit(p_run, NULL), 'advanced');
END $$;

-- Delayed jobs whose moment has come become ready, or wait for their slot, or are spaced out by their throttle.
CREATE OR REPLACE FUNCTION release_due(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  j record;
  v_start timestamptz;
  v_count integer := 0;
  v_keys text[] := '{}';
BEGIN
  FOR j IN SELECT id, slots, throttle FROM jobs WHERE state = 'delayed' AND due_at <= clock_timestamp()
           ORDER BY due_at, id LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    v_count := v_count + 1;
    IF j.throttle IS NOT NULL THEN
      v_start := reserve_start(j.throttle->>'key', (j.throttle->>'interval')::bigint * interval '1 millisecond',
        (j.throttle->>'capacity')::integer);
      IF v_start > clock_timestamp() THEN
        UPDATE jobs SET throttle = NULL, due_at = v_start WHERE id = j.id;
        CONTINUE;
      END IF;
    END IF;
    UPDATE jobs SET throttle = NULL, waiting_on = j.slots[1],
      state = CASE WHEN j.slots = '{}' THEN 'ready' ELSE 'waiting' END WHERE id = j.id;
    v_keys := v_keys || j.slots[1];
  END LOOP;
  IF v_keys <> '{}' THEN PERFORM admit_all(v_keys); END IF;
  RETURN v_count;
END $$;

-- Sleeps that are over, waits that ran out, runs that took too long.
CREATE OR REPLACE FUNCTION fire_timers(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  t record;
  v_count integer := 0;
BEGIN
  FOR t IN SELECT * FROM timers WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT p_limit LOOP
    PERFORM 1 FROM runs WHERE id = t.run_id FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND AND EXISTS (SELECT 1 FROM runs WHERE id = t.run_id);
    DELETE FROM timers WHERE id = t.id;
    CONTINUE WHEN NOT FOUND;
    v_count := v_count + 1;
    IF t.purpose = 'step' THEN
      PERFORM complete_step(t.run_id, t.step_id, coalesce(t.memo, 'null'::json));
    ELSIF t.purpose = 'finish' OR EXISTS (SELECT 1 FROM runs WHERE id = t.run_id AND started_at IS NULL) THEN
      PERFORM finish_run(t.run_id, 'Cancelled', NULL);
    END IF;
  END LOOP;
  RETURN v_count;
END $$;
`;

/**
 * Concurrency and pacing. A job of a limited function never becomes ready by itself: it waits on a slot and `admit` lets
 * the oldest through while the slot has room. So claiming never has to step over blocked jobs, however many there are.
 */
export const SLOT_FUNCTIONS = `
CREATE OR REPLACE FUNCTION slot_limit(p_function uuid, p_slots text[], p_key text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT f.slot_limits[array_position(p_slots, p_key)] FROM functions f WHERE f.id = p_function), 1000000)
$$;

-- How many places of a slot are taken, with the slot locked. One that was pruned while it was waited for is made again.
CREATE OR REPLACE FUNCTION lock_slot(p_key text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE v_used integer;
BEGIN
  LOOP
    SELECT used INTO v_used FROM slots WHERE key = p_key FOR UPDATE;
    IF FOUND THEN RETURN v_used; END IF;
    INSERT INTO slots (key) VALUES (p_key) ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

-- The second slot of a job, when it has one: takes a place there, or has the job wait for it instead.
CREATE OR REPLACE FUNCTION take_other_slot(p_job bigint, p_function uuid, p_slots text[], p_key text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_other text := (SELECT s FROM unnest(p_slots) s WHERE s <> p_key LIMIT 1);
  v_used integer;
BEGIN
  IF v_other IS NULL THEN RETURN true; END IF;
  v_used := lock_slot(v_other);
  IF v_used >= slot_limit(p_function, p_slots, v_other) THEN
    UPDATE jobs SET waiting_on = v_other WHERE id = p_job;
    RETURN false;
  END IF;
  UPDATE slots SET used = used + 1 WHERE key = v_other;
  RETURN true;
END $$;

-- Grants free places of one slot to the jobs that wait for it, oldest first. Looks at a few at a time: with a limit the
-- index is followed, however long the line is. Every job that is looked at leaves the line, so this ends.
CREATE OR REPLACE FUNCTION admit(p_key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_used integer;
  v_seen integer;
  v_full boolean := false;
  j record;
BEGIN
  v_used := lock_slot(p_key);
  LOOP
    v_seen := 0;
    FOR j IN SELECT id, function_id, slots FROM jobs WHERE state = 'waiting' AND waiting_on = p_key
             ORDER BY sort_at, id LIMIT 10 FOR UPDATE SKIP LOCKED LOOP
      v_full := v_used >= slot_limit(j.function_id, j.slots, p_key);
      EXIT WHEN v_full;
      v_seen := v_seen + 1;
      IF take_other_slot(j.id, j.function_id, j.slots, p_key) THEN
        v_used := v_used + 1;
        UPDATE jobs SET state = 'ready', waiting_on = NULL WHERE id = j.id;
      END IF;
    END LOOP;
    EXIT WHEN v_full OR v_seen < 10;
  END LOOP;
  UPDATE slots SET used = v_used WHERE key = p_key AND used <> v_used;
END $$;

CREATE OR REPLACE FUNCTION admit_all(p_keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k text;
BEGIN
  FOR k IN SELECT DISTINCT s FROM unnest(p_keys) s WHERE s IS NOT NULL ORDER BY s LOOP
    PERFORM admit(k);
  END LOOP;
END $$;

-- Slots that have room though jobs wait for them. A job that somebody else held locked while its slot was granted was passed
-- over; had that been the last grant, nobody would come for it. Returns how many slots were looked at again.
CREATE OR REPLACE FUNCTION admit_overlooked() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  k text;
  v_count integer := 0;
BEGIN
  FOR k IN
    WITH RECURSIVE keys AS (
      (SELECT j.waiting_on AS key FROM jobs j WHERE j.state = 'waiting' ORDER BY j.waiting_on LIMIT 1)
      UNION ALL
      SELECT (SELECT j.waiting_on FROM jobs j WHERE j.state = 'waiting' AND j.waiting_on > keys.key ORDER BY j.waiting_on LIMIT 1)
      FROM keys WHERE keys.key IS NOT NULL
    )
    SELECT keys.key FROM keys CROSS JOIN LATERAL (
      SELECT slot_limit(j.function_id, j.slots, keys.key) AS room FROM jobs j
      WHERE j.state = 'waiting' AND j.waiting_on = keys.key ORDER BY j.sort_at, j.id LIMIT 1) first
    WHERE first.room > coalesce((SELECT s.used FROM slots s WHERE s.key = keys.key), 0)
  LOOP
    PERFORM admit(k);
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION free_slots(p_keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k text;
BEGIN
  FOR k IN SELECT s FROM unnest(p_keys) s ORDER BY s LOOP
    UPDATE slots SET used = greatest(used - 1, 0) WHERE key = k;
  END LOOP;
END $$;

-- GCRA that delays: the moment at which the next start is allowed. capacity starts may come at once.
CREATE OR REPLACE FUNCTION reserve_start(p_key text, p_interval interval, p_capacity integer)
RETURNS timestamptz LANGUAGE sql AS $$
  INSERT INTO pacers AS p (key, full_at) VALUES (p_key, clock_timestamp() + p_interval)
  ON CONFLICT (key) DO UPDATE SET full_at = greatest(p.full_at, clock_timestamp()) + p_interval
  RETURNING greatest(clock_timestamp(), full_at - p_interval * p_capacity)
$$;

-- GCRA that drops: whether one more is allowed now.
CREATE OR REPLACE FUNCTION allow_start(p_key text, p_interval interval, p_capacity integer)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pacers AS p (key, full_at) VALUES (p_key, clock_timestamp() + p_interval)
  ON CONFLICT (key) DO UPDATE SET full_at = greatest(p.full_at, clock_timestamp()) + p_interval
  WHERE p.full_at - p_interval * (p_capacity - 1) <= clock_timestamp();
  RETURN FOUND;
END $$;
`;

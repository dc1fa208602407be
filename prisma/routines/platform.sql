-- The last of `count` fresh numbers of a scope's day; the caller owns the ones from result - count + 1 up.
CREATE FUNCTION take_numbers(p_scope text, p_day date, p_count int) RETURNS int LANGUAGE sql AS $$
  INSERT INTO number_counter (scope, day, value) VALUES (p_scope, p_day, p_count)
  ON CONFLICT (scope, day) DO UPDATE SET value = number_counter.value + p_count
  RETURNING value
$$;

-- The organisation's zone, for business days inside SQL.
CREATE FUNCTION business_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE coalesce((SELECT time_zone FROM organisation WHERE id = 1), 'Asia/Ho_Chi_Minh'))::date
$$;

-- The till: a cart is priced, checked, written and paid in one round trip (create_paid_order), and previewed by the same
-- calculation (price_cart). What people did wrong is raised as SQLSTATE SP400: the message is the code of a sentence, the
-- detail its parameters as JSON.
CREATE FUNCTION refuse(p_code text, p_params jsonb DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SP400', MESSAGE = p_code, DETAIL = p_params::text;
END $$;

-- Opens blocks of sixteen fresh numbers.
CREATE FUNCTION open_number_blocks(p_scope text, p_day date, p_blocks int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO number_block (scope, day, next, last)
  SELECT p_scope, p_day, t.last - 16 * n + 1, t.last - 16 * (n - 1)
  FROM take_numbers(p_scope, p_day, 16 * p_blocks) AS t (last), generate_series(1, p_blocks) n
$$;

-- The lowest block that is not locked; locks it.
CREATE FUNCTION lock_number_block(p_scope text, p_day date) RETURNS number_block LANGUAGE sql AS $$
  SELECT * FROM number_block WHERE scope = p_scope AND day = p_day ORDER BY last LIMIT 1 FOR UPDATE SKIP LOCKED
$$;

-- One number, from a block that is not locked, so that sales of a branch do not wait for each other: a counter's row stays locked
-- until its transaction is on the disk. A lone till counts 1, 2, 3; gaps mean nothing. A block that is used up is replaced, unless
-- somebody has the counter just now: seven other blocks are left. Where all are locked, the session that gets the counter opens as many
-- again, and the sessions that waited find them.
CREATE FUNCTION take_number(p_scope text, p_day date) RETURNS int LANGUAGE plpgsql AS $$
DECLARE v_block number_block := lock_number_block(p_scope, p_day);
BEGIN
  IF v_block.id IS NULL THEN
    PERFORM take_numbers(p_scope, p_day, 0);
    v_block := lock_number_block(p_scope, p_day);
  END IF;
  IF v_block.id IS NULL THEN
    PERFORM open_number_blocks(p_scope, p_day, 8);
    v_block := lock_number_block(p_scope, p_day);
  END IF;
  IF v_block.next < v_block.last THEN
    UPDATE number_block SET next = v_block.next + 1 WHERE id = v_block.id;
    RETURN v_block.next;
  END IF;
  DELETE FROM number_block WHERE id = v_block.id;
  PERFORM FROM number_counter WHERE scope = p_scope AND day = p_day FOR UPDATE SKIP LOCKED;
  IF FOUND THEN PERFORM open_number_blocks(p_scope, p_day, 1); END IF;
  RETURN v_block.next;
END $$;

-- Claims effects in the transaction in which they happen; answers the keys that were not claimed before. In one order, so that two who
-- claim the same never wait in a circle.
CREATE FUNCTION claim_effects(p_keys text[], p_kinds text[], p_refs text[]) RETURNS SETOF text LANGUAGE sql AS $$
  INSERT INTO effect_receipt (effect_key, kind, ref)
  SELECT DISTINCT ON (e.key) e.key, e.kind, e.ref FROM unnest(p_keys, p_kinds, p_refs) AS e (key, kind, ref) ORDER BY e.key
  ON CONFLICT DO NOTHING
  RETURNING effect_key
$$;

-- Commits events of one name with the change they are about; the relay delivers them afterwards.
CREATE FUNCTION publish_events(p_name text, p_data jsonb[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO outbox_event (name, data) SELECT p_name, d FROM unnest(p_data) WITH ORDINALITY AS e (d, place) ORDER BY e.place
$$;

-- Writes into the audit trail what a routine did; answers the entry's id, which the portal remembers until it is sealed.
CREATE FUNCTION record_audit(p_actor_id text, p_action text, p_entity text, p_entity_id text, p_branch uuid, p_correlation_id text, p_detail jsonb)
RETURNS uuid LANGUAGE sql AS $$
  INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
  VALUES ('user', p_actor_id, p_action, p_entity, p_entity_id, p_branch, p_correlation_id, p_detail)
  RETURNING id
$$;

-- When an effect was claimed, or null.
CREATE FUNCTION effect_claimed_at(p_key text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT r.at FROM effect_receipt r WHERE r.effect_key = p_key
$$;

-- The order of tiers, the lowest first: the same as server/domain/tier.ts.
CREATE FUNCTION tier_rank(p_tier text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT array_position(ARRAY['standard', 'vip1', 'svip1', 'svip2'], p_tier)
$$;

-- Whole years of age on a day: the same as server/domain/age.ts.
CREATE FUNCTION age_on(p_dob date, p_day date) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT extract(year FROM age(p_day, p_dob))::int
$$;

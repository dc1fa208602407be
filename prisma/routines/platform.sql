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

-- When the organisation's day began, for views: they stand before functions.
CREATE VIEW business_today AS
  SELECT date_trunc('day', now() AT TIME ZONE zone) AT TIME ZONE zone AS today
  FROM (SELECT coalesce((SELECT time_zone FROM organisation WHERE id = 1), 'Asia/Ho_Chi_Minh') AS zone) o;

-- The till: a cart is priced, checked, written and paid in one round trip (create_paid_order), and previewed by the same
-- calculation (price_cart). What people did wrong is raised as SQLSTATE SP400: the message is the code of a sentence, the
-- detail its parameters as JSON.
CREATE FUNCTION refuse(p_code text, p_params jsonb DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SP400', MESSAGE = p_code, DETAIL = p_params::text;
END $$;

-- The name of the sequence of a scope's day.
CREATE FUNCTION day_numbers_name(p_scope text, p_day date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT 'numbers ' || p_scope || ' ' || to_char(p_day, 'YYYY-MM-DD')
$$;

-- Opens the numbers of a branch's day, from where they were left when their sequence was closed. With the rights of the owner, for the
-- application may create nothing. Of two that open the same one waits for the other, and then finds it in the catalogue: by its name it
-- might not yet, for names are remembered.
CREATE FUNCTION open_day_numbers(p_scope text, p_day date) RETURNS regclass
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_name text := day_numbers_name(p_scope, p_day);
  v_numbers regclass;
  v_before int;
BEGIN
  IF NOT EXISTS (SELECT FROM branch WHERE 'order:' || code = p_scope) THEN
    RAISE EXCEPTION 'no branch counts %', p_scope USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(v_name, 4001));
  SELECT oid INTO v_numbers FROM pg_class WHERE relname = v_name AND relnamespace = 'public'::regnamespace;
  IF v_numbers IS NULL THEN
    SELECT value INTO v_before FROM number_counter WHERE scope = p_scope AND day = p_day;
    EXECUTE format('CREATE SEQUENCE public.%I AS integer START %s', v_name, coalesce(v_before, 0) + 1);
    v_numbers := format('public.%I', v_name)::regclass;
  END IF;
  RETURN v_numbers;
END $$;

-- The numbers of orders of a branch's day: a sequence, so that sales neither wait for each other nor leave dead rows behind, over which
-- the next sale would step for as long as somebody reads an old state of the database. 1, 2, 3; gaps mean nothing.
CREATE FUNCTION day_numbers(p_scope text, p_day date) RETURNS regclass LANGUAGE plpgsql AS $$
DECLARE v_numbers regclass := to_regclass(format('public.%I', day_numbers_name(p_scope, p_day)));
BEGIN
  IF v_numbers IS NULL THEN v_numbers := open_day_numbers(p_scope, p_day); END IF;
  RETURN v_numbers;
END $$;

-- Closes some of the sequences of days before p_before; what they counted to is kept, should an order of such a day still come.
CREATE FUNCTION close_day_numbers(p_before date, p_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  numbers record;
  v_last int;
  v_closed int := 0;
BEGIN
  FOR numbers IN
    SELECT c.oid::regclass AS name, m[1] AS scope, m[2]::date AS day
    FROM pg_class c, regexp_match(c.relname, '^numbers (order:.+) (\d{4}-\d\d-\d\d)$') m
    WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace AND m[2]::date < p_before LIMIT p_most
  LOOP
    -- Waits for whoever takes a number just now, and keeps others out: a sequence has no LOCK.
    EXECUTE format('ALTER SEQUENCE %s NO CYCLE', numbers.name);
    EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM %s', numbers.name) INTO v_last;
    INSERT INTO number_counter (scope, day, value) VALUES (numbers.scope, numbers.day, v_last)
    ON CONFLICT (scope, day) DO UPDATE SET value = greatest(number_counter.value, excluded.value);
    EXECUTE format('DROP SEQUENCE %s', numbers.name);
    v_closed := v_closed + 1;
  END LOOP;
  RETURN v_closed;
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

-- Commits several events about one thing.
CREATE FUNCTION publish_together(p_names text[], p_data jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox_event (name, data) SELECT n, p_data FROM unnest(p_names) n;
END $$;

-- Writes into the audit trail what a routine did; answers the entry's id, which the portal remembers until it is sealed.
CREATE FUNCTION record_audit(p_actor_id text, p_action text, p_entity text, p_entity_id text, p_branch uuid, p_correlation_id text, p_detail jsonb)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE v_id uuid;
BEGIN
  INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
  VALUES ('user', p_actor_id, p_action, p_entity, p_entity_id, p_branch, p_correlation_id, p_detail)
  RETURNING id INTO v_id;
  RETURN v_id;
END $$;

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
  SELECT extract(year FROM age(p_day::timestamp, p_dob::timestamp))::int
$$;

-- Which rows of a table have words that fit, by its `search_words`: for each query in turn, until p_enough rows are found. Looked for
-- among the newest thousand rows first, which is all that a common word costs; `complete` says that there are no others. Of more than
-- p_most no more are looked at. Without walking through a table, which no planner may choose for a word that it does not know.
CREATE FUNCTION rows_found(p_table text, p_queries tsquery[], p_enough int, p_most int)
RETURNS TABLE (ids uuid[], complete boolean) LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  v_query tsquery;
  v_found int := 0;
BEGIN
  FOREACH v_query IN ARRAY p_queries LOOP
    EXECUTE format('SELECT coalesce(array_agg(id ORDER BY id DESC), ''{}'') FROM (
      SELECT id, search_words FROM %I ORDER BY id DESC LIMIT 1000) newest WHERE search_words @@ $1', p_table) INTO ids USING v_query;
    complete := false;
    IF cardinality(ids) < p_enough THEN
      EXECUTE format('SELECT coalesce(array_agg(id ORDER BY id DESC), ''{}'') FROM (
        SELECT id FROM %I WHERE search_words @@ $1 LIMIT $2) found', p_table) INTO ids USING v_query, p_most + 1;
      complete := cardinality(ids) <= p_most;
    END IF;
    RETURN NEXT;
    v_found := v_found + cardinality(ids);
    EXIT WHEN v_found >= p_enough;
  END LOOP;
END $$;

-- Those of some words that the rows of a table have.
CREATE FUNCTION known_words(p_table text, p_words text[]) RETURNS text[] LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE v_known text[];
BEGIN
  EXECUTE format('SELECT coalesce(array_agg(word), ''{}'') FROM unnest($1) word
    WHERE EXISTS (SELECT FROM %I t WHERE t.search_words @@ word::tsquery)', p_table) INTO v_known USING p_words;
  RETURN v_known;
END $$;

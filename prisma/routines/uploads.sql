-- Every line of the rows p_from..p_to that can be priced (branch, customer, moment and services are known), with its price
-- and money; item_id is null where no price is in force. Prices change only on days on which some version begins
-- or ends, and differ by branch or customer only where one has a card of its own: so price_in_force() is asked once for each
-- service in each such stretch of days, not once a line.
CREATE FUNCTION upload_lines(p_upload uuid, p_from int, p_to int)
RETURNS TABLE (row_number int, place int, service_id uuid, service_code text, item_id uuid, currency char(3), list_price bigint, percent numeric, discount bigint, net bigint)
LANGUAGE sql STABLE AS $$
  WITH zone AS (
    SELECT time_zone AS name, currency,
      ARRAY(SELECT d.day FROM (
        SELECT valid_from AS day FROM rate_card_version UNION ALL SELECT valid_to FROM rate_card_version WHERE valid_to IS NOT NULL
      ) d ORDER BY 1) AS turns
    FROM organisation
  ),
  branch_cards AS (SELECT DISTINCT branch_id AS id FROM rate_card),
  customer_cards AS (SELECT DISTINCT customer_id AS id FROM rate_card),
  wanted AS MATERIALIZED (
    SELECT r.row AS row_number, c.place::int AS place, s.id AS service_id, c.code AS service_code, coalesce(r.discount, 0) AS percent, d.day,
      width_bucket(d.day, z.turns) AS turn, z.currency,
      coalesce(b.id, '00000000-0000-0000-0000-000000000000') AS branch_id,
      coalesce(o.id, '00000000-0000-0000-0000-000000000000') AS customer_id,
      coalesce(k.tier, 'standard') AS tier
    FROM upload_row r CROSS JOIN zone z
    CROSS JOIN LATERAL (SELECT (r.ordered_at AT TIME ZONE z.name)::date AS day) d
    CROSS JOIN LATERAL unnest(r.service_codes) WITH ORDINALITY c (code, place)
    JOIN service s ON s.code = c.code
    LEFT JOIN customer k ON k.id = r.customer_id
    LEFT JOIN customer_cards o ON o.id = r.customer_id
    LEFT JOIN branch_cards b ON b.id = r.branch_id
    WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.service_codes <> '{}'
  ),
  asked AS (
    SELECT w.service_id, w.branch_id, w.customer_id, w.tier, w.turn, min(w.day) AS day FROM wanted w GROUP BY 1, 2, 3, 4, 5
  ),
  priced AS MATERIALIZED (
    SELECT a.*, f.item_id, f.price, f.currency
    FROM asked a LEFT JOIN LATERAL price_in_force(a.service_id, a.branch_id, a.customer_id, a.tier, a.day) f ON true
  )
  SELECT w.row_number, w.place, w.service_id, w.service_code, p.item_id, w.currency, p.price, w.percent,
    round(p.price * w.percent / 100)::bigint, p.price - round(p.price * w.percent / 100)::bigint
  FROM wanted w
  -- A price in another currency than the organisation's is no price: a bill has one currency.
  LEFT JOIN priced p ON p.service_id = w.service_id AND p.branch_id = w.branch_id AND p.customer_id = w.customer_id
    AND p.tier = w.tier AND p.turn = w.turn AND p.currency = w.currency
$$;

-- Rows with a service that is retired or not for their patient, each with the first: the same rule as `uploads/rules.ts`.
CREATE FUNCTION unfit_upload_rows(p_upload uuid) RETURNS TABLE ("row" int, code text, service text) LANGUAGE sql STABLE AS $$
  WITH restricted AS MATERIALIZED (
    SELECT * FROM service s WHERE NOT s.active OR s.sex <> 'any' OR s.min_age IS NOT NULL OR s.max_age IS NOT NULL
  ),
  found AS (
    SELECT r.row, c.place, s.code AS service, CASE
        WHEN NOT s.active THEN 1
        WHEN s.sex <> 'any' AND s.sex <> r.sex THEN 2
        WHEN age_on(r.dob, (r.ordered_at AT TIME ZONE z.time_zone)::date) NOT BETWEEN coalesce(s.min_age, 0) AND coalesce(s.max_age, 1000) THEN 3
      END AS rank
    FROM upload_row r CROSS JOIN organisation z
    CROSS JOIN LATERAL unnest(r.service_codes) WITH ORDINALITY c (code, place)
    JOIN restricted s ON s.code = c.code
    WHERE r.upload_id = p_upload AND r.service_codes && ARRAY(SELECT s.code FROM restricted s)
  )
  SELECT DISTINCT ON (f.row) f.row, (ARRAY['inactive_service', 'sex_mismatch', 'age_out_of_range'])[f.rank], f.service
  FROM found f WHERE f.rank IS NOT NULL ORDER BY f.row, f.rank, f.place
$$;

CREATE TYPE priced_upload_row AS (row_number int, lines int, list_total numeric, net_total numeric, unpriced text);

-- Adds what the reading of single rows could not know: references that are stored already, services without a price. Then
-- counts. A cell that is wrong already keeps its error. May be called again: it looks at what is still right.
CREATE FUNCTION check_upload_rows(p_upload uuid)
RETURNS TABLE (valid int, invalid int, lines int, list_total bigint, net_total bigint, patients_new int, tier text)
LANGUAGE plpgsql AS $$
DECLARE
  priced priced_upload_row[];
  v_nestloop text := current_setting('enable_nestloop');
  money record;
BEGIN
  INSERT INTO upload_error (upload_id, "row", "column", code)
  SELECT p_upload, r.row, 'external_ref', 'duplicate_ref'
  FROM upload_row r JOIN orders o ON o.external_ref = r.external_ref
  WHERE r.upload_id = p_upload AND o.upload_id IS DISTINCT FROM p_upload
  ON CONFLICT DO NOTHING;

  -- Who is in business no more: a reading says the same of its rows, and may be days old.
  INSERT INTO upload_error (upload_id, "row", "column", code)
  SELECT p_upload, r.row, gone.name, gone.code
  FROM upload_row r
  LEFT JOIN branch b ON b.id = r.branch_id AND NOT b.active
  LEFT JOIN customer k ON k.id = r.customer_id AND NOT k.active
  LEFT JOIN doctor d ON d.id = r.doctor_id AND NOT d.active
  CROSS JOIN LATERAL (VALUES ('branch', 'unknown_branch', b.id), ('customer_code', 'unknown_customer', k.id), ('doctor_code', 'unknown_doctor', d.id)) gone (name, code, id)
  WHERE r.upload_id = p_upload AND gone.id IS NOT NULL
  ON CONFLICT DO NOTHING;

  -- What the catalogue forbids by now.
  INSERT INTO upload_error (upload_id, "row", "column", code, params)
  SELECT p_upload, f.row, 'service_codes', f.code, jsonb_build_object('service', f.service) FROM unfit_upload_rows(p_upload) f
  ON CONFLICT DO NOTHING;

  -- Kept at hand: the application's role makes no tables, not even temporary ones.
  SELECT array_agg((p.row_number, p.lines, p.list_total, p.net_total, p.unpriced)::priced_upload_row) INTO priced FROM (
    SELECT l.row_number, count(*)::int AS lines, sum(l.list_price) AS list_total, sum(l.net) AS net_total,
      min(l.service_code) FILTER (WHERE l.item_id IS NULL) AS unpriced
    FROM upload_lines(p_upload, 0, 2147483647) l GROUP BY 1
  ) p;

  INSERT INTO upload_error (upload_id, "row", "column", code, params)
  SELECT p_upload, p.row_number, 'service_codes', 'no_price', jsonb_build_object('service', p.unpriced)
  FROM unnest(priced) p WHERE p.unpriced IS NOT NULL
  ON CONFLICT DO NOTHING;

  UPDATE upload_row r SET valid = false
  WHERE r.upload_id = p_upload AND r.valid
    AND EXISTS (SELECT FROM upload_error e WHERE e.upload_id = p_upload AND e.row = r.row);

  -- The planner cannot know how many are at hand: joined one by one with each other, a hundred thousand would take for ever.
  PERFORM set_config('enable_nestloop', 'off', true);
  -- What is shown now is what will be confirmed, row by row: a writing leaves out whatever comes to something else by then.
  UPDATE upload_row r SET net = p.net_total FROM unnest(priced) p
  WHERE r.upload_id = p_upload AND r.valid AND p.row_number = r.row AND r.net IS DISTINCT FROM p.net_total;
  SELECT count(*)::int AS valid, coalesce(sum(p.lines), 0)::int AS lines, coalesce(sum(p.list_total), 0)::bigint AS list_total,
    coalesce(sum(p.net_total), 0)::bigint AS net_total INTO money
  FROM upload_row r JOIN unnest(priced) p ON p.row_number = r.row WHERE r.upload_id = p_upload AND r.valid;
  PERFORM set_config('enable_nestloop', v_nestloop, true);

  RETURN QUERY
  WITH ready AS MATERIALIZED (SELECT r.* FROM upload_row r WHERE r.upload_id = p_upload AND r.valid),
  people AS (
    SELECT count(*)::int AS fresh FROM (SELECT DISTINCT r.phone, r.dob, r.name_key FROM ready r) q
    WHERE NOT EXISTS (SELECT FROM patient a WHERE a.phone = q.phone AND a.dob = q.dob AND a.name_key = q.name_key)
  ),
  -- An upload goes by the highest tier among the customers of its ready rows.
  lane AS (
    SELECT coalesce((
      SELECT k.tier FROM (SELECT DISTINCT r.customer_id FROM ready r) c JOIN customer k ON k.id = c.customer_id
      ORDER BY tier_rank(k.tier) DESC LIMIT 1), 'standard') AS tier
  )
  SELECT money.valid, (SELECT count(*)::int FROM upload_row r WHERE r.upload_id = p_upload) - money.valid, money.lines, money.list_total,
    money.net_total, people.fresh, lane.tier
  FROM people, lane;
END $$;

-- Ready rows that may be meant otherwise, each with the code of what is odd: a reference that is another one's of the same customer in
-- letters of another case (both are kept: a program's own references may differ so), an order that is there under another
-- reference, and a patient who is known with the other sex. Beside earlier rows of the sheet, and beside what is stored: orders of
-- the same patient at the same moment, and those of the customer within a month of the sheet's.
CREATE FUNCTION odd_upload_rows(p_upload uuid) RETURNS TABLE (row_number int, code text)
LANGUAGE sql STABLE SET work_mem = '64MB' AS $$
  WITH ready AS MATERIALIZED (
    SELECT r.*, lower(r.external_ref) AS folded FROM upload_row r WHERE r.upload_id = p_upload AND r.valid
  ),
  span AS (SELECT min(ordered_at) - interval '31 days' AS first, max(ordered_at) + interval '31 days' AS last FROM ready),
  beside AS (
    SELECT r.row,
      min(r.external_ref COLLATE "C") OVER same_ref <> max(r.external_ref COLLATE "C") OVER same_ref AND row_number() OVER (same_ref ORDER BY r.row) > 1 AS ref,
      row_number() OVER (PARTITION BY r.branch_id, r.customer_id, r.phone, r.dob, r.name_key, r.ordered_at, r.service_codes ORDER BY r.row) > 1 AS twin,
      r.sex <> first_value(r.sex) OVER (PARTITION BY r.phone, r.dob, r.name_key ORDER BY r.row) AS sex
    FROM ready r WINDOW same_ref AS (PARTITION BY r.customer_id, r.folded)
  ),
  stored AS (
    SELECT DISTINCT o.customer_id, lower(o.external_ref) AS folded
    FROM (SELECT DISTINCT customer_id FROM ready WHERE customer_id IS NOT NULL) c CROSS JOIN span
    JOIN orders o ON o.customer_id = c.customer_id AND o.ordered_at BETWEEN span.first AND span.last AND o.external_ref IS NOT NULL
  ),
  known AS (
    SELECT r.row, a.id AS patient_id, a.sex <> r.sex AS other_sex, r.branch_id, r.customer_id, r.ordered_at, r.external_ref, r.service_codes
    FROM ready r JOIN patient a ON a.phone = r.phone AND a.dob = r.dob AND a.name_key = r.name_key
  ),
  odd AS (
    SELECT b.row, 1 AS place, 'same_order' AS code FROM beside b WHERE b.twin
    UNION ALL
    SELECT k.row, 1, 'same_order' FROM known k
    JOIN orders o ON o.patient_id = k.patient_id AND o.ordered_at = k.ordered_at AND o.branch_id = k.branch_id
      AND o.customer_id IS NOT DISTINCT FROM k.customer_id AND o.external_ref IS DISTINCT FROM k.external_ref AND o.state <> 'voided'
    WHERE k.service_codes = ARRAY(
      SELECT s.code FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id ORDER BY l.position)
    UNION ALL
    SELECT b.row, 2, 'other_sex' FROM beside b WHERE b.sex
    UNION ALL
    SELECT k.row, 2, 'other_sex' FROM known k WHERE k.other_sex
    UNION ALL
    SELECT b.row, 3, 'similar_ref' FROM beside b WHERE b.ref
    UNION ALL
    SELECT r.row, 3, 'similar_ref' FROM ready r JOIN stored s ON s.customer_id = r.customer_id AND s.folded = r.folded
  )
  SELECT DISTINCT ON (o.row) o.row, o.code FROM odd o ORDER BY o.row, o.place
$$;
CREATE FUNCTION mark_odd_upload_rows(p_upload uuid) RETURNS void LANGUAGE sql AS $$
  -- One word a row: an order that is there twice costs more than whatever else is odd about it.
  UPDATE upload_row r SET warning = o.code FROM odd_upload_rows(p_upload) o
  WHERE r.upload_id = p_upload AND r.row = o.row_number AND (r.warning IS NULL OR o.code = 'same_order')
$$;

-- The unknown patients of the rows p_from..p_to. Always in one order, so that two uploads never wait in a circle.
CREATE FUNCTION create_upload_patients(p_upload uuid, p_from int, p_to int) RETURNS int LANGUAGE sql AS $$
  SELECT register_patients(ARRAY(
    SELECT DISTINCT ON (r.phone, r.dob, r.name_key) ROW(r.name, r.name_key, r.dob, r.sex, r.phone)::person_to_register
    FROM upload_row r
    WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.valid
      AND NOT EXISTS (SELECT FROM patient a WHERE a.phone = r.phone AND a.dob = r.dob AND a.name_key = r.name_key)
    ORDER BY r.phone, r.dob, r.name_key, r.row))
$$;

-- The rows p_from..p_to that are ready and not written, each with whom its order is for. A function of its
-- own for its ROWS: the planner then knows that there are many, and joins them as many.
CREATE FUNCTION ready_upload_orders(p_upload uuid, p_from int, p_to int)
RETURNS TABLE (order_id uuid, row_number int, external_ref text, branch_id uuid, branch_code text, day date, patient_id uuid, customer_id uuid,
  doctor_id uuid, tier text, payment text, ordered_at timestamptz, note text, confirmed_net bigint)
LANGUAGE plpgsql ROWS 5000 AS $$
BEGIN
  RETURN QUERY
  SELECT uuidv7(), r.row, r.external_ref, r.branch_id, b.code, business_day(r.ordered_at), a.id, r.customer_id,
    r.doctor_id, coalesce(k.tier, 'standard'), r.payment, r.ordered_at, r.note, r.net
  FROM upload_row r
  JOIN branch b ON b.id = r.branch_id
  JOIN patient a ON a.phone = r.phone AND a.dob = r.dob AND a.name_key = r.name_key
  LEFT JOIN customer k ON k.id = r.customer_id
  WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.valid
    AND r.row NOT IN (SELECT u.row FROM upload_outcome u WHERE u.upload_id = p_upload AND u.row BETWEEN p_from AND p_to)
    AND NOT EXISTS (SELECT FROM orders o WHERE o.external_ref = r.external_ref)
  ORDER BY r.row;
END $$;

-- Writes the ready rows p_from..p_to as orders, each with its outcome. Answers the orders that were written.
CREATE FUNCTION write_upload_orders(p_upload uuid, p_from int, p_to int, p_by uuid) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
  v_rows int[];
  v_ids uuid[];
  v_orders order_to_write[];
  v_lines line_to_write[];
  v_payments payment_to_write[];
  v_written uuid[];
BEGIN
  WITH lines AS MATERIALIZED (SELECT * FROM upload_lines(p_upload, p_from, p_to)),
  sums AS MATERIALIZED (
    SELECT l.row_number, l.currency, sum(l.list_price)::bigint AS list_total, sum(l.discount)::bigint AS discount_total, sum(l.net)::bigint AS net_total
    FROM lines l GROUP BY 1, 2 HAVING bool_and(l.item_id IS NOT NULL)
  ),
  priced AS MATERIALIZED (
    SELECT r.*, s.currency, s.list_total, s.discount_total, s.net_total
    FROM ready_upload_orders(p_upload, p_from, p_to) r JOIN sums s ON s.row_number = r.row_number
    WHERE s.net_total = coalesce(r.confirmed_net, s.net_total) ORDER BY r.row_number
  ),
  days AS MATERIALIZED (
    SELECT d.branch_code, d.day, day_numbers('order:' || d.branch_code, d.day) AS numbers
    FROM (SELECT DISTINCT branch_code, day FROM priced ORDER BY 1, 2 OFFSET 0) d
  ),
  ready AS MATERIALIZED (
    SELECT p.*, order_number(p.branch_code, p.day, nextval(p.numbers)::int) AS number
    FROM (SELECT p.*, d.numbers FROM priced p JOIN days d USING (branch_code, day) ORDER BY p.row_number OFFSET 0) p
  )
  SELECT array_agg(r.row_number ORDER BY r.row_number), array_agg(r.order_id ORDER BY r.row_number),
    array_agg(ROW(r.order_id, r.number, r.branch_id, r.patient_id, r.customer_id, r.doctor_id, r.tier, 'upload', r.external_ref, p_upload,
      CASE r.payment WHEN 'account' THEN 'account' ELSE 'immediate' END, r.ordered_at,
      CASE r.payment WHEN 'unpaid' THEN NULL ELSE r.ordered_at END,
      r.currency, r.list_total, r.discount_total, r.net_total, r.note, p_by)::order_to_write ORDER BY r.row_number),
    array_agg(ROW(r.order_id, r.payment, r.net_total, r.currency, r.ordered_at, p_by)::payment_to_write ORDER BY r.row_number)
      FILTER (WHERE r.payment IN ('cash', 'card', 'transfer') AND r.net_total <> 0),
    (SELECT array_agg(ROW(n.order_id, l.place, l.service_id, l.item_id, l.list_price, l.percent, l.discount, l.net)::line_to_write)
      FROM lines l JOIN ready n ON n.row_number = l.row_number)
  INTO v_rows, v_ids, v_orders, v_payments, v_lines FROM ready r;

  v_written := write_orders(v_orders, v_lines);
  PERFORM write_payments_taken_elsewhere(ARRAY(SELECT p FROM unnest(v_payments) p WHERE p.order_id = ANY (v_written)));
  INSERT INTO upload_outcome (upload_id, "row", order_id)
  SELECT p_upload, r.row, r.order_id FROM unnest(v_rows, v_ids) AS r ("row", order_id) WHERE r.order_id = ANY (v_written) ORDER BY r.row;
  RETURN v_written;
END $$;

-- Rows of a range that could not be written after all: their reference or their price is gone since the check, or is another one.
CREATE FUNCTION drop_unwritten_rows(p_upload uuid, p_from int, p_to int) RETURNS int LANGUAGE sql AS $$
  WITH left_over AS (
    UPDATE upload_row r SET valid = false
    WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.valid
      AND r.row NOT IN (SELECT u.row FROM upload_outcome u WHERE u.upload_id = p_upload AND u.row BETWEEN p_from AND p_to)
    RETURNING r.row, r.external_ref
  ),
  reported AS (
    INSERT INTO upload_error (upload_id, "row", "column", code, params)
    SELECT p_upload, l.row, CASE WHEN o.id IS NULL THEN 'service_codes' ELSE 'external_ref' END,
      CASE WHEN o.id IS NOT NULL THEN 'duplicate_ref' WHEN u.code IS NULL THEN 'price_changed' ELSE 'no_price' END,
      jsonb_strip_nulls(jsonb_build_object('service', u.code))
    FROM left_over l LEFT JOIN orders o ON o.external_ref = l.external_ref
    CROSS JOIN LATERAL (SELECT min(p.service_code) AS code FROM upload_lines(p_upload, l.row, l.row) p WHERE o.id IS NULL AND p.item_id IS NULL) u
    ON CONFLICT DO NOTHING
  )
  SELECT count(*)::int FROM left_over
$$;

-- As before, in its turn. p_numbers is what processes of a former version hand on while a deploy rolls; it says nothing.
CREATE FUNCTION write_upload_chunk(p_upload uuid, p_from int, p_to int, p_by uuid, p_numbers jsonb DEFAULT NULL)
RETURNS TABLE (order_ids uuid[], patients_new int, dropped int) LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
  v_key text := format('upload:%s:rows:%s-%s', p_upload, p_from, p_to);
BEGIN
  -- A lane writes one chunk at a time.
  PERFORM pg_advisory_xact_lock(1001, hashtext((SELECT tier FROM upload WHERE id = p_upload)));
  SELECT state INTO v_state FROM upload WHERE id = p_upload FOR NO KEY UPDATE;
  IF v_state IS DISTINCT FROM 'committing' THEN RETURN; END IF;
  IF NOT EXISTS (SELECT claim_effects(ARRAY[v_key], ARRAY['upload-chunk'], ARRAY[p_upload::text])) THEN RETURN; END IF;
  patients_new := create_upload_patients(p_upload, p_from, p_to);
  order_ids := write_upload_orders(p_upload, p_from, p_to, p_by);
  dropped := drop_unwritten_rows(p_upload, p_from, p_to);
  PERFORM publish_orders_created(order_ids, (SELECT tier FROM upload WHERE id = p_upload));
  UPDATE upload u SET written = u.written + cardinality(order_ids), valid = u.valid - dropped, invalid = u.invalid + dropped
  WHERE u.id = p_upload;
  RETURN NEXT;
END $$;

-- Opens the numbers that the rows p_from..p_to need, before the transaction that writes them: others of a day need not wait for it. In one
-- order, so that two uploads never wait in a circle.
CREATE FUNCTION open_upload_numbers(p_upload uuid, p_from int, p_to int) RETURNS void LANGUAGE sql AS $$
  SELECT day_numbers('order:' || w.code, w.day) FROM (
    SELECT DISTINCT b.code, business_day(r.ordered_at) AS day FROM upload_row r JOIN branch b ON b.id = r.branch_id
    WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.valid ORDER BY 1, 2 OFFSET 0
  ) w
$$;

-- Processes of a former version ask for it while a deploy rolls.
CREATE FUNCTION take_upload_numbers(p_upload uuid, p_from int, p_to int) RETURNS jsonb LANGUAGE sql AS $$
  SELECT open_upload_numbers(p_upload, p_from, p_to);
  SELECT '[]'::jsonb
$$;

-- Whether an upload of a higher tier is in its first minute: the standard lane, and what uploads leave to do, yield to it.
CREATE FUNCTION is_higher_lane_busy() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM upload WHERE state = 'committing' AND tier <> 'standard' AND committed_at > now() - interval '1 minute')
$$;

-- Processes of a former version ask for it while a deploy rolls; it no longer waits.
CREATE FUNCTION stand_back() RETURNS void LANGUAGE sql AS $$ SELECT $$;

-- What operations show of an upload, and its impact: its money once, and every person of its ready rows.
CREATE VIEW subject_upload AS
  SELECT id, file_name AS label, file_name AS reference, '/uploads/' || id AS address, NULL::uuid AS branch_id FROM upload;
CREATE VIEW impact_upload AS
  SELECT id, id AS thing, NULL::text AS person, net_total AS money, tier FROM upload
  UNION ALL
  SELECT upload_id, NULL, concat_ws('|', name_key, dob, sex, phone), NULL, NULL FROM upload_row WHERE valid;

CREATE VIEW issue_uploads AS
  SELECT 'uploads-failed' AS kind, count(*)::int AS count, min(created_at) AS since, sum(net_total)::bigint AS money
  FROM upload WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0;

CREATE FUNCTION effect_upload(p_upload uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT u.finished_at, true, true, u.written, u.valid - u.written FROM upload u WHERE u.id = p_upload
$$;

-- What each lane has before it, what it wrote in the last hour, and in the last p_minutes.
-- Rows that each lane wrote in each of the last 60 minutes; minute 0 is the one that ends now. A minute without any is left out.
CREATE FUNCTION upload_lane_minutes() RETURNS TABLE (tier text, minutes_ago int, rows int) LANGUAGE sql STABLE AS $$
  SELECT w.tier, o.minutes_ago, sum(o.rows)::int
  FROM (
    SELECT upload_id, floor(extract(epoch FROM now() - at) / 60)::int AS minutes_ago, count(*) AS rows
    FROM upload_outcome WHERE at > now() - interval '60 minutes' GROUP BY 1, 2
  ) o JOIN upload w ON w.id = o.upload_id GROUP BY w.tier, o.minutes_ago
$$;

CREATE FUNCTION upload_lanes(p_minutes int)
RETURNS TABLE (tier text, waiting int, rows_left int, rows_last_hour int, rows_lately int) LANGUAGE sql STABLE AS $$
  SELECT lane.tier,
    (count(u.id) FILTER (WHERE u.state = 'committing'))::int,
    coalesce(sum(u.valid - u.written) FILTER (WHERE u.state = 'committing'), 0)::int,
    coalesce(sum(u.written) FILTER (WHERE u.finished_at > now() - interval '1 hour'), 0)::int,
    coalesce(l.rows, 0)::int
  FROM (VALUES ('standard'), ('vip1'), ('svip1'), ('svip2')) AS lane (tier)
  LEFT JOIN upload u USING (tier)
  LEFT JOIN (
    SELECT w.tier, count(*) AS rows FROM upload_outcome o JOIN upload w ON w.id = o.upload_id
    WHERE o.at > now() - make_interval(mins => p_minutes) GROUP BY w.tier
  ) l USING (tier)
  GROUP BY lane.tier, l.rows ORDER BY tier_rank(lane.tier)
$$;

-- What of uploads waits for whoever brought them (`pending`). After a week a sheet that was only checked waits for nobody any more.
CREATE VIEW pending_uploads AS
  SELECT 'uploads-to-commit' AS kind, '/uploads?state=checked' AS address, NULL::uuid AS branch_id, created_by AS only_for,
    '{}'::uuid[] AS not_for, state_at AS since
  FROM upload WHERE kind = 'orders' AND state = 'checked' AND valid > 0 AND state_at > now() - interval '7 days'
  UNION ALL
  SELECT 'uploads-failed', '/uploads?state=failed', NULL, created_by, '{}', state_at
  FROM upload WHERE kind = 'orders' AND state = 'failed' AND state_at > now() - interval '7 days';

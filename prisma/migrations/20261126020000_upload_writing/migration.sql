-- Lanes that do not wait for each other. A counter's row stays locked until its transaction is on the disk: a chunk that numbered
-- its orders inside its own transaction held up everybody who numbers one of the same branch and day, other lanes and the till,
-- until its thousands of rows were written. So a chunk takes its numbers before, in a transaction of their own. What it does
-- not use is a gap, and gaps mean nothing.

-- Numbers for the ready rows p_from..p_to that are not written, `before` each branch and day's first. Counters are taken in one
-- order, so that two uploads never wait in a circle.
CREATE FUNCTION take_upload_numbers(p_upload uuid, p_from int, p_to int) RETURNS jsonb LANGUAGE sql AS $$
  WITH wanted AS (
    SELECT b.code AS branch_code, business_day(r.ordered_at) AS day, count(*)::int AS wanted
    FROM upload_row r JOIN branch b ON b.id = r.branch_id
    WHERE r.upload_id = p_upload AND r.row BETWEEN p_from AND p_to AND r.valid
      AND r.row NOT IN (SELECT u.row FROM upload_outcome u WHERE u.upload_id = p_upload AND u.row BETWEEN p_from AND p_to)
    GROUP BY 1, 2
  ),
  taken AS MATERIALIZED (
    SELECT w.branch_code, w.day, take_numbers('order:' || w.branch_code, w.day, w.wanted) - w.wanted AS before
    FROM (SELECT * FROM wanted ORDER BY branch_code, day OFFSET 0) w
  )
  SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM taken t
$$;

DROP FUNCTION write_upload_chunk(uuid, int, int, uuid);
DROP FUNCTION write_upload_orders(uuid, int, int, uuid);

-- As before, with numbers that were taken before: p_numbers is the answer of take_upload_numbers() for these rows or more.
CREATE FUNCTION write_upload_orders(p_upload uuid, p_from int, p_to int, p_by uuid, p_numbers jsonb) RETURNS uuid[] LANGUAGE sql AS $$
  WITH lines AS MATERIALIZED (SELECT * FROM upload_lines(p_upload, p_from, p_to)),
  sums AS MATERIALIZED (
    SELECT l.row_number, l.currency, sum(l.list_price)::bigint AS list_total, sum(l.discount)::bigint AS discount_total, sum(l.net)::bigint AS net_total
    FROM lines l GROUP BY 1, 2 HAVING bool_and(l.item_id IS NOT NULL)
  ),
  ready AS MATERIALIZED (
    SELECT r.*, s.currency, s.list_total, s.discount_total, s.net_total
    FROM ready_upload_orders(p_upload, p_from, p_to) r JOIN sums s ON s.row_number = r.row_number
  ),
  taken AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(p_numbers) AS n (branch_code text, day date, before int)),
  written AS (
    INSERT INTO orders (id, number, branch_id, patient_id, customer_id, doctor_id, tier, source, external_ref, upload_id, terms,
      ordered_at, settled_at, currency, list_total, discount_total, net_total, note, created_by)
    SELECT r.order_id,
      order_number(r.branch_code, r.day, (t.before + row_number() OVER (PARTITION BY r.branch_code, r.day ORDER BY r.row_number))::int),
      r.branch_id, r.patient_id, r.customer_id, r.doctor_id, r.tier, 'upload', r.external_ref, p_upload,
      CASE r.payment WHEN 'account' THEN 'account' ELSE 'immediate' END,
      r.ordered_at, CASE r.payment WHEN 'unpaid' THEN NULL ELSE r.ordered_at END,
      r.currency, r.list_total, r.discount_total, r.net_total, r.note, p_by
    FROM ready r JOIN taken t ON t.branch_code = r.branch_code AND t.day = r.day
    ON CONFLICT (external_ref) DO NOTHING
    RETURNING id
  ),
  kept AS MATERIALIZED (SELECT r.* FROM ready r JOIN written w ON w.id = r.order_id),
  lined AS (
    INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
    SELECT k.order_id, l.place, l.service_id, l.item_id, l.list_price, l.percent, l.discount, l.net
    FROM lines l JOIN kept k ON k.row_number = l.row_number
  ),
  paid AS (
    INSERT INTO payment (order_id, method, amount, currency, paid_at, taken_by)
    SELECT k.order_id, k.payment, k.net_total, k.currency, k.ordered_at, p_by
    FROM kept k WHERE k.payment IN ('cash', 'card', 'transfer') AND k.net_total <> 0
  ),
  told AS (INSERT INTO upload_outcome (upload_id, "row", order_id) SELECT p_upload, k.row_number, k.order_id FROM kept k)
  SELECT coalesce(array_agg(k.order_id ORDER BY k.row_number), '{}') FROM kept k
$$;

-- Waits until a chunk may be written, for as long as the transaction lasts. A lane writes one chunk at a time: what more of its
-- slots would write beside it, the processors would take from other lanes. And in the first minute of an upload of a higher tier
-- the standard lane begins no chunk, but waits for that no longer than v_patience a chunk: one that is stuck starves nobody.
CREATE FUNCTION take_upload_turn(p_tier text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_patience CONSTANT interval := '2 seconds';
  v_until timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(1001, hashtext(p_tier));
  IF p_tier <> 'standard' THEN RETURN; END IF;
  v_until := clock_timestamp() + v_patience;
  WHILE clock_timestamp() < v_until AND EXISTS (
    SELECT FROM upload WHERE state = 'committing' AND tier <> 'standard' AND committed_at > now() - interval '1 minute') LOOP
    PERFORM pg_sleep(0.02);
  END LOOP;
END $$;

-- As before, in its turn and with its numbers.
CREATE FUNCTION write_upload_chunk(p_upload uuid, p_from int, p_to int, p_by uuid, p_numbers jsonb)
RETURNS TABLE (order_ids uuid[], patients_new int, dropped int) LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
  v_key text := format('upload:%s:rows:%s-%s', p_upload, p_from, p_to);
BEGIN
  PERFORM take_upload_turn((SELECT tier FROM upload WHERE id = p_upload));
  SELECT state INTO v_state FROM upload WHERE id = p_upload FOR NO KEY UPDATE;
  IF v_state IS DISTINCT FROM 'committing' THEN RETURN; END IF;
  INSERT INTO effect_receipt (effect_key, kind, ref) VALUES (v_key, 'upload-chunk', p_upload::text) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  patients_new := make_upload_patients(p_upload, p_from, p_to);
  order_ids := write_upload_orders(p_upload, p_from, p_to, p_by, p_numbers);
  dropped := drop_unwritten_rows(p_upload, p_from, p_to);
  INSERT INTO outbox_event (name, data)
  SELECT 'order/created', jsonb_build_object('orderId', o.id) FROM unnest(order_ids) WITH ORDINALITY o (id, place) ORDER BY o.place;
  UPDATE upload u SET written = u.written + cardinality(order_ids), valid = u.valid - dropped, invalid = u.invalid + dropped
  WHERE u.id = p_upload;
  PERFORM pg_notify('progress', p_upload::text);
  RETURN NEXT;
END $$;

CREATE FUNCTION order_number(p_branch_code text, p_day date, p_running int) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT p_branch_code || '-' || to_char(p_day, 'YYMMDD') || '-' || lpad(p_running::text, greatest(4, length(p_running::text)), '0')
$$;

-- What of an order is still owed: nothing of one that is void, billed or settled; what was given back is owed no longer.
CREATE FUNCTION order_due(o orders) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o.state = 'voided' OR o.terms = 'account' OR o.settled_at IS NOT NULL THEN 0
    ELSE o.net_total + coalesce((SELECT sum(l.net) FROM refund r JOIN refund_line l ON l.refund_id = r.id WHERE r.order_id = o.id), 0)
      - coalesce((SELECT sum(y.amount) FROM payment y WHERE y.order_id = o.id), 0) END::bigint
$$;

-- What became of an order, in one word: the state that lists show and filter by.
CREATE FUNCTION order_state(o orders) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o.state = 'voided' THEN 'voided' WHEN o.terms = 'account' THEN 'account' WHEN o.settled_at IS NOT NULL THEN 'paid'
    WHEN EXISTS (SELECT FROM payment y WHERE y.order_id = o.id) THEN 'part-paid' ELSE 'unpaid' END
$$;

-- An order, locked until the transaction ends; without one its id is null. Whatever changes what was paid for an order, or whether it
-- stands, takes this lock first, so that each reads what the one before it left.
CREATE FUNCTION lock_order(p_order uuid) RETURNS orders LANGUAGE plpgsql AS $$
DECLARE locked orders;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_order::text, 4002));
  SELECT * INTO locked FROM orders WHERE id = p_order FOR NO KEY UPDATE;
  RETURN locked;
END $$;

-- The last of an order's money came in: it is settled now, once, and said so.
CREATE FUNCTION settle_order(p_order uuid) RETURNS orders LANGUAGE plpgsql AS $$
DECLARE settled orders;
BEGIN
  UPDATE orders SET settled_at = now() WHERE id = p_order AND settled_at IS NULL RETURNING * INTO settled;
  PERFORM publish_events('pos-order/paid', ARRAY[jsonb_build_object('orderId', settled.id)]);
  RETURN settled;
END $$;

CREATE TYPE cart_line AS (
  position int, service_id uuid, code text, name_vi text, name_en text, kind text, category text,
  item_id uuid, list_price bigint, currency char(3), rate_card text, scope text, valid_from date, valid_to date,
  discount_percent numeric, discount bigint, net bigint, problem text
);

-- Every line of a cart ([{"code", "discountPercent"}]) with its price, the reason of the price, and what forbids its sale.
CREATE FUNCTION price_cart(p_services jsonb, p_branch uuid, p_customer uuid, p_patient uuid, p_day date)
RETURNS SETOF cart_line LANGUAGE sql STABLE AS $$
  SELECT w.position, s.id, w.code, s.name_vi, s.name_en, s.kind, s.category,
    f.item_id, f.price, f.currency, f.rate_card, f.scope, f.valid_from, f.valid_to,
    w.percent, round(f.price * w.percent / 100)::bigint, f.price - round(f.price * w.percent / 100)::bigint,
    CASE
      WHEN s.id IS NULL THEN 'unknown_service'
      WHEN NOT s.active THEN 'inactive_service'
      WHEN array_position(w.codes, w.code) < w.position THEN 'duplicate_service'
      WHEN s.sex <> 'any' AND s.sex <> p.sex THEN 'sex_mismatch'
      WHEN age_on(p.dob, p_day) < s.min_age OR age_on(p.dob, p_day) > s.max_age THEN 'age_out_of_range'
      WHEN w.percent NOT BETWEEN 0 AND 100 THEN 'bad_discount'
      WHEN f.item_id IS NULL THEN 'no_price'
    END
  FROM (
    SELECT e.ordinality::int AS position, e.value ->> 'code' AS code,
      round(coalesce((e.value ->> 'discountPercent')::numeric, 0), 3) AS percent,
      ARRAY(SELECT every.value ->> 'code' FROM jsonb_array_elements(p_services) every) AS codes
    FROM jsonb_array_elements(p_services) WITH ORDINALITY e
  ) w
  LEFT JOIN service s ON s.code = w.code
  LEFT JOIN patient p ON p.id = p_patient
  LEFT JOIN customer k ON k.id = p_customer
  LEFT JOIN LATERAL price_in_force(s.id, p_branch, p_customer, coalesce(k.tier, 'standard'), p_day) f ON true
  ORDER BY w.position
$$;

CREATE TYPE cart_totals AS (list bigint, discount bigint, net bigint);

-- Refuses what may not be sold; answers the sums of what may.
CREATE FUNCTION check_cart(p_lines cart_line[], p_currency char(3), p_role text) RETURNS cart_totals LANGUAGE plpgsql AS $$
DECLARE
  line cart_line;
  totals cart_totals := (0, 0, 0);
  most_allowed numeric := (SELECT cashier_discount_limit FROM organisation WHERE id = 1);
BEGIN
  IF coalesce(cardinality(p_lines), 0) = 0 THEN PERFORM refuse('empty_cart'); END IF;
  FOREACH line IN ARRAY p_lines LOOP
    IF line.problem IS NOT NULL THEN
      PERFORM refuse(line.problem, jsonb_build_object('code', line.code));
    ELSIF line.currency <> p_currency THEN
      PERFORM refuse('mixed_currency', jsonb_build_object('code', line.code));
    ELSIF line.discount_percent > coalesce(most_allowed, 10) AND p_role IS DISTINCT FROM 'branch-manager' THEN
      PERFORM refuse('discount_over_limit', jsonb_build_object('code', line.code, 'limit', trim_scale(coalesce(most_allowed, 10))::text));
    END IF;
    totals := (totals.list + line.list_price, totals.discount + line.discount, totals.net + line.net);
  END LOOP;
  RETURN totals;
END $$;

-- What a till shows after a sale. Money as text, so that no reader makes a float of it.
CREATE FUNCTION order_receipt_facts(o orders, p_paid bigint, p_rounding bigint, p_change bigint, p_replayed boolean, p_audit uuid) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'orderId', o.id, 'number', o.number, 'orderedAt', o.ordered_at, 'currency', o.currency, 'terms', o.terms,
    'listTotal', o.list_total::text, 'discountTotal', o.discount_total::text, 'netTotal', o.net_total::text,
    'paid', p_paid::text, 'rounding', p_rounding::text, 'change', p_change::text,
    'due', (CASE o.terms WHEN 'account' THEN 0 ELSE o.net_total - p_paid END)::text,
    'settled', o.settled_at IS NOT NULL, 'replayed', p_replayed, 'auditId', p_audit)
$$;

-- The same of a sale that was made before.
CREATE FUNCTION receipt_of_sale(o orders) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT order_receipt_facts(o, coalesce(sum(y.amount), 0)::bigint, coalesce(sum(y.rounding), 0)::bigint,
    coalesce(sum(y.tendered - y.amount - y.rounding), 0)::bigint, true, NULL)
  FROM payment y WHERE y.order_id = o.id AND y.refund_id IS NULL
$$;

CREATE FUNCTION check_parties(p_patient uuid, p_customer uuid, p_doctor uuid, p_terms text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM patient WHERE id = p_patient) THEN PERFORM refuse('unknown_patient'); END IF;
  -- One in the other: what is asked with AND is asked of the database also where there is nobody to ask for.
  IF p_customer IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM customer WHERE id = p_customer AND active) THEN PERFORM refuse('unknown_customer'); END IF;
  END IF;
  IF p_doctor IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM doctor WHERE id = p_doctor AND active) THEN PERFORM refuse('unknown_doctor'); END IF;
  END IF;
  IF p_terms = 'account' AND p_customer IS NULL THEN PERFORM refuse('account_needs_customer'); END IF;
END $$;

-- The order with its number and its lines; the cart has been checked.
CREATE FUNCTION write_order(p jsonb, p_lines cart_line[], p_shift shift, p_day date, p_totals cart_totals, p_settled boolean) RETURNS orders LANGUAGE plpgsql AS $$
DECLARE
  v_order orders;
  v_branch uuid := p ->> 'branchId';
  v_customer uuid := p ->> 'customerId';
  v_branch_code text := (SELECT code FROM branch WHERE id = v_branch);
  v_number text := order_number(v_branch_code, p_day, nextval(day_numbers('order:' || v_branch_code, p_day))::int);
  v_tier text := 'standard';
BEGIN
  IF v_customer IS NOT NULL THEN SELECT tier INTO v_tier FROM customer WHERE id = v_customer; END IF;
  INSERT INTO orders (id, number, branch_id, patient_id, customer_id, doctor_id, tier, source, client_key, shift_id, terms,
    ordered_at, settled_at, currency, list_total, discount_total, net_total, note, created_by)
  VALUES (uuidv7(), v_number, v_branch, (p ->> 'patientId')::uuid, v_customer, (p ->> 'doctorId')::uuid, v_tier,
    'pos', (p ->> 'clientKey')::uuid, p_shift.id, p ->> 'terms', now(), CASE WHEN p_settled THEN now() END, p_shift.currency,
    p_totals.list, p_totals.discount, p_totals.net, nullif(btrim(p ->> 'note'), ''), (p ->> 'actorId')::uuid)
  RETURNING * INTO v_order;
  INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
  SELECT v_order.id, l.position, l.service_id, l.item_id, l.list_price, l.discount_percent, l.discount, l.net FROM unnest(p_lines) l;
  RETURN v_order;
END $$;

-- Whether a sale that was made is the one that is asked for: the same people, lines and note, paid alike, by the same person. Whatever
-- would be written has a say: what differs and is not written would be lost without a word.
CREATE FUNCTION is_that_sale(o orders, p jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (o.branch_id, o.created_by, o.patient_id, o.customer_id, o.doctor_id, o.terms, o.note, o.net_total) IS NOT DISTINCT FROM
      ((p ->> 'branchId')::uuid, (p ->> 'actorId')::uuid, (p ->> 'patientId')::uuid, (p ->> 'customerId')::uuid, (p ->> 'doctorId')::uuid,
        p ->> 'terms', nullif(btrim(p ->> 'note'), ''), coalesce((p ->> 'expectedNet')::bigint, o.net_total))
    AND (
      SELECT jsonb_agg(jsonb_build_array(s.code, l.discount_percent) ORDER BY l.position)
      FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id
    ) IS NOT DISTINCT FROM (
      SELECT jsonb_agg(jsonb_build_array(e.value ->> 'code', coalesce((e.value ->> 'discountPercent')::numeric, 0)) ORDER BY e.ordinality)
      FROM jsonb_array_elements(p -> 'services') WITH ORDINALITY e
    )
    AND (
      -- What was paid with the sale; what came later is no part of it.
      SELECT jsonb_agg(jsonb_build_array(y.method, y.amount, y.tendered, y.reference) ORDER BY y.method, y.amount, y.tendered, y.reference)
      FROM payment y WHERE y.order_id = o.id AND y.paid_at = o.ordered_at
    ) IS NOT DISTINCT FROM (
      SELECT jsonb_agg(jsonb_build_array(e ->> 'method', (e ->> 'amount')::bigint, (e ->> 'tendered')::bigint, e ->> 'reference')
        ORDER BY e ->> 'method', (e ->> 'amount')::bigint, (e ->> 'tendered')::bigint, e ->> 'reference')
      FROM jsonb_array_elements(coalesce(p -> 'payments', '[]')) e
    )
$$;

-- Orders of a sheet were written; `lane` is the tier of its upload.
CREATE FUNCTION publish_orders_created(p_orders uuid[], p_lane text) RETURNS void LANGUAGE sql AS $$
  SELECT publish_events('order/created', ARRAY(
    SELECT jsonb_build_object('orderId', o.id, 'lane', p_lane) FROM unnest(p_orders) WITH ORDINALITY o (id, place) ORDER BY o.place))
$$;

-- The till has made an order, and has its money where it is settled.
CREATE FUNCTION publish_sale(p_order uuid, p_settled boolean) RETURNS void LANGUAGE sql AS $$
  SELECT publish_together(CASE WHEN p_settled THEN '{order/created,pos-order/paid}' ELSE '{order/created}' END::text[],
    jsonb_build_object('orderId', p_order))
$$;

-- Sells a cart. p: clientKey, actorId, actorRole, correlationId, branchId, shiftId?, patientId, customerId?, doctorId?, terms
-- (immediate, account), unpaid?, expectedNet?, services [{code, discountPercent?}],
-- payments [{clientKey?, method, amount, tendered?, reference?}], note?, cashUnits? {currency: what cash is rounded to},
-- largestNotes? {currency: the largest note}.
-- One effect for one clientKey, however often and however parallel it comes: the answer is the same order.
-- A cart is a few rows beside tables of any size, which the planner cannot know: it is bound to indexes, and plans once.
CREATE FUNCTION create_paid_order(p jsonb) RETURNS json LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_memoize = off SET enable_material = off AS $$
DECLARE
  v_branch uuid := (p ->> 'branchId')::uuid;
  v_day date := business_day(now());
  v_audit uuid;
  v_order orders;
  v_shift shift;
  v_lines cart_line[];
  v_totals cart_totals;
  v_payments payment_to_take[];
  v_sums record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p ->> 'clientKey', 4000));
  SELECT * INTO v_order FROM orders WHERE client_key = (p ->> 'clientKey')::uuid;
  IF v_order.id IS NOT NULL THEN
    -- A key that comes again with another sale is no repeat.
    IF NOT is_that_sale(v_order, p) THEN PERFORM refuse('duplicate_client_key'); END IF;
    RETURN receipt_of_sale(v_order);
  END IF;

  v_shift := lock_open_shift((p ->> 'actorId')::uuid, v_branch, (p ->> 'shiftId')::uuid);
  PERFORM check_parties((p ->> 'patientId')::uuid, (p ->> 'customerId')::uuid, (p ->> 'doctorId')::uuid, p ->> 'terms');
  v_lines := ARRAY(SELECT l FROM price_cart(p -> 'services', v_branch, (p ->> 'customerId')::uuid, (p ->> 'patientId')::uuid, v_day) l);
  v_totals := check_cart(v_lines, v_shift.currency, p ->> 'actorRole');
  IF v_totals.net <> (p ->> 'expectedNet')::bigint THEN
    PERFORM refuse('total_changed', jsonb_build_object('total', v_totals.net::text, 'expected', p ->> 'expectedNet'));
  END IF;
  v_payments := payments_of_sale(coalesce(p -> 'payments', '[]'), coalesce((p -> 'cashUnits' ->> v_shift.currency)::bigint, 1));
  v_sums := check_payments(v_payments, v_totals.net, p ->> 'terms', coalesce((p ->> 'unpaid')::boolean, false),
    (p -> 'largestNotes' ->> v_shift.currency)::bigint);

  v_order := write_order(p, v_lines, v_shift, v_day, v_totals, p ->> 'terms' = 'account' OR v_totals.net = v_sums.paid);
  PERFORM write_payments(v_order.id, v_shift.id, v_payments, v_shift.currency, (p ->> 'actorId')::uuid);
  v_audit := record_audit(p ->> 'actorId', 'order.created', 'order', v_order.id::text, v_branch, p ->> 'correlationId',
    jsonb_build_object('net', v_totals.net::text, 'lines', cardinality(v_lines), 'payments', cardinality(v_payments), 'terms', p ->> 'terms'));
  PERFORM end_sold_hold(v_order.client_key, v_order.created_by);
  PERFORM publish_sale(v_order.id, v_order.settled_at IS NOT NULL);
  RETURN order_receipt_facts(v_order, v_sums.paid, v_sums.rounding, v_sums.change, false, v_audit);
END $$;

-- What becomes of an order of which something was given back: voided, or settled where nothing of it is owed any longer.
CREATE FUNCTION close_given_back(o orders, p_void boolean, p_nothing_owed boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_void THEN
    UPDATE orders SET state = 'voided' WHERE id = o.id;
  ELSIF p_nothing_owed AND o.settled_at IS NULL THEN
    UPDATE orders SET settled_at = clock_timestamp() WHERE id = o.id;
  END IF;
END $$;

-- Accession numbers (yymmdd and six digits: twelve characters, within DICOM's sixteen) for orders that have none yet.
CREATE FUNCTION give_accessions(p_orders uuid[]) RETURNS int LANGUAGE sql AS $$
  WITH lacking AS (
    SELECT o.id, business_day(o.ordered_at) AS day FROM orders o
    WHERE o.id = ANY (p_orders) AND o.accession IS NULL ORDER BY o.id FOR UPDATE
  ),
  days AS (SELECT day, count(*)::int AS wanted, take_numbers('accession', day, count(*)::int) AS last FROM (SELECT * FROM lacking ORDER BY day) l GROUP BY day),
  given AS (
    SELECT l.id, to_char(l.day, 'YYMMDD') || lpad((d.last - d.wanted + row_number() OVER (PARTITION BY l.day ORDER BY l.id))::text, 6, '0') AS accession
    FROM lacking l JOIN days d USING (day)
  ),
  kept AS (UPDATE orders o SET accession = g.accession FROM given g WHERE o.id = g.id RETURNING 1)
  SELECT count(*)::int FROM kept
$$;

-- What is done for an order: packages exploded to their components, each service once.
CREATE FUNCTION order_components(p_order uuid)
RETURNS TABLE (service_id uuid, code text, name_vi text, name_en text, kind text, category text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE parts AS (
    SELECT l.service_id FROM order_line l WHERE l.order_id = p_order
    UNION
    SELECT c.component_id FROM parts p JOIN service_component c ON c.package_id = p.service_id
  )
  SELECT s.id, s.code, s.name_vi, s.name_en, s.kind, s.category
  FROM parts p JOIN service s ON s.id = p.service_id WHERE s.kind <> 'package' ORDER BY s.category, s.code
$$;

-- One label for each kind of specimen (imaging has none). The barcode is the accession number and the label's place.
CREATE FUNCTION make_labels(p_orders uuid[]) RETURNS int LANGUAGE sql AS $$
  WITH made AS (
    INSERT INTO specimen_label (order_id, category, barcode, position)
    SELECT o.id, c.category, o.accession || '-' || lpad(c.position::text, 2, '0'), c.position
    FROM orders o CROSS JOIN LATERAL (
      SELECT x.category, row_number() OVER (ORDER BY x.category)::int AS position
      FROM (SELECT DISTINCT category FROM order_components(o.id) WHERE kind IN ('test', 'home-kit')) x
    ) c
    WHERE o.id = ANY (p_orders) AND o.accession IS NOT NULL
    ON CONFLICT (order_id, category) DO NOTHING
    RETURNING 1
  )
  SELECT count(*)::int FROM made
$$;

CREATE TYPE order_to_write AS (
  id uuid, number text, branch_id uuid, patient_id uuid, customer_id uuid, doctor_id uuid, tier text, source text, external_ref text,
  upload_id uuid, terms text, ordered_at timestamptz, settled_at timestamptz, currency char(3), list_total bigint, discount_total bigint,
  net_total bigint, note text, created_by uuid
);
CREATE TYPE line_to_write AS (
  order_id uuid, position int, service_id uuid, item_id uuid, list_price bigint, discount_percent numeric, discount bigint, net bigint
);

-- Orders that were priced already, many at once, with their lines. An external reference that is stored is left as it is; answers
-- the orders that were written, in the order given.
CREATE FUNCTION write_orders(p_orders order_to_write[], p_lines line_to_write[]) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE v_written uuid[];
BEGIN
  WITH written AS (
    INSERT INTO orders (id, number, branch_id, patient_id, customer_id, doctor_id, tier, source, external_ref, upload_id, terms,
      ordered_at, settled_at, currency, list_total, discount_total, net_total, note, created_by)
    SELECT o.id, o.number, o.branch_id, o.patient_id, o.customer_id, o.doctor_id, o.tier, o.source, o.external_ref, o.upload_id, o.terms,
      o.ordered_at, o.settled_at, o.currency, o.list_total, o.discount_total, o.net_total, o.note, o.created_by
    FROM unnest(p_orders) o
    ON CONFLICT (external_ref) DO NOTHING
    RETURNING id
  )
  SELECT coalesce(array_agg(w.id), '{}') INTO v_written FROM written w;
  INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
  SELECT l.order_id, l.position, l.service_id, l.item_id, l.list_price, l.discount_percent, l.discount, l.net
  FROM unnest(p_lines) l WHERE l.order_id = ANY (v_written);
  RETURN v_written;
END $$;

-- What operations show of an order: its name for people and where it is shown; and its impact.
CREATE VIEW subject_order AS
  SELECT id, number AS label, number AS reference, '/orders/' || id AS address, branch_id FROM orders;
CREATE VIEW impact_order AS
  SELECT id, id AS thing, patient_id::text AS person, net_total AS money, tier FROM orders;

-- The effects of orders: done when, wanted at all, and still possible.
CREATE FUNCTION effect_accession(p_order uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT (SELECT min(e.at) FROM audit_entry e WHERE e.entity = 'order' AND e.entity_id = p_order::text AND e.action = 'order.prepared'),
    true, true, NULL::int, NULL::int
$$;
CREATE FUNCTION effect_lis_order(p_order uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT effect_claimed_at(p_key), EXISTS (SELECT FROM order_components(p_order) x WHERE x.kind IN ('test', 'home-kit')), true, NULL::int, NULL::int
$$;

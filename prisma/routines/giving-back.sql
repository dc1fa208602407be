-- What is left of each line of an order.
CREATE VIEW order_line_left AS
  SELECT l.id, l.order_id, l.position::int AS position, l.service_id, l.net, g.given, g.times, l.net - g.given AS net_left
  FROM order_line l CROSS JOIN LATERAL (
    SELECT coalesce(-sum(r.net), 0)::bigint AS given, count(*)::int AS times FROM refund_line r WHERE r.order_line_id = l.id
  ) g;

-- How an order was paid, by method, and what of it is left to go back the same way. `drawer` is what cash put into drawers.
CREATE VIEW order_tender_left AS
  SELECT y.order_id, y.method, coalesce(sum(y.amount) FILTER (WHERE y.refund_id IS NULL), 0)::bigint AS taken,
    coalesce(sum(y.rounding) FILTER (WHERE y.refund_id IS NULL), 0)::bigint AS rounding,
    coalesce(-sum(y.amount) FILTER (WHERE y.refund_id IS NOT NULL), 0)::bigint AS back,
    coalesce(-sum(y.amount + y.rounding) FILTER (WHERE y.refund_id IS NOT NULL), 0)::bigint AS handed_back,
    sum(y.amount)::bigint AS amount_left
  FROM payment y GROUP BY y.order_id, y.method;

-- The part of `p_whole` that goes with giving back from a line: p_before was given back of its p_net before, p_now is given back now. Each
-- part is what the sums differ by, so that all parts together are the whole to the dong. A line that came to nothing has one part.
CREATE FUNCTION part_given_back(p_whole bigint, p_net bigint, p_before bigint, p_now bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_net = 0 THEN p_whole
    ELSE (round(p_whole::numeric * (p_before + p_now) / p_net) - round(p_whole::numeric * p_before / p_net))::bigint END
$$;

-- Whether work for an order has begun, in the word of a sentence, or null. Numbers, labels and the message to the laboratory are made
-- within seconds of the sale: they are preparation, and are taken back. Specimens are taken and pictures made on the day of the sale, so with
-- the end of that day work counts as begun. Whatever comes to know of a specimen, a visit or a result says so here.
CREATE FUNCTION begun_work(o orders) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN business_day(o.ordered_at) < business_day(now()) THEN 'day_over' END
$$;

-- What the drawer has handed out once p_back of an order's cash is given back: as notes make it, and with the last dong exactly what it
-- got, so that the rounding of the sale goes back with it.
CREATE FUNCTION handed_out(p_back bigint, p_cash bigint, p_rounding bigint, p_unit bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE WHEN p_back = p_cash THEN w.whole ELSE least(round(p_back::numeric / p_unit) * p_unit, w.whole) END)::bigint
  FROM (SELECT round((p_cash + p_rounding)::numeric / p_unit) * p_unit AS whole) w
$$;

CREATE TYPE line_to_give_back AS (order_line_id uuid, position int, amount bigint);
-- A payment back as it will be written: its amount is negative, its rounding that of the sale the other way round.
CREATE TYPE payment_back AS (id uuid, method text, amount bigint, rounding bigint, reference text);
CREATE TYPE weighed_refund AS (
  kind text, lines line_to_give_back[], total bigint, paid_back bigint, payments payment_back[], needs_approval boolean, request jsonb
);

-- The lines that a request means: for a void all of them, whole. Refuses what is not there or more than is left.
CREATE FUNCTION lines_to_give_back(o orders, p_kind text, p_lines jsonb) RETURNS line_to_give_back[] LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  lines line_to_give_back[] := '{}';
BEGIN
  IF p_kind = 'void' THEN
    RETURN ARRAY(SELECT (l.id, l.position, l.net)::line_to_give_back FROM order_line_left l WHERE l.order_id = o.id ORDER BY l.position);
  END IF;
  FOR asked IN
    SELECT e.position, e.amount, l.id, l.net, l.times, l.net_left, s.code, count(*) OVER (PARTITION BY e.position) AS named
    FROM jsonb_to_recordset(p_lines) e (position int, amount bigint)
    LEFT JOIN order_line_left l ON l.order_id = o.id AND l.position = e.position LEFT JOIN service s ON s.id = l.service_id ORDER BY e.position
  LOOP
    IF asked.id IS NULL OR asked.named > 1 OR asked.amount < 0 OR (asked.amount = 0 AND asked.net > 0) THEN PERFORM refuse('bad_refund_line'); END IF;
    IF asked.amount > asked.net_left OR (asked.net = 0 AND asked.times > 0) THEN
      PERFORM refuse('more_than_left', jsonb_build_object('code', asked.code, 'left', asked.net_left::text));
    END IF;
    lines := lines || (asked.id, asked.position, asked.amount)::line_to_give_back;
  END LOOP;
  IF cardinality(lines) = 0 THEN PERFORM refuse('nothing_to_give_back'); END IF;
  RETURN lines;
END $$;

-- The payments back, each by its method at most what is left of it and together p_back; cash with its rounding.
CREATE FUNCTION payments_back(o orders, p_payments jsonb, p_back bigint, p_unit bigint) RETURNS payment_back[] LANGUAGE plpgsql AS $$
DECLARE
  asked record;
  payments payment_back[] := '{}';
  v_sum bigint := 0;
  v_rounding bigint;
BEGIN
  FOR asked IN
    SELECT e.method, e.amount, e.reference, t.taken, t.rounding, t.back, t.handed_back, coalesce(t.amount_left, 0) AS amount_left,
      count(*) OVER (PARTITION BY e.method) AS named
    FROM jsonb_to_recordset(p_payments) e (method text, amount bigint, reference text)
    LEFT JOIN order_tender_left t ON t.order_id = o.id AND t.method = e.method ORDER BY e.method
  LOOP
    IF asked.amount <= 0 OR asked.named > 1 THEN PERFORM refuse('bad_payment_amount'); END IF;
    IF asked.amount > asked.amount_left THEN
      PERFORM refuse('tender_over_left', jsonb_build_object('method', asked.method, 'left', asked.amount_left::text));
    END IF;
    v_rounding := CASE WHEN asked.method <> 'cash' THEN 0 ELSE
      asked.amount - greatest(0, handed_out(asked.back + asked.amount, asked.taken, asked.rounding, p_unit) - asked.handed_back) END;
    payments := payments || (uuidv7(), asked.method, -asked.amount, v_rounding, asked.reference)::payment_back;
    v_sum := v_sum + asked.amount;
  END LOOP;
  IF v_sum <> p_back THEN PERFORM refuse('refund_misses_total', jsonb_build_object('total', p_back::text, 'paid', v_sum::text)); END IF;
  RETURN payments;
END $$;

-- Everything that a request to give back comes to, or its refusal; nothing is written. The order is locked. What was not paid is let go
-- first: money goes back only where more was paid than is still sold.
CREATE FUNCTION weigh_refund(p jsonb, o orders) RETURNS weighed_refund LANGUAGE plpgsql AS $$
DECLARE
  weighed weighed_refund;
  line line_to_give_back;
  v_alone bigint;
BEGIN
  IF o.state = 'voided' THEN PERFORM refuse('order_voided'); END IF;
  weighed.kind := p ->> 'kind';
  IF weighed.kind = 'void' THEN
    IF EXISTS (SELECT FROM refund r WHERE r.order_id = o.id) THEN PERFORM refuse('void_after_refund'); END IF;
    IF begun_work(o) IS NOT NULL THEN PERFORM refuse('work_has_begun'); END IF;
  END IF;
  weighed.lines := lines_to_give_back(o, weighed.kind, coalesce(p -> 'lines', '[]'));
  weighed.total := 0;
  FOREACH line IN ARRAY weighed.lines LOOP weighed.total := weighed.total + line.amount; END LOOP;
  weighed.paid_back := CASE WHEN o.terms = 'account' THEN 0 ELSE greatest(0, weighed.total - order_due(o)) END;
  weighed.payments := payments_back(o, coalesce(p -> 'payments', '[]'), weighed.paid_back, coalesce((p -> 'cashUnits' ->> o.currency)::bigint, 1));
  v_alone := (SELECT coalesce(-sum(l.net), 0) FROM refund r JOIN refund_line l ON l.refund_id = r.id WHERE r.order_id = o.id AND r.approval_id IS NULL);
  weighed.needs_approval := v_alone + weighed.total > (SELECT refund_limit FROM organisation WHERE id = 1)
    OR weighed.kind = 'void' AND o.created_by IS DISTINCT FROM (p ->> 'actorId')::uuid;
  weighed.request := jsonb_build_object('kind', weighed.kind,
    'lines', (SELECT coalesce(jsonb_agg(jsonb_build_array(l.position, l.amount) ORDER BY l.position), '[]') FROM unnest(weighed.lines) l),
    'payments', (SELECT coalesce(jsonb_agg(jsonb_build_array(y.method, -y.amount) ORDER BY y.method), '[]') FROM unnest(weighed.payments) y));
  RETURN weighed;
END $$;

-- An order that money is given back of: held until that is committed, so that each counts what the one before gave.
CREATE FUNCTION lock_order_to_give_back(p_order uuid) RETURNS orders LANGUAGE plpgsql AS $$
DECLARE locked orders := lock_order(p_order);
BEGIN
  IF locked.id IS NULL THEN PERFORM refuse('not_found', jsonb_build_object('what', 'order')); END IF;
  RETURN locked;
END $$;

-- What a screen shows of a refund that was made. Money as text.
CREATE FUNCTION refund_facts(r refund, p_replayed boolean, p_audit uuid) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object('refundId', r.id, 'orderId', r.order_id, 'number', o.number, 'kind', r.kind, 'currency', o.currency,
    'total', (SELECT coalesce(-sum(l.net), 0)::text FROM refund_line l WHERE l.refund_id = r.id), 'paidBack', r.paid_back::text,
    'handed', (SELECT coalesce(-sum(y.amount + y.rounding), 0)::text FROM payment y WHERE y.order_id = r.order_id AND y.refund_id = r.id AND y.method = 'cash'),
    'replayed', p_replayed, 'auditId', p_audit)
  FROM orders o WHERE o.id = r.order_id
$$;

-- Whether a refund that was made is the one that is asked for.
CREATE FUNCTION is_that_refund(r refund, p jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (r.order_id, r.kind, r.requested_by, r.reason) IS NOT DISTINCT FROM ((p ->> 'orderId')::uuid, p ->> 'kind', (p ->> 'actorId')::uuid, p ->> 'reason')
    AND (r.kind = 'void' OR (
      SELECT jsonb_agg(jsonb_build_array(i.position, -l.net) ORDER BY i.position)
      FROM refund_line l JOIN order_line i ON i.id = l.order_line_id WHERE l.refund_id = r.id
    ) IS NOT DISTINCT FROM (
      SELECT jsonb_agg(jsonb_build_array((e ->> 'position')::int, (e ->> 'amount')::bigint) ORDER BY (e ->> 'position')::int)
      FROM jsonb_array_elements(p -> 'lines') e))
    AND (
      SELECT jsonb_agg(jsonb_build_array(y.method, -y.amount, y.reference) ORDER BY y.method) FROM payment y WHERE y.order_id = r.order_id AND y.refund_id = r.id
    ) IS NOT DISTINCT FROM (
      SELECT jsonb_agg(jsonb_build_array(e ->> 'method', (e ->> 'amount')::bigint, e ->> 'reference') ORDER BY e ->> 'method')
      FROM jsonb_array_elements(coalesce(p -> 'payments', '[]')) e
    )
$$;

-- Writes down a refund that was weighed. p_shift is of no id where no money moves and none is open.
CREATE FUNCTION write_refund(p jsonb, o orders, p_weighed weighed_refund, p_shift uuid, p_approval approval) RETURNS refund LANGUAGE plpgsql AS $$
DECLARE made refund;
BEGIN
  INSERT INTO refund (order_id, kind, client_key, reason, paid_back, branch_id, shift_id, refunded_at, requested_by, approved_by, approval_id)
  VALUES (o.id, p_weighed.kind, (p ->> 'clientKey')::uuid, p ->> 'reason', p_weighed.paid_back, (p ->> 'branchId')::uuid, p_shift,
    clock_timestamp(), (p ->> 'actorId')::uuid, p_approval.decided_by, p_approval.id)
  RETURNING * INTO made;
  INSERT INTO refund_line (refund_id, order_line_id, net) SELECT made.id, l.order_line_id, -l.amount FROM unnest(p_weighed.lines) l;
  PERFORM write_payments_back(o.id, made.id, p_shift, p_weighed.payments, o.currency, (p ->> 'actorId')::uuid);
  PERFORM close_given_back(o, p_weighed.kind = 'void', order_due(o) <= 0);
  RETURN made;
END $$;

-- Gives back. p: clientKey, actorId, correlationId, branchId, orderId, kind (refund, void), lines [{position, amount}], payments [{method,
-- amount, reference?}], reason, approvalId?, cashUnits {currency: what cash is rounded to}.
-- One effect for one clientKey, however often and however parallel it comes. The shift in which it is given back pays it.
CREATE FUNCTION give_back(p jsonb) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  v_made refund;
  v_order orders;
  v_shift uuid;
  v_currency char(3);
  v_weighed weighed_refund;
  v_approval approval;
  v_audit uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p ->> 'clientKey', 4100));
  SELECT * INTO v_made FROM refund r WHERE r.client_key = (p ->> 'clientKey')::uuid;
  IF v_made.id IS NOT NULL THEN
    IF NOT is_that_refund(v_made, p) THEN PERFORM refuse('duplicate_client_key'); END IF;
    RETURN refund_facts(v_made, true, NULL);
  END IF;
  SELECT s.id, s.currency INTO v_shift, v_currency FROM open_shift_of((p ->> 'actorId')::uuid, (p ->> 'branchId')::uuid) s;
  v_order := lock_order_to_give_back((p ->> 'orderId')::uuid);
  v_weighed := weigh_refund(p, v_order);
  IF v_weighed.paid_back > 0 AND v_shift IS NULL THEN PERFORM refuse('no_open_shift'); END IF;
  IF v_weighed.paid_back > 0 AND v_currency <> v_order.currency THEN PERFORM refuse('shift_other_currency'); END IF;
  IF v_weighed.needs_approval THEN
    IF p ->> 'approvalId' IS NULL THEN PERFORM refuse('approval_needed'); END IF;
    v_approval := use_approval((p ->> 'approvalId')::uuid, 'give-back', v_order.id, (p ->> 'actorId')::uuid, p ->> 'reason', v_weighed.request);
  END IF;
  v_made := write_refund(p, v_order, v_weighed, v_shift, v_approval);
  v_audit := record_audit(p ->> 'actorId', CASE v_made.kind WHEN 'void' THEN 'order.voided' ELSE 'order.given-back' END, 'order', v_order.id::text,
    v_order.branch_id, p ->> 'correlationId', jsonb_build_object('refundId', v_made.id, 'total', v_weighed.total::text,
      'paidBack', v_weighed.paid_back::text, 'lines', cardinality(v_weighed.lines), 'shiftId', v_shift, 'approvalId', v_approval.id));
  PERFORM publish_events('pos-order/given-back', ARRAY[jsonb_build_object('orderId', v_order.id, 'refundId', v_made.id)]);
  RETURN refund_facts(v_made, false, v_audit);
END $$;

-- Asks a second person for what give_back would do; the same request, and the same refusals. Answers the approval's id, or null where none
-- is needed.
CREATE FUNCTION ask_give_back(p jsonb) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  v_order orders := lock_order_to_give_back((p ->> 'orderId')::uuid);
  v_weighed weighed_refund := weigh_refund(p, v_order);
  v_asked approval;
BEGIN
  IF v_weighed.paid_back > 0 AND NOT EXISTS (SELECT FROM open_shift_of((p ->> 'actorId')::uuid, (p ->> 'branchId')::uuid)) THEN
    PERFORM refuse('no_open_shift');
  END IF;
  IF NOT v_weighed.needs_approval THEN RETURN json_build_object('approvalId', NULL); END IF;
  v_asked := ask_approval((p ->> 'clientKey')::uuid, 'give-back', (p ->> 'branchId')::uuid, v_order.id, (p ->> 'actorId')::uuid, p ->> 'reason',
    v_weighed.total, v_order.currency, jsonb_build_object('request', v_weighed.request));
  RETURN json_build_object('approvalId', v_asked.id, 'auditId', record_audit(p ->> 'actorId', 'approval.asked', 'approval', v_asked.id::text, v_asked.branch_id,
    p ->> 'correlationId', jsonb_build_object('kind', 'give-back', 'orderId', v_order.id, 'amount', v_weighed.total::text)));
END $$;

-- What whoever decides about giving back is shown: for whom, and what of it.
CREATE VIEW order_in_question AS
  SELECT o.id, o.number, o.net_total, b.code AS branch_code, p.full_name AS patient_name, p.code AS patient_code,
    (SELECT jsonb_agg(jsonb_build_object('position', l.position, 'nameVi', s.name_vi, 'nameEn', s.name_en) ORDER BY l.position)
     FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id) AS lines
  FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id;

-- Refunds as the reports of shifts show them: of the one that paid and of the one that sold.
CREATE VIEW refund_of_shift AS
  SELECT r.id, r.order_id, r.kind, r.refunded_at, r.paid_back, r.shift_id AS paid_by_shift, o.shift_id AS sold_in_shift, o.number, o.currency,
    (SELECT -sum(l.net) FROM refund_line l WHERE l.refund_id = r.id)::bigint AS total
  FROM refund r JOIN orders o ON o.id = r.order_id;

-- What the laboratory is not to do any longer because of a refund: the components of lines that it gave back to the last dong, but for what
-- another line of the order still holds. As it stood with that refund.
CREATE FUNCTION cancelled_services(p_refund uuid) RETURNS TABLE (code text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE line AS (
    SELECT i.service_id, bool_or(l.refund_id = p_refund) AS now,
      count(l.id) > 0 AND i.net + coalesce(sum(l.net), 0) = 0 AS ended
    FROM refund r JOIN order_line i ON i.order_id = r.order_id
    LEFT JOIN refund_line l ON l.order_line_id = i.id AND l.id <= (SELECT m.id FROM refund_line m WHERE m.refund_id = p_refund ORDER BY m.id DESC LIMIT 1)
    WHERE r.id = p_refund GROUP BY i.id
  ), gone AS (
    SELECT service_id FROM line WHERE ended AND now
    UNION
    SELECT c.component_id FROM gone g JOIN service_component c ON c.package_id = g.service_id
  ), kept AS (
    SELECT service_id FROM line WHERE NOT ended
    UNION
    SELECT c.component_id FROM kept k JOIN service_component c ON c.package_id = k.service_id
  )
  SELECT s.code FROM gone g JOIN service s ON s.id = g.service_id
  WHERE s.kind IN ('test', 'home-kit') AND NOT EXISTS (SELECT FROM kept k WHERE k.service_id = g.service_id)
$$;

-- The effects of refunds: done when, and wanted at all.
CREATE FUNCTION effect_lis_cancellation(p_refund uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT effect_claimed_at(p_key), EXISTS (SELECT FROM cancelled_services(p_refund)), true, NULL::int, NULL::int
$$;
CREATE FUNCTION effect_refund_revenue(p_refund uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT effect_claimed_at(p_key), EXISTS (SELECT FROM refund r JOIN orders o ON o.id = r.order_id
    WHERE r.id = p_refund AND o.source = 'pos' AND o.settled_at IS NOT NULL), true, NULL::int, NULL::int
$$;

-- The cashier's open shift at a till of the branch. Locked against closing until the sale is committed: a close counts
-- either all of a sale or nothing of it.
CREATE FUNCTION lock_open_shift(p_cashier uuid, p_branch uuid, p_shift uuid) RETURNS shift LANGUAGE plpgsql AS $$
DECLARE locked shift;
BEGIN
  SELECT s.* INTO locked FROM shift s JOIN till t ON t.id = s.till_id
  WHERE s.cashier_id = p_cashier AND s.state = 'open' AND t.branch_id = p_branch
  -- What the foreign keys of a sale ask for anyway, so that sales of one shift share one lock; a close takes FOR UPDATE, which waits.
  FOR KEY SHARE OF s;
  IF locked.id IS NULL THEN PERFORM refuse('no_open_shift'); END IF;
  IF p_shift <> locked.id THEN PERFORM refuse('shift_changed'); END IF;
  RETURN locked;
END $$;

-- The cashier's open shift at a till of the branch, or no row; locked as for a sale.
CREATE FUNCTION open_shift_of(p_cashier uuid, p_branch uuid) RETURNS SETOF shift LANGUAGE sql AS $$
  SELECT s.* FROM shift s JOIN till t ON t.id = s.till_id
  WHERE s.cashier_id = p_cashier AND s.state = 'open' AND t.branch_id = p_branch FOR KEY SHARE OF s
$$;

-- Whether a shift's cashier cannot close it: has left, works at another branch, or in a role that is none of p_roles.
CREATE FUNCTION is_cashier_away(p_cashier uuid, p_branch uuid, p_roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT (u.active AND u.branch_id IS NOT DISTINCT FROM p_branch AND u.role = ANY (p_roles)) FROM app_user u WHERE u.id = p_cashier
$$;

-- A payment as it will be written. `rounding` is what cash is rounded by, so that notes can make it.
CREATE TYPE payment_to_take AS (
  id uuid, client_key uuid, method text, amount bigint, rounding bigint, tendered bigint, reference text
);

-- The payments of a sale in their order. The cash of all of them together is rounded to the nearest multiple of the currency's cash unit
-- p_unit, half away from zero, with the last that is cash; card and transfer are exact.
CREATE FUNCTION payments_of_sale(p_payments jsonb, p_unit bigint) RETURNS payment_to_take[] LANGUAGE plpgsql AS $$
DECLARE
  payments payment_to_take[] := '{}';
  payment payment_to_take;
  cash bigint := 0;
  last_cash int;
  e jsonb;
BEGIN
  FOR i IN 0 .. jsonb_array_length(p_payments) - 1 LOOP
    e := p_payments -> i;
    payment := (uuidv7(), e ->> 'clientKey', e ->> 'method', e ->> 'amount', 0, e ->> 'tendered', e ->> 'reference');
    IF payment.method = 'cash' THEN
      cash := cash + payment.amount;
      last_cash := i + 1;
    END IF;
    payments[i + 1] := payment;
  END LOOP;
  IF last_cash IS NOT NULL THEN payments[last_cash].rounding := round(cash::numeric / p_unit) * p_unit - cash; END IF;
  RETURN payments;
END $$;

-- Payments hit the total exactly, before cash is rounded; less only where the sale says that it stays unpaid, none where a customer
-- is billed. Change comes from cash alone, and is less than p_largest, the currency's largest note (null: not known): nobody hands
-- over a note that is not needed. Cash that pays only a part is not rounded, for nobody knows what the rest will be: it is a sum
-- that notes make. Answers what is paid, what its cash is rounded by and what is given back of it.
CREATE FUNCTION check_payments(p_payments payment_to_take[], p_net bigint, p_terms text, p_unpaid boolean, p_largest bigint,
  OUT paid bigint, OUT rounding bigint, OUT change bigint)
LANGUAGE plpgsql AS $$
DECLARE
  payment payment_to_take;
  cash bigint := 0;
BEGIN
  paid := 0;
  rounding := 0;
  change := 0;
  FOREACH payment IN ARRAY p_payments LOOP
    paid := paid + payment.amount;
    rounding := rounding + payment.rounding;
    IF payment.method = 'cash' THEN cash := cash + payment.amount; END IF;
  END LOOP;
  IF p_unpaid AND rounding <> 0 AND paid < p_net THEN
    PERFORM refuse('part_not_in_notes', jsonb_build_object('cash', cash::text));
  END IF;
  FOREACH payment IN ARRAY p_payments LOOP
    IF payment.amount <= 0 OR (payment.tendered IS NOT NULL AND payment.method <> 'cash') THEN
      PERFORM refuse('bad_payment_amount');
    END IF;
    IF payment.tendered < payment.amount + payment.rounding THEN
      PERFORM refuse('cash_too_little', jsonb_build_object('cash', (payment.amount + payment.rounding)::text));
    END IF;
    change := change + coalesce(payment.tendered - payment.amount - payment.rounding, 0);
  END LOOP;
  IF change >= p_largest THEN
    PERFORM refuse('cash_too_much', jsonb_build_object('change', change::text, 'note', p_largest::text));
  END IF;
  IF p_terms = 'account' THEN
    IF paid > 0 THEN PERFORM refuse('account_takes_no_payment'); END IF;
  ELSIF paid > p_net OR (paid < p_net AND NOT p_unpaid) THEN
    PERFORM refuse('payments_miss_total', jsonb_build_object('total', p_net::text, 'paid', paid::text));
  END IF;
END $$;

-- Payments of an order into an open shift, each with its balanced movement: money account up, sales down, and what cash was rounded
-- by in an account of its own.
CREATE FUNCTION write_payments(p_order uuid, p_shift uuid, p_payments payment_to_take[], p_currency char(3), p_by uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO payment (id, order_id, shift_id, client_key, method, amount, rounding, currency, tendered, reference, paid_at, taken_by)
  SELECT e.id, p_order, p_shift, e.client_key, e.method, e.amount, e.rounding, p_currency, e.tendered, e.reference, now(), p_by
  FROM unnest(p_payments) e;
  INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, currency, payment_id, at, by)
  SELECT p_shift, e.id, 'sale', side.account, side.amount, p_currency, e.id, now(), p_by
  FROM unnest(p_payments) e
  CROSS JOIN LATERAL (VALUES (CASE e.method WHEN 'cash' THEN 'drawer' ELSE e.method END, e.amount + e.rounding), ('sales', -e.amount),
    ('rounding', -e.rounding)) side (account, amount)
  WHERE side.amount <> 0;
END $$;

-- Payments back, out of the shift that gives back: each the movement of a sale the other way round. Their amounts are negative.
CREATE FUNCTION write_payments_back(p_order uuid, p_refund uuid, p_shift uuid, p_payments payment_back[], p_currency char(3), p_by uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO payment (id, order_id, shift_id, method, amount, rounding, currency, reference, refund_id, paid_at, taken_by)
  SELECT e.id, p_order, p_shift, e.method, e.amount, e.rounding, p_currency, e.reference, p_refund, clock_timestamp(), p_by FROM unnest(p_payments) e;
  INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, currency, payment_id, at, by)
  SELECT p_shift, e.id, 'refund', side.account, side.amount, p_currency, e.id, clock_timestamp(), p_by
  FROM unnest(p_payments) e
  CROSS JOIN LATERAL (VALUES (CASE e.method WHEN 'cash' THEN 'drawer' ELSE e.method END, e.amount + e.rounding), ('sales', -e.amount),
    ('rounding', -e.rounding)) side (account, amount)
  WHERE side.amount <> 0;
END $$;

-- The three sums of a shift, order by order: what its orders and refunds say was paid at once and given back, its payments, and the
-- drawer's ledger. They are made from different tables and must agree; what cash was rounded by is no part of any of them.
CREATE FUNCTION shift_sums(p_shift uuid)
RETURNS TABLE (order_id uuid, number text, ordered bigint, paid bigint, ledger bigint) LANGUAGE sql STABLE AS $$
  WITH payments AS (SELECT y.order_id, sum(y.amount) AS paid FROM payment y WHERE y.shift_id = p_shift GROUP BY 1),
  entries AS (
    SELECT y.order_id, sum(d.amount) AS ledger
    FROM drawer_entry d LEFT JOIN payment y ON y.id = d.payment_id
    WHERE d.shift_id = p_shift AND d.kind IN ('sale', 'refund') AND d.account IN ('drawer', 'card', 'transfer', 'rounding') GROUP BY 1
  ),
  back AS (SELECT r.order_id, sum(r.paid_back) AS paid_back FROM refund r WHERE r.shift_id = p_shift GROUP BY 1),
  sold AS (
    -- An unpaid order owes what its payments do not cover: it stands here with what it received. What of it was given back unpaid was never
    -- to be paid; what this shift gave back in money counts against it, whoever sold it.
    SELECT o.id, o.number, CASE
        WHEN o.terms = 'account' THEN 0
        WHEN o.settled_at IS NOT NULL THEN o.net_total
          - coalesce((SELECT -sum(l.net) FROM refund r JOIN refund_line l ON l.refund_id = r.id WHERE r.order_id = o.id), 0)
          + coalesce((SELECT sum(r.paid_back) FROM refund r WHERE r.order_id = o.id), 0)
          - coalesce((SELECT sum(y.amount) FROM payment y WHERE y.order_id = o.id AND y.refund_id IS NULL AND y.shift_id IS DISTINCT FROM p_shift), 0)
        ELSE coalesce((SELECT sum(y.amount) FROM payment y WHERE y.order_id = o.id AND y.refund_id IS NULL AND y.shift_id = p_shift), 0)
      END - coalesce((SELECT b.paid_back FROM back b WHERE b.order_id = o.id), 0) AS ordered
    FROM orders o
    WHERE o.shift_id = p_shift OR o.id IN (SELECT payments.order_id FROM payments) OR o.id IN (SELECT back.order_id FROM back)
  )
  SELECT coalesce(s.id, e.order_id), s.number, coalesce(s.ordered, 0)::bigint, coalesce(p.paid, 0)::bigint, coalesce(e.ledger, 0)::bigint
  FROM sold s LEFT JOIN payments p ON p.order_id = s.id FULL JOIN entries e ON e.order_id = s.id
$$;

-- What the drawer should hold: its ledger alone.
CREATE FUNCTION expected_cash(p_shift uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(amount), 0)::bigint FROM drawer_entry WHERE shift_id = p_shift AND account = 'drawer'
$$;

CREATE TYPE payment_to_write AS (order_id uuid, method text, amount bigint, currency char(3), paid_at timestamptz, taken_by uuid);

-- Payments that were taken elsewhere, in no drawer of ours: an upload says of each order how it was paid.
CREATE FUNCTION write_payments_taken_elsewhere(p_payments payment_to_write[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO payment (order_id, method, amount, currency, paid_at, taken_by)
  SELECT p.order_id, p.method, p.amount, p.currency, p.paid_at, p.taken_by FROM unnest(p_payments) p
$$;

-- What of the till waits for somebody (`pending`): a closed shift for those of its branch who neither sold in it nor counted it, and a
-- shift that was left open on an earlier day, for whoever sold in it and for the branch.
CREATE VIEW pending_shifts AS
  SELECT 'shifts-to-accept' AS kind, '/pos/shifts?state=closed' AS address, t.branch_id, NULL::uuid AS only_for,
    ARRAY[s.cashier_id, s.closed_by] AS not_for, s.closed_at AS since
  FROM shift s JOIN till t ON t.id = s.till_id WHERE s.state = 'closed'
  UNION ALL
  SELECT 'shifts-left-open', '/pos/shifts?state=open', t.branch_id, NULL, ARRAY[s.cashier_id], s.opened_at
  FROM shift s JOIN till t ON t.id = s.till_id CROSS JOIN business_today z WHERE s.state = 'open' AND s.opened_at < z.today
  UNION ALL
  SELECT 'own-shift-left-open', '/pos', t.branch_id, s.cashier_id, '{}', s.opened_at
  FROM shift s JOIN till t ON t.id = s.till_id CROSS JOIN business_today z WHERE s.state = 'open' AND s.opened_at < z.today;

-- What an act of taking a balance was: the payments that came in with p_first. Money as text, so that no reader makes a float of it.
CREATE FUNCTION balance_facts(o orders, p_first payment, p_replayed boolean, p_audit uuid) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'orderId', o.id, 'number', o.number, 'currency', o.currency, 'netTotal', o.net_total::text,
    'paidBefore', coalesce(sum(y.amount) FILTER (WHERE y.paid_at < p_first.paid_at), 0)::text,
    'paid', coalesce(sum(y.amount) FILTER (WHERE y.paid_at = p_first.paid_at), 0)::text,
    'rounding', coalesce(sum(y.rounding) FILTER (WHERE y.paid_at = p_first.paid_at), 0)::text,
    'change', coalesce(sum(y.tendered - y.amount - y.rounding) FILTER (WHERE y.paid_at = p_first.paid_at), 0)::text,
    'due', order_due(o)::text, 'settled', o.settled_at IS NOT NULL, 'replayed', p_replayed, 'auditId', p_audit)
  FROM payment y WHERE y.order_id = o.id
$$;

-- The branches at whose tills something was paid for an order: who pays gets the receipt there.
CREATE FUNCTION branches_paid(p_order uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT t.branch_id), '{}')
  FROM payment y JOIN shift s ON s.id = y.shift_id JOIN till t ON t.id = s.till_id WHERE y.order_id = p_order
$$;

-- Whether what was taken under a key is what is asked for: of the same order, by the same person, paid alike.
CREATE FUNCTION is_that_balance(p_first payment, p jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (p_first.order_id, p_first.taken_by) IS NOT DISTINCT FROM ((p ->> 'orderId')::uuid, (p ->> 'actorId')::uuid)
    AND (
      SELECT jsonb_agg(jsonb_build_array(y.method, y.amount, y.tendered, y.reference) ORDER BY y.method, y.amount, y.tendered, y.reference)
      FROM payment y WHERE y.order_id = p_first.order_id AND y.paid_at = p_first.paid_at
    ) IS NOT DISTINCT FROM (
      SELECT jsonb_agg(jsonb_build_array(e ->> 'method', (e ->> 'amount')::bigint, (e ->> 'tendered')::bigint, e ->> 'reference')
        ORDER BY e ->> 'method', (e ->> 'amount')::bigint, (e ->> 'tendered')::bigint, e ->> 'reference')
      FROM jsonb_array_elements(p -> 'payments') e
    )
$$;

-- Of what nothing is owed nothing is taken.
CREATE FUNCTION check_owed(o orders) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_number jsonb := jsonb_build_object('number', o.number);
BEGIN
  IF o.state = 'voided' THEN
    PERFORM refuse('balance_of_void', v_number);
  ELSIF o.terms = 'account' THEN
    PERFORM refuse('balance_on_account', v_number);
  ELSIF o.settled_at IS NOT NULL THEN
    PERFORM refuse('balance_settled', v_number);
  END IF;
END $$;

-- Takes what is owed of an order into the open shift of the actor's branch, whichever they are: all of it, or a further part. p: clientKey,
-- actorId, correlationId, branchId, shiftId?, orderId, part? (some of it stays owed), expectedDue (what stood on the screen),
-- payments [{method, amount, tendered?, reference?}], cashUnits? {currency: what cash is rounded to}, largestNotes? {currency: the largest note}.
-- One effect for one clientKey, however often and however parallel it comes: it is the key of the first payment.
CREATE FUNCTION take_balance(p jsonb) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  v_order orders := lock_order((p ->> 'orderId')::uuid);
  v_first payment;
  v_shift shift;
  v_due bigint;
  v_payments payment_to_take[];
  v_sums record;
  v_audit uuid;
BEGIN
  IF v_order.id IS NULL THEN PERFORM refuse('not_found'); END IF;
  SELECT * INTO v_first FROM payment WHERE client_key = (p ->> 'clientKey')::uuid;
  IF v_first.id IS NOT NULL THEN
    -- A key that comes again with other money is no repeat.
    IF NOT is_that_balance(v_first, p) THEN PERFORM refuse('duplicate_client_key'); END IF;
    RETURN balance_facts(v_order, v_first, true, NULL);
  END IF;

  PERFORM check_owed(v_order);
  v_shift := lock_open_shift((p ->> 'actorId')::uuid, (p ->> 'branchId')::uuid, (p ->> 'shiftId')::uuid);
  IF v_shift.currency <> v_order.currency THEN PERFORM refuse('balance_currency', jsonb_build_object('number', v_order.number)); END IF;
  v_due := order_due(v_order);
  IF v_due <> (p ->> 'expectedDue')::bigint THEN
    PERFORM refuse('balance_changed', jsonb_build_object('due', v_due::text, 'expected', p ->> 'expectedDue'));
  END IF;
  v_payments := payments_of_sale(coalesce(p -> 'payments', '[]'), coalesce((p -> 'cashUnits' ->> v_shift.currency)::bigint, 1));
  IF cardinality(v_payments) = 0 THEN PERFORM refuse('bad_payment_amount'); END IF;
  v_payments[1].client_key := (p ->> 'clientKey')::uuid;
  v_sums := check_payments(v_payments, v_due, v_order.terms, coalesce((p ->> 'part')::boolean, false),
    (p -> 'largestNotes' ->> v_shift.currency)::bigint);

  PERFORM write_payments(v_order.id, v_shift.id, v_payments, v_shift.currency, (p ->> 'actorId')::uuid);
  IF v_sums.paid = v_due THEN v_order := settle_order(v_order.id); END IF;
  v_audit := record_audit(p ->> 'actorId', 'order.balance-taken', 'order', v_order.id::text, (p ->> 'branchId')::uuid, p ->> 'correlationId',
    jsonb_build_object('paid', v_sums.paid::text, 'due', (v_due - v_sums.paid)::text, 'payments', cardinality(v_payments)));
  SELECT * INTO v_first FROM payment WHERE client_key = (p ->> 'clientKey')::uuid;
  RETURN balance_facts(v_order, v_first, false, v_audit);
END $$;

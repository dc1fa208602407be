-- One sale takes one number. A counter's row stays locked until its transaction is on the disk, so that a branch could sell no
-- faster than one disk write at a time. Sales therefore draw from blocks of eight: whoever finds a block that nobody holds takes
-- its next number, lowest first, and only a new block asks the counter. A lone till counts 1, 2, 3; gaps mean nothing.
CREATE TABLE "number_block" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "scope" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "next" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "number_block_pkey" PRIMARY KEY ("id")
);
CREATE INDEX number_block_open ON number_block (scope, day, next) WHERE next <= last;

CREATE FUNCTION take_number(p_scope text, p_day date) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_size CONSTANT int := 8;
  v_taken int;
BEGIN
  UPDATE number_block b SET next = b.next + 1
  FROM (
    SELECT id FROM number_block WHERE scope = p_scope AND day = p_day AND next <= last
    ORDER BY next LIMIT 1 FOR UPDATE SKIP LOCKED
  ) open_block
  WHERE b.id = open_block.id
  RETURNING b.next - 1 INTO v_taken;
  IF v_taken IS NULL THEN
    v_taken := take_numbers(p_scope, p_day, v_size) - v_size + 1;
    INSERT INTO number_block (scope, day, next, last) VALUES (p_scope, p_day, v_taken + 1, v_taken + v_size - 1);
  END IF;
  RETURN v_taken;
END $$;

-- As before, with a number from a block.
CREATE OR REPLACE FUNCTION write_order(p jsonb, p_lines cart_line[], p_shift shift, p_day date, p_settled boolean) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_order uuid := uuidv7();
  v_branch_code text := (SELECT code FROM branch WHERE id = (p ->> 'branchId')::uuid);
BEGIN
  INSERT INTO orders (id, number, branch_id, patient_id, customer_id, doctor_id, tier, source, client_key, shift_id, terms,
    ordered_at, settled_at, currency, list_total, discount_total, net_total, note, created_by)
  SELECT v_order, order_number(v_branch_code, p_day, take_number('order:' || v_branch_code, p_day)),
    (p ->> 'branchId')::uuid, (p ->> 'patientId')::uuid, (p ->> 'customerId')::uuid, (p ->> 'doctorId')::uuid,
    coalesce((SELECT tier FROM customer WHERE id = (p ->> 'customerId')::uuid), 'standard'),
    'pos', (p ->> 'clientKey')::uuid, p_shift.id, p ->> 'terms', now(), CASE WHEN p_settled THEN now() END, p_shift.currency,
    sum(l.list_price), sum(l.discount), sum(l.net), nullif(btrim(p ->> 'note'), ''), (p ->> 'actorId')::uuid
  FROM unnest(p_lines) l;
  INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
  SELECT v_order, l.position, l.service_id, l.item_id, l.list_price, l.discount_percent, l.discount, l.net FROM unnest(p_lines) l;
  RETURN v_order;
END $$;

-- The check of a sheet refreshes the planner's figures of what it has just staged; the application's role may, where there is one.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
    GRANT MAINTAIN ON upload_row, upload_error TO portal_app;
  END IF;
END $$;

-- What is closed stays closed, for every role: sealed statements and months, shifts, orders, documents, links, sheets. Grants say
-- what the application's role may touch at all (prisma/grants.txt); these guards say what nobody may.

-- ── Orders ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- An order is fixed when it is written; it gets its accession once, is settled once, and may be voided.
CREATE OR REPLACE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept orders := NEW;
BEGIN
  kept.accession := OLD.accession;
  kept.settled_at := OLD.settled_at;
  kept.state := OLD.state;
  IF kept IS DISTINCT FROM OLD
    OR (OLD.settled_at IS NOT NULL AND NEW.settled_at IS DISTINCT FROM OLD.settled_at)
    OR (OLD.accession IS NOT NULL AND NEW.accession IS DISTINCT FROM OLD.accession)
    OR (OLD.state = 'voided' AND NEW.state <> 'voided')
  THEN
    RAISE EXCEPTION 'an order keeps what it was written with' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- The lines of an order are written by one statement and come to its totals, so that none is ever added.
CREATE FUNCTION guard_order_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT order_id, count(*) AS lines, sum(list_price) AS list_total, sum(discount) AS discount_total, sum(net) AS net_total
      FROM added GROUP BY order_id
    ) a
    JOIN orders o ON o.id = a.order_id
    WHERE (a.list_total, a.discount_total, a.net_total) IS DISTINCT FROM (o.list_total, o.discount_total, o.net_total)
      OR a.lines <> (SELECT count(*) FROM order_line l WHERE l.order_id = a.order_id)
  ) THEN
    RAISE EXCEPTION 'the lines of an order are written once and come to its total' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER written_once AFTER INSERT ON order_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_order_lines();

-- ── Shifts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- A shift is opened empty, closed once with its count, and accepted once by somebody else; nothing else of it ever changes.
CREATE FUNCTION guard_shift() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept shift;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR (NEW.closed_at, NEW.denominations, NEW.counted_cash, NEW.expected_cash, NEW.accepted_by, NEW.accepted_at)
      IS DISTINCT FROM (NULL::timestamptz, NULL::jsonb, NULL::bigint, NULL::bigint, NULL::uuid, NULL::timestamptz)
    THEN
      RAISE EXCEPTION 'a shift begins open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  kept := NEW;
  kept.state := OLD.state;
  IF OLD.state = 'open' AND NEW.state = 'closed' THEN
    kept.closed_at := OLD.closed_at;
    kept.denominations := OLD.denominations;
    kept.counted_cash := OLD.counted_cash;
    kept.expected_cash := OLD.expected_cash;
  ELSIF OLD.state = 'closed' AND NEW.state = 'accepted' AND NEW.accepted_by <> OLD.cashier_id THEN
    kept.accepted_by := OLD.accepted_by;
    kept.accepted_at := OLD.accepted_at;
  ELSIF NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a shift does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF kept IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a shift keeps its till, its cashier and its float' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE INSERT OR UPDATE ON shift FOR EACH ROW EXECUTE FUNCTION guard_shift();
CREATE TRIGGER never_deleted BEFORE DELETE ON shift FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What belongs to a shift is written while it is open. The share lock is the sale's own; a close waits for it.
CREATE FUNCTION guard_open_shift() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found_state text;
BEGIN
  FOR found_state IN SELECT s.state FROM shift s WHERE s.id IN (SELECT a.shift_id FROM added a) ORDER BY s.id FOR SHARE LOOP
    IF found_state <> 'open' THEN
      RAISE EXCEPTION 'nothing is added to a shift that was closed' USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER shift_is_open AFTER INSERT ON orders REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_open_shift();
CREATE TRIGGER shift_is_open AFTER INSERT ON payment REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_open_shift();
CREATE TRIGGER shift_is_open AFTER INSERT ON drawer_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_open_shift();

-- ── Statements ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- A statement begins as a draft of an open month. Sealed, with the hash of its snapshot, it only moves on to published and paid.
CREATE OR REPLACE FUNCTION guard_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept statement;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.content_hash IS NOT NULL THEN
      RAISE EXCEPTION 'a sealed statement is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' OR NEW.content_hash IS NOT NULL THEN
      RAISE EXCEPTION 'a statement begins as a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM statement_period p WHERE p.id = NEW.period_id AND p.state = 'open' FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a sealed month takes no statement' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  kept := NEW;
  kept.state := OLD.state;
  IF (OLD.state, NEW.state) = ('approved', 'published') THEN kept.published_at := OLD.published_at; END IF;
  IF (OLD.state, NEW.state) = ('published', 'paid') THEN kept.paid_at := OLD.paid_at; END IF;
  IF OLD.content_hash IS NOT NULL AND kept IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a sealed statement keeps its figures' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.content_hash IS NULL THEN
    IF (NEW.doctor_id, NEW.period_id, NEW.version) IS DISTINCT FROM (OLD.doctor_id, OLD.period_id, OLD.version) THEN
      RAISE EXCEPTION 'a statement keeps its doctor and its month' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.content_hash IS NOT NULL AND NOT EXISTS (
      SELECT FROM statement_snapshot n WHERE n.statement_id = NEW.id AND n.content_hash = NEW.content_hash)
    THEN
      RAISE EXCEPTION 'a statement is sealed by its snapshot' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'reviewed'), ('draft', 'approved'), ('reviewed', 'approved'), ('reviewed', 'draft'), ('approved', 'published'),
    ('published', 'paid'), ('approved', 'superseded'), ('published', 'superseded'))
  THEN
    RAISE EXCEPTION 'a statement does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER sealed_is_final ON statement;
CREATE TRIGGER sealed_is_final BEFORE INSERT OR UPDATE OR DELETE ON statement FOR EACH ROW EXECUTE FUNCTION guard_statement();

-- A line keeps its statement, and neither comes into a sealed one nor leaves it.
CREATE OR REPLACE FUNCTION guard_statement_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM statement s WHERE s.id = OLD.statement_id AND s.content_hash IS NOT NULL)
    OR (TG_OP = 'UPDATE' AND NEW.statement_id <> OLD.statement_id)
  THEN
    RAISE EXCEPTION 'the lines of a sealed statement never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION guard_added_statement_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found_hash text;
BEGIN
  FOR found_hash IN
    SELECT s.content_hash FROM statement s WHERE s.id IN (SELECT DISTINCT a.statement_id FROM added a) ORDER BY s.id FOR SHARE
  LOOP
    IF found_hash IS NOT NULL THEN
      RAISE EXCEPTION 'a sealed statement takes no line' USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER sealed_takes_none AFTER INSERT ON statement_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_added_statement_lines();

-- A month keeps its bounds, is sealed when no draft is left, and is never opened again.
CREATE FUNCTION guard_statement_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR NEW.sealed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a month begins open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'sealed' AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a sealed month stays sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.month, NEW.starts_at, NEW.ends_at) IS DISTINCT FROM (OLD.id, OLD.month, OLD.starts_at, OLD.ends_at) THEN
    RAISE EXCEPTION 'a month keeps its bounds' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'sealed' AND OLD.state = 'open'
    AND EXISTS (SELECT FROM statement s WHERE s.period_id = NEW.id AND s.state IN ('draft', 'reviewed'))
  THEN
    RAISE EXCEPTION 'a month with drafts is not sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed_is_final BEFORE INSERT OR UPDATE ON statement_period FOR EACH ROW EXECUTE FUNCTION guard_statement_period();
CREATE TRIGGER never_deleted BEFORE DELETE ON statement_period FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What was adjusted stays as it was approved, and with the sealed statement that holds it.
CREATE FUNCTION guard_adjustment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.statement_id IS NOT NULL
    AND EXISTS (SELECT FROM statement s WHERE s.id = OLD.statement_id AND s.content_hash IS NOT NULL)
  THEN
    RAISE EXCEPTION 'the adjustments of a sealed statement never change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.statement_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.statement_id IS DISTINCT FROM OLD.statement_id)
    AND EXISTS (SELECT FROM statement s WHERE s.id = NEW.statement_id AND (s.content_hash IS NOT NULL OR s.doctor_id <> NEW.doctor_id))
  THEN
    RAISE EXCEPTION 'a sealed statement takes no adjustment' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'approved'
    AND (NEW.doctor_id, NEW.amount, NEW.currency, NEW.state) IS DISTINCT FROM (OLD.doctor_id, OLD.amount, OLD.currency, OLD.state)
  THEN
    RAISE EXCEPTION 'an approved adjustment keeps its amount' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed_is_final BEFORE INSERT OR UPDATE OR DELETE ON adjustment FOR EACH ROW EXECUTE FUNCTION guard_adjustment();

-- ── Documents, labels, links, rate cards, sheets ─────────────────────────────────────────────────────────────────────
DO $$
DECLARE ledger text;
BEGIN
  FOREACH ledger IN ARRAY ARRAY['document', 'specimen_label', 'integration_message', 'commission_plan'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', ledger);
  END LOOP;
  -- A table that keeps its rows does not lose them all at once either.
  FOREACH ledger IN ARRAY ARRAY['document', 'specimen_label', 'integration_message', 'commission_plan', 'orders', 'order_line', 'shift',
    'statement', 'statement_line', 'statement_period', 'adjustment', 'rate_card', 'rate_card_version', 'rate_card_item', 'statement_link']
  LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', ledger);
  END LOOP;
END $$;

CREATE FUNCTION guard_statement_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept statement_link := NEW;
BEGIN
  kept.revoked_at := OLD.revoked_at;
  kept.expires_at := OLD.expires_at; -- a link may end earlier, never later
  IF kept IS DISTINCT FROM OLD OR NEW.expires_at > OLD.expires_at OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
    RAISE EXCEPTION 'a link keeps its statement, its end and its revocation' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revoked_is_final BEFORE UPDATE ON statement_link FOR EACH ROW EXECUTE FUNCTION guard_statement_link();

CREATE FUNCTION guard_rate_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a rate card keeps its code, its scope and its currency' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_scope BEFORE UPDATE OR DELETE ON rate_card FOR EACH ROW EXECUTE FUNCTION guard_rate_card();

-- What a sheet brought is written down once; a sheet that was written whole stays written.
CREATE FUNCTION guard_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.file_name, NEW.storage_key, NEW.sha256, NEW.bytes, NEW.created_by, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.kind, OLD.file_name, OLD.storage_key, OLD.sha256, OLD.bytes, OLD.created_by, OLD.created_at)
    OR (OLD.state = 'committed' AND OLD.kind = 'orders' AND (NEW.state, NEW.written, NEW.valid, NEW.net_total, NEW.lines)
      IS DISTINCT FROM (OLD.state, OLD.written, OLD.valid, OLD.net_total, OLD.lines))
  THEN
    RAISE EXCEPTION 'an upload keeps its file, and what was written of it' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER written_is_final BEFORE UPDATE ON upload FOR EACH ROW EXECUTE FUNCTION guard_upload();
CREATE TRIGGER never_deleted BEFORE DELETE ON upload FOR EACH ROW EXECUTE FUNCTION refuse_change();

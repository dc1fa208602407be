-- What must never be wrong is kept by the database itself.

-- ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE app_user
  ADD CHECK (role IN ('cashier', 'branch-manager', 'upload-operator', 'finance', 'clinician', 'administrator', 'auditor')),
  ADD CHECK (email = lower(email)),
  ADD CHECK (language IN ('vi', 'en'));
ALTER TABLE organisation ADD CHECK (id = 1);
ALTER TABLE patient
  ADD CHECK (sex IN ('female', 'male')),
  ADD CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CHECK (name_key = search_key(full_name));
ALTER TABLE doctor ADD CHECK (language IN ('vi', 'en')), ADD CHECK (tax_rate BETWEEN 0 AND 100);
ALTER TABLE customer ADD CHECK (tier IN ('standard', 'vip1', 'svip1', 'svip2'));
ALTER TABLE service
  ADD CHECK (kind IN ('test', 'imaging', 'package', 'home-kit')),
  ADD CHECK (sex IN ('any', 'female', 'male')),
  ADD CHECK (coalesce(min_age, 0) <= coalesce(max_age, 999));
ALTER TABLE rate_card
  ADD CHECK (CASE scope
    WHEN 'all' THEN branch_id IS NULL AND tier IS NULL AND customer_id IS NULL
    WHEN 'branch' THEN branch_id IS NOT NULL AND tier IS NULL AND customer_id IS NULL
    WHEN 'tier' THEN tier IS NOT NULL AND branch_id IS NULL AND customer_id IS NULL
    WHEN 'customer' THEN customer_id IS NOT NULL AND branch_id IS NULL AND tier IS NULL
    ELSE false END);
ALTER TABLE rate_card_version
  ADD CHECK (state IN ('draft', 'published')),
  ADD CHECK (valid_to IS NULL OR valid_to > valid_from),
  ADD CHECK ((state = 'published') = (published_at IS NOT NULL)),
  ADD EXCLUDE USING gist (rate_card_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (state = 'published');
ALTER TABLE rate_card_item ADD CHECK (price >= 0);
ALTER TABLE orders
  ADD CHECK (source IN ('pos', 'upload', 'api')),
  ADD CHECK (terms IN ('account', 'immediate')),
  ADD CHECK (state IN ('open', 'voided')),
  ADD CHECK (terms <> 'account' OR customer_id IS NOT NULL),
  ADD CHECK (net_total = list_total - discount_total),
  ADD CHECK (tier IN ('standard', 'vip1', 'svip1', 'svip2'));
ALTER TABLE order_line
  ADD CHECK (list_price >= 0),
  ADD CHECK (discount_percent BETWEEN 0 AND 100),
  ADD CHECK (discount = round(list_price * discount_percent / 100)),
  ADD CHECK (net = list_price - discount);
ALTER TABLE refund_line ADD CHECK (net <= 0);
ALTER TABLE shift
  ADD CHECK (state IN ('open', 'closed', 'accepted')),
  ADD CHECK (float_amount >= 0);
CREATE UNIQUE INDEX shift_one_open_per_till ON shift (till_id) WHERE state = 'open';
CREATE UNIQUE INDEX shift_one_open_per_cashier ON shift (cashier_id) WHERE state = 'open';
ALTER TABLE payment
  ADD CHECK (method IN ('cash', 'card', 'transfer')),
  ADD CHECK (amount <> 0),
  ADD CHECK (tendered IS NULL OR tendered >= amount);
ALTER TABLE drawer_entry
  ADD CHECK (kind IN ('float', 'sale', 'refund', 'cash-in', 'cash-out')),
  ADD CHECK (account IN ('drawer', 'card', 'transfer', 'sales', 'float', 'safe'));
ALTER TABLE upload
  ADD CHECK (kind IN ('orders', 'rate-cards')),
  ADD CHECK (tier IN ('standard', 'vip1', 'svip1', 'svip2')),
  ADD CHECK (state IN ('received', 'checking', 'checked', 'committing', 'committed', 'refused', 'failed')),
  ADD CHECK (written <= valid);
ALTER TABLE commission_rule
  ADD CHECK (kind IN ('percent', 'fixed')),
  ADD CHECK (valid_to IS NULL OR valid_to > valid_from),
  ADD CHECK (value >= 0 AND band_from >= 0 AND coalesce(cap_per_line, 0) >= 0);
CREATE UNIQUE INDEX commission_rule_band
  ON commission_rule (plan_id, category, coalesce(service_id, '00000000-0000-0000-0000-000000000000'), valid_from, band_from);
ALTER TABLE statement_period ADD CHECK (state IN ('open', 'sealed')), ADD CHECK (month ~ '^\d{4}-(0[1-9]|1[0-2])$');
ALTER TABLE statement_run ADD CHECK (state IN ('requested', 'running', 'done', 'failed'));
CREATE UNIQUE INDEX statement_run_one_at_a_time ON statement_run (period_id) WHERE state IN ('requested', 'running');
ALTER TABLE statement
  ADD CHECK (state IN ('draft', 'reviewed', 'approved', 'published', 'paid', 'superseded')),
  ADD CHECK (payable = commission + adjustments + carry_forward - tax),
  ADD CHECK ((state IN ('draft', 'reviewed')) = (content_hash IS NULL) OR state = 'superseded');
CREATE UNIQUE INDEX statement_one_in_force ON statement (period_id, doctor_id) WHERE state <> 'superseded';
ALTER TABLE statement_line ADD CHECK (kind IN ('sale', 'refund'));
ALTER TABLE adjustment
  ADD CHECK (state IN ('requested', 'approved', 'refused')),
  ADD CHECK (approved_by IS NULL OR approved_by <> requested_by);
ALTER TABLE otp_challenge ADD CHECK (channel IN ('sms', 'email')), ADD CHECK (attempts BETWEEN 0 AND 5);
ALTER TABLE message ADD CHECK (channel IN ('sms', 'email')), ADD CHECK (state IN ('queued', 'sent', 'failed'));
ALTER TABLE link_event
  ADD CHECK (kind IN ('sent', 'opened', 'otp-requested', 'verified', 'failed', 'viewed', 'downloaded', 'disputed', 'revoked'));
CREATE INDEX outbox_event_unpublished ON outbox_event (not_before, id) WHERE published_at IS NULL;

-- ── Append-only, for every role ──────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE ledger text;
BEGIN
  FOREACH ledger IN ARRAY ARRAY['payment', 'drawer_entry', 'revenue_posting', 'link_event', 'audit_entry', 'audit_seal',
    'upload_outcome', 'statement_snapshot', 'commission_rule', 'refund', 'refund_line', 'effect_receipt'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', ledger);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', ledger);
  END LOOP;
END $$;

-- A published rate card version never changes, and neither do its items.
CREATE FUNCTION refuse_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'a published rate card version never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON rate_card_version
  FOR EACH ROW EXECUTE FUNCTION refuse_published_version();

CREATE FUNCTION refuse_published_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM rate_card_version v
    WHERE v.state = 'published' AND v.id IN (SELECT version_id FROM changed)
  ) THEN
    RAISE EXCEPTION 'the items of a published rate card version never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER published_is_final_insert AFTER INSERT ON rate_card_item
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_items();
CREATE TRIGGER published_is_final_update AFTER UPDATE ON rate_card_item
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_items();
CREATE TRIGGER published_is_final_delete AFTER DELETE ON rate_card_item
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_items();

-- An order's lines and money are fixed when it is written; `settled_at` and `accession` are set once.
CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.settled_at IS NOT NULL AND NEW.settled_at IS DISTINCT FROM OLD.settled_at)
    OR (OLD.accession IS NOT NULL AND NEW.accession IS DISTINCT FROM OLD.accession)
    OR (NEW.number, NEW.branch_id, NEW.patient_id, NEW.currency, NEW.list_total, NEW.discount_total, NEW.net_total, NEW.ordered_at)
      IS DISTINCT FROM
      (OLD.number, OLD.branch_id, OLD.patient_id, OLD.currency, OLD.list_total, OLD.discount_total, OLD.net_total, OLD.ordered_at)
  THEN
    RAISE EXCEPTION 'an order keeps its number, its money and its moments' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_money BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON order_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A sealed statement keeps its figures; only its state and its moments move on.
CREATE FUNCTION guard_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.content_hash IS NOT NULL THEN
      RAISE EXCEPTION 'a sealed statement is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.content_hash IS NOT NULL AND
    (NEW.content_hash, NEW.doctor_id, NEW.period_id, NEW.base, NEW.commission, NEW.adjustments, NEW.carry_forward, NEW.tax, NEW.payable, NEW.lines, NEW.orders)
    IS DISTINCT FROM
    (OLD.content_hash, OLD.doctor_id, OLD.period_id, OLD.base, OLD.commission, OLD.adjustments, OLD.carry_forward, OLD.tax, OLD.payable, OLD.lines, OLD.orders)
  THEN
    RAISE EXCEPTION 'a sealed statement keeps its figures' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'reviewed'), ('draft', 'approved'), ('reviewed', 'approved'), ('reviewed', 'draft'), ('approved', 'published'),
    ('published', 'paid'), ('approved', 'superseded'), ('published', 'superseded'))
  THEN
    RAISE EXCEPTION 'a statement does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealed_is_final BEFORE UPDATE OR DELETE ON statement FOR EACH ROW EXECUTE FUNCTION guard_statement();

CREATE FUNCTION guard_statement_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM statement s WHERE s.id = OLD.statement_id AND s.content_hash IS NOT NULL) THEN
    RAISE EXCEPTION 'the lines of a sealed statement never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER sealed_is_final BEFORE UPDATE OR DELETE ON statement_line FOR EACH ROW EXECUTE FUNCTION guard_statement_line();

-- ── Every movement balances ──────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION check_drawer_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM drawer_entry WHERE movement_id = NEW.movement_id) <> 0 THEN
    RAISE EXCEPTION 'drawer movement % does not balance', NEW.movement_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON drawer_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_drawer_balance();

CREATE FUNCTION check_posting_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM revenue_posting WHERE posting_id = NEW.posting_id) <> 0 THEN
    RAISE EXCEPTION 'posting % does not balance', NEW.posting_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON revenue_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posting_balance();

-- ── Numbers people see ───────────────────────────────────────────────────────────────────────────────────────────────
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

CREATE FUNCTION order_number(p_branch_code text, p_day date, p_running int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT p_branch_code || '-' || to_char(p_day, 'YYMMDD') || '-' || lpad(p_running::text, greatest(4, length(p_running::text)), '0')
$$;

-- ── Outbox ───────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION outbox_nudge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER nudge AFTER INSERT ON outbox_event FOR EACH STATEMENT EXECUTE FUNCTION outbox_nudge();

-- ── Audit chain ──────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION audit_entry_hash(e audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    e.id, extract(epoch FROM e.at), e.actor_kind, e.actor_id, e.action, e.entity, e.entity_id, e.branch_id, e.correlation_id, e.detail
  )::text, 'UTF8'))
$$;

-- Seals up to `batch` entries into the chain, oldest first; answers how many. One sealer at a time.
CREATE FUNCTION audit_seal_pending(batch int DEFAULT 1000) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  entry audit_entry;
  last_position bigint;
  last_hash bytea;
  own_hash bytea;
  sealed int := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('audit_seal')) THEN
    RETURN 0;
  END IF;
  SELECT position, hash INTO last_position, last_hash FROM audit_seal ORDER BY position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  last_hash := coalesce(last_hash, '\x');
  FOR entry IN
    SELECT e.* FROM audit_entry e LEFT JOIN audit_seal s ON s.entry_id = e.id
    WHERE s.entry_id IS NULL ORDER BY e.at, e.id LIMIT batch
  LOOP
    own_hash := audit_entry_hash(entry);
    last_position := last_position + 1;
    last_hash := sha256(last_hash || int8send(last_position) || own_hash);
    INSERT INTO audit_seal (position, entry_id, entry_hash, hash) VALUES (last_position, entry.id, own_hash, last_hash);
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

-- The first broken place of the chain, or no row: a missing seal, a changed or missing entry, a wrong link.
CREATE FUNCTION audit_first_break() RETURNS TABLE (break_position bigint, reason text) LANGUAGE sql STABLE AS $$
  SELECT seal_position, why FROM (
    SELECT s.position AS seal_position,
      CASE
        WHEN s.position <> row_number() OVER (ORDER BY s.position) THEN 'seal missing'
        WHEN e.id IS NULL THEN 'entry missing'
        WHEN audit_entry_hash(e) <> s.entry_hash THEN 'entry changed'
        WHEN s.hash <> sha256(coalesce(lag(s.hash) OVER (ORDER BY s.position), '\x') || int8send(s.position) || s.entry_hash) THEN 'chain broken'
      END AS why
    FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
  ) walked WHERE why IS NOT NULL ORDER BY seal_position LIMIT 1
$$;

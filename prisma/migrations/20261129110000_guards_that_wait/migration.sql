-- A guard that reads a state reads what others have not committed yet as it was before: so the one who ends something waits for
-- whoever is still adding to it, and the one who adds waits for whoever is ending it.

-- A shift that is closed waits for all that hold its row, which the foreign keys of sales, payments and movements do: FOR UPDATE, as the
-- portal's own close takes before. It costs the close one lock, and a sale nothing: its foreign keys come before its guard.
CREATE OR REPLACE FUNCTION guard_shift() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    PERFORM FROM shift s WHERE s.id = OLD.id FOR UPDATE;
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

-- An adjustment shares the lock of the statements that it leaves and comes to: whoever seals one has ended, or waits.
CREATE OR REPLACE FUNCTION guard_adjustment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_left uuid := CASE WHEN TG_OP <> 'INSERT' THEN OLD.statement_id END;
  v_joined uuid := CASE WHEN TG_OP <> 'DELETE' THEN NEW.statement_id END;
  v_other boolean;
BEGIN
  PERFORM FROM statement s WHERE s.id IN (v_left, v_joined) ORDER BY s.id FOR SHARE;
  IF EXISTS (SELECT FROM statement s WHERE s.id = v_left AND s.content_hash IS NOT NULL) THEN
    RAISE EXCEPTION 'the adjustments of a sealed statement never change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  SELECT s.content_hash IS NOT NULL OR s.doctor_id <> NEW.doctor_id INTO v_other FROM statement s WHERE s.id = v_joined;
  IF v_other AND v_joined IS DISTINCT FROM v_left THEN
    RAISE EXCEPTION 'a sealed statement takes no adjustment' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'approved'
    AND (NEW.doctor_id, NEW.amount, NEW.currency, NEW.state) IS DISTINCT FROM (OLD.doctor_id, OLD.amount, OLD.currency, OLD.state)
  THEN
    RAISE EXCEPTION 'an approved adjustment keeps its amount' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- A line that is taken out, likewise.
CREATE OR REPLACE FUNCTION guard_statement_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v_hash text;
BEGIN
  SELECT s.content_hash INTO v_hash FROM statement s WHERE s.id = OLD.statement_id FOR SHARE;
  IF v_hash IS NOT NULL OR (TG_OP = 'UPDATE' AND NEW.statement_id <> OLD.statement_id) THEN
    RAISE EXCEPTION 'the lines of a sealed statement never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A version that is published waits for whoever is still writing prices of it, whose foreign keys hold its row.
CREATE OR REPLACE FUNCTION refuse_published_version() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'a published rate card version never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.state = 'published' THEN PERFORM FROM rate_card_version v WHERE v.id = OLD.id FOR UPDATE; END IF;
  RETURN NEW;
END $$;

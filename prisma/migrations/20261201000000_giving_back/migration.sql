-- Giving back: by line and by amount, in any later shift and branch, as money or as a debt that is let go.
ALTER TABLE "organisation" ADD COLUMN "refund_limit" BIGINT NOT NULL DEFAULT 500000;
ALTER TABLE organisation ADD CONSTRAINT organisation_refund_limit CHECK (refund_limit >= 0);

ALTER TABLE "refund"
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'refund',
  ADD COLUMN "paid_back" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "branch_id" UUID,
  ADD COLUMN "shift_id" UUID;
CREATE INDEX "refund_shift_id_idx" ON "refund"("shift_id");
ALTER TABLE "refund" ADD CONSTRAINT "refund_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "refund" ADD CONSTRAINT "refund_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE refund
  ADD CONSTRAINT refund_kind CHECK (kind IN ('refund', 'void')),
  ADD CONSTRAINT refund_paid_back CHECK (paid_back >= 0 AND (paid_back = 0 OR shift_id IS NOT NULL));
CREATE TRIGGER shift_is_open AFTER INSERT ON refund FOR EACH ROW WHEN (NEW.shift_id IS NOT NULL) EXECUTE FUNCTION guard_open_shift();

-- A line may be given back in parts. Which part a statement took back is named by its line.
DROP INDEX "refund_line_order_line_id_key";
CREATE UNIQUE INDEX "refund_line_refund_id_order_line_id_key" ON "refund_line"("refund_id", "order_line_id");
CREATE INDEX "refund_line_order_line_id_idx" ON "refund_line"("order_line_id");
ALTER TABLE "statement_line" ADD COLUMN "refund_line_id" UUID;

-- Never more than a line came to, whoever asks and however many at once: who gives back holds the order until it is committed, and
-- counts what was given back after the wait. A snapshot from before the wait would count what is no longer so. A line that came to nothing
-- is given back once, with nothing.
CREATE FUNCTION guard_refund_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'what is given back is counted as it stands now' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM FROM orders o
  WHERE o.id IN (SELECT l.order_id FROM added a JOIN order_line l ON l.id = a.order_line_id) ORDER BY o.id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM added a JOIN order_line l ON l.id = a.order_line_id JOIN refund r ON r.id = a.refund_id
    CROSS JOIN LATERAL (SELECT sum(g.net) AS given, count(*) AS times FROM refund_line g WHERE g.order_line_id = l.id) g
    WHERE r.order_id <> l.order_id OR l.net + g.given < 0 OR (l.net = 0 AND g.times > 1) OR (l.net > 0 AND a.net = 0)
  ) THEN
    RAISE EXCEPTION 'a line gives back no more than it came to' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_than_sold AFTER INSERT ON refund_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_refund_lines();

-- Money goes back the way it came, no more of it than came that way.
CREATE FUNCTION guard_refund_payment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM orders o WHERE o.id = NEW.order_id FOR NO KEY UPDATE;
  IF NEW.amount > 0 OR (SELECT sum(y.amount) FROM payment y WHERE y.order_id = NEW.order_id AND y.method = NEW.method) < 0 THEN
    RAISE EXCEPTION 'no more is paid back than was paid' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_than_paid AFTER INSERT ON payment FOR EACH ROW WHEN (NEW.refund_id IS NOT NULL) EXECUTE FUNCTION guard_refund_payment();

-- What a refund says it paid is what was paid for it, and no more than its lines.
CREATE FUNCTION check_refund_paid() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.paid_back <> -coalesce((SELECT sum(y.amount) FROM payment y WHERE y.order_id = NEW.order_id AND y.refund_id = NEW.id), 0)
    OR NEW.paid_back > -coalesce((SELECT sum(l.net) FROM refund_line l WHERE l.refund_id = NEW.id), 0)
  THEN
    RAISE EXCEPTION 'refund % does not pay what it says', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pays_back AFTER INSERT ON refund
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_refund_paid();

-- What one person asks and another decides: who asks never approves, an approval is used once and for exactly what was asked.
CREATE TABLE "approval" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "branch_id" UUID NOT NULL,
    "subject_id" UUID,
    "client_key" UUID NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "details" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "answer" TEXT,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "approval_client_key_key" ON "approval"("client_key");
CREATE INDEX "approval_subject_id_idx" ON "approval"("subject_id");
CREATE INDEX approval_waiting ON approval (asked_at) WHERE state = 'waiting';
ALTER TABLE "approval" ADD CONSTRAINT "approval_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE approval
  ADD CONSTRAINT approval_kind CHECK (kind IN ('give-back', 'discount')),
  ADD CONSTRAINT approval_state CHECK (state IN ('waiting', 'approved', 'refused', 'lapsed')),
  ADD CONSTRAINT approval_two_people CHECK (decided_by IS NULL OR decided_by <> asked_by),
  ADD CONSTRAINT approval_decided CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL) AND (state = 'waiting') = (decided_at IS NULL)),
  ADD CONSTRAINT approval_used CHECK (used_at IS NULL OR state = 'approved'),
  ADD CONSTRAINT approval_amount CHECK (amount >= 0),
  ADD CONSTRAINT approval_currency CHECK (is_currency(currency)),
  ADD CONSTRAINT approval_reason_plain CHECK (is_plain_note(reason, 300) AND reason <> ''),
  ADD CONSTRAINT approval_answer_plain CHECK (is_plain_note(answer, 300));

-- What was asked stays as it was asked; it is decided once and used once.
CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE kept approval;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' THEN
      RAISE EXCEPTION 'an approval begins waiting' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  kept := NEW;
  IF OLD.state = 'waiting' AND NEW.state <> 'waiting' THEN
    kept.state := OLD.state;
    kept.decided_by := OLD.decided_by;
    kept.decided_at := OLD.decided_at;
    kept.answer := OLD.answer;
  ELSIF OLD.state = 'approved' AND OLD.used_at IS NULL AND NEW.state = 'approved' THEN
    kept.used_at := OLD.used_at;
  END IF;
  IF kept IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'an approval is decided once and used once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_once BEFORE INSERT OR UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION guard_approval();
CREATE TRIGGER never_deleted BEFORE DELETE ON approval FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE refund ADD COLUMN "approval_id" UUID;
CREATE UNIQUE INDEX "refund_approval_id_key" ON "refund"("approval_id");
ALTER TABLE "refund" ADD CONSTRAINT "refund_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE refund ADD CONSTRAINT refund_two_people CHECK (approved_by IS NULL OR approved_by <> requested_by);

-- A sale that was put aside lived in one browser alone. It waits at its branch now, for any of its tills.
CREATE TABLE "held_sale" (
    "id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "patient_id" UUID,
    "cart" JSONB NOT NULL,
    "note" TEXT,
    "state" TEXT NOT NULL DEFAULT 'held',
    "version" INTEGER NOT NULL DEFAULT 1,
    "held_by" UUID NOT NULL,
    "held_shift_id" UUID,
    "held_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_by" UUID,
    "taken_shift_id" UUID,
    "taken_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "ended_by" UUID,

    CONSTRAINT "held_sale_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "held_sale" ADD CONSTRAINT "held_sale_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "held_sale" ADD CONSTRAINT "held_sale_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "held_sale" ADD CONSTRAINT "held_sale_held_shift_id_fkey" FOREIGN KEY ("held_shift_id") REFERENCES "shift"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "held_sale" ADD CONSTRAINT "held_sale_taken_shift_id_fkey" FOREIGN KEY ("taken_shift_id") REFERENCES "shift"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE held_sale
  ADD CHECK (state IN ('held', 'taken', 'sold', 'dropped', 'lapsed')),
  ADD CHECK ((state = 'taken') <= (taken_by IS NOT NULL AND taken_shift_id IS NOT NULL AND taken_at IS NOT NULL)),
  ADD CHECK ((state IN ('sold', 'dropped', 'lapsed')) = (ended_at IS NOT NULL)),
  ADD CHECK (jsonb_typeof(cart) = 'object' AND octet_length(cart::text) <= 20000),
  ADD CONSTRAINT held_sale_name_plain CHECK (is_plain_text(name, 120) AND name <> ''),
  ADD CONSTRAINT held_sale_note_plain CHECK (is_plain_note(note, 500));
-- What waits is few, whatever was ever held.
CREATE INDEX held_sale_waiting ON held_sale (branch_id, held_at) WHERE state IN ('held', 'taken');

-- A held sale keeps its branch, and what has become of it is final: sold, dropped or lapsed.
CREATE FUNCTION guard_held_sale() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR (NEW.id, NEW.branch_id) IS DISTINCT FROM (OLD.id, OLD.branch_id) OR NEW.version <= OLD.version THEN
    RAISE EXCEPTION 'a held sale that has ended stays as it ended' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ended_is_final BEFORE UPDATE ON held_sale FOR EACH ROW EXECUTE FUNCTION guard_held_sale();
CREATE TRIGGER never_deleted BEFORE DELETE ON held_sale FOR EACH ROW EXECUTE FUNCTION refuse_change();

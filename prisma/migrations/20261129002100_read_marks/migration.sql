-- That somebody read something within a quarter of an hour: the key by which the audit trail records it once.
CREATE TABLE "read_mark" (
    "actor_id" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "quarter" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "read_mark_pkey" PRIMARY KEY ("actor_id", "entity", "entity_id", "quarter")
);
CREATE INDEX "read_mark_quarter_idx" ON "read_mark"("quarter");

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "branch_id" UUID,
    "correlation_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "position" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "entry_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "sex" TEXT NOT NULL DEFAULT 'any',
    "min_age" INTEGER,
    "max_age" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "search_text" TEXT NOT NULL GENERATED ALWAYS AS (search_key(code || ' ' || name_vi || ' ' || name_en)) STORED,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_component" (
    "package_id" UUID NOT NULL,
    "component_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "service_component_pkey" PRIMARY KEY ("package_id","component_id")
);

-- CreateTable
CREATE TABLE "commission_plan" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commission_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commission_rule" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "plan_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "category" TEXT NOT NULL,
    "service_id" UUID,
    "kind" TEXT NOT NULL,
    "value" DECIMAL(14,4) NOT NULL,
    "band_from" BIGINT NOT NULL DEFAULT 0,
    "cap_per_line" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commission_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "storage_key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_link" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "statement_id" UUID NOT NULL,
    "nonce" BYTEA NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "otp_challenge" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "link_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "code_hash" BYTEA,
    "browser_hash" BYTEA NOT NULL,
    "address_hash" BYTEA NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),
    "used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "otp_challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gate_session" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "link_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gate_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "link_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip_hash" BYTEA,
    "agent" TEXT,
    "machine" BOOLEAN NOT NULL DEFAULT false,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "link_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "tax_code" TEXT NOT NULL DEFAULT '',
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Ho_Chi_Minh',
    "default_language" TEXT NOT NULL DEFAULT 'vi',
    "withholding_threshold" BIGINT NOT NULL DEFAULT 2000000,
    "cashier_discount_limit" DECIMAL(5,2) NOT NULL DEFAULT 10,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branch" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "branch_id" UUID,
    "language" TEXT NOT NULL DEFAULT 'vi',
    "password_hash" TEXT NOT NULL,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(6),
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "dedupe_key" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "provider_ref" TEXT,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "local_message" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "channel" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "local_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(6),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "effect_receipt" (
    "effect_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "effect_receipt_pkey" PRIMARY KEY ("effect_key")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "instance_fact" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_fact_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "integration_message" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "system" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "message_key" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "integration_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "number" TEXT NOT NULL,
    "accession" TEXT,
    "branch_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "customer_id" UUID,
    "doctor_id" UUID,
    "tier" TEXT NOT NULL DEFAULT 'standard',
    "source" TEXT NOT NULL,
    "external_ref" TEXT,
    "client_key" UUID,
    "upload_id" UUID,
    "shift_id" UUID,
    "terms" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "ordered_at" TIMESTAMPTZ(6) NOT NULL,
    "settled_at" TIMESTAMPTZ(6),
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "list_total" BIGINT NOT NULL,
    "discount_total" BIGINT NOT NULL,
    "net_total" BIGINT NOT NULL,
    "note" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "service_id" UUID NOT NULL,
    "rate_card_item_id" UUID NOT NULL,
    "list_price" BIGINT NOT NULL,
    "discount_percent" DECIMAL(6,3) NOT NULL DEFAULT 0,
    "discount" BIGINT NOT NULL DEFAULT 0,
    "net" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "client_key" UUID,
    "reason" TEXT NOT NULL,
    "refunded_at" TIMESTAMPTZ(6) NOT NULL,
    "requested_by" UUID,
    "approved_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refund_line" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "refund_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "net" BIGINT NOT NULL,

    CONSTRAINT "refund_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "specimen_label" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "barcode" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "specimen_label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_counter" (
    "scope" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "number_counter_pkey" PRIMARY KEY ("scope","day")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "dob" DATE NOT NULL,
    "sex" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "email" TEXT,
    "address" TEXT,
    "search_text" TEXT NOT NULL GENERATED ALWAYS AS (search_key(full_name || ' ' || code || ' ' || phone || ' 0' || substr(phone, 4))) STORED,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "doctor" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "language" TEXT NOT NULL DEFAULT 'vi',
    "plan_id" UUID,
    "tax_rate" DECIMAL(6,3) NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "search_text" TEXT NOT NULL GENERATED ALWAYS AS (search_key(name || ' ' || code || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''))) STORED,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doctor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tier" TEXT NOT NULL DEFAULT 'standard',
    "tax_code" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "search_text" TEXT NOT NULL GENERATED ALWAYS AS (search_key(name || ' ' || code || ' ' || coalesce(phone, '') || ' ' || coalesce(tax_code, ''))) STORED,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_card" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "branch_id" UUID,
    "tier" TEXT,
    "customer_id" UUID,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_card_version" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "rate_card_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "published_at" TIMESTAMPTZ(6),
    "published_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_card_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_card_item" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "version_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "price" BIGINT NOT NULL,

    CONSTRAINT "rate_card_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revenue_posting" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "posting_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "day" DATE NOT NULL,
    "branch_id" UUID NOT NULL,
    "order_id" UUID,
    "effect_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revenue_posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_period" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "month" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(6) NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "sealed_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_period_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_run" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "period_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "doctors_total" INTEGER NOT NULL DEFAULT 0,
    "doctors_done" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "statement_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "period_id" UUID NOT NULL,
    "doctor_id" UUID NOT NULL,
    "run_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "orders" INTEGER NOT NULL DEFAULT 0,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "base" BIGINT NOT NULL DEFAULT 0,
    "commission" BIGINT NOT NULL DEFAULT 0,
    "adjustments" BIGINT NOT NULL DEFAULT 0,
    "carry_forward" BIGINT NOT NULL DEFAULT 0,
    "tax_rate" DECIMAL(6,3) NOT NULL DEFAULT 0,
    "tax" BIGINT NOT NULL DEFAULT 0,
    "payable" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "content_hash" TEXT,
    "reviewed_by" UUID,
    "reviewed_at" TIMESTAMPTZ(6),
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(6),
    "published_at" TIMESTAMPTZ(6),
    "paid_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_line" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "statement_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "order_line_id" UUID NOT NULL,
    "settled_at" TIMESTAMPTZ(6) NOT NULL,
    "base" BIGINT NOT NULL,
    "commission" BIGINT NOT NULL,
    "parts" JSONB NOT NULL,
    "carried" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "statement_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "adjustment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "doctor_id" UUID NOT NULL,
    "statement_id" UUID,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(6),

    CONSTRAINT "adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_snapshot" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "statement_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "till" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "branch_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "till_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shift" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "till_id" UUID NOT NULL,
    "cashier_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "float_amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "closed_at" TIMESTAMPTZ(6),
    "denominations" JSONB,
    "counted_cash" BIGINT,
    "expected_cash" BIGINT,
    "accepted_by" UUID,
    "accepted_at" TIMESTAMPTZ(6),

    CONSTRAINT "shift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "shift_id" UUID,
    "client_key" UUID,
    "method" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "tendered" BIGINT,
    "reference" TEXT,
    "refund_id" UUID,
    "paid_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_by" UUID,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drawer_entry" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "shift_id" UUID NOT NULL,
    "movement_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "payment_id" UUID,
    "reason" TEXT,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" UUID,

    CONSTRAINT "drawer_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "tier" TEXT NOT NULL DEFAULT 'standard',
    "state" TEXT NOT NULL DEFAULT 'received',
    "all_or_nothing" BOOLEAN NOT NULL DEFAULT false,
    "mapping" JSONB,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "failure" JSONB,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "valid" INTEGER NOT NULL DEFAULT 0,
    "invalid" INTEGER NOT NULL DEFAULT 0,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "net_total" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL DEFAULT 'VND',
    "patients_new" INTEGER NOT NULL DEFAULT 0,
    "written" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(6),
    "committed_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_row" (
    "upload_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "valid" BOOLEAN,
    "branch_id" UUID,
    "patient_id" UUID,
    "customer_id" UUID,
    "doctor_id" UUID,
    "external_ref" TEXT,
    "ordered_at" TIMESTAMPTZ(6),
    "name" TEXT,
    "name_key" TEXT,
    "dob" DATE,
    "sex" TEXT,
    "phone" TEXT,
    "payment" TEXT,
    "discount" DECIMAL(6,3),
    "service_codes" TEXT[],
    "note" TEXT,

    CONSTRAINT "upload_row_pkey" PRIMARY KEY ("upload_id","row")
);

-- CreateTable
CREATE TABLE "upload_error" (
    "upload_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "upload_error_pkey" PRIMARY KEY ("upload_id","row","column")
);

-- CreateTable
CREATE TABLE "upload_outcome" (
    "upload_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "order_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_outcome_pkey" PRIMARY KEY ("upload_id","row")
);

-- CreateIndex
CREATE INDEX "audit_entry_at_id_idx" ON "audit_entry"("at", "id");

-- CreateIndex
CREATE INDEX "audit_entry_entity_entity_id_idx" ON "audit_entry"("entity", "entity_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_entry_id_key" ON "audit_seal"("entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_code_key" ON "service"("code");

-- CreateIndex
CREATE INDEX "service_search_text_idx" ON "service" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "commission_plan_code_key" ON "commission_plan"("code");

-- CreateIndex
CREATE INDEX "commission_rule_plan_id_valid_from_idx" ON "commission_rule"("plan_id", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "document_storage_key_key" ON "document"("storage_key");

-- CreateIndex
CREATE UNIQUE INDEX "document_kind_owner_id_language_version_key" ON "document"("kind", "owner_id", "language", "version");

-- CreateIndex
CREATE UNIQUE INDEX "statement_link_token_hash_key" ON "statement_link"("token_hash");

-- CreateIndex
CREATE INDEX "statement_link_statement_id_idx" ON "statement_link"("statement_id");

-- CreateIndex
CREATE INDEX "otp_challenge_link_id_created_at_idx" ON "otp_challenge"("link_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "gate_session_token_hash_key" ON "gate_session"("token_hash");

-- CreateIndex
CREATE INDEX "gate_session_link_id_idx" ON "gate_session"("link_id");

-- CreateIndex
CREATE INDEX "link_event_link_id_at_idx" ON "link_event"("link_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "branch_code_key" ON "branch"("code");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "message_dedupe_key_key" ON "message"("dedupe_key");

-- CreateIndex
CREATE INDEX "message_created_at_id_idx" ON "message"("created_at", "id");

-- CreateIndex
CREATE INDEX "local_message_to_at_idx" ON "local_message"("to", "at");

-- CreateIndex
CREATE INDEX "local_message_at_id_idx" ON "local_message"("at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "integration_message_system_direction_message_key_key" ON "integration_message"("system", "direction", "message_key");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE UNIQUE INDEX "orders_accession_key" ON "orders"("accession");

-- CreateIndex
CREATE UNIQUE INDEX "orders_external_ref_key" ON "orders"("external_ref");

-- CreateIndex
CREATE UNIQUE INDEX "orders_client_key_key" ON "orders"("client_key");

-- CreateIndex
CREATE INDEX "orders_ordered_at_id_idx" ON "orders"("ordered_at", "id");

-- CreateIndex
CREATE INDEX "orders_branch_id_ordered_at_id_idx" ON "orders"("branch_id", "ordered_at", "id");

-- CreateIndex
CREATE INDEX "orders_patient_id_ordered_at_idx" ON "orders"("patient_id", "ordered_at");

-- CreateIndex
CREATE INDEX "orders_doctor_id_settled_at_idx" ON "orders"("doctor_id", "settled_at");

-- CreateIndex
CREATE INDEX "orders_customer_id_ordered_at_idx" ON "orders"("customer_id", "ordered_at");

-- CreateIndex
CREATE INDEX "orders_upload_id_idx" ON "orders"("upload_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_order_id_position_key" ON "order_line"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "refund_client_key_key" ON "refund"("client_key");

-- CreateIndex
CREATE INDEX "refund_order_id_idx" ON "refund"("order_id");

-- CreateIndex
CREATE INDEX "refund_refunded_at_idx" ON "refund"("refunded_at");

-- CreateIndex
CREATE UNIQUE INDEX "refund_line_order_line_id_key" ON "refund_line"("order_line_id");

-- CreateIndex
CREATE UNIQUE INDEX "specimen_label_barcode_key" ON "specimen_label"("barcode");

-- CreateIndex
CREATE UNIQUE INDEX "specimen_label_order_id_category_key" ON "specimen_label"("order_id", "category");

-- CreateIndex
CREATE UNIQUE INDEX "patient_code_key" ON "patient"("code");

-- CreateIndex
CREATE INDEX "patient_search_text_idx" ON "patient" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "patient_created_at_id_idx" ON "patient"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "patient_phone_dob_name_key_key" ON "patient"("phone", "dob", "name_key");

-- CreateIndex
CREATE UNIQUE INDEX "doctor_code_key" ON "doctor"("code");

-- CreateIndex
CREATE INDEX "doctor_search_text_idx" ON "doctor" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "customer_code_key" ON "customer"("code");

-- CreateIndex
CREATE INDEX "customer_search_text_idx" ON "customer" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "rate_card_code_key" ON "rate_card"("code");

-- CreateIndex
CREATE INDEX "rate_card_scope_idx" ON "rate_card"("scope");

-- CreateIndex
CREATE INDEX "rate_card_version_rate_card_id_idx" ON "rate_card_version"("rate_card_id");

-- CreateIndex
CREATE INDEX "rate_card_item_version_id_idx" ON "rate_card_item"("version_id");

-- CreateIndex
CREATE UNIQUE INDEX "rate_card_item_service_id_version_id_key" ON "rate_card_item"("service_id", "version_id");

-- CreateIndex
CREATE INDEX "revenue_posting_day_account_idx" ON "revenue_posting"("day", "account");

-- CreateIndex
CREATE INDEX "revenue_posting_posting_id_idx" ON "revenue_posting"("posting_id");

-- CreateIndex
CREATE UNIQUE INDEX "revenue_posting_effect_key_account_key" ON "revenue_posting"("effect_key", "account");

-- CreateIndex
CREATE UNIQUE INDEX "statement_period_month_key" ON "statement_period"("month");

-- CreateIndex
CREATE INDEX "statement_run_period_id_requested_at_idx" ON "statement_run"("period_id", "requested_at");

-- CreateIndex
CREATE INDEX "statement_doctor_id_period_id_idx" ON "statement"("doctor_id", "period_id");

-- CreateIndex
CREATE INDEX "statement_period_id_state_idx" ON "statement"("period_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "statement_period_id_doctor_id_version_key" ON "statement"("period_id", "doctor_id", "version");

-- CreateIndex
CREATE INDEX "statement_line_order_line_id_idx" ON "statement_line"("order_line_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_line_statement_id_position_key" ON "statement_line"("statement_id", "position");

-- CreateIndex
CREATE INDEX "adjustment_doctor_id_state_idx" ON "adjustment"("doctor_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "statement_snapshot_statement_id_key" ON "statement_snapshot"("statement_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_snapshot_content_hash_key" ON "statement_snapshot"("content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "till_branch_id_code_key" ON "till"("branch_id", "code");

-- CreateIndex
CREATE INDEX "shift_cashier_id_idx" ON "shift"("cashier_id");

-- CreateIndex
CREATE INDEX "shift_till_id_idx" ON "shift"("till_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_client_key_key" ON "payment"("client_key");

-- CreateIndex
CREATE INDEX "payment_order_id_idx" ON "payment"("order_id");

-- CreateIndex
CREATE INDEX "payment_shift_id_idx" ON "payment"("shift_id");

-- CreateIndex
CREATE INDEX "drawer_entry_shift_id_account_idx" ON "drawer_entry"("shift_id", "account");

-- CreateIndex
CREATE INDEX "drawer_entry_movement_id_idx" ON "drawer_entry"("movement_id");

-- CreateIndex
CREATE INDEX "upload_created_at_id_idx" ON "upload"("created_at", "id");

-- CreateIndex
CREATE INDEX "upload_kind_state_idx" ON "upload"("kind", "state");

-- AddForeignKey
ALTER TABLE "service_component" ADD CONSTRAINT "service_component_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_component" ADD CONSTRAINT "service_component_component_id_fkey" FOREIGN KEY ("component_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commission_rule" ADD CONSTRAINT "commission_rule_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "commission_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_link" ADD CONSTRAINT "statement_link_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "otp_challenge" ADD CONSTRAINT "otp_challenge_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "statement_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gate_session" ADD CONSTRAINT "gate_session_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "statement_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_event" ADD CONSTRAINT "link_event_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "statement_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_rate_card_item_id_fkey" FOREIGN KEY ("rate_card_item_id") REFERENCES "rate_card_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_line" ADD CONSTRAINT "refund_line_order_line_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "specimen_label" ADD CONSTRAINT "specimen_label_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doctor" ADD CONSTRAINT "doctor_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "commission_plan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_card_version" ADD CONSTRAINT "rate_card_version_rate_card_id_fkey" FOREIGN KEY ("rate_card_id") REFERENCES "rate_card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_card_item" ADD CONSTRAINT "rate_card_item_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "rate_card_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_card_item" ADD CONSTRAINT "rate_card_item_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_run" ADD CONSTRAINT "statement_run_period_id_fkey" FOREIGN KEY ("period_id") REFERENCES "statement_period"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_period_id_fkey" FOREIGN KEY ("period_id") REFERENCES "statement_period"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_line" ADD CONSTRAINT "statement_line_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustment" ADD CONSTRAINT "adjustment_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_snapshot" ADD CONSTRAINT "statement_snapshot_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "till" ADD CONSTRAINT "till_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift" ADD CONSTRAINT "shift_till_id_fkey" FOREIGN KEY ("till_id") REFERENCES "till"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drawer_entry" ADD CONSTRAINT "drawer_entry_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_row" ADD CONSTRAINT "upload_row_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_error" ADD CONSTRAINT "upload_error_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_outcome" ADD CONSTRAINT "upload_outcome_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "upload"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_shift_id_fkey" FOREIGN KEY ("shift_id") REFERENCES "shift"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_card" ADD CONSTRAINT "rate_card_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rate_card" ADD CONSTRAINT "rate_card_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustment" ADD CONSTRAINT "adjustment_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

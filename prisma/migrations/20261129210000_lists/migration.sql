-- Lists that people arrange for themselves: filters, order and columns under a name. A view holds the address of a list and no rows.
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "list" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "query" TEXT NOT NULL,
    "layout" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "saved_view_list_check" CHECK (list ~ '^[a-z][a-z-]{1,39}$'),
    CONSTRAINT "saved_view_name_check" CHECK (name <> '' AND char_length(name) <= 60),
    CONSTRAINT "saved_view_query_check" CHECK (char_length(query) <= 1000),
    CONSTRAINT "saved_view_layout_check" CHECK (jsonb_typeof(layout) = 'object' AND pg_column_size(layout) <= 20000)
);
CREATE UNIQUE INDEX "saved_view_owner_id_list_name_key" ON "saved_view"("owner_id", "list", "name");
CREATE INDEX "saved_view_list_idx" ON "saved_view"("list");
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What lists are sorted by beside the moment of their rows.
CREATE INDEX "patient_name_key_id_idx" ON "patient"("name_key", "id");
CREATE INDEX "shift_opened_at_id_idx" ON "shift"("opened_at", "id");
CREATE INDEX "doctor_search_key_name_id_idx" ON "doctor" (search_key(name), id);

-- The orders of a shift are counted in the list and added up at its end: neither may walk through all orders there are.
CREATE INDEX "orders_shift_id_idx" ON "orders"("shift_id") WHERE shift_id IS NOT NULL;

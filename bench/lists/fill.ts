import pg from 'pg';

const arrayOf = (names: string) => `(ARRAY['${names.split(' ').join("','")}'])`;
const FAMILIES = arrayOf('Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý');
const MIDDLES = arrayOf('Văn Thị Hữu Đức Minh Ngọc Thanh Kim Gia Quốc Thu Mỹ Xuân Hồng Công Anh Bảo Hoài Phương Tuấn');
const GIVEN = arrayOf(
  'An Bình Chi Dũng Đào Giang Hà Hải Hạnh Hiếu Hoa Hùng Huy Khang Khánh Lan Linh Long Mai Nam Nga Nhi Oanh Phúc Quân Quyên Sơn Tâm Thảo Thịnh Trang Trinh Tú Tùng Uyên Vân Việt Vinh Vy Yến',
);

/** A name as people here have it: families and middle names of very many, given names of few. */
const nameOf = (n: string) =>
  `${FAMILIES}[${n} * 31 % 16 + 1] || ' ' || ${MIDDLES}[${n} * 17 % 20 + 1] || ' ' || ${GIVEN}[${n} / 320 % 40 + 1] || ' ' || ${GIVEN}[${n} / 7 % 40 + 1]`;

/** A business with so many of everything that is listed, written past all rules: only what lists read. */
const fill = (rows: number) => `
  SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB';
  INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING;
  INSERT INTO branch (id, code, name_vi, name_en) SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'B' || n, 'Chi nhánh ' || n, 'Branch ' || n FROM generate_series(1, 10) n;
  INSERT INTO app_user (id, email, name, role, password_hash) SELECT ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, n || '@x.example', 'Người ' || n, 'cashier', '-' FROM generate_series(1, 100) n;
  INSERT INTO till (id, branch_id, code, name) SELECT ('00000000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad((n % 10 + 1)::text, 12, '0'))::uuid, 'T' || n, 'Quầy ' || n FROM generate_series(1, 100) n;
  DROP INDEX patient_search_words_idx; DROP INDEX doctor_search_words_idx; DROP INDEX upload_search_words_idx;
  INSERT INTO patient (id, code, full_name, name_key, dob, sex, phone, created_at)
    SELECT ('00000000-0000-7000-8003-' || lpad(n::text, 12, '0'))::uuid, 'P' || lpad(n::text, 8, '0'), name, search_key(name), '1980-01-01', 'male', '+849' || lpad((n * 7919 % 100000000)::text, 8, '0'), now() - make_interval(secs => ${rows} - n)
    FROM (SELECT n, ${nameOf('n')} AS name FROM generate_series(1, ${rows}::bigint) n);
  INSERT INTO doctor (id, code, name, phone) SELECT ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid, 'D' || lpad(n::text, 8, '0'), 'BS. ' || ${nameOf('n')}, '+848' || lpad(n::text, 8, '0') FROM generate_series(1, ${rows}::bigint) n;
  CREATE INDEX patient_search_words_idx ON patient USING gin (search_words);
  CREATE INDEX doctor_search_words_idx ON doctor USING gin (search_words);
  INSERT INTO orders (id, number, branch_id, patient_id, doctor_id, source, terms, ordered_at, settled_at, list_total, discount_total, net_total)
    SELECT ('00000000-0000-7000-8005-' || lpad(n::text, 12, '0'))::uuid, 'B1-' || lpad(n::text, 9, '0'), ('00000000-0000-7000-8000-' || lpad((n % 10 + 1)::text, 12, '0'))::uuid,
      ('00000000-0000-7000-8003-' || lpad((n * 7919 % ${rows} + 1)::text, 12, '0'))::uuid, ('00000000-0000-7000-8004-' || lpad((n * 104729 % ${rows} + 1)::text, 12, '0'))::uuid,
      'pos', 'immediate', now() - make_interval(secs => (${rows} - n) * 31), now() - make_interval(secs => (${rows} - n) * 31), n * 37 % 5000000, 0, n * 37 % 5000000
    FROM generate_series(1, ${rows}::bigint) n;
  INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, net)
    SELECT id, 1, '00000000-0000-7000-8006-000000000001', '00000000-0000-7000-8006-000000000002', net_total, net_total FROM orders;
  INSERT INTO rate_card (id, code, scope) SELECT ('00000000-0000-7000-8007-' || lpad(n::text, 12, '0'))::uuid, 'C' || lpad(n::text, 8, '0'), 'all' FROM generate_series(1, ${rows}) n;
  INSERT INTO rate_card_version (rate_card_id, valid_from, state, published_at) SELECT id, '2026-01-01', 'published', now() FROM rate_card;
  INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, rows, valid, net_total, created_at)
    SELECT 'orders', 'Đơn ' || to_hex(n) || '.xlsx', 'k' || n, repeat('a', 64), 1000, 'committed', n % 1000, n % 1000, n * 31, now() - make_interval(secs => ${rows} - n) FROM generate_series(1, ${rows}::bigint) n;
  CREATE INDEX upload_search_words_idx ON upload USING gin (search_words);
  INSERT INTO shift (till_id, cashier_id, state, opened_at, float_amount, closed_at, counted_cash, expected_cash)
    SELECT ('00000000-0000-7000-8002-' || lpad((n % 100 + 1)::text, 12, '0'))::uuid, ('00000000-0000-7000-8001-' || lpad((n % 100 + 1)::text, 12, '0'))::uuid, 'accepted', now() - make_interval(secs => (${rows} - n) * 60), 0, now(), 0, 0 FROM generate_series(1, ${rows}) n;
  INSERT INTO statement_period (id, month, starts_at, ends_at) VALUES ('00000000-0000-7000-8008-000000000001', '2026-10', '2026-09-30T17:00Z', '2026-10-31T17:00Z');
  INSERT INTO statement (period_id, doctor_id, state, orders, base, commission, payable)
    SELECT '00000000-0000-7000-8008-000000000001', ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid, 'draft', n % 500, n * 41 % 90000000, n * 41 % 9000000, n * 41 % 9000000 FROM generate_series(1, ${rows}::bigint) n;
  INSERT INTO background_run (run_id, function_id, event_ids, subject_ids, replay_of, state, state_at, attempts, started_at, last_seen_at, ended_at)
    SELECT 'R' || n, 'order', '{}', '{}', '{}', 'completed', now(), 1, now() - make_interval(secs => ${rows} - n), now(), now() FROM generate_series(1, ${rows}) n;
  INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id)
    SELECT now() - make_interval(secs => ${rows} - n), 'user', '00000000-0000-7000-8001-000000000001', 'order.created', 'order', '00000000-0000-7000-8005-' || lpad(n::text, 12, '0') FROM generate_series(1, ${rows}::bigint) n;
  RESET session_replication_role;`;

/** Fills the database at this address of a superuser, and lets the planner know. */
export async function fillLists(connectionString: string, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(fill(rows));
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

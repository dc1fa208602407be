import type { Role } from '@/server/domain/role';
import { createPaidOrderInput, type PaidOrderCart } from '@/server/modules/sales/orders/schema';
import { openShift } from '@/server/modules/sales/till/use-cases/open-shift';
import type { StaffActor } from '@/server/platform/actor';
import { ownerPool, rowsOf } from './database';

export { rowsOf };

export async function oneOf<Row extends object>(text: string, values: unknown[] = []): Promise<Row> {
  const row = (await rowsOf<Row>(text, values))[0];
  if (!row) throw new Error('no row');
  return row;
}

/** How many rows a table holds. */
export const countOf = async (table: string): Promise<number> =>
  (await oneOf<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).n;

/** The catalogue, three rate cards, two branches, a customer and patients: all that a sale needs. Prices are dated around today. */
const FIXTURE = `
  INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING;
  INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'Quận 1', 'District 1'), ('HN', 'Hà Nội', 'Hanoi');
  INSERT INTO till (branch_id, code, name) SELECT b.id, 'T' || n, 'Quầy ' || n FROM branch b CROSS JOIN generate_series(1, 12) n;
  INSERT INTO customer (code, name, tier) VALUES ('VIPCO', 'Công ty An Phát', 'vip1'), ('PLAIN', 'Công ty Bình Minh', 'standard');
  INSERT INTO doctor (code, name) VALUES ('D1', 'BS. Hồ Kim Bình');
  INSERT INTO patient (code, full_name, name_key, dob, sex, phone) SELECT patient_code(), n, search_key(n), d::date, s, p FROM (VALUES
    ('Nguyễn Thị Đào', '1990-05-12', 'female', '+84912345678'), ('Lê Văn Nam', '1980-01-31', 'male', '+84987654321')) v (n, d, s, p);
  INSERT INTO service (code, name_vi, name_en, kind, category, sex, min_age, max_age, active) VALUES
    ('CBC', 'Tổng phân tích tế bào máu', 'Complete blood count', 'test', 'hematology', 'any', null, null, true),
    ('GLU', 'Đường huyết', 'Glucose', 'test', 'biochemistry', 'any', null, null, true),
    ('PAP', 'Phết tế bào cổ tử cung', 'Pap smear', 'test', 'cytology', 'female', 21, 65, true),
    ('CXR', 'X-quang ngực', 'Chest X-ray', 'imaging', 'imaging', 'any', null, null, true),
    ('OLD', 'Đã ngừng', 'Retired', 'test', 'hematology', 'any', null, null, false),
    ('NOPRICE', 'Chưa có giá', 'No price', 'test', 'hematology', 'any', null, null, true),
    ('PACK', 'Gói cơ bản', 'Basic package', 'package', 'package', 'any', null, null, true);
  INSERT INTO service_component (package_id, component_id, position)
    SELECT p.id, c.id, row_number() OVER () FROM service p, service c WHERE p.code = 'PACK' AND c.code IN ('CBC', 'GLU', 'CXR');
  INSERT INTO rate_card (code, scope, branch_id, tier, customer_id) VALUES ('BASE', 'all', null, null, null),
    ('HN-CARD', 'branch', (SELECT id FROM branch WHERE code = 'HN'), null, null), ('VIP', 'tier', null, 'vip1', null);
  INSERT INTO rate_card_version (rate_card_id, valid_from, valid_to)
    SELECT id, business_day(now()) - 100, business_day(now()) - 10 FROM rate_card WHERE code = 'BASE'
    UNION ALL SELECT id, business_day(now()) - 10, null FROM rate_card;
  INSERT INTO rate_card_item (version_id, service_id, price)
    SELECT v.id, s.id, (CASE s.code WHEN 'CBC' THEN 120333 WHEN 'GLU' THEN 45000 WHEN 'PAP' THEN 375333 WHEN 'CXR' THEN 200001 WHEN 'OLD' THEN 5000 ELSE 299999 END)
      + (CASE WHEN v.valid_to IS NULL THEN 0 ELSE -1000 END)
    FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id CROSS JOIN service s WHERE c.code = 'BASE' AND s.code <> 'NOPRICE';
  INSERT INTO rate_card_item (version_id, service_id, price)
    SELECT v.id, s.id, CASE c.code WHEN 'HN-CARD' THEN 111111 ELSE 99999 END
    FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id JOIN service s ON s.code = 'CBC' WHERE c.code <> 'BASE';
  UPDATE rate_card_version SET state = 'published', published_at = now();
`;

export async function makeFixture(): Promise<void> {
  await ownerPool().query(FIXTURE);
}

/** A person of the staff, with a row in the database. */
export async function makeStaff(role: Role, branch: string | null = 'Q1'): Promise<StaffActor> {
  const { id, branchId } = await oneOf<{ id: string; branchId: string | null }>(
    `INSERT INTO app_user (email, name, role, branch_id, password_hash)
     VALUES (gen_random_uuid() || '@example.com', 'Người dùng', $1, (SELECT id FROM branch WHERE code = $2), '-')
     RETURNING id, branch_id AS "branchId"`,
    [role, branch],
  );
  return { kind: 'user', id, role, branchId, correlationId: crypto.randomUUID() };
}

export const tillId = async (branch: string, code: string): Promise<string> =>
  (
    await oneOf<{ id: string }>(
      `SELECT t.id FROM till t JOIN branch b ON b.id = t.branch_id WHERE b.code = $1 AND t.code = $2`,
      [branch, code],
    )
  ).id;

/** A cashier of a branch with an open shift at a till. */
export async function makeCashier(till: string, branch = 'Q1', role: Role = 'cashier') {
  const actor = await makeStaff(role, branch);
  const { shiftId } = await openShift({ actor, tillId: await tillId(branch, till), floatAmount: 500_000n });
  return { actor, shiftId };
}

export const patientNamed = async (name: string): Promise<string> =>
  (await oneOf<{ id: string }>(`SELECT id FROM patient WHERE name_key LIKE '%' || search_key($1) || '%'`, [name])).id;

type CartParts = Partial<Parameters<typeof createPaidOrderInput.parse>[0] & object>;

/** A cart as the screen would send it; one CBC at 120,333 paid in cash unless the parts say otherwise. */
export async function cartOf(parts: Partial<PaidOrderCart> & CartParts = {}): Promise<PaidOrderCart> {
  return createPaidOrderInput.parse({
    clientKey: crypto.randomUUID(),
    patientId: parts.patientId ?? (await patientNamed('dao')),
    terms: 'immediate',
    services: [{ code: 'CBC' }],
    payments: [{ method: 'cash', amount: 120_333n, tendered: 150_000n }],
    ...parts,
  });
}

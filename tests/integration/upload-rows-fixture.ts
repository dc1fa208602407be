import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import type { StaffActor } from '@/server/platform/actor';
import { makeFixture, makeStaff, rowsOf } from './till-fixture';

const COLUMNS = [
  ...['external_ref', 'branch', 'ordered_at', 'patient_name', 'patient_dob', 'patient_sex', 'patient_phone'],
  ...['customer_code', 'doctor_code', 'service_codes', 'discount_percent', 'payment', 'note'],
] as const;
export type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

export let actor: StaffActor;
/** Days before today, as the organisation counts them. */
let days: Map<number, string>;
export const dayBefore = (n: number) => days.get(n) ?? '';

export async function makeRowsFixture(): Promise<void> {
  await makeFixture();
  actor = await makeStaff('upload-operator', null);
  // A customer of the highest tier, a second service without a price, prices of the standard tier, and two cards of one branch and one customer.
  await rowsOf(`
    INSERT INTO rate_card (code, scope, branch_id, tier, customer_id) VALUES ('STD', 'tier', NULL, 'standard', NULL),
      ('HN-2', 'branch', (SELECT id FROM branch WHERE code = 'HN'), NULL, NULL), ('PLAIN-1', 'customer', NULL, NULL, (SELECT id FROM customer WHERE code = 'PLAIN')),
      ('PLAIN-2', 'customer', NULL, NULL, (SELECT id FROM customer WHERE code = 'PLAIN'));
    INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) - 5 FROM rate_card WHERE code IN ('STD', 'HN-2', 'PLAIN-1', 'PLAIN-2');
    INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, CASE c.code WHEN 'STD' THEN 190000 ELSE 222222 END
      FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id JOIN service s ON s.code = CASE c.code WHEN 'STD' THEN 'CXR' ELSE 'PACK' END WHERE v.state = 'draft';
    UPDATE rate_card_version SET state = 'published', published_at = now() WHERE state = 'draft';
    INSERT INTO customer (code, name, tier) VALUES ('TOP', 'Công ty Cao', 'svip2');
    INSERT INTO service (code, name_vi, name_en, kind, category) VALUES ('ANOPRICE', 'Chưa có giá', 'No price', 'test', 'hematology')`);
  const found = await rowsOf<{ n: number; day: string }>(
    `SELECT n, (business_day(now()) - n)::text AS day FROM generate_series(0, 20) n`,
  );
  days = new Map(found.map(({ n, day }) => [n, day]));
}

const right = (ref: string): Cells => ({
  ...{
    external_ref: ref,
    branch: 'Q1',
    ordered_at: dayBefore(1),
    patient_name: 'Người Mới',
    patient_dob: '1985-06-07',
  },
  ...{ patient_sex: 'female', patient_phone: '0912000001', service_codes: 'CBC', payment: 'cash' },
});

async function checked(...rows: Cells[]): Promise<string> {
  const line = (cells: string[]) => cells.map((cell) => `"${cell}"`).join(',');
  const text = [line([...COLUMNS]), ...rows.map((row) => line(COLUMNS.map((column) => row[column] ?? '')))].join('\n');
  const content = (async function* () {
    yield Buffer.from(text);
  })();
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content });
  await checkUpload({ actor, id });
  return id;
}
export const rowsFor = (prefix: string, ...changes: Cells[]) =>
  checked(...changes.map((change, at) => ({ ...right(`${prefix}${at + 1}`), ...change })));
export const write = (id: string, from = 1, to = 100) => writeUploadChunk({ actor, id, range: { from, to } });
export const errorsOf = (id: string) =>
  rowsOf(`SELECT "row", "column", code, params FROM upload_error WHERE upload_id = $1 ORDER BY "row", "column"`, [id]);
export const figures = async (id: string) => {
  const { rows, valid, invalid, lines, netTotal, patientsNew, tier, state, written } = await showUpload({ id });
  return { rows, valid, invalid, lines, netTotal, patientsNew, tier, state, written };
};
export const ordersOf = (id: string) =>
  rowsOf(
    `SELECT o.external_ref AS ref, b.code AS branch, p.full_name AS patient, c.code AS customer, d.code AS doctor, o.tier, o.source, o.terms,
       to_char(o.ordered_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') AS at, o.settled_at = o.ordered_at AS settled,
       o.currency, o.list_total::int AS list, o.discount_total::int AS discount, o.net_total::int AS net, o.note, o.created_by AS by,
       split_part(o.number, '-', 1) || split_part(o.number, '-', 3) AS number,
       (SELECT jsonb_agg(jsonb_build_array(l.position, s.code, l.list_price, trim_scale(l.discount_percent), l.discount, l.net) ORDER BY l.position)
         FROM order_line l JOIN service s ON s.id = l.service_id WHERE l.order_id = o.id) AS lines,
       (SELECT jsonb_agg(jsonb_build_array(y.method, y.amount, y.paid_at = o.ordered_at, y.taken_by = o.created_by, y.currency)) FROM payment y WHERE y.order_id = o.id) AS payments
     FROM orders o JOIN branch b ON b.id = o.branch_id JOIN patient p ON p.id = o.patient_id LEFT JOIN customer c ON c.id = o.customer_id
     LEFT JOIN doctor d ON d.id = o.doctor_id WHERE o.upload_id = $1 ORDER BY o.external_ref`,
    [id],
  );

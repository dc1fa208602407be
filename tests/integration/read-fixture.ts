import type { Role } from '@/server/domain/role';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards } from './database';

/** The id of the n-th thing of a kind: the same in every run, so that answers can be compared word for word. */
export const idOf = (kind: keyof typeof KINDS, n: number): string =>
  `00000000-0000-7000-8000-${KINDS[kind]}${String(n).padStart(10, '0')}`;
const KINDS = {
  branch: '01',
  patient: '02',
  customer: '03',
  doctor: '04',
  service: '05',
  card: '06',
  version: '07',
  item: '08',
  user: '09',
  till: '10',
  shift: '11',
  order: '12',
  line: '13',
  payment: '14',
  refund: '15',
  document: '16',
  upload: '17',
  period: '18',
  statement: '19',
  link: '20',
  plan: '21',
  rule: '22',
  run: '23',
  event: '24',
  audit: '25',
} as const;

const q = (kind: keyof typeof KINDS, n: number) => `'${idOf(kind, n)}'`;

/** A person of the staff as the world knows them: cashiers 1 and 2 and a manager 3 in the first branch, a cashier 4 in the second. */
export const staff = (n: number, role: Role, branch: number | null): StaffActor => ({
  kind: 'user',
  id: idOf('user', n),
  role,
  branchId: branch === null ? null : idOf('branch', branch),
  correlationId: 'read',
});

const PEOPLE = `
  INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING;
  INSERT INTO branch (id, code, name_vi, name_en) VALUES (${q('branch', 1)}, 'Q1', 'Quận 1', 'District 1'), (${q('branch', 2)}, 'HN', 'Hà Nội', 'Hanoi');
  INSERT INTO app_user (id, email, name, role, branch_id, password_hash) VALUES
    (${q('user', 1)}, 'a@x.example', 'Thu Ngân A', 'cashier', ${q('branch', 1)}, '-'), (${q('user', 2)}, 'b@x.example', 'Thu Ngân B', 'cashier', ${q('branch', 1)}, '-'),
    (${q('user', 3)}, 'm@x.example', 'Quản Lý', 'branch-manager', ${q('branch', 1)}, '-'), (${q('user', 4)}, 'h@x.example', 'Thu Ngân H', 'cashier', ${q('branch', 2)}, '-'),
    (${q('user', 5)}, 'f@x.example', 'Kế Toán', 'finance', NULL, '-');
  INSERT INTO customer (id, code, name, tier, tax_code, active) VALUES (${q('customer', 1)}, 'VIPCO', 'Công ty An Phát', 'vip1', '0301234567', true),
    (${q('customer', 2)}, 'PLAIN', 'Công ty Bình Minh', 'standard', NULL, true), (${q('customer', 3)}, 'GONE', 'Công ty An Cũ', 'standard', NULL, false);
  INSERT INTO commission_plan (id, code) VALUES (${q('plan', 1)}, 'FLAT');
  INSERT INTO doctor (id, code, name, phone, email, language, plan_id, tax_rate, active) VALUES
    (${q('doctor', 1)}, 'D1', 'BS. Hồ Kim Bình', '+84900000001', NULL, 'vi', ${q('plan', 1)}, 10, true),
    (${q('doctor', 2)}, 'D2', 'BS. Lê An', NULL, 'an@x.example', 'en', NULL, 0, true),
    (${q('doctor', 3)}, 'D3', 'BS. Không Kênh', NULL, NULL, 'vi', ${q('plan', 1)}, 5.5, true),
    (${q('doctor', 4)}, 'D4', 'BS. Nghỉ Hưu', '+84900000004', NULL, 'vi', NULL, 0, false);
  INSERT INTO patient (id, code, full_name, name_key, dob, sex, phone, email, created_at) VALUES
    (${q('patient', 1)}, 'P1', 'Nguyễn Thị Đào', search_key('Nguyễn Thị Đào'), '1990-05-12', 'female', '+84912345678', 'dao@x.example', '2026-09-01T01:00Z'),
    (${q('patient', 2)}, 'P2', 'Lê Văn Nam', search_key('Lê Văn Nam'), '1980-01-31', 'male', '+84987654321', NULL, '2026-09-02T01:00Z'),
    (${q('patient', 3)}, 'P3', 'Nguyễn Thị Đào Anh', search_key('Nguyễn Thị Đào Anh'), '1990-05-12', 'female', '+84912345679', NULL, '2026-09-03T01:00Z'),
    (${q('patient', 4)}, 'P4', 'Trần 100% Thật', search_key('Trần 100% Thật'), '2000-02-29', 'male', '+84912345670', NULL, '2026-09-03T01:00Z');
`;

const PRICES = `
  INSERT INTO service (id, code, name_vi, name_en, kind, category, sex, min_age, max_age, active) VALUES
    (${q('service', 1)}, 'CBC', 'Công thức máu', 'Blood count', 'test', 'hematology', 'any', NULL, NULL, true),
    (${q('service', 2)}, 'GLU', 'Đường huyết', 'Glucose', 'test', 'biochemistry', 'any', NULL, NULL, true),
    (${q('service', 3)}, 'PAP', 'Phết tế bào', 'Pap smear', 'test', 'cytology', 'female', 21, 65, true),
    (${q('service', 4)}, 'CXR', 'X-quang', 'Chest X-ray', 'imaging', 'imaging', 'any', NULL, NULL, true),
    (${q('service', 5)}, 'OLD', 'Đã ngừng', 'Retired', 'test', 'hematology', 'any', NULL, NULL, false),
    (${q('service', 6)}, 'PACK', 'Gói', 'Package', 'package', 'package', 'any', NULL, NULL, true),
    (${q('service', 7)}, 'NONE', 'Chưa có giá', 'No price', 'test', 'hematology', 'any', NULL, NULL, true);
  INSERT INTO service_component (package_id, component_id, position) VALUES (${q('service', 6)}, ${q('service', 4)}, 1),
    (${q('service', 6)}, ${q('service', 1)}, 2);
  INSERT INTO rate_card (id, code, scope, branch_id, tier, customer_id) VALUES (${q('card', 1)}, 'BASE', 'all', NULL, NULL, NULL),
    (${q('card', 2)}, 'HN-CARD', 'branch', ${q('branch', 2)}, NULL, NULL), (${q('card', 3)}, 'Q1-CARD', 'branch', ${q('branch', 1)}, NULL, NULL),
    (${q('card', 4)}, 'VIP', 'tier', NULL, 'vip1', NULL), (${q('card', 5)}, 'PLAIN-CARD', 'customer', NULL, NULL, ${q('customer', 2)});
  INSERT INTO rate_card_version (id, rate_card_id, valid_from, valid_to, state, published_at, published_by) VALUES
    (${q('version', 1)}, ${q('card', 1)}, '2020-01-01', '2022-01-01', 'published', '2019-12-01T00:00Z', ${q('user', 5)}),
    (${q('version', 2)}, ${q('card', 1)}, '2022-01-01', '2098-01-01', 'published', '2021-12-01T00:00Z', ${q('user', 5)}),
    (${q('version', 3)}, ${q('card', 1)}, '2098-01-01', NULL, 'published', '2021-12-02T00:00Z', NULL),
    (${q('version', 4)}, ${q('card', 2)}, '2022-01-01', NULL, 'published', '2021-12-02T00:00Z', NULL),
    (${q('version', 5)}, ${q('card', 3)}, '2020-01-01', '2021-01-01', 'published', '2019-12-02T00:00Z', NULL),
    (${q('version', 6)}, ${q('card', 4)}, '2097-01-01', NULL, 'published', '2021-12-02T00:00Z', NULL),
    (${q('version', 7)}, ${q('card', 5)}, '2022-01-01', NULL, 'draft', NULL, NULL);
  INSERT INTO rate_card_item (id, version_id, service_id, price) VALUES
    (${q('item', 1)}, ${q('version', 1)}, ${q('service', 1)}, 100000), (${q('item', 2)}, ${q('version', 1)}, ${q('service', 2)}, 50000),
    (${q('item', 3)}, ${q('version', 1)}, ${q('service', 5)}, 9000), (${q('item', 4)}, ${q('version', 2)}, ${q('service', 1)}, 120333),
    (${q('item', 5)}, ${q('version', 2)}, ${q('service', 2)}, 45000), (${q('item', 6)}, ${q('version', 2)}, ${q('service', 3)}, 375333),
    (${q('item', 7)}, ${q('version', 2)}, ${q('service', 4)}, 200001), (${q('item', 8)}, ${q('version', 2)}, ${q('service', 6)}, 299999),
    (${q('item', 9)}, ${q('version', 4)}, ${q('service', 1)}, 111111), (${q('item', 10)}, ${q('version', 3)}, ${q('service', 1)}, 120333),
    (${q('item', 11)}, ${q('version', 6)}, ${q('service', 1)}, 1);
  INSERT INTO commission_rule (id, plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line) VALUES
    (${q('rule', 1)}, ${q('plan', 1)}, '2020-01-01', NULL, '*', NULL, 'percent', 10, 0, NULL),
    (${q('rule', 2)}, ${q('plan', 1)}, '2020-01-01', NULL, '*', NULL, 'percent', 12.5, 5000000, NULL),
    (${q('rule', 3)}, ${q('plan', 1)}, '2020-01-01', '2021-01-01', 'imaging', NULL, 'percent', 5, 0, 150000),
    (${q('rule', 4)}, ${q('plan', 1)}, '2021-01-01', NULL, 'imaging', NULL, 'percent', 7, 0, 150000),
    (${q('rule', 5)}, ${q('plan', 1)}, '2020-01-01', NULL, 'cytology', ${q('service', 3)}, 'fixed', 20000, 0, NULL),
    (${q('rule', 6)}, ${q('plan', 1)}, '2099-01-01', NULL, '*', NULL, 'percent', 1, 0, NULL);
`;

type Sold = {
  n: number;
  branch: 1 | 2;
  shift?: number;
  patient: number;
  at: string;
  settled?: string | null;
  parts?: string;
};

/** Orders of one line each: number, who, when, and what differs. */
function order({ n, branch, shift, patient, at, settled = at, parts = '' }: Sold): string {
  const of: Record<string, string> = Object.fromEntries(
    parts
      .split(';')
      .filter(Boolean)
      .map((part) => part.split('=') as [string, string]),
  );
  const value = (name: string, otherwise = 'NULL') => of[name] ?? otherwise;
  const list = n * 100_000;
  const discount = Number(value('discount', '0')) * n * 1_000;
  const moment = settled === null ? 'NULL' : `'${settled}'`;
  return `INSERT INTO orders (id, number, branch_id, patient_id, customer_id, doctor_id, tier, source, external_ref, upload_id, shift_id, terms, state,
      ordered_at, settled_at, list_total, discount_total, net_total, note, created_by, created_at, accession)
    VALUES (${q('order', n)}, '${branch === 1 ? 'Q1' : 'HN'}-2610${String(n).padStart(2, '0')}-0001', ${q('branch', branch)}, ${q('patient', patient)}, ${value('customer')},
      ${value('doctor')}, ${value('tier', "'standard'")}, ${value('source', "'pos'")}, ${value('ref')}, ${value('upload')}, ${shift ? q('shift', shift) : 'NULL'},
      ${value('terms', "'immediate'")}, ${value('state', "'open'")}, '${at}', ${moment}, ${list}, ${discount}, ${list - discount}, ${value('note')},
      ${value('by')}, '${at}', ${value('accession')});
    INSERT INTO order_line (id, order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
    VALUES (${q('line', n)}, ${q('order', n)}, 1, ${q('service', Number(value('service', '1')))}, ${q('item', 4)}, ${list}, ${value('discount', '0')}, ${discount}, ${list - discount});`;
}

const SHIFTS = `
  INSERT INTO till (id, branch_id, code, name, active) VALUES (${q('till', 1)}, ${q('branch', 1)}, 'T1', 'Quầy 1', true),
    (${q('till', 2)}, ${q('branch', 1)}, 'T2', 'Quầy 2', true), (${q('till', 3)}, ${q('branch', 1)}, 'T0', 'Quầy cũ', false),
    (${q('till', 4)}, ${q('branch', 2)}, 'T1', 'Quầy Hà Nội', true);
  INSERT INTO shift (id, till_id, cashier_id, state, opened_at, float_amount, closed_at, denominations, counted_cash, expected_cash, accepted_by, accepted_at) VALUES
    (${q('shift', 1)}, ${q('till', 1)}, ${q('user', 1)}, 'accepted', '2026-10-01T01:00Z', 500000, '2026-10-01T10:00Z', '{}', 690000, 700000, ${q('user', 3)}, '2026-10-01T11:00Z'),
    (${q('shift', 2)}, ${q('till', 1)}, ${q('user', 1)}, 'closed', '2026-10-02T01:00Z', 0, '2026-10-02T10:00Z', '{}', 0, 0, NULL, NULL),
    (${q('shift', 3)}, ${q('till', 2)}, ${q('user', 1)}, 'open', '2026-10-03T01:00Z', 300000, NULL, NULL, NULL, NULL, NULL, NULL),
    (${q('shift', 4)}, ${q('till', 1)}, ${q('user', 3)}, 'open', '2026-10-03T02:00Z', 100000, NULL, NULL, NULL, NULL, NULL, NULL),
    (${q('shift', 5)}, ${q('till', 4)}, ${q('user', 4)}, 'open', '2026-10-03T03:00Z', 200000, NULL, NULL, NULL, NULL, NULL, NULL);
  INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, currency, payment_id, by) VALUES
    (${q('shift', 1)}, uuidv7(), 'sale', 'drawer', 100200, 'VND', ${q('payment', 1)}, ${q('user', 1)}), (${q('shift', 1)}, uuidv7(), 'sale', 'rounding', -200, 'VND', ${q('payment', 1)}, ${q('user', 1)}),
    (${q('shift', 1)}, uuidv7(), 'sale', 'card', 95000, 'VND', ${q('payment', 2)}, ${q('user', 1)}), (${q('shift', 4)}, uuidv7(), 'float', 'drawer', 100000, 'VND', NULL, ${q('user', 3)});
  INSERT INTO payment (id, order_id, shift_id, method, amount, rounding, tendered, reference, paid_at, refund_id) VALUES
    (${q('payment', 1)}, ${q('order', 1)}, ${q('shift', 1)}, 'cash', 100000, 200, 150000, NULL, '2026-10-01T02:00Z', NULL),
    (${q('payment', 2)}, ${q('order', 2)}, ${q('shift', 1)}, 'card', 95000, 0, NULL, 'CARD-1', '2026-10-01T03:00Z', NULL),
    (${q('payment', 3)}, ${q('order', 2)}, ${q('shift', 1)}, 'transfer', 95000, 0, NULL, 'FT-1', '2026-10-01T03:00:01Z', NULL),
    (${q('payment', 4)}, ${q('order', 5)}, ${q('shift', 5)}, 'cash', 500000, 0, NULL, NULL, '2026-10-03T04:00Z', NULL),
    (${q('payment', 5)}, ${q('order', 5)}, ${q('shift', 5)}, 'cash', -500000, 0, NULL, NULL, '2026-10-04T04:00Z', ${q('refund', 1)});
  INSERT INTO refund (id, order_id, reason, refunded_at, paid_back, shift_id, branch_id) VALUES
    (${q('refund', 1)}, ${q('order', 5)}, 'not done', '2026-10-04T04:00Z', 500000, ${q('shift', 5)}, ${q('branch', 2)});
  INSERT INTO refund_line (refund_id, order_line_id, net) VALUES (${q('refund', 1)}, ${q('line', 5)}, -500000);
`;

const ORDERS = [
  order({
    n: 1,
    branch: 1,
    shift: 1,
    patient: 1,
    at: '2026-10-01T02:00Z',
    parts: `by=${q('user', 1)};doctor=${q('doctor', 1)};note='ghi chú';accession='261001000001'`,
  }),
  order({ n: 2, branch: 1, shift: 1, patient: 2, at: '2026-10-01T03:00Z', parts: `by=${q('user', 1)};discount=5` }),
  order({ n: 3, branch: 1, shift: 1, patient: 1, at: '2026-10-01T03:00Z', settled: null, parts: `by=${q('user', 2)}` }),
  order({
    n: 4,
    branch: 1,
    shift: 1,
    patient: 3,
    at: '2026-10-01T16:59Z',
    parts: `terms='account';customer=${q('customer', 1)};tier='vip1';accession='261001000002';service=6`,
  }),
  order({ n: 5, branch: 2, shift: 5, patient: 1, at: '2026-10-03T04:00Z', parts: `by=${q('user', 4)};state='voided'` }),
  order({
    n: 6,
    branch: 1,
    patient: 2,
    at: '2026-10-01T17:00Z',
    parts: `source='upload';ref='REF-6';upload=${q('upload', 1)};customer=${q('customer', 2)}`,
  }),
  order({ n: 7, branch: 1, shift: 3, patient: 2, at: '2026-10-03T05:00Z' }),
  order({
    n: 8,
    branch: 1,
    shift: 3,
    patient: 2,
    at: '2026-10-03T00:30Z',
    parts: `accession='261003000003';service=4`,
  }),
].join('\n');

const PAPERS = `
  INSERT INTO specimen_label (order_id, category, barcode, position) VALUES (${q('order', 1)}, 'hematology', '261001000001-2', 2),
    (${q('order', 1)}, 'biochemistry', '261001000001-1', 1);
  INSERT INTO document (id, kind, owner_id, language, version, storage_key, sha256, bytes, created_at) VALUES
    (${q('document', 1)}, 'receipt', ${q('order', 1)}, 'vi', 1, 'k1', 's1', 11, '2026-10-01T02:10Z'), (${q('document', 2)}, 'receipt', ${q('order', 1)}, 'vi', 2, 'k2', 's2', 12, '2026-10-01T02:20Z'),
    (${q('document', 3)}, 'receipt', ${q('order', 1)}, 'en', 1, 'k3', 's3', 13, '2026-10-01T02:15Z'), (${q('document', 4)}, 'statement', ${q('statement', 1)}, 'en', 1, 'k4', 's4', 14, '2026-09-10T00:00Z'),
    (${q('document', 5)}, 'statement', ${q('statement', 1)}, 'vi', 1, 'k5', 's5', 15, '2026-09-10T00:00Z'), (${q('document', 6)}, 'statement', ${q('statement', 2)}, 'en', 1, 'k6', 's6', 16, '2026-09-10T00:00Z');
  INSERT INTO audit_entry (id, at, actor_kind, actor_id, action, entity, entity_id, correlation_id) VALUES
    (${q('audit', 1)}, '2026-10-01T02:00Z', 'user', ${q('user', 1)}, 'order.created', 'order', ${q('order', 1)}, 'x'),
    (${q('audit', 2)}, '2026-10-01T02:05Z', 'system', 'order', 'order.sent-to-lis', 'order', ${q('order', 1)}, 'x'),
    (${q('audit', 3)}, '2026-10-01T02:06Z', 'user', ${q('user', 2)}, 'order.read', 'order', ${q('order', 1)}, 'x'),
    (${q('audit', 4)}, '2026-10-01T02:07Z', 'user', ${q('user', 2)}, 'statement.read', 'statement', ${q('order', 1)}, 'x');
  INSERT INTO effect_receipt (effect_key, kind, at) VALUES ('lis-order:' || ${q('order', 8)}, 'lis-order', '2026-10-03T02:00Z');
  INSERT INTO local_message (id, at, channel, "to", subject, text) VALUES ('01900000-0000-7000-8000-000000000001', '2026-10-01T01:00Z', 'sms', '+84912345678', NULL, 'một'),
    ('01900000-0000-7000-8000-000000000002', '2026-10-01T02:00Z', 'email', 'dao_x@x.example', 'Hai', 'hai'),
    ('01900000-0000-7000-8000-000000000003', '2026-10-01T03:00Z', 'sms', '+84987654321', NULL, 'ba');
`;

const UPLOADS = `
  INSERT INTO upload (id, kind, file_name, storage_key, sha256, bytes, header, mapping, currency, tier, state, all_or_nothing, rows, valid, invalid, lines,
      net_total, patients_new, written, created_by, created_at, checked_at, committed_at, finished_at, failure) VALUES
    (${q('upload', 1)}, 'orders', 'bảng tháng 10.csv', 'u1', repeat('0', 64), 100, '{"titles":[]}', '{"external_ref":0,"branch":1,"service_codes":2}', 'VND', 'standard', 'committed', false, 4, 2, 2, 2,
      600000, 1, 1, ${q('user', 5)}, '2026-10-01T16:00Z', '2026-10-01T16:01Z', '2026-10-01T17:00:00Z', '2026-10-01T17:00:10Z', NULL),
    (${q('upload', 2)}, 'orders', 'b.csv', 'u2', repeat('0', 64), 200, '{"titles":[]}', '{}', 'VND', 'vip1', 'checked', true, 1, 1, 0, 1, 5, 0, 0, NULL, '2026-10-01T16:00Z', NULL, NULL, NULL, NULL),
    (${q('upload', 3)}, 'rate-cards', 'gia.csv', 'u3', repeat('0', 64), 300, '{"titles":[]}', '{}', 'VND', 'standard', 'committed', false, 1, 1, 0, 1, 5, 0, 1, NULL, '2026-10-02T16:00Z', NULL, NULL, NULL, NULL);
  INSERT INTO upload_row (upload_id, "row", cells, branch_id, valid, warning) VALUES
    (${q('upload', 1)}, 2, '["REF-6","Q1","CBC"]', ${q('branch', 1)}, true, NULL), (${q('upload', 1)}, 3, '["REF-7","Q1","NO"]', ${q('branch', 1)}, false, NULL),
    (${q('upload', 1)}, 4, '["REF-8","HN","NO"]', ${q('branch', 2)}, false, 'same_again'), (${q('upload', 1)}, 5, '["REF-9","HN","CBC"]', ${q('branch', 2)}, true, 'same_again'),
    (${q('upload', 2)}, 2, '["X","HN","CBC"]', ${q('branch', 2)}, true, NULL);
  INSERT INTO upload_error (upload_id, "row", "column", code, params) VALUES (${q('upload', 1)}, 3, 'service_codes', 'unknown_service', '{"service":"NO"}'),
    (${q('upload', 1)}, 4, 'service_codes', 'unknown_service', '{"service":"NO"}'), (${q('upload', 1)}, 4, 'external_ref', 'duplicate_ref', '{}'), (${q('upload', 1)}, 4, 'note', 'too_long', '{}');
  INSERT INTO upload_outcome (upload_id, "row", order_id) VALUES (${q('upload', 1)}, 2, ${q('order', 6)});
`;

const month = (n: number, name: string, from: string, to: string, state: string, sealed: string) =>
  `(${q('period', n)}, '${name}', '${from}', '${to}', '${state}', ${sealed})`;
const STATEMENTS = `
  INSERT INTO statement_period (id, month, starts_at, ends_at, state, sealed_at) VALUES
    ${month(1, '2026-07', '2026-06-30T17:00Z', '2026-07-31T17:00Z', 'sealed', "'2026-08-02T00:00Z'")}, ${month(2, '2026-08', '2026-07-31T17:00Z', '2026-08-31T17:00Z', 'open', 'NULL')},
    ${month(3, '2026-06', '2026-05-31T17:00Z', '2026-06-30T17:00Z', 'open', 'NULL')};
  INSERT INTO statement_run (id, period_id, state, doctors_total, doctors_done, failure, requested_at, finished_at) VALUES
    (${q('run', 1)}, ${q('period', 1)}, 'done', 4, 4, NULL, '2026-08-01T00:00Z', '2026-08-01T00:01Z'), (${q('run', 2)}, ${q('period', 2)}, 'failed', 4, 2, '{"code":"no_answer"}', '2026-09-01T00:00Z', NULL),
    (${q('run', 3)}, ${q('period', 2)}, 'running', 4, 1, NULL, '2026-09-01T01:00Z', NULL);
  INSERT INTO statement (id, period_id, doctor_id, run_id, version, state, orders, lines, base, commission, adjustments, carry_forward, tax_rate, tax, payable, content_hash,
      reviewed_by, reviewed_at, published_at, created_at) VALUES
    (${q('statement', 1)}, ${q('period', 1)}, ${q('doctor', 1)}, ${q('run', 1)}, 2, 'published', 2, 3, 1000000, 100000, 5000, 2000, 10, 10700, 96300, repeat('a', 64), ${q('user', 5)}, '2026-08-01T05:00Z', '2026-08-03T00:00Z', '2026-08-01T00:01Z'),
    (${q('statement', 2)}, ${q('period', 1)}, ${q('doctor', 2)}, ${q('run', 1)}, 1, 'paid', 1, 1, 300000, 30000, 0, 0, 0, 0, 30000, repeat('b', 64), NULL, NULL, '2026-08-03T00:00Z', '2026-08-01T00:01Z'),
    (${q('statement', 3)}, ${q('period', 1)}, ${q('doctor', 1)}, ${q('run', 1)}, 1, 'superseded', 9, 9, 9000000, 900000, 0, 0, 10, 90000, 810000, NULL, NULL, NULL, NULL, '2026-08-01T00:01Z'),
    (${q('statement', 4)}, ${q('period', 2)}, ${q('doctor', 1)}, ${q('run', 3)}, 1, 'draft', 1, 2, 2000000, 200000, 0, -1000, 10, 19900, 179100, NULL, NULL, NULL, NULL, '2026-09-01T00:01Z'),
    (${q('statement', 5)}, ${q('period', 2)}, ${q('doctor', 3)}, ${q('run', 3)}, 1, 'reviewed', 1, 1, 10000, 1000, -5000, 0, 5.5, 0, -4000, NULL, ${q('user', 5)}, '2026-09-01T05:00Z', NULL, '2026-09-01T00:01Z'),
    (${q('statement', 6)}, ${q('period', 2)}, ${q('doctor', 2)}, ${q('run', 3)}, 1, 'draft', 1, 1, 10000, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, '2026-09-01T00:01Z');
  INSERT INTO statement_line (statement_id, position, kind, order_id, order_line_id, settled_at, base, commission, parts, carried) VALUES
    (${q('statement', 1)}, 2, 'refund', ${q('order', 2)}, ${q('line', 2)}, '2026-07-06T00:00Z', -100, -10, '[]', true), (${q('statement', 1)}, 1, 'sale', ${q('order', 1)}, ${q('line', 1)}, '2026-07-05T00:00Z', 1000000, 100000, '[]', false),
    (${q('statement', 4)}, 1, 'sale', ${q('order', 6)}, ${q('line', 6)}, '2026-08-05T00:00Z', 2000000, 200000, '[]', false);
  INSERT INTO statement_link (id, statement_id, nonce, token_hash, expires_at, revoked_at, created_at) VALUES
    (${q('link', 1)}, ${q('statement', 1)}, '\\x01', '\\x0101', '2099-01-01T00:00Z', NULL, '2026-08-03T00:00Z'), (${q('link', 2)}, ${q('statement', 1)}, '\\x02', '\\x0202', '2099-01-01T00:00Z', '2026-08-04T00:00Z', '2026-08-02T00:00Z'),
    (${q('link', 3)}, ${q('statement', 2)}, '\\x03', '\\x0303', '2026-08-10T00:00Z', NULL, '2026-08-03T00:00Z'), (${q('link', 4)}, ${q('statement', 4)}, '\\x04', '\\x0404', '2099-01-01T00:00Z', NULL, '2026-08-03T00:00Z');
  INSERT INTO link_activity (link_id, machine_visits, forwarded_at) VALUES (${q('link', 1)}, 3, '2026-08-05T00:00Z');
  INSERT INTO link_event (id, link_id, kind, at, agent, machine) VALUES (${q('event', 1)}, ${q('link', 1)}, 'opened', '2026-08-04T00:00Z', 'Safari', false), (${q('event', 2)}, ${q('link', 1)}, 'confirmed', '2026-08-04T00:00:01Z', 'Safari', false),
    (${q('event', 3)}, ${q('link', 1)}, 'opened', '2026-08-03T00:00Z', NULL, true);
  INSERT INTO gate_lockout (doctor_id, reason, locked_at) VALUES (${q('doctor', 1)}, 'tries', '2026-08-04T00:00Z');
`;

/** A business of fixed dates and ids, of which every kind of thing has one of every state. */
export async function makeReadFixture(): Promise<void> {
  for (const part of [PEOPLE, PRICES, SHIFTS, ORDERS, PAPERS, UPLOADS, STATEMENTS]) await rowsPastGuards(part);
}

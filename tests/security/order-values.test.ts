import { beforeAll, describe, expect, it } from 'vitest';
import { listOrders } from '@/server/modules/sales/orders/queries/orders';
import { cartService, createPaidOrderInput } from '@/server/modules/sales/orders/schema';
import { findPatients } from '@/server/modules/sales/patients/queries';
import { registerPatientInput } from '@/server/modules/sales/patients/schema';
import { registerPatient } from '@/server/modules/sales/patients/use-cases/register-patient';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from '../integration/database';
import { makeStaff, oneOf, rowsOf } from '../integration/till-fixture';
import { type Cells, DRY, loadFixture, RIGHT, sheetOf, upload } from './values-fixture';

withDatabase();

let actor: StaffActor;

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
  actor = await makeStaff('branch-manager');
});

const sheet = (rows: readonly Cells[]) =>
  sheetOf(
    RIGHT.order,
    rows.map((row, at) => ({ external_ref: `R${at}`, ...row })),
  );

type Case = [Cells, string];
const cases = (column: string, values: readonly string[], code: string): Case[] =>
  values.map((value) => [{ [column]: value }, `${column} ${code}`]);

const NOTHING = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u200b',
  '\u200e\u200f',
  '\ufeff',
  '\u00ad',
  '\u2800',
  '\u3164',
  '\u202e\u202c',
];
const REQUIRED = ['external_ref', 'branch', 'patient_name', 'patient_phone', 'service_codes'];
const BAD_DISCOUNTS = [
  ...[
    '50.000',
    '7,500',
    '12.345',
    '100.000',
    '101',
    '100.5',
    '1000',
    '1 000',
    '-1',
    '−5',
    '1.2345',
    'mười',
    '1O',
    '10 %%',
    '1e1',
    '٥',
    '½',
  ],
  ...[
    '5.',
    '.5',
    '5..5',
    '1.2.3',
    '1,2,3',
    '=10',
    '+5',
    '007',
    'NaN',
    '10;5',
    '5/100',
    '10-20',
    '5‰',
    '0x5',
    'null',
    '(5)',
    '%',
    '1.000.000',
  ],
];
const BAD_PHONES = [
  ...[
    'O901234567',
    '09O1234567',
    'l901234567',
    '٠٩٠١٢٣٤٥٦٧',
    '0901234567x',
    '0901234567/0912345678',
    '090123456',
    '09012345678',
  ],
  ...['0201234567', '+1 901234567', '9.01E+08', 'không có', '0901234567 Mai', '++84901234567', '84', '0601234567'],
];
const ROWS: Case[] = [
  ...REQUIRED.flatMap((column) => cases(column, NOTHING, 'required')),
  ...cases('discount_percent', BAD_DISCOUNTS, 'bad_discount'),
  ...cases('patient_phone', BAD_PHONES, 'bad_phone'),
  ...cases('patient_phone', ['#N/A', '#VALUE!'], 'formula_error'),
  ...cases('external_ref', ['x'.repeat(101), 'ễ'.repeat(101), 'x'.repeat(500_000)], 'too_long'),
  ...cases('patient_name', ['x'.repeat(121), 'ễ '.repeat(121)], 'too_long'),
  ...cases('note', ['x'.repeat(501), 'x'.repeat(100_000)], 'too_long'),
  ...cases('branch', ['q1', 'Q1 Q3', 'Q1;', 'x'.repeat(300)], 'unknown_branch'),
  ...cases('service_codes', ['cbc', 'CBC;GLU', 'CBC,GLU', 'СВС', 'x'.repeat(300)], 'unknown_service'),
  ...cases('service_codes', ['CBC|CBC', 'CBC|\u200bCBC', 'CBC|CBC\u00a0', 'CBC|ＣＢＣ'], 'duplicate_service'),
  ...cases('service_codes', [Array(700).fill('CBC').join('|')], 'too_long'),
  ...cases('payment', ['tiền mặt', 'CASH!', 'visa', 'account'], 'bad_payment'),
];

it('every hostile or clumsy cell of an orders sheet is named with its own code', async () => {
  expect(ROWS.length).toBeGreaterThan(120);
  const outcome = await upload('orders', sheet(ROWS.map(([cells]) => cells)), DRY);
  expect(outcome.cells).toEqual(ROWS.map(([, problem], at) => `${at + 2} ${problem}`));
});

it('one long cell does not sink an upload: its row says so, the others are written', async () => {
  const text = sheet([
    { external_ref: 'A-1' },
    { external_ref: 'x'.repeat(1_000_000) },
    { external_ref: 'A-3', note: 'y'.repeat(90_000) },
  ]);
  expect(await upload('orders', text)).toMatchObject({
    code: null,
    cells: ['3 external_ref too_long', '4 note too_long'],
  });
  expect(await rowsOf(`SELECT external_ref FROM orders WHERE external_ref LIKE 'A-%'`)).toEqual([
    { external_ref: 'A-1' },
  ]);
  const longest = await oneOf<{ most: number }>('SELECT max(length(cells::text))::int AS most FROM upload_row');
  expect(longest.most).toBeLessThan(10_000);
});

it('a reference typed in another way is the same reference, in one sheet and beside what is stored', async () => {
  const forms = ['Đơn-ễ1', 'Đơn-ễ1'.normalize('NFD'), 'Đơn-ễ1\u00a0', '\u200bĐơn-ễ1', 'Đơn-\u00adễ1', ' Đơn-ễ１'];
  const first = await upload('orders', sheet(forms.map((external_ref) => ({ external_ref }))));
  expect(first.cells).toEqual(forms.slice(1).map((_, at) => `${at + 3} external_ref duplicate_ref`));
  for (const form of [forms[1], forms[2]])
    expect((await upload('orders', sheet([{ external_ref: form ?? '' }]))).cells).toEqual([
      '2 external_ref duplicate_ref',
    ]);
  const kept = await rowsOf<{ external_ref: string }>(`SELECT external_ref FROM orders WHERE external_ref LIKE 'Đơn%'`);
  expect(kept).toEqual([{ external_ref: 'Đơn-ễ1' }]);
});

it('a patient typed in another way is the same patient, at the till and in a sheet', async () => {
  const register = (fullName: string, phone: string) =>
    registerPatient({
      actor,
      patient: registerPatientInput.parse({ fullName, phone, dob: '1988-08-08', sex: 'female' }),
    });
  const { id } = await register('Trần Thị Ánh', '0912 345 678');
  const names = [
    'Trần Thị Ánh'.normalize('NFD'),
    'Trần\u00a0Thị\u200b Ánh',
    '\ufeffTRẦN  THỊ ÁNH ',
    'Trần\tThị\nÁnh',
    'Ｔrần Thị Ánh',
  ];
  for (const name of names) expect((await register(name, '+84 (0)912.345.678')).id).toBe(id);
  const rows = names.map((patient_name, at) => ({
    ...{ external_ref: `SAME-${at}`, patient_name, patient_dob: '1988-08-08' },
    patient_phone: '０９１２３４５６７８\u202c',
  }));
  expect(await upload('orders', sheet(rows))).toMatchObject({ cells: [] });
  const people = await rowsOf<{ full_name: string; orders: number }>(
    `SELECT p.full_name, (SELECT count(*)::int FROM orders o WHERE o.patient_id = p.id) AS orders FROM patient p WHERE phone = '+84912345678'`,
  );
  expect(people).toEqual([{ full_name: 'Trần Thị Ánh', orders: names.length }]);
});

it.each([
  'trần thị ánh'.normalize('NFD'),
  '\u200btran thi anh\u00a0',
  '0912345678',
  '+84912345678',
  '０９１２ ３４５ ６７８',
  '912.345.678',
])('a search for %j finds who was typed otherwise', async (search) => {
  expect((await findPatients({ search, limit: 8 })).map((one) => one.fullName)).toContain('Trần Thị Ánh');
  const { rows } = await listOrders({ actor, search, limit: 50 });
  expect(rows.map((row) => row.patientName)).toContain('Trần Thị Ánh');
});

describe('at the till', () => {
  const cart = {
    clientKey: crypto.randomUUID(),
    patientId: crypto.randomUUID(),
    terms: 'immediate',
    services: [],
    payments: [],
  };

  it.each([
    '50.000',
    '12.500',
    '7.0',
    '100.0',
    '100.1',
    '101',
    '7,5',
    '75 %',
    '-1',
    '1e1',
    '00',
    '01',
    '1.2345',
    '.5',
    '5.',
    '',
    ' 5',
    '５',
    'NaN',
  ])('a discount of %j is no number that a program writes', (discountPercent) =>
    expect(cartService.safeParse({ code: 'CBC', discountPercent }).success).toBe(false),
  );

  it.each(['0', '7', '7.5', '12.345', '99.999', '100', '0.5', '10'])('a discount of %j is one', (discountPercent) =>
    expect(cartService.parse({ code: 'CBC', discountPercent }).discountPercent).toBe(discountPercent),
  );

  it('notes, references and codes are made plain, and what is not visible is absent', () => {
    const payment = { method: 'card', amount: 1n, reference: '\u200b Ａ-1\u202e ' };
    const read = createPaidOrderInput.parse({
      ...cart,
      ...{ note: ' a\u200b\r\n\r\n\r\nb \u202e', payments: [payment, { ...payment, reference: '\u2800' }] },
      services: [{ code: '\ufeffCBC ' }],
    });
    expect(read.note).toBe('a\n\nb');
    expect(read.payments.map(({ reference }) => reference)).toEqual(['A-1', null]);
    expect(read.services[0]?.code).toBe('CBC');
  });

  it.each([
    ['note', { note: 'x'.repeat(501) }],
    ['reference', { payments: [{ method: 'card', amount: 1n, reference: 'x'.repeat(101) }] }],
    ['code', { services: [{ code: 'x'.repeat(41) }] }],
    ['code of nothing', { services: [{ code: '\u200b' }] }],
  ])('a %s over its cap is refused', (_, part) =>
    expect(createPaidOrderInput.safeParse({ ...cart, ...part }).success).toBe(false),
  );

  it.each([...NOTHING, 'x'.repeat(121)])('a patient named %j is refused', (fullName) =>
    expect(registerPatientInput.shape.fullName.safeParse(fullName).success).toBe(false),
  );

  it.each(BAD_PHONES)('a phone %j is refused', (phone) =>
    expect(registerPatientInput.shape.phone.safeParse(phone).success).toBe(false),
  );
});

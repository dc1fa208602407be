import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCommands } from '@/server/cli/load';
import { statementsCommands } from '@/server/cli/statements';
import { startBackgroundOfTest } from './background';
import { openDatabase } from './database';
import { calculate } from './sample/calculate';
import { readWorkbook } from './sample/sheets';
import {
  type Answers,
  actor,
  answers,
  businessContent,
  cellsOf,
  type PrintedUpload,
  printed,
  rowsOf,
  SAMPLE,
} from './sample-fixture';

let close: () => Promise<void>;
beforeAll(async () => {
  const database = await openDatabase();
  const background = await startBackgroundOfTest(database.url);
  close = async () => {
    await background.close();
    await database.close();
  };
});
afterAll(() => close());

type Loaded = Record<string, number> & { orders: PrintedUpload };
const load = async () => printed<Loaded>(await loadCommands.load?.run({ positional: [SAMPLE], flags: {} }, actor));
const statements = async (command: 'run' | 'show', month: string) =>
  printed<Record<string, unknown>[]>(
    await statementsCommands[`statements ${command}`]?.run({ positional: [month], flags: {} }, actor),
  );

const expected = answers('expected.json');
const months = Object.entries(expected.statements);
const CODES =
  'age_out_of_range bad_date bad_discount bad_payment bad_phone bad_sex duplicate_ref duplicate_service future_date inactive_service ' +
  'no_price required sex_mismatch unknown_branch unknown_customer unknown_doctor unknown_service';

const statementOf = (answer: Answers, month: string, doctor: string) =>
  answer.statements[month]?.find((statement) => statement.doctor === doctor);

describe('the answers', () => {
  it('are what the second calculation finds, and cover every code', () => {
    expect(calculate(SAMPLE, 'orders.csv')).toEqual(expected);
    expect(calculate(SAMPLE, 'orders.xlsx')).toEqual(answers('expected-xlsx.json'));
    expect([...new Set(expected.errors.map(({ code }) => code))].sort().join(' ')).toBe(CODES);
  });

  it('differ between the two files in nothing but row numbers', () => {
    const { errors: inWorkbook, ...workbook } = answers('expected-xlsx.json');
    const { errors, ...sheet } = expected;
    expect(workbook).toEqual(sheet);
    expect(inWorkbook.map(({ column, code }) => [column, code])).toEqual(
      errors.map(({ column, code }) => [column, code]),
    );
    const numbers = readWorkbook(path.join(SAMPLE, 'orders.xlsx')).map(({ number }) => number);
    expect(inWorkbook.map(({ row }) => row)).toEqual(errors.map(({ row }) => numbers[row - 2]));
  });

  it('stand up to a pencil', () => {
    expect(expected).toMatchObject({ rows: 79, valid: 47, invalid: 32, patients: 10 });
    expect([expected.list_total, expected.net_total]).toEqual([221_052_941, 209_918_367]);
    expect(statementOf(expected, '2025-03', 'BS-BINH')).toEqual({
      doctor: 'BS-BINH',
      orders: 4,
      lines: 4,
      base: 4_000_000 + 14_000_000 + 450_000 + 180_000,
      // 4m at 8 %; then 20m less 30 %: 1m at 8, 10m at 12, 3m at 15 %; the package at 6.25 %; the last in the third band.
      commission: 320_000 + (80_000 + 1_200_000 + 450_000) + 28_125 + 27_000,
      tax: 210_513, // 10 % of 2,105,125 is 210,512.5
      payable: 1_894_612,
    });
    // 5m at 8 % less what 340,005 took (27,200.4), 10m at 12 %, 5,339,995 at 15 %: 2,373,798.85 behind 27,200.
    // By the other order it were 2,349,998.5 and 51,000.75, one more.
    for (const doctor of ['BS-BINH', 'BS-LAN'])
      expect(statementOf(expected, '2025-04', doctor)).toMatchObject({ commission: 27_200 + 2_373_799 });
    // 9 % until the 15th, 11 % from the 16th: 23,625 and 28,875; TSH 15,000 a line; 280,000 less 0.5 % at 11 %.
    expect(statementOf(expected, '2025-04', 'BS-CHI')).toMatchObject({ commission: 23_625 + 28_875 + 15_000 + 30_646 });
    // 10 % of 20,000,000 reaches the threshold, 10 % of 19,999,990 does not.
    expect(statementOf(expected, '2025-03', 'BS-DUNG')).toMatchObject({ commission: 2_000_000, tax: 200_000 });
    expect(statementOf(expected, '2025-04', 'BS-DUNG')).toMatchObject({ commission: 1_999_999, tax: 0 });
    // 12.5 % of 16,300,000, and 12.5 % of that: 254,687.5; then 12.5 % of 100,004: 12,500.5.
    expect(statementOf(expected, '2025-03', 'BS-GIANG')).toMatchObject({ commission: 2_037_500, tax: 254_688 });
    expect(statementOf(expected, '2025-04', 'BS-GIANG')).toMatchObject({ commission: 12_501, tax: 0 });
  });
});

describe('portal load and portal statements', () => {
  it('finds every wrong cell and writes the right rows', async () => {
    const { orders, ...counts } = await load();
    expect(counts).toEqual({
      branches: 3,
      catalogue: 21,
      customers: 4,
      commissionPlans: 13,
      doctors: 9,
      rateCards: 49,
    });
    expect(cellsOf(orders.errors)).toEqual(cellsOf(expected.errors));
    for (const { message } of orders.errors) expect(message).toMatch(/^\p{Lu}.{8,}\.$/su);
    expect(orders).toMatchObject({
      rows: expected.rows,
      valid: expected.valid,
      invalid: expected.invalid,
      lines: expected.lines,
      netTotal: expected.net_total,
      currency: 'VND',
      patientsNew: expected.patients,
    });
    const [stored] = await rowsOf(`
      SELECT count(*)::int AS orders, sum(list_total)::int AS list, sum(net_total)::int AS net,
        (count(*) FILTER (WHERE terms <> 'account' AND settled_at IS NULL))::int AS unpaid,
        (SELECT count(*)::int FROM order_line) AS lines, (SELECT count(*)::int FROM patient) AS patients FROM orders`);
    expect(stored).toEqual({
      orders: expected.valid,
      list: expected.list_total,
      net: expected.net_total,
      unpaid: expected.unpaid_orders,
      lines: expected.lines,
      patients: expected.patients,
    });
  });

  it.each([
    // 333,335 x 10 % is 33,333.5: half a unit goes up, and off the price.
    ['SP-001', [120_000 - 12_000, 333_335 - 33_334]],
    // The tier's price, the tier's, the branch's, everybody's.
    ['SP-003', [105_000, 300_015, 95_005, 300_000]],
    // The customer's price, the tier's, the branch's, everybody's, the customer's.
    ['SP-004', [88_888, 300_015, 95_005, 300_000, 777_777]],
    // A card holds [from, to): 7 March 23:59, 8 March 0:00, 10 March 23:59, 11 March 0:00.
    ['SP-005', [120_000]],
    ['SP-006', [99_000]],
    ['SP-007', [99_000]],
    ['SP-008', [120_000]],
    // The version before and the version from 10 April; a package is one line.
    ['SP-013', [100_004, 450_000]],
    ['SP-014', [110_004, 480_000, 410_000]],
  ])('prices %s', async (reference, nets) => {
    const lines = await rowsOf<{ net: number }>(
      `SELECT l.net::int FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.external_ref = $1 ORDER BY position`,
      [reference],
    );
    expect(lines.map(({ net }) => net)).toEqual(nets);
  });

  it('knows a person by any way of writing name, day and phone', async () => {
    const people = await rowsOf<{ name: string; phone: string; orders: number }>(`
      SELECT p.full_name AS name, p.phone, count(*)::int AS orders FROM patient p JOIN orders o ON o.patient_id = p.id
      WHERE p.phone IN ('+84901234567', '+84841234567', '+84912345678') GROUP BY p.id ORDER BY p.phone, p.dob, p.name_key`);
    expect(people).toEqual([
      { name: 'Phạm Gia Bảo', phone: '+84841234567', orders: 3 },
      { name: 'Nguyễn Văn An', phone: '+84901234567', orders: 14 },
      { name: 'Lê Thị Hoa', phone: '+84912345678', orders: 9 },
      { name: 'Lê Thị Hoà An', phone: '+84912345678', orders: 1 },
      { name: 'Lê Thị Hoa', phone: '+84912345678', orders: 1 },
      { name: 'Bé Lê Minh', phone: '+84912345678', orders: 1 },
    ]);
  });

  it('keeps what stands between quotes, line breaks too', async () => {
    const notes = await rowsOf<{ note: string }>(
      `SELECT note FROM orders WHERE external_ref IN ('SP-005', 'SP-007') ORDER BY external_ref`,
    );
    expect(notes.map(({ note }) => note)).toEqual(['"sát giờ", trước ngày 8/3', 'dòng 1\ndòng 2\n\ndòng 4']);
  });

  it('prepares every order in the background, and sends the laboratory all but imaging', async () => {
    await vi.waitFor(
      async () => {
        const [done] = await rowsOf(`
          SELECT (SELECT count(*)::int FROM orders WHERE accession IS NULL) AS waiting,
            (SELECT count(*)::int FROM effect_receipt WHERE kind = 'lis-order') AS reported`);
        // 47 orders less three: an MRI, an X-ray, and the three images of SP-021.
        expect(done).toEqual({ waiting: 0, reported: 44 });
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  it('changes nothing when it loads the folder again', async () => {
    const before = await businessContent();
    const { orders } = await load();
    expect(orders).toMatchObject({ rows: expected.rows, valid: 0, invalid: expected.rows, lines: 0, patientsNew: 0 });
    const repeated = orders.errors.filter(({ code }) => code === 'duplicate_ref').map(({ row }) => row);
    const wrongBefore = new Set(expected.errors.map(({ row }) => row));
    const rightBefore = Array.from({ length: expected.rows }, (_, index) => index + 2).filter(
      (row) => !wrongBefore.has(row),
    );
    expect(repeated).toEqual(expect.arrayContaining(rightBefore));
    expect(await businessContent()).toEqual(before);
  });

  it.each(months)('gives every doctor the statement of %s', async (month, doctors) => {
    const sum = (of: (statement: (typeof doctors)[number]) => number) =>
      doctors.reduce((total, statement) => total + of(statement), 0);
    expect(await statements('run', month)).toEqual({
      period: month,
      doctors: doctors.length,
      lines: sum(({ lines }) => lines),
      commission: sum(({ commission }) => commission),
      tax: sum(({ tax }) => tax),
      payable: sum(({ payable }) => payable),
    });
    expect(await statements('show', month)).toEqual(
      doctors.map((statement) => ({ ...statement, adjustments: 0, carryForward: 0, state: 'draft' })),
    );
  });

  it('shows the same when a month runs again', async () => {
    const before = await statements('show', '2025-04');
    await statements('run', '2025-04');
    expect(await statements('show', '2025-04')).toEqual(before);
  });
});

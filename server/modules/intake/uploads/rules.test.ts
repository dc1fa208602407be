import { describe, expect, it } from 'vitest';
import {
  checkRow,
  chunksOf,
  isUnderWay,
  type Known,
  type KnownService,
  mayBeChecked,
  mayBeCommitted,
  progressOf,
  readPercent,
  turnOf,
} from './rules';
import { columnsMissing, sheetRefusal } from './rules/refusals';
import type { OrderColumn } from './schema';

const any = { active: true, sex: 'any' as const, minAge: null, maxAge: null };
const known: Known = {
  branches: new Map([['Q1', 'branch']]),
  customers: new Map([['KH', 'customer']]),
  doctors: new Map([['BS', 'doctor']]),
  services: new Map<string, KnownService>([
    ['CBC', any],
    ['GLU', any],
    ['OLD', { ...any, active: false }],
    ['PAP', { active: true, sex: 'female', minAge: 21, maxAge: 65 }],
    ['PSA', { active: true, sex: 'male', minAge: 40, maxAge: null }],
  ]),
  zone: 'Asia/Ho_Chi_Minh',
  now: '2026-11-20 12:00',
};

const right: Partial<Record<OrderColumn, string>> = {
  external_ref: 'R1',
  branch: 'Q1',
  ordered_at: '09/10/2026 16:07',
  patient_name: ' Lê  Thanh Mai ',
  patient_dob: '1990-03-01',
  patient_sex: 'female',
  patient_phone: '0912 345 678',
  service_codes: 'CBC|GLU',
};

const check = (cells: Partial<Record<OrderColumn, string>> = {}, repeated = false) =>
  checkRow(
    (column) => ({ ...right, ...cells })[column] ?? '',
    known,
    () => repeated,
  );
const problems = (cells: Partial<Record<OrderColumn, string>>, repeated = false) =>
  check(cells, repeated).problems.map(({ column, code }) => `${column} ${code}`);

describe('percentages', () => {
  it.each([
    ['0', '0'],
    ['12.5', '12.5'],
    ['7,25', '7.25'],
    ['100', '100'],
    ['100.00', '100'],
    ['12.5%', '12.5'],
  ])('%s', (text, percent) => expect(readPercent(text)).toBe(percent));
  it.each(['-1', '101', '100.5', 'mười', '1.2345', '5.', '1 000'])('%s is none', (text) =>
    expect(readPercent(text)).toBeNull(),
  );
});

describe('a row', () => {
  it('that is right has all that an order needs', () => {
    expect(check()).toEqual({
      externalRef: 'R1',
      branchId: 'branch',
      orderedAt: '2026-10-09 16:07',
      name: 'Lê Thanh Mai',
      dob: '1990-03-01',
      sex: 'female',
      phone: '+84912345678',
      customerId: null,
      doctorId: null,
      serviceCodes: ['CBC', 'GLU'],
      discount: null,
      payment: 'unpaid',
      note: null,
      problems: [],
    });
  });

  it('is billed to its customer where nothing else is said', () => {
    expect(check({ customer_code: 'KH' })).toMatchObject({ payment: 'account', customerId: 'customer' });
    expect(check({ customer_code: 'KH', payment: 'CASH' }).payment).toBe('cash');
    expect(problems({ payment: 'account' })).toEqual(['payment bad_payment']);
  });

  it('names every wrong cell once', () => {
    expect(
      problems(
        {
          branch: 'XX',
          ordered_at: '2027-01-01T08:00',
          patient_name: '  ',
          patient_dob: '31/02/1990',
          patient_sex: 'x',
          patient_phone: '0212345678',
          customer_code: 'C9',
          doctor_code: 'D9',
          service_codes: '',
          discount_percent: '101',
          payment: 'bitcoin',
        },
        true,
      ),
    ).toEqual([
      'external_ref duplicate_ref',
      'branch unknown_branch',
      'ordered_at future_date',
      'patient_name required',
      'patient_dob bad_date',
      'patient_sex bad_sex',
      'patient_phone bad_phone',
      'customer_code unknown_customer',
      'doctor_code unknown_doctor',
      'service_codes required',
      'discount_percent bad_discount',
      'payment bad_payment',
    ]);
  });

  it.each([
    ['CBC|ZZZ|OLD|CBC', 'unknown_service'],
    ['OLD|CBC|CBC', 'inactive_service'],
    ['CBC|PSA|CBC', 'duplicate_service'],
    ['CBC|PSA', 'sex_mismatch'],
  ])('reports of %s what matters first', (service_codes, code) =>
    expect(problems({ service_codes })).toEqual([`service_codes ${code}`]),
  );

  it('is compared with the age on the day of the order, both ends included', () => {
    const pap = (patient_dob: string) => problems({ service_codes: 'PAP', patient_dob });
    expect(pap('2005-10-09')).toEqual([]);
    expect(pap('2005-10-10')).toEqual(['service_codes age_out_of_range']);
    expect(pap('1960-10-10')).toEqual([]);
    expect(pap('1960-10-09')).toEqual(['service_codes age_out_of_range']);
  });

  it('is not checked by a cell that is itself wrong, nor priced', () => {
    expect(problems({ service_codes: 'PSA', patient_sex: 'x', patient_dob: '?' })).toEqual([
      'patient_dob bad_date',
      'patient_sex bad_sex',
    ]);
    for (const cells of [{ branch: 'XX' }, { ordered_at: '?' }, { customer_code: 'C9' }, { service_codes: 'PSA' }])
      expect(check(cells).serviceCodes).toEqual([]);
    expect(check({ patient_phone: '?' }).serviceCodes).toEqual(['CBC', 'GLU']);
  });
});

describe('a cell that is no value', () => {
  const faulty = (column: OrderColumn, code: 'no_result' | 'too_long') =>
    checkRow(
      (name) => right[name] ?? '',
      known,
      () => false,
      (name) => (name === column ? code : null),
    ).problems;

  it('is reported in its row: a formula without a result, a failed one, a text without end', () => {
    expect(faulty('patient_name', 'no_result')).toEqual([{ column: 'patient_name', code: 'no_result' }]);
    expect(faulty('patient_phone', 'too_long')).toEqual([
      { column: 'patient_phone', code: 'too_long', params: { limit: '2000' } },
    ]);
    expect(problems({ patient_name: 'x'.repeat(121) })).toEqual(['patient_name too_long']);
    expect(problems({ patient_name: 'x'.repeat(120), note: 'x'.repeat(500) })).toEqual([]);
    expect(problems({ external_ref: 'x'.repeat(101), note: 'x'.repeat(501) })).toEqual([
      'external_ref too_long',
      'note too_long',
    ]);
    expect(problems({ patient_name: '#N/A', note: '#REF!' })).toEqual([
      'patient_name formula_error',
      'note formula_error',
    ]);
  });
});

describe('an order dated before the birth', () => {
  it('is refused, and its age is not compared with the service', () => {
    expect(problems({ patient_dob: '2026-10-10', service_codes: 'PAP' })).toEqual(['patient_dob born_after_order']);
    expect(problems({ patient_dob: '2026-10-09' })).toEqual([]);
    expect(problems({ patient_dob: '2026-10-10', ordered_at: '?' })).toEqual(['ordered_at bad_date']);
  });
});

describe('a row as people write it', () => {
  it('reads one-digit days, seconds, two-digit years of birth and the words for sex', () => {
    expect(check({ ordered_at: '9/10/2026 8:05:59', patient_dob: '1/3/58', patient_sex: 'Nữ' })).toMatchObject({
      orderedAt: '2026-10-09 08:05',
      dob: '1958-03-01',
      sex: 'female',
      problems: [],
    });
  });
});

describe('an upload', () => {
  it('is written in ranges that leave no row out, or in one where it is all or nothing', () => {
    const [first, second] = [
      { from: 1, to: 5_000 },
      { from: 5_001, to: 10_000 },
    ];
    expect(chunksOf(12_001, false)).toEqual([first, second, { from: 10_001, to: 12_001 }]);
    expect(chunksOf(10_000, false)).toEqual([first, second]);
    expect(chunksOf(1, false)).toEqual([{ from: 1, to: 1 }]);
    expect(chunksOf(12_001, true)).toEqual([{ from: 1, to: 12_001 }]);
    expect(chunksOf(0, false)).toEqual([]);
  });

  it('goes back to its check only while nothing is written', () => {
    const at = { state: 'failed' as const, written: 0, committedAt: null };
    expect([mayBeChecked(at), mayBeCommitted(at)]).toEqual([true, false]);
    const stopped = { ...at, written: 10, committedAt: new Date() };
    expect([mayBeChecked(stopped), mayBeCommitted(stopped)]).toEqual([false, true]);
    expect(mayBeChecked({ ...at, state: 'committing' })).toBe(false);
  });

  it('knows its rate and the time left', () => {
    const at = { state: 'committing' as const, rows: 100, valid: 90, written: 30, seconds: 3 };
    expect(progressOf(at)).toMatchObject({ rowsPerSecond: 10, secondsLeft: 6 });
    expect(progressOf({ ...at, written: 0 })).toMatchObject({ rowsPerSecond: null, secondsLeft: null });
  });
});

it('says how large a file may be in megabytes', () => {
  const refusal = sheetRefusal({ code: 'too_large', place: null, found: null, limit: 50 * 1024 * 1024 });
  expect([refusal.code, refusal.params.limit, refusal.kind]).toEqual(['sheet_too_large', 50, 'invalid']);
});

it('says which columns are missing, and that they may stand in another sheet where there is one', () => {
  const names = ['branch', 'payment'];
  const answered = (sheet: unknown) => {
    const { kind, code, params } = columnsMissing(names, { sheet } as never);
    return [kind, code, params];
  };
  const bare = ['invalid', 'columns_missing', { columns: 'branch, payment' }];
  expect(answered(undefined)).toEqual(bare);
  expect(answered({ name: 'Một', others: [] })).toEqual(bare);
  expect(answered({ name: 'Một', others: ['Hai'] })).toEqual([
    'invalid',
    'columns_missing_in_sheet',
    { columns: 'branch, payment', sheet: 'Một', others: 'Hai' },
  ]);
  expect(answered({ name: 'Một', others: ['Hai', 'Ba'] })).toMatchObject([
    'invalid',
    'columns_missing_in_sheet',
    { others: 'Hai, Ba' },
  ]);
});

it('a person takes a turn of their own, a program that of all programs', () => {
  const person = { kind: 'user', id: 'u1', role: 'cashier', branchId: null, correlationId: 'x' } as const;
  expect([turnOf(person), turnOf({ kind: 'system', id: 'sweep', correlationId: 'x' })]).toEqual(['user u1', 'system']);
});

it('an upload goes on by itself while it is checked or written', () => {
  const states = ['received', 'checking', 'checked', 'refused', 'committing', 'committed', 'failed'] as const;
  expect(states.filter((state) => isUnderWay(state))).toEqual(['checking', 'committing']);
});

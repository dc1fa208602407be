import { describe, expect, it } from 'vitest';
import { checkRow, type Known, type KnownService, readPercent, splitCodes } from '../rules';
import type { CellFaultCode, OrderColumn } from '../schema';

const any = { active: true, sex: 'any' as const, minAge: null, maxAge: null };
const known: Known = {
  branches: new Map([
    ['Q1', 'branch-1'],
    ['Q2', 'branch-2'],
  ]),
  customers: new Map([['KH', 'customer-1']]),
  doctors: new Map([['BS', 'doctor-1']]),
  services: new Map<string, KnownService>([
    ['CBC', any],
    ['GLU', any],
    ['OLD', { ...any, active: false }],
    ['PAP', { ...any, sex: 'female' }],
    ['PSA', { ...any, sex: 'male', minAge: 40 }],
    ['KID', { ...any, maxAge: 15 }],
  ]),
  zone: 'Asia/Ho_Chi_Minh',
  now: '2026-11-20 12:00',
};

const right: Partial<Record<OrderColumn, string>> = {
  external_ref: 'R1',
  branch: 'Q2',
  ordered_at: '09/10/2026 16:07',
  patient_name: 'Lê Thanh Mai',
  patient_dob: '1990-03-01',
  patient_sex: 'female',
  patient_phone: '0912345678',
  service_codes: 'CBC',
};
type Cells = Partial<Record<OrderColumn, string>>;

const check = (cells: Cells, faults: Partial<Record<OrderColumn, CellFaultCode>> = {}) =>
  checkRow(
    (column) => ({ ...right, ...cells })[column] ?? '',
    known,
    () => false,
    (column) => faults[column] ?? null,
  );
const problems = (cells: Cells, faults?: Parameters<typeof check>[1]) => check(cells, faults).problems;

it('codes of services are read between their bars, and nothing between two bars is none', () => {
  expect(splitCodes(' CBC |  GLU||\u200b| ')).toEqual(['CBC', 'GLU']);
  expect(check({ service_codes: '|CBC| GLU |' }).serviceCodes).toEqual(['CBC', 'GLU']);
  expect(problems({ service_codes: ' | ' })).toEqual([{ column: 'service_codes', code: 'required' }]);
});

it('a percentage has three decimals at most, and nothing is rounded', () => {
  expect([readPercent('7,125'), readPercent('7.1250'), readPercent('0,001')]).toEqual([null, '7.125', '0.001']);
});

describe('every problem names what it is about', () => {
  it.each<[Cells, object]>([
    [{ branch: 'Q9' }, { column: 'branch', code: 'unknown_branch' }],
    [{ customer_code: 'K9' }, { column: 'customer_code', code: 'unknown_customer' }],
    [{ doctor_code: 'B9' }, { column: 'doctor_code', code: 'unknown_doctor' }],
    [{ service_codes: 'CBC|X1|X2' }, { column: 'service_codes', code: 'unknown_service', params: { service: 'X1' } }],
    [{ service_codes: 'CBC|OLD' }, { column: 'service_codes', code: 'inactive_service', params: { service: 'OLD' } }],
    [
      { service_codes: 'CBC|GLU|GLU|CBC' },
      { column: 'service_codes', code: 'duplicate_service', params: { service: 'GLU' } },
    ],
    [{ service_codes: 'CBC|PSA' }, { column: 'service_codes', code: 'sex_mismatch', params: { service: 'PSA' } }],
    [
      { service_codes: 'CBC|KID|PAP' },
      { column: 'service_codes', code: 'age_out_of_range', params: { service: 'KID' } },
    ],
    [{ patient_name: '#N/A' }, { column: 'patient_name', code: 'formula_error', params: { value: '#N/A' } }],
    [{ patient_name: 'x'.repeat(121) }, { column: 'patient_name', code: 'too_long', params: { limit: '120' } }],
    [{ patient_name: 'N\u200b' }, { column: 'patient_name', code: 'too_short' }],
    [{ external_ref: 'x'.repeat(101) }, { column: 'external_ref', code: 'too_long', params: { limit: '100' } }],
    [{ note: 'x'.repeat(501) }, { column: 'note', code: 'too_long', params: { limit: '500' } }],
    [{ branch: 'x'.repeat(2_001) }, { column: 'branch', code: 'too_long', params: { limit: '2000' } }],
    [{ branch: 'x'.repeat(2_000) }, { column: 'branch', code: 'unknown_branch' }],
    [{ external_ref: '8.49E+10' }, { column: 'external_ref', code: 'lost_digits', params: { value: '8.49E+10' } }],
  ])('%j', (cells, problem) => expect(problems(cells)).toEqual([problem]));

  it('also what the reader found wrong with a cell, and lost digits where they are an identifier', () => {
    const value = '84912345678901230';
    expect(problems({ external_ref: value }, { external_ref: 'lost_digits' })).toEqual([
      { column: 'external_ref', code: 'lost_digits', params: { value } },
    ]);
    expect(problems({ patient_name: 'Mai' }, { patient_name: 'lost_digits' })).toEqual([]);
    expect(problems({ note: '8.49E+10' })).toEqual([]);
    expect(problems({}, { patient_name: 'no_result', external_ref: 'too_long' })).toEqual([
      { column: 'external_ref', code: 'too_long', params: { limit: '100' } },
      { column: 'patient_name', code: 'no_result' },
    ]);
  });
});

describe('an empty cell', () => {
  it('is missed in the columns that every order needs, and in no other', () => {
    const empty = Object.fromEntries(Object.keys(right).map((column) => [column, ' ']));
    expect(problems({ ...empty, customer_code: ' ', doctor_code: '', discount_percent: '', note: ' ' })).toEqual(
      Object.keys(right).map((column) => ({ column, code: 'required' })),
    );
    expect(check({ customer_code: ' ', doctor_code: '', discount_percent: '\u00a0', note: '\n' })).toMatchObject({
      ...{ customerId: null, doctorId: null, discount: null, note: null, payment: 'unpaid', problems: [] },
    });
  });

  it('of what is written is read as it is, a note with its lines', () => {
    const cells = { customer_code: 'KH', doctor_code: 'BS', discount_percent: '12,5', note: ' dòng 1\r\n dòng  2 ' };
    expect(check({ ...cells, patient_name: 'Lê\nThanh  Mai' })).toEqual({
      ...{ externalRef: 'R1', branchId: 'branch-2', orderedAt: '2026-10-09 16:07', name: 'Lê Thanh Mai' },
      ...{ dob: '1990-03-01', sex: 'female', phone: '+84912345678', customerId: 'customer-1', doctorId: 'doctor-1' },
      ...{ serviceCodes: ['CBC'], discount: '12.5', payment: 'account', note: 'dòng 1\ndòng 2', problems: [] },
    });
  });
});

describe('a moment', () => {
  it('is no later than now, to the minute', () => {
    expect(problems({ ordered_at: '20/11/2026 12:00' })).toEqual([]);
    expect(problems({ ordered_at: '20/11/2026 12:01' })).toEqual([{ column: 'ordered_at', code: 'future_date' }]);
    expect(problems({ patient_dob: '2026-11-21', ordered_at: '?' })).toEqual([
      { column: 'ordered_at', code: 'bad_date' },
      { column: 'patient_dob', code: 'future_date' },
    ]);
  });

  it('of an order is not before the day of birth, and may be in its first minute', () => {
    const born = (ordered_at: string) => problems({ patient_dob: '2026-10-09', ordered_at });
    expect(born('09/10/2026 0:00')).toEqual([]);
    expect(born('08/10/2026 23:59')).toEqual([{ column: 'patient_dob', code: 'born_after_order' }]);
  });
});

describe('a payment', () => {
  it.each([
    ['', '', 'unpaid'],
    ['', 'KH', 'account'],
    ['Cash', '', 'cash'],
    ['CARD', 'KH', 'card'],
    ['transfer', '', 'transfer'],
    ['unpaid', 'KH', 'unpaid'],
    ['account', 'KH', 'account'],
  ])('%j with the customer %j is %s', (payment, customer_code, read) =>
    expect(check({ payment, customer_code })).toMatchObject({ payment: read, problems: [] }),
  );

  it('on account of a customer who is unknown is still on account, and nothing is priced', () => {
    expect(check({ payment: 'account', customer_code: 'K9' })).toMatchObject({ payment: 'account', serviceCodes: [] });
    expect(check({ payment: 'account' })).toMatchObject({ payment: null, problems: [{ code: 'bad_payment' }] });
  });
});

it('a service is for the ages that it names, both ends included, and for either sex where none is named', () => {
  const codes = (service_codes: string, cells: Cells = {}) =>
    problems({ service_codes, ...cells }).map(({ code, params }) => `${code} ${params?.service}`);
  const male = { patient_sex: 'nam' };
  expect(codes('PSA', { ...male, patient_dob: '1986-10-09' })).toEqual([]);
  expect(codes('PSA', { ...male, patient_dob: '1986-10-10' })).toEqual(['age_out_of_range PSA']);
  expect(codes('KID', { patient_dob: '2010-10-10' })).toEqual([]);
  expect(codes('KID', { patient_dob: '2010-10-09' })).toEqual(['age_out_of_range KID']);
  expect(codes('CBC|KID', { ...male, patient_dob: '2026-10-09' })).toEqual([]);
  expect(codes('PAP', male)).toEqual(['sex_mismatch PAP']);
  // A cell that is wrong itself forbids nothing else.
  expect(codes('KID', { ordered_at: '?' })).toEqual(['bad_date undefined']);
  expect(codes('KID', { patient_dob: '?' })).toEqual(['bad_date undefined']);
});

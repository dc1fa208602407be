import path from 'node:path';
import { commissionOf, type PaidLine } from './commission';
import { readCsv, readWorkbook, type SheetRow } from './sheets';

/**
 * The answers to a folder of business files, calculated from the rules of the files and from nothing of the product: what a sheet
 * of orders says wrong, and what every doctor earns. Plain and slow on purpose; it reads what a sample holds, not what people
 * send. Money in minor units; moments are the organisation's wall clock (UTC+7, no summer time), `YYYY-MM-DD HH:MM`.
 * `expected.json` and `expected-xlsx.json` keep its answers to this sample, so that no change of either goes unseen.
 */
export function calculate(folder: string, sheet: 'orders.csv' | 'orders.xlsx') {
  const file = (name: string) => readCsv(path.join(folder, name)).map(({ cells }) => cells);
  const orders = path.join(folder, sheet);
  const rows = sheet === 'orders.csv' ? readCsv(orders) : readWorkbook(orders);
  const fixture: Fixture = {
    branches: codesOf(file('branches.csv')),
    customers: new Map(file('customers.csv').map((one) => [one.code ?? '', one.tier ?? ''])),
    doctors: codesOf(file('doctors.csv')),
    services: new Map(file('catalogue.csv').map((one) => [one.code ?? '', one])),
    prices: file('rate-cards.csv'),
    references: new Set(),
  };
  const checked = rows.map((row) => checkRow(row, fixture));
  const valid = checked.filter(({ errors }) => errors.length === 0);
  const lines = valid.flatMap((order) => order.lines);
  const sum = (amounts: bigint[]) => Number(amounts.reduce((total, amount) => total + amount, 0n));
  return {
    rows: rows.length,
    valid: valid.length,
    invalid: rows.length - valid.length,
    errors: checked.flatMap(({ errors }) => errors),
    lines: lines.length,
    list_total: sum(lines.map(({ list }) => list)),
    net_total: sum(lines.map(({ net }) => net)),
    unpaid_orders: valid.filter(({ payment }) => payment === 'unpaid').length,
    patients: new Set(valid.map(({ patient }) => patient)).size,
    statements: commissionOf(
      valid.filter(({ payment }) => payment !== 'unpaid').flatMap((order) => order.lines),
      file('doctors.csv'),
      file('commission-plans.csv'),
    ),
  };
}

type Cells = Record<string, string>;
type Fixture = {
  branches: ReadonlySet<string>;
  customers: ReadonlyMap<string, string>;
  doctors: ReadonlySet<string>;
  services: ReadonlyMap<string, Cells>;
  prices: Cells[];
  references: Set<string>;
};

const codesOf = (rows: Cells[]) => new Set(rows.map(({ code = '' }) => code));

/** Every wrong cell of a row, and its lines if there is none. */
function checkRow({ number, cells }: SheetRow, fixture: Fixture) {
  const errors: { row: number; column: string; code: string }[] = [];
  const text = (column: string) => (cells[column] ?? '').trim();
  const given = (column: string, needed: boolean, fault: (value: string) => string | null) => {
    const value = text(column);
    const code = value === '' ? (needed ? 'required' : null) : fault(value);
    if (code) errors.push({ row: number, column, code });
    return code || value === '' ? null : value;
  };
  const ref = given('external_ref', true, (value) => (fixture.references.has(value) ? 'duplicate_ref' : null));
  fixture.references.add(text('external_ref'));
  const branch = given('branch', true, (value) => (fixture.branches.has(value) ? null : 'unknown_branch'));
  const orderedAt = momentOf(given('ordered_at', true, faultOfPast) ?? '');
  given('patient_name', true, () => null);
  const dob = momentOf(given('patient_dob', true, faultOfPast) ?? '')?.slice(0, 10);
  const sex = given('patient_sex', true, (value) => (['male', 'female'].includes(value) ? null : 'bad_sex'));
  given('patient_phone', true, (value) => (phoneOf(value) ? null : 'bad_phone'));
  const customer = given('customer_code', false, (value) => (fixture.customers.has(value) ? null : 'unknown_customer'));
  const doctor = given('doctor_code', false, (value) => (fixture.doctors.has(value) ? null : 'unknown_doctor'));
  const customerStands = customer !== null || text('customer_code') === '';
  const priceOn = (code: string) =>
    branch && orderedAt && customerStands ? priceOf(code, orderedAt.slice(0, 10), branch, customer, fixture) : 0n;
  const codes = given('service_codes', true, (value) => {
    const listed = value.split('|');
    return (
      faultOfServices(listed, fixture) ??
      listed.map((code) => faultOfPerson(fixture.services.get(code) ?? {}, sex, dob, orderedAt)).find(Boolean) ??
      (listed.some((code) => priceOn(code) === null) ? 'no_price' : null)
    );
  });
  given('discount_percent', false, (value) =>
    /^\d+(\.\d+)?$/.test(value) && Number(value) <= 100 ? null : 'bad_discount',
  );
  given('payment', false, (value) =>
    ['account', 'cash', 'card', 'transfer', 'unpaid'].includes(value) ? null : 'bad_payment',
  );
  const lines = (errors.length === 0 ? (codes?.split('|') ?? []) : []).map((service, position): PaidLine => {
    const list = priceOn(service) ?? 0n;
    const net = list - percentOf(list, text('discount_percent') || '0');
    const category = fixture.services.get(service)?.category ?? '';
    return { doctor: doctor ?? '', at: orderedAt ?? '', ref: ref ?? '', position, service, category, list, net };
  });
  const name = text('patient_name').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
  return {
    errors,
    lines,
    patient: `${phoneOf(text('patient_phone'))} ${dob} ${name.replace(/\s/g, '')}`,
    payment: text('payment') || (customer ? 'account' : 'unpaid'),
  };
}

function momentOf(value: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(value);
  const local = /^(\d{2})\/(\d{2})\/(\d{4})(?:[T ](\d{2}:\d{2}))?$/.exec(value);
  const day = iso ? `${iso[1]}-${iso[2]}-${iso[3]}` : local ? `${local[3]}-${local[2]}-${local[1]}` : null;
  if (!day) return null;
  const written = `${day}T${iso?.[4] ?? local?.[4] ?? '00:00'}`;
  // A day that no calendar has comes back as another one.
  const read = new Date(`${written}:00Z`);
  const real = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written);
  return real ? written.replace('T', ' ') : null;
}

function faultOfPast(value: string): string | null {
  const now = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const moment = momentOf(value);
  return moment === null ? 'bad_date' : moment > now ? 'future_date' : null;
}

/** `0…`, `+84…`, `84…` or the bare nine digits, which begin with 3, 5, 7, 8 or 9. */
function phoneOf(value: string): string | null {
  const found = /^(?:\+84|84|0)?([35789]\d{8})$/.exec(value.replace(/[ .]/g, ''));
  return found ? `+84${found[1]}` : null;
}

function faultOfServices(codes: string[], fixture: Fixture): string | null {
  if (codes.some((code) => !fixture.services.has(code))) return 'unknown_service';
  if (codes.some((code) => fixture.services.get(code)?.active !== 'true')) return 'inactive_service';
  return new Set(codes).size < codes.length ? 'duplicate_service' : null;
}

function faultOfPerson(service: Cells, sex: string | null, dob?: string, orderedAt?: string | null): string | null {
  if (sex && service.sex !== 'any' && service.sex !== sex) return 'sex_mismatch';
  if (!dob || !orderedAt) return null;
  const birthday = dob.slice(5) <= orderedAt.slice(5, 10);
  const age = Number(orderedAt.slice(0, 4)) - Number(dob.slice(0, 4)) - (birthday ? 0 : 1);
  const within = age >= Number(service.min_age || 0) && age <= Number(service.max_age || 999);
  return within ? null : 'age_out_of_range';
}

function priceOf(
  service: string,
  day: string,
  branch: string,
  customer: string | null,
  fixture: Fixture,
): bigint | null {
  const tier = customer ? fixture.customers.get(customer) : null;
  for (const scope of [`customer:${customer}`, `tier:${tier}`, `branch:${branch}`, 'all']) {
    const [newest] = fixture.prices
      .filter((price) => price.scope === scope && price.service_code === service)
      .filter(({ valid_from = '', valid_to = '' }) => valid_from <= day && (valid_to === '' || day < valid_to))
      .sort((a, b) => ((a.valid_from ?? '') < (b.valid_from ?? '') ? 1 : -1));
    if (newest) return BigInt(newest.price ?? 0);
  }
  return null;
}

/** A percent with decimals of an amount that is not negative, rounded once, half up. */
function percentOf(amount: bigint, percent: string): bigint {
  const [whole = '0', decimals = ''] = percent.split('.');
  const scaled = BigInt(whole + decimals.padEnd(6, '0'));
  return (amount * scaled + 50_000_000n) / 100_000_000n;
}

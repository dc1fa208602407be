import { beforeAll, expect, it } from 'vitest';
import { load, loadFixture, RIGHT, sheetOf } from '../security/values-fixture';
import { ownerPool, rowsOf, withDatabase } from './database';

withDatabase({ DEMO_PASSWORD: 'for-the-first-day-1' });

const user = { email: '', name: 'Người', role: 'finance', branch: '', language: 'vi' };

/** Files of two rows each: how the rows differ, what changes in them, and the row that somebody holds meanwhile. */
const FILES: [string, Record<string, string>, string, [string, string], string][] = [
  ['branches.csv', RIGHT.branch, 'code', ['ZA', 'ZB'], "SELECT FROM branch WHERE code = 'ZB' FOR UPDATE"],
  ['tills.csv', RIGHT.till, 'code', ['ZA', 'ZB'], "SELECT FROM till WHERE code = 'ZB' FOR UPDATE"],
  [
    'users.csv',
    user,
    'email',
    ['a@z.example', 'b@z.example'],
    "SELECT FROM app_user WHERE email LIKE 'b@z%' FOR UPDATE",
  ],
  ['catalogue.csv', RIGHT.service, 'code', ['ZA', 'ZB'], "SELECT FROM service WHERE code = 'ZB' FOR UPDATE"],
  ['customers.csv', RIGHT.customer, 'code', ['ZA', 'ZB'], "SELECT FROM customer WHERE code = 'ZB' FOR UPDATE"],
  ['doctors.csv', RIGHT.doctor, 'code', ['ZA', 'ZB'], "SELECT FROM doctor WHERE code = 'ZB' FOR UPDATE"],
];

const LOCKED = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
const waiting = (many: number) =>
  expect.poll(async () => (await rowsOf(LOCKED)).length, { timeout: 20_000, interval: 20 }).toBe(many);

beforeAll(async () => {
  await loadFixture();
});

it.each(FILES)(
  'two who load %s, its rows in other orders, do not wait in a circle',
  async (file, right, key, codes, hold) => {
    const name = 'name' in right ? 'name' : 'name_vi';
    const rows = codes.map((code) => ({ [key]: code }));
    const named = (text: string, some: Record<string, string>[]) => ({
      [file]: sheetOf(
        right,
        some.map((row) => ({ ...row, [name]: text })),
      ),
    });
    expect(await load(named('Một', rows))).toMatchObject({ code: null });
    const client = await ownerPool().connect();
    try {
      await client.query('BEGIN');
      await client.query(hold);
      const first = load(named('Hai', rows.toReversed()));
      await waiting(1);
      const second = load(named('Ba', rows));
      await waiting(2);
      await client.query('COMMIT');
      expect(await Promise.all([first, second])).toMatchObject([{ code: null }, { code: null }]);
    } finally {
      client.release();
    }
  },
);

/** Files of which two are right by themselves and not together: what differs in their rows, and the row that keeps the first waiting. */
const TWINS: [string, Record<string, string>, string, string][] = [
  ['branches.csv', RIGHT.branch, 'code', "SELECT FROM branch WHERE code = 'YB' FOR UPDATE"],
  ['tills.csv', RIGHT.till, 'code', "SELECT FROM till WHERE code = 'YB' FOR UPDATE"],
  ['catalogue.csv', RIGHT.service, 'code', "SELECT FROM service WHERE code = 'YB' FOR UPDATE"],
  ['customers.csv', RIGHT.customer, 'code', "SELECT FROM customer WHERE code = 'YB' FOR UPDATE"],
  ['doctors.csv', RIGHT.doctor, 'code', "SELECT FROM doctor WHERE code = 'YB' FOR UPDATE"],
  ['commission-plans.csv', RIGHT.plan, 'plan', "SELECT FROM commission_plan WHERE code = 'YB' FOR UPDATE"],
];

it.each(TWINS)(
  'of two who load %s at once, the second is checked against what the first writes',
  async (file, right, key, hold) => {
    const rows = (...codes: string[]) => ({
      [file]: sheetOf(
        right,
        codes.map((code) => ({ [key]: code })),
      ),
    });
    const renamed = (code: string) => ({
      [key]: code,
      ...('name' in right && { name: 'Khác' }),
      ...('name_vi' in right && { name_vi: 'Khác' }),
    });
    expect(await load(rows('YB'))).toMatchObject({ code: null });
    const client = await ownerPool().connect();
    try {
      await client.query('BEGIN');
      await client.query(hold);
      const first = load({ [file]: sheetOf(right, [renamed('XA'), renamed('YB')]) });
      await waiting(1);
      const second = load(rows('xa'));
      await Promise.race([second, waiting(2)]);
      await client.query('COMMIT');
      expect(await Promise.all([first, second])).toMatchObject([{ code: null }, { code: 'bad_rows' }]);
    } finally {
      client.release();
    }
  },
);

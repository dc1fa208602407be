import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '@/server/domain/role';
import { foldText, searchWords } from '@/server/domain/search-words';
import { recentThings, searchEverything } from '@/server/modules/core/search/queries';
import { listUploads } from '@/server/modules/intake/uploads/queries';
import { listDoctors } from '@/server/modules/referral/doctors/queries';
import { listStatements } from '@/server/modules/referral/statements/queries';
import { listOrders } from '@/server/modules/sales/orders/queries/orders';
import { findPatients, listPatients } from '@/server/modules/sales/patients/queries';
import { listRateCards } from '@/server/modules/sales/pricing/queries';
import { findPayers, findReferrers } from '@/server/modules/sales/till/queries/selling';
import { put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

const NAME = 'Hoàng Thị Trang';
const branches = new Map<string, string>();
const idsOf = new Map<string, string>();

/** Somebody of that name in every place that can be searched, and others whose names are near. */
beforeAll(async () => {
  await rowsOf(`
    INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'S', 'S') ON CONFLICT DO NOTHING;
    INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'x', 'x'), ('HN', 'x', 'x');
    INSERT INTO doctor (code, name, phone, email) VALUES ('D1', 'BS. ${NAME}', '+84901234567', 'trang@x.example'), ('D2', 'BS. Lê Nam', NULL, NULL);
    INSERT INTO customer (code, name) VALUES ('K1', 'Công ty ${NAME}'), ('K2', 'Công ty Lê Nam');
    INSERT INTO rate_card (code, scope, customer_id) SELECT 'K1-2031', 'customer', id FROM customer WHERE code = 'K1';
    INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state)
      VALUES ('orders', 'Đơn_${NAME}-tháng 10.xlsx', 'k1', repeat('a', 64), 1, 'checked'), ('orders', 'Lê Nam.xlsx', 'k2', repeat('a', 64), 1, 'checked');
    INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
      SELECT code, name, search_key(name), dob::date, 'female', phone FROM (VALUES
        ('P0000001', '${NAME}', '1990-05-12', '+84912345678'), ('P0000002', 'Lê Văn Nam', '1985-01-02', '+84987654321'),
        ('P0000003', 'Hoàng Trọng Tấn', '1971-01-02', '+84987654322'), ('P0000004', 'Trần Trang Nhung', '1972-01-02', '+84987654323')) r (code, name, dob, phone)`);
  await rowsPastGuards(`INSERT INTO statement_period (month, starts_at, ends_at) VALUES ('2026-10', '2026-09-30T17:00Z', '2026-10-31T17:00Z');
    INSERT INTO statement (period_id, doctor_id, state) SELECT p.id, d.id, 'draft' FROM statement_period p, doctor d`);
  for (const { id, code } of await rowsOf<{ id: string; code: string }>(
    'SELECT id, code FROM branch UNION ALL SELECT id, code FROM patient',
  ))
    (code.startsWith('P') ? idsOf : branches).set(code, id);
  const at = new Date('2026-10-02T03:00:00Z');
  const order = (n: number, branch: string, patient: string) =>
    put('orders', {
      number: `${branch}-${n}`,
      branch_id: branches.get(branch),
      patient_id: idsOf.get(patient),
      ordered_at: at,
      external_ref: `ref-${n}`,
      accession: `A_${n}`,
    });
  await order(1, 'Q1', 'P0000001');
  await order(2, 'HN', 'P0000001');
  await order(3, 'Q1', 'P0000002');
});

const finance = () => makeStaff('finance', null);
const titles = (rows: readonly { code?: string }[]) => rows.map((row) => row.code);
const page = { limit: 50 };

/** Every search, and what of it is of that name. */
const SEARCHES: Record<string, { finds: (search: string) => Promise<unknown[]>; one: unknown[] }> = {
  'the patients of a till': {
    finds: async (search) => titles(await findPatients({ search, limit: 8 })),
    one: ['P0000001'],
  },
  patients: { finds: async (search) => titles((await listPatients({ search, ...page })).rows), one: ['P0000001'] },
  doctors: { finds: async (search) => titles((await listDoctors({ search, ...page })).rows), one: ['D1'] },
  'who refers': { finds: async (search) => titles(await findReferrers({ search })), one: ['D1'] },
  'who pays': { finds: async (search) => titles(await findPayers({ search })), one: ['K1'] },
  orders: {
    finds: async (search) =>
      (await listOrders({ actor: await finance(), search, ...page })).rows.map(({ number }) => number).sort(),
    one: ['HN-2', 'Q1-1'],
  },
  statements: {
    finds: async (search) =>
      (await listStatements({ month: '2026-10', search, ...page })).rows.map(({ doctorCode }) => doctorCode),
    one: ['D1'],
  },
  uploads: {
    finds: async (search) =>
      (await listUploads({ actor: await finance(), search, ...page })).rows.map(({ bytes }) => bytes),
    one: [1],
  },
  'rate cards': {
    finds: async (search) => titles((await listRateCards({ actor: await finance(), search, ...page })).rows),
    one: ['K1-2031'],
  },
  everything: {
    finds: async (search) =>
      (await searchEverything(await makeStaff('administrator', null), search, 'vi')).map(({ kind }) => kind).sort(),
    one: ['doctors', 'orders', 'orders', 'patients', 'rate-cards', 'statements', 'uploads'],
  },
};

describe.each(Object.entries(SEARCHES))('%s', (_, { finds, one }) => {
  it.each([
    ['as it is written', NAME],
    ['without accents', 'hoang trang'],
    ['in another order', 'trang hoang'],
    ['in capitals', 'HOÀNG THỊ'],
    ['as some keyboards send it', NAME.normalize('NFD')],
    ['as far as it is typed', 'hoa tra'],
    ['with a letter doubled', 'hoangg trang'],
    ['with a letter that is wrong', 'hoamg trang'],
    ['with a letter that is missing', 'hong thi trang'],
    ['with two letters that changed places', 'trang haong'],
  ])('finds Hoàng Thị Trang %s', async (_how, typed) => {
    expect(await finds(typed)).toEqual(one);
  });

  it.each(['hoang nhung', 'ang', 'xyz', '%', '__', 'hoang trang xyz'])('finds nothing for “%s”', async (typed) => {
    expect(await finds(typed)).toEqual([]);
  });
});

it('mistakes are made only where nothing is found without', async () => {
  expect(await SEARCHES.patients?.finds('tran trang')).toEqual(['P0000004']);
  expect(await SEARCHES.patients?.finds('trang')).toHaveLength(2);
});

it.each([
  '0912 345 678',
  '+84 912 345 678',
  '912.345.678',
  '0912',
  '84912345678',
  '12/05/1990',
  'trang 1990',
  'p0000001',
])('a patient is found by “%s”', async (typed) => expect(await SEARCHES.patients?.finds(typed)).toContain('P0000001'));

it('who has just the words that were typed comes before who has words that begin with them', async () => {
  await rowsOf(`INSERT INTO patient (code, full_name, name_key, dob, sex, phone) SELECT code, name, search_key(name), '1999-01-01', 'female', phone
    FROM (VALUES ('R1', 'Quách An', '+84906000001'), ('R2', 'Quách Anh', '+84906000002')) r (code, name, phone)`);
  expect(titles(await findPatients({ search: 'quach an', limit: 8 }))).toEqual(['R1', 'R2']);
  expect(titles(await findPatients({ search: 'quach a', limit: 8 }))).toEqual(['R2', 'R1']);
});

it('what is very common is found without being named row by row', async () => {
  await rowsOf(`INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
    SELECT 'V' || n, 'Vạn Người ' || n, search_key('Vạn Người ' || n), '2000-01-01', 'female', '+8490' || lpad(n::text, 7, '0') FROM generate_series(1, 1200) n`);
  const first = await listPatients({ search: 'nguoi van', ...page });
  expect(first.rows).toHaveLength(50);
  const seen = new Set<string>();
  for (let cursor: string | null = null, at = 0; at < 30 && (at === 0 || cursor); at += 1) {
    const next: Awaited<ReturnType<typeof listPatients>> = await listPatients({ search: 'nguoi van', cursor, ...page });
    for (const row of next.rows) seen.add(row.id);
    cursor = next.nextCursor;
  }
  expect(seen.size).toBe(1200);
  expect(titles(await findPatients({ search: 'van nguoi', limit: 3 }))).toEqual(['V1200', 'V1199', 'V1198']);
  expect(await SEARCHES.orders?.finds('van nguoi')).toEqual([]);
});

it('both sides of a search fold every letter in one way', async () => {
  const letters = Array.from({ length: 0x250 - 0xc0 }, (_, at) => String.fromCodePoint(0xc0 + at)).concat(
    Array.from({ length: 0x100 }, (_, at) => String.fromCodePoint(0x1e00 + at)),
  );
  const vietnamese = letters.filter(
    (letter) => /^[a-zA-Z]\p{M}*$/u.test(letter.normalize('NFD')) || /[đĐ]/.test(letter),
  );
  const rows = await rowsOf<{ key: string }>(
    'SELECT search_key(letter) AS key FROM unnest($1::text[]) WITH ORDINALITY l (letter, at) ORDER BY at',
    [vietnamese],
  );
  expect(vietnamese.length).toBeGreaterThan(250);
  expect(rows.map(({ key }) => key)).toEqual(vietnamese.map(foldText));
});

it('every letter and number that a name may be written with is the same word on both sides', async () => {
  const codes = [...range(0xc0, 0x17f), ...range(0x1e00, 0x1e99), ...range(0x1e9e, 0x1ef9), ...range(0x2160, 0x217f)];
  const signs = codes.map((code) => String.fromCodePoint(code)).filter((sign) => /^[\p{L}\p{Nl}]$/u.test(sign));
  const written = signs.map((sign) => `a${sign}b`);
  const rows = await rowsOf<{ words: string[] }>(
    `SELECT tsvector_to_array(search_words(name)) AS words FROM unnest($1::text[]) WITH ORDINALITY t (name, at) ORDER BY at`,
    [written],
  );
  const unlike = signs.filter(
    (_, at) =>
      searchWords(written[at] ?? '')
        .toSorted()
        .join(' ') !== rows[at]?.words.join(' '),
  );
  expect(unlike.join(' ')).toBe('');
});

it.each(['Søren Straße', 'Łukasz İlker', 'Æsa Œuvre Ⅷ'])('%s is found as it is written', async (name) => {
  await rowsOf('INSERT INTO doctor (code, name) VALUES ($1, $2)', [name.slice(0, 3).toUpperCase(), name]);
  for (const word of name.split(' '))
    expect(
      (await findReferrers({ search: word })).map((doctor) => doctor.name),
      word,
    ).toContain(name);
});

describe('the palette', () => {
  const found = async (text: string, role: Role, branch: string | null = 'Q1') => {
    const all = await searchEverything(await makeStaff(role, branch), text, 'vi');
    return Object.fromEntries(all.map(({ kind, title, acts }) => [`${kind} ${title}`, acts.map(({ act }) => act)]));
  };

  it('finds what its reader may read, with what they may do', async () => {
    expect(await found('hoang trang', 'cashier')).toEqual({
      'patients Hoàng Thị Trang': ['open', 'sell', 'orders'],
      'orders Q1-1': ['open', 'receipt', 'patient'],
      'doctors BS. Hoàng Thị Trang': ['open'],
      'rate-cards K1-2031': ['open'],
    });
    expect(await found('hoang trang', 'finance', null)).toEqual({
      'orders Q1-1': ['open', 'receipt'],
      'orders HN-2': ['open', 'receipt'],
      'doctors BS. Hoàng Thị Trang': ['open', 'statement'],
      'statements BS. Hoàng Thị Trang': ['open'],
      'rate-cards K1-2031': ['open'],
    });
    expect(await found('hoang trang', 'clinician')).toEqual({
      'patients Hoàng Thị Trang': ['open', 'orders'],
      'orders Q1-1': ['open', 'patient'],
      'doctors BS. Hoàng Thị Trang': ['open'],
    });
  });

  it('takes what is owed of an order, for who sells', async () => {
    await rowsPastGuards(
      `UPDATE orders SET settled_at = NULL, terms = 'immediate', list_total = 9, net_total = 9, discount_total = 0 WHERE number = 'Q1-1'`,
    );
    expect((await found('q1-1', 'cashier'))['orders Q1-1']).toEqual(['open', 'balance', 'receipt', 'patient']);
    expect((await found('q1-1', 'finance', null))['orders Q1-1']).toEqual(['open', 'receipt']);
    await rowsPastGuards(`UPDATE orders SET settled_at = ordered_at WHERE number = 'Q1-1'`);
  });

  it('leads to the dialogs of a link where its statement is published, for who may publish', async () => {
    const { id } = await oneOf<{ id: string }>(
      `SELECT s.id FROM statement s JOIN doctor d ON d.id = s.doctor_id WHERE d.code = 'D1'`,
    );
    await rowsPastGuards(`UPDATE statement SET state = 'published', published_at = now(), content_hash = repeat('a', 64) WHERE id = '${id}';
      INSERT INTO statement_link (statement_id, nonce, token_hash, expires_at) VALUES ('${id}', '\\x00', '\\x01', now() + interval '1 day')`);
    const all = await searchEverything(await finance(), 'hoang trang', 'en');
    expect(all.find(({ kind }) => kind === 'statements')?.acts).toEqual([
      { act: 'open', href: `/statements/2026-10/${id}` },
      { act: 'pdf', href: `/api/documents/of/statement/${id}?lang=en`, document: true },
      { act: 'sendLink', href: `/statements/2026-10/${id}?link=replace` },
      { act: 'revokeLink', href: `/statements/2026-10/${id}?link=revoke` },
    ]);
    expect(await found('hoang trang', 'auditor', null)).toMatchObject({
      'doctors BS. Hoàng Thị Trang': ['open', 'statement'],
      'statements BS. Hoàng Thị Trang': ['open', 'pdf'],
    });
  });

  it('finds an order by its number as far as it is typed, and by what others call it; of its branch alone', async () => {
    expect(Object.keys(await found('q1-3', 'branch-manager'))).toEqual(['orders Q1-3']);
    expect(Object.keys(await found('a_1', 'branch-manager'))).toContain('orders Q1-1');
    expect(Object.keys(await found('ref-3', 'branch-manager'))).toEqual(['orders Q1-3']);
    expect(Object.keys(await found('hn-2', 'branch-manager'))).toEqual([]);
  });

  it('names what one was at last, as it is called now, and leaves out what one may not see', async () => {
    const ids = await rowsOf<{ id: string; number: string }>('SELECT id, number FROM orders ORDER BY number');
    const things = [
      ...ids.map(({ id }) => ({ kind: 'orders' as const, id })),
      { kind: 'patients' as const, id: idsOf.get('P0000002') ?? '' },
      { kind: 'patients' as const, id: crypto.randomUUID() },
    ];
    const recent = async (role: Role, branch: string | null) =>
      (await recentThings(await makeStaff(role, branch), things, 'vi')).map(({ title }) => title);
    expect(await recent('cashier', 'Q1')).toEqual(['Q1-1', 'Q1-3', 'Lê Văn Nam']);
    expect(await recent('finance', null)).toEqual(['HN-2', 'Q1-1', 'Q1-3']);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { listUploads } from '@/server/modules/intake/uploads/queries';
import { listDoctors } from '@/server/modules/referral/doctors/queries';
import { listStatements } from '@/server/modules/referral/statements/queries';
import { listOrders } from '@/server/modules/sales/orders/queries/orders';
import { listPatients } from '@/server/modules/sales/patients/queries';
import { listRateCards } from '@/server/modules/sales/pricing/queries';
import { listShifts } from '@/server/modules/sales/till/queries/shifts';
import type { Page, Sort } from '@/server/platform/paging';
import { rowsOf, withDatabase } from './database';
import { makeReadFixture, staff } from './read-fixture';

withDatabase();
beforeAll(makeReadFixture);

const finance = staff(5, 'finance', null);
type Asked = { cursor: string | null; limit: number; only?: string[] };
type Row = Record<string, unknown> & { id: string };
type List = (asked: Asked) => Promise<Page<Row>>;

/** Every row, three at a time. */
async function walked(list: List): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await list({ cursor, limit: 3 });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

const asText = (value: unknown) => String(BigInt(String(value)) + 10n ** 15n).padStart(17, '0');
const asFolded = (value: unknown) =>
  String(value).normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
const asTime = (value: unknown) => asText((value as Date).getTime());

const LISTS: Record<string, { sorts: Record<string, (row: Row) => string>; list: (sort: never) => List }> = {
  orders: {
    sorts: {
      orderedAt: (row) => asTime(row.orderedAt),
      number: (row) => String(row.number),
      net: (row) => asText(row.netTotal),
    },
    list: (sort: Sort<'net'>) => (asked) => listOrders({ actor: finance, sort, ...asked }),
  },
  patients: {
    sorts: {
      name: (row) => asFolded(row.fullName),
      code: (row) => String(row.code),
      createdAt: (row) => asTime(row.createdAt),
    },
    list: (sort: Sort<'name'>) => (asked) => listPatients({ sort, ...asked }),
  },
  doctors: {
    sorts: { code: (row) => String(row.code), name: (row) => asFolded(row.name) },
    list: (sort: Sort<'name'>) => (asked) => listDoctors({ sort, ...asked }),
  },
  'rate cards': {
    sorts: { code: (row) => String(row.code) },
    list: (sort: Sort<'code'>) => (asked) => listRateCards({ actor: finance, sort, ...asked }),
  },
  uploads: {
    sorts: {
      createdAt: (row) => asTime(row.createdAt),
      fileName: (row) => String(row.fileName),
      rows: (row) => asText(row.rows),
      netTotal: (row) => asText(row.netTotal),
    },
    list: (sort: Sort<'rows'>) => (asked) => listUploads({ actor: finance, sort, ...asked }),
  },
  shifts: {
    sorts: { openedAt: (row) => asTime(row.openedAt), till: (row) => String(row.tillCode) },
    list: (sort: Sort<'till'>) => (asked) => listShifts({ actor: finance, sort, ...asked }),
  },
  statements: {
    sorts: {
      code: (row) => String(row.doctorCode),
      doctor: (row) => asFolded(row.doctorName),
      orders: (row) => asText(row.orders),
      base: (row) => asText(row.base),
      payable: (row) => asText(row.payable),
    },
    list: (sort: Sort<'code'>) => (asked) => listStatements({ month: '2026-08', sort, ...asked }),
  },
};
const EVERY = Object.entries(LISTS).flatMap(([name, { sorts, list }]) =>
  Object.entries(sorts).map(([sort, weightOf]) => ({ name, sort, weightOf, list })),
);

describe('a list in the order that was asked for', () => {
  it.each(EVERY)('$name by $sort: every row once, page by page, both ways', async ({ sort, weightOf, list }) => {
    const up = await walked(list(sort as never));
    const down = await walked(list(`-${sort}` as never));
    expect(up.length).toBeGreaterThan(1);
    expect(down.map(({ id }) => id)).toEqual(up.map(({ id }) => id).toReversed());
    expect(new Set(up.map(({ id }) => id)).size).toBe(up.length);
    expect(up.map(weightOf)).toEqual(up.map(weightOf).toSorted());
    expect(up.some((row) => 'sortValue' in row)).toBe(false);
  });

  it.each(EVERY)('$name by $sort: the selected rows alone', async ({ sort, list }) => {
    const all = await walked(list(sort as never));
    const some = [all.at(-1)?.id ?? '', all[0]?.id ?? ''];
    const { rows } = await list(sort as never)({ cursor: null, limit: 50, only: [...some, 'none'] });
    expect(rows.map(({ id }) => id)).toEqual(some.toReversed());
  });

  it('refuses a cursor of another order, which would skip rows', async () => {
    const { nextCursor } = await listOrders({ actor: finance, sort: 'number', limit: 1 });
    for (const sort of ['-number', 'net', '-orderedAt'] as const)
      await expect(listOrders({ actor: finance, sort, cursor: nextCursor, limit: 1 })).rejects.toMatchObject({
        kind: 'invalid',
        code: 'bad_cursor',
      });
  });

  it('goes on among rows that weigh the same', async () => {
    await rowsOf(
      `INSERT INTO doctor (code, name) SELECT 'SAME' || n, CASE WHEN n % 2 = 0 THEN 'Lê Văn An' ELSE 'le van an' END FROM generate_series(1, 7) n`,
    );
    const named = (await walked((asked) => listDoctors({ search: 'le van an', sort: '-name', ...asked }))).map(
      ({ id }) => id,
    );
    expect(named).toHaveLength(7);
    expect(new Set(named).size).toBe(7);
  });
});

describe('shifts', () => {
  it('are found by the days on which they were opened, and by their state', async () => {
    const all = await walked((asked) => listShifts({ actor: finance, ...asked }));
    const dayOf = (row: Row) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(row.openedAt as Date);
    const [day] = all.map(dayOf).toSorted();
    const of = async (filter: object) =>
      (await walked((asked) => listShifts({ actor: finance, ...filter, ...asked }))).map(({ id }) => id);
    expect(await of({ from: day, to: day })).toEqual(all.filter((row) => dayOf(row) === day).map(({ id }) => id));
    expect(await of({ to: '2000-01-01' })).toEqual([]);
    for (const state of ['open', 'closed', 'accepted'])
      expect(await of({ state })).toEqual(all.filter((row) => row.state === state).map(({ id }) => id));
  });
});

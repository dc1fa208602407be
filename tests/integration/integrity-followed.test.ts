import { beforeEach, describe, expect, it } from 'vitest';
import { findBroken } from '@/server/modules/core/integrity/queries';
import type { Invariant } from '@/server/modules/core/integrity/schema';
import { ago, emptyAll, idOf, put } from './bare-rows';
import { rowsOf, withDatabase } from './database';
import { broken } from './integrity-rows';

withDatabase();
beforeEach(emptyAll);

const LONG_AGO = 25 * 60;
const any = () => crypto.randomUUID();

/** What open runs are about, one in each state that is open. */
const working = (ids: readonly string[]) =>
  put('background_run', ...ids.map((id, at) => ({ subject_ids: [id], state: ['running', 'retrying', 'paused'][at] })));

/** Since how many minutes an invariant is broken, each by its own. */
async function minutesOf(invariant: Invariant): Promise<number[]> {
  const found = await findBroken(invariant, { hours: 24, limit: 10, withinMs: 3_000 });
  return found.map(({ at }) => Math.round((Date.now() - (at?.getTime() ?? 0)) / 60_000));
}

describe('an order breaks an invariant', () => {
  it('that nobody prepares within an hour', async () => {
    const busy = ['at work', 'to be tried again', 'paused'].map((name) => idOf(name));
    const undone = idOf('undone');
    const order = { created_at: ago(61) };
    await put(
      'orders',
      { id: undone, ...order },
      { id: idOf('of yesterday', LONG_AGO), ...order },
      { id: idOf('young'), ...order, created_at: ago(59) },
      { id: idOf('prepared'), ...order, accession: '261101000001' },
      ...busy.map((id) => ({ id, ...order })),
    );
    await working(busy);
    await put('background_run', { subject_ids: [undone], state: 'cancelled' });
    expect(await broken('orders-unprepared')).toEqual(['undone']);
    expect(await broken('orders-unprepared', null)).toEqual(['of yesterday', 'undone']);
  });

  it('that was settled at a till and is in no book an hour later', async () => {
    const [undone, booked, busy] = [idOf('undone'), idOf('booked'), idOf('at work')];
    const order = { settled_at: ago(61) };
    await put(
      'orders',
      { id: undone, ...order },
      { id: idOf('of yesterday', LONG_AGO), ...order },
      { id: booked, ...order },
      { id: busy, ...order },
      { id: idOf('settled lately'), settled_at: ago(59) },
      { id: idOf('not settled') },
      { id: idOf('of a sheet'), ...order, source: 'upload' },
    );
    await put('effect_receipt', { effect_key: `revenue-order:${booked}` }, { effect_key: `lis-order:${undone}` });
    await working([busy]);
    expect(await broken('orders-unbooked')).toEqual(['undone']);
    expect(await broken('orders-unbooked', null)).toEqual(['of yesterday', 'undone']);
  });

  it('whose sums are not those of its lines, or that has none', async () => {
    const total = { list_total: 3_000, discount_total: 500, net_total: 2_500 };
    const [sound, other, old] = [idOf('sound'), idOf('other'), idOf('of yesterday', LONG_AGO)];
    await put('orders', { id: sound, ...total }, { id: other, ...total }, { id: old, ...total }, { id: idOf('bare') });
    for (const order_id of [sound, other, old]) {
      const first = { order_id, position: 1, list_price: 1_000, discount_percent: 10, discount: 100, net: 900 };
      const second = { order_id, position: 2, list_price: 2_000, discount_percent: 20, discount: 400, net: 1_600 };
      await put('order_line', first, ...(order_id === sound ? [second] : []));
    }
    expect(await broken('sums-differ')).toEqual(['bare', 'other']);
    expect(await broken('sums-differ', null)).toEqual(['bare', 'of yesterday', 'other']);
  });

  it('that was settled at once and not paid in full; what was refunded later is another matter', async () => {
    const total = { list_total: 100, net_total: 100, settled_at: ago(61) };
    const [paid, short, refunded] = [idOf('paid'), idOf('short'), idOf('refunded')];
    await put(
      'orders',
      ...[paid, short, refunded].map((id) => ({ id, ...total })),
      { id: idOf('unpaid'), ...total },
      { id: idOf('of yesterday', LONG_AGO), ...total },
      { id: idOf('for nothing'), settled_at: ago(61) },
      { id: idOf('not settled'), ...total, settled_at: null },
      { id: idOf('on account'), ...total, terms: 'account', customer_id: any() },
    );
    const back = { order_id: refunded, refund_id: any(), amount: -100 };
    const parts = [paid, refunded].flatMap((order_id) => [60, 40].map((amount) => ({ order_id, amount })));
    await put('payment', ...parts, { order_id: short, amount: 60 }, back);
    expect(await broken('payments-differ')).toEqual(['short', 'unpaid']);
    expect(await broken('payments-differ', null)).toEqual(['of yesterday', 'short', 'unpaid']);
  });

  it('whose number or accession another has as well, since the first of them', async () => {
    await rowsOf('DROP INDEX IF EXISTS orders_number_key, orders_accession_key');
    const first = { id: idOf('a', 95), created_at: ago(95) };
    const second = { id: idOf('b'), created_at: ago(90) };
    const old = [idOf('c', LONG_AGO), idOf('d', LONG_AGO)].map((id) => ({ id, number: 'Q1-OLD', accession: 'A-OLD' }));
    await put('orders', { ...first, number: 'Q1-2' }, { ...second, number: 'Q1-2' }, ...old);
    await put('orders', { accession: 'A-2', created_at: ago(95) }, { accession: 'A-2', created_at: ago(90) });
    await put('orders', { accession: 'A-1', number: 'Q1-1' });
    expect(await broken('numbers-twice')).toEqual(['A-2', 'Q1-2']);
    expect(await broken('numbers-twice', null)).toEqual(['A-2', 'A-OLD', 'Q1-2', 'Q1-OLD']);
    expect(await minutesOf('numbers-twice')).toEqual([95, 95]);
    expect(await findBroken('numbers-twice', { hours: 24, limit: 1, withinMs: 3_000 })).toHaveLength(1);
  });
});

describe('books, sheets, months and the trail break an invariant', () => {
  it.each([
    ['drawer-unbalanced', 'drawer_entry', 'movement_id'],
    ['books-unbalanced', 'revenue_posting', 'posting_id'],
  ] as const)('where a movement comes to more or less than nothing: %s', async (invariant, table, group) => {
    const movement = (name: string, minutes: number, amounts: number[]) => {
      const id = idOf(name);
      return amounts.map((amount, n) => ({ id: idOf('', minutes), [group]: id, amount, at: ago(minutes - n) }));
    };
    await put(table, ...movement('balanced', 90, [100, -60, -40]), ...movement('one too many', 80, [100, -99]));
    await put(table, ...movement('too little', 80, [-100]), ...movement('of yesterday', LONG_AGO, [7]));
    expect(await broken(invariant)).toEqual(['one too many', 'too little']);
    expect(await broken(invariant, null)).toEqual(['of yesterday', 'one too many', 'too little']);
    expect(await minutesOf(invariant)).toEqual([80, 80]);
  });

  it('where a sheet says another count than its rows, its outcomes or its orders', async () => {
    const sheet = async (name: string, counts: number[], outcomes: number, orders: number, more: object = {}) => {
      const [rows, valid, invalid, written] = counts;
      const id = idOf(name, name === 'of yesterday' ? LONG_AGO : 90);
      await put('upload', { id, state: 'committed', rows, valid, invalid, written, ...more });
      await put('upload_outcome', ...Array.from({ length: outcomes }, (_, row) => ({ upload_id: id, row })));
      await put('orders', ...Array.from({ length: orders }, () => ({ upload_id: id, source: 'upload' })));
    };
    await sheet('sound', [3, 2, 1, 2], 2, 2);
    await sheet('written', [3, 2, 1, 1], 1, 1);
    await sheet('rows', [4, 2, 1, 2], 2, 2);
    await sheet('outcomes', [3, 2, 1, 2], 1, 2);
    await sheet('orders', [3, 2, 1, 2], 2, 1);
    await sheet('of yesterday', [3, 2, 1, 1], 1, 1);
    await sheet('failed', [3, 2, 1, 1], 1, 1, { state: 'failed' });
    await sheet('prices', [3, 2, 1, 1], 0, 0, { kind: 'rate-cards' });
    expect(await broken('rows-differ')).toEqual(['orders', 'outcomes', 'rows', 'written']);
    expect(await broken('rows-differ', null)).toEqual(['of yesterday', 'orders', 'outcomes', 'rows', 'written']);
  });

  it('where a doctor has two statements of a month in force', async () => {
    await rowsOf('DROP INDEX IF EXISTS statement_one_in_force');
    const pairs = {
      twice: ['published', 'draft'],
      replaced: ['superseded', 'published'],
      former: ['superseded', 'superseded'],
    };
    for (const [name, states] of Object.entries(pairs)) {
      const of = { period_id: any(), doctor_id: any() };
      const rows = states.map((state, n) => ({ id: idOf(name + n, 90 - n), ...of, state, version: n + 1 }));
      await put(
        'statement',
        ...rows.map((row, n) => ({
          ...row,
          created_at: ago(50 - n),
          ...(row.state === 'draft' ? { content_hash: null } : {}),
        })),
      );
    }
    expect(await broken('statements-twice')).toEqual(['twice0']);
    expect(await minutesOf('statements-twice')).toEqual([50]);
  });

  it('where a statement was published an hour ago and its doctor was sent nothing', async () => {
    const noticed = idOf('noticed');
    const published = { state: 'published', published_at: ago(61) };
    await put(
      'statement',
      { id: idOf('published'), ...published },
      { id: idOf('paid'), ...published, state: 'paid' },
      { id: idOf('approved'), ...published, state: 'approved' },
      { id: idOf('lately'), ...published, published_at: ago(59) },
      { id: idOf('of yesterday'), ...published, published_at: ago(LONG_AGO) },
      { id: noticed, ...published },
    );
    await put('message', { dedupe_key: `statement-published:${noticed}` }, { dedupe_key: 'statement-published:' });
    expect(await broken('notices-missing')).toEqual(['paid', 'published']);
    expect(await broken('notices-missing', null)).toEqual(['of yesterday', 'paid', 'published']);
  });

  it('where an entry of the trail stays without its seal', async () => {
    const sealed = idOf('sealed');
    await put(
      'audit_entry',
      { id: idOf('unsealed'), at: ago(16) },
      { id: idOf('lately'), at: ago(14) },
      { id: sealed, at: ago(16) },
      { id: idOf('of yesterday', LONG_AGO), at: ago(LONG_AGO) },
    );
    await put('audit_seal', { position: 1, entry_id: sealed });
    expect(await broken('audit-unsealed')).toEqual(['unsealed']);
    expect(await broken('audit-unsealed', null)).toEqual(['of yesterday', 'unsealed']);
  });
});

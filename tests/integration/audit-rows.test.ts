import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import * as trail from '@/server/modules/core/audit/repository';
import { db, inTransaction, sql } from '@/server/platform/db';
import { ago, idOf, put } from './bare-rows';
import { rowsPastGuards, withDatabase } from './database';

withDatabase();
beforeEach(() => rowsPastGuards('DELETE FROM audit_entry; DELETE FROM audit_seal'));

const NONE = '00000000-0000-0000-0000-000000000000';
const bytes = (n: number) => Buffer.alloc(32, n);

/** Entries of some moments, sealed in the order in which they are given. */
async function sealed(moments: readonly (Date | string)[]): Promise<string[]> {
  const ids = moments.map(() => crypto.randomUUID());
  for (const [place, id] of ids.entries()) {
    await put('audit_entry', { id, at: moments[place] });
    const seal = { entry_hash: bytes(place), hash: bytes(100 + place), key_id: `key ${place}` };
    await put('audit_seal', { position: place + 1, entry_id: id, ...seal });
  }
  return ids;
}

describe('entries of the trail', () => {
  it('are read page by page, the oldest first and those of one moment by their ids, to the microsecond', async () => {
    const [a, b, c] = ['1', '2', '3'].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
    const at = '2026-11-01T00:00:00.123456Z';
    await put(
      'audit_entry',
      { id: c, at: '2026-11-01T00:00:00.123455Z' },
      { id: b, at },
      { id: a, at, detail: { n: 1 } },
    );
    await put('audit_seal', { position: 1, entry_id: b });
    const first = await trail.pageOfEntries(null, 2);
    expect(first.map(({ id, sealed: is }) => [id, is])).toEqual([
      [c, false],
      [a, false],
    ]);
    expect(first[1]).toEqual({
      ...{ id: a, at: '1793491200123456', moment: expect.stringContaining('123456'), sealed: false },
      ...{ actorKind: 'user', actorId: null, action: 'thing.done', entity: 'thing', entityId: 'x' },
      ...{ branchId: null, correlationId: null, detail: '{"n": 1}' },
    });
    const rest = await trail.pageOfEntries(first[1] ?? null, 2);
    expect(rest.map(({ id, sealed: is }) => [id, is])).toEqual([[b, true]]);
    expect(await trail.pageOfEntries({ moment: at, id: NONE }, 9)).toHaveLength(2);
  });

  it('are counted with their seals', async () => {
    expect(await trail.countEntries()).toEqual({ entries: 0n, sealed: 0n });
    await sealed([ago(2), ago(1)]);
    await put('audit_entry', {});
    expect(await trail.countEntries()).toEqual({ entries: 3n, sealed: 2n });
  });

  it('that were committed are looked for by their ids: some wait for their seal, some are gone', async () => {
    const [done = '', other = ''] = await sealed([ago(2), ago(1)]);
    const [waiting, gone] = [idOf('waiting'), idOf('gone')];
    await put('audit_entry', { id: waiting }, {});
    expect(await trail.lookForEntries([done, waiting, gone])).toEqual({ unsealed: [waiting], missing: [gone] });
    expect(await trail.lookForEntries([other])).toEqual({ unsealed: [], missing: [] });
  });
});

describe('places of the chain', () => {
  it('are found by their position, the last of them, and those behind one, with what each seals', async () => {
    expect([await trail.findSeal('last'), await trail.findSeal(1n), await trail.lastSealedAt()]).toEqual([
      null,
      null,
      null,
    ]);
    // The one that was sealed last is not the youngest.
    const [, second, third] = await sealed([ago(30), ago(10), ago(20)]);
    expect(await trail.findSeal('last')).toEqual({ position: 3n, hash: bytes(102) });
    expect(await trail.findSeal(2n)).toEqual({ position: 2n, hash: bytes(101) });
    expect(await trail.findSeal(4n)).toBeNull();
    expect(Math.round((Date.now() - ((await trail.lastSealedAt())?.getTime() ?? 0)) / 60_000)).toBe(20);
    await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [third]);
    const behind = await trail.sealsBehind(1n, 9);
    expect(behind.map(({ position, entry }) => [position, entry?.id ?? null])).toEqual([
      [2n, second],
      [3n, null],
    ]);
    expect(behind[1]).toEqual({
      ...{ position: 3n, entryId: third, entryHash: bytes(2), hash: bytes(102), keyId: 'key 2', entry: null },
    });
    expect(behind[0]?.entry).toMatchObject({ id: second, action: 'thing.done', entityId: 'x', detail: '{}' });
    expect((await trail.sealsBehind(0n, 2)).map(({ position }) => position)).toEqual([1n, 2n]);
  });

  it('are backdated where an older entry was sealed behind a younger one, by more than is explained', async () => {
    await sealed(['2026-11-01T00:00:00Z', '2026-11-01T00:10:00Z', '2026-11-01T00:00:01Z', '2026-11-01T00:09:00Z']);
    expect(await trail.hasBackdated(0n, 599_000)).toBe(false);
    expect(await trail.hasBackdated(0n, 598_999)).toBe(true);
    expect(await trail.hasBackdated(2n, 598_999)).toBe(true);
    expect(await trail.hasBackdated(3n, 598_999)).toBe(false);
    expect(await trail.hasBackdated(3n, 59_999)).toBe(true);
  });
});

describe('the chain', () => {
  it('is taken by one, for as long as it takes; who does not wait goes away without it', async () => {
    const patience = () => db().$queryRaw<{ idle: string }[]>(sql`SHOW idle_in_transaction_session_timeout`);
    const before = await patience();
    await inTransaction(async (tx) => {
      expect(await trail.lockChain(tx, true)).toBe(true);
      expect(await tx.$queryRaw(sql`SHOW idle_in_transaction_session_timeout`)).toEqual([
        { idle_in_transaction_session_timeout: '0' },
      ]);
      expect(await inTransaction((other) => trail.lockChain(other, false))).toBe(false);
      expect(await inTransaction((other) => other.$queryRaw(sql`SELECT pg_try_advisory_xact_lock(1) AS mine`))).toEqual(
        [{ mine: true }],
      );
    });
    expect(await patience()).toEqual(before);
    expect(await inTransaction((tx) => trail.lockChain(tx, false))).toBe(true);
  });

  it('is waited for by who cannot do without it', async () => {
    const order: string[] = [];
    let waiting: Promise<unknown> | undefined;
    await inTransaction(async (tx) => {
      await trail.lockChain(tx, false);
      waiting = inTransaction((other) => trail.lockChain(other, true)).then(() => order.push('second'));
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('first');
    });
    await waiting;
    expect(order).toEqual(['first', 'second']);
  });
});

it('the oldest open transaction is one of this database, and now where none is open', async () => {
  const open = async (database?: string) => {
    const url = new URL(process.env.DATABASE_URL ?? '');
    if (database) url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    await client.query('BEGIN');
    const { rows } = await client.query<{ begun: Date }>('SELECT now() AS begun');
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { begun: rows[0]?.begun.getTime() ?? 0, end: () => client.end() };
  };
  const oldest = async () => (await trail.oldestOpenTransaction()).getTime();
  const elsewhere = await open('postgres');
  expect(await oldest()).toBeGreaterThan(elsewhere.begun);
  const here = await open();
  const later = await open();
  expect(await oldest()).toBe(here.begun);
  await here.end();
  await later.end();
  await elsewhere.end();
});

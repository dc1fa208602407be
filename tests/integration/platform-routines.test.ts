import { beforeEach, describe, expect, it } from 'vitest';
import { pruneOnce } from '@/server/modules/core/operations/repository';
import { emptyAll, put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { oneOf } from './till-fixture';

withDatabase();
beforeEach(async () => {
  await emptyAll();
  await rowsPastGuards('DELETE FROM number_counter; DELETE FROM organisation');
});

const answerOf = async <Value>(expression: string): Promise<Value> =>
  (await oneOf<{ value: Value }>(`SELECT ${expression} AS value`)).value;
describe('numbers of a day', () => {
  it('are counted from one, for each scope and day by itself, so many at once', async () => {
    const numbers = (scope: string, day: string, count: number) =>
      answerOf<number>(`take_numbers('${scope}', '${day}', ${count})`);
    expect(await numbers('a', '2026-11-01', 3)).toBe(3);
    expect(await numbers('a', '2026-11-01', 2)).toBe(5);
    expect(await numbers('a', '2026-11-02', 2)).toBe(2);
    expect(await numbers('b', '2026-11-01', 4)).toBe(4);
  });

  const next = (day: string, scope = 'order:Q1') => answerOf<number>(`nextval(day_numbers('${scope}', '${day}'))::int`);
  const open = async () =>
    (
      await rowsOf<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relname LIKE 'numbers %' ORDER BY 1`,
      )
    ).map(({ name }) => name);
  const counted = (scope: string) =>
    rowsOf('SELECT day::text, value FROM number_counter WHERE scope = $1 ORDER BY day', [scope]);

  it('of orders are those of a branch and a day, and go on from what was counted before', async () => {
    await rowsOf(`INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'x', 'x'), ('HN', 'x', 'x')`);
    await rowsOf(
      `INSERT INTO number_counter (scope, day, value) VALUES ('order:Q1', '2026-11-02', 40), ('order:HN', '2026-11-01', 7)`,
    );
    expect([await next('2026-11-01'), await next('2026-11-01'), await next('2026-11-02')]).toEqual([1, 2, 41]);
    expect(await next('2026-11-01', 'order:HN')).toBe(8);
    expect(await open()).toEqual([
      'numbers order:HN 2026-11-01',
      'numbers order:Q1 2026-11-01',
      'numbers order:Q1 2026-11-02',
    ]);
    await expect(next('2026-11-01', 'order:NO')).rejects.toMatchObject({ code: '22023' });
    expect(await answerOf(`open_day_numbers('order:Q1', '2026-11-01')::text`)).toBe('"numbers order:Q1 2026-11-01"');
  });

  it('are closed some at a time when their day is over, and what they counted to is kept', async () => {
    const close = (before: string, most: number) => answerOf<number>(`close_day_numbers('${before}', ${most})`);
    await next('2026-11-02');
    await rowsOf(`SELECT day_numbers('order:HN', '2026-10-31'); CREATE SEQUENCE "numbers of another kind"`);
    await rowsOf(`INSERT INTO number_counter (scope, day, value) VALUES ('order:HN', '2026-11-01', 90)`);
    expect([
      await close('2026-10-31', 9),
      await close('2026-11-02', 2),
      await close('2026-11-02', 9),
      await close('2026-11-02', 9),
    ]).toEqual([0, 2, 1, 0]);
    expect(await open()).toEqual(['numbers of another kind', 'numbers order:Q1 2026-11-02']);
    expect(await counted('order:Q1')).toEqual([{ day: '2026-11-01', value: 2 }]);
    expect(await counted('order:HN')).toEqual([
      { day: '2026-10-31', value: 0 },
      { day: '2026-11-01', value: 90 },
    ]);
    expect([await next('2026-11-01'), await next('2026-10-31', 'order:HN')]).toEqual([3, 1]);
  });

  it('are closed for good sixty days later', async () => {
    const days = await rowsOf<{ day: string }>(`SELECT (now()::date - n)::text AS day FROM unnest(ARRAY[61, 60]) n`);
    for (const { day } of days) await next(day);
    await pruneOnce();
    expect((await open()).filter((name) => days.some(({ day }) => name.endsWith(day)))).toEqual([
      `numbers order:Q1 ${days[1]?.day}`,
    ]);
  });
});

describe('what routines of every module use', () => {
  it('knows the day of a moment where the organisation is, and in Vietnam where it says nothing', async () => {
    const day = () => answerOf<string>(`business_day('2026-10-31T16:30:00Z')::text`);
    expect(await day()).toBe('2026-10-31');
    await rowsOf(`INSERT INTO organisation (id, name_vi, name_en, time_zone) VALUES (1, 'S', 'S', 'Asia/Tokyo')`);
    expect(await day()).toBe('2026-11-01');
    await rowsOf('DELETE FROM organisation');
    expect(await answerOf(`business_day('2026-10-31T17:00:00Z')::text`)).toBe('2026-11-01');
  });

  it('claims each effect once, and knows when', async () => {
    const claim = async (...keys: string[]) =>
      (
        await rowsOf<{ key: string }>(`SELECT claim_effects($1, $2, $3) AS key`, [
          keys,
          keys.map(() => 'kind'),
          keys.map((key) => `of ${key}`),
        ])
      )
        .map(({ key }) => key)
        .sort();
    expect(await claim('b', 'a', 'b')).toEqual(['a', 'b']);
    expect(await claim('c', 'a')).toEqual(['c']);
    expect(await rowsOf('SELECT effect_key, kind, ref FROM effect_receipt ORDER BY 1')).toEqual(
      ['a', 'b', 'c'].map((key) => ({ effect_key: key, kind: 'kind', ref: `of ${key}` })),
    );
    await put('effect_receipt', { effect_key: 'old', at: '2026-11-01T00:00:00Z' });
    expect(await answerOf(`effect_claimed_at('old')`)).toEqual(new Date('2026-11-01T00:00:00Z'));
    expect(await answerOf(`effect_claimed_at('none')`)).toBeNull();
  });

  it('publishes several events about one thing together', async () => {
    await rowsOf(`SELECT publish_together(ARRAY['a/b', 'a/c'], '{"n":1}')`);
    expect(await rowsOf('SELECT name, data FROM outbox_event ORDER BY name')).toEqual(
      ['a/b', 'a/c'].map((name) => ({ name, data: { n: 1 } })),
    );
  });

  it('publishes events in the order in which they are given, and writes the trail in the name of a person', async () => {
    await rowsOf(`SELECT publish_events('a/b', ARRAY['{"n":2}', '{"n":1}', '{"n":3}']::jsonb[])`);
    expect(
      (await rowsOf<{ data: { n: number } }>(`SELECT data FROM outbox_event WHERE name = 'a/b' ORDER BY id`)).map(
        ({ data }) => data.n,
      ),
    ).toEqual([2, 1, 3]);
    const branch = crypto.randomUUID();
    const id = await answerOf<string>(
      `record_audit('someone', 'thing.done', 'thing', 'x', '${branch}', 'call', '{"n":1}')`,
    );
    expect(
      await rowsOf(
        'SELECT id, actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail FROM audit_entry',
      ),
    ).toEqual([
      {
        ...{ id, actor_kind: 'user', actor_id: 'someone', action: 'thing.done', entity: 'thing', entity_id: 'x' },
        ...{ branch_id: branch, correlation_id: 'call', detail: { n: 1 } },
      },
    ]);
  });

  it('refuses with a code and what fills its sentence', async () => {
    const refused = { code: 'SP400', message: 'no_price', detail: '{"service": "CBC"}' };
    await expect(rowsOf(`SELECT refuse('no_price', '{"service":"CBC"}')`)).rejects.toMatchObject(refused);
    await expect(rowsOf(`SELECT refuse('no_price')`)).rejects.toMatchObject({ code: 'SP400', detail: '{}' });
  });

  it('orders tiers, and counts whole years', async () => {
    const ranks = await Promise.all(
      ['standard', 'vip1', 'svip1', 'svip2', 'x'].map((tier) => answerOf(`tier_rank('${tier}')`)),
    );
    expect(ranks).toEqual([1, 2, 3, 4, null]);
    const ages = ['2026-05-11', '2026-05-12', '2027-05-11'].map((day) => answerOf(`age_on('1990-05-12', '${day}')`));
    expect(await Promise.all(ages)).toEqual([35, 36, 36]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { emptyAll, put } from './bare-rows';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { oneOf } from './till-fixture';

withDatabase();
beforeEach(async () => {
  await emptyAll();
  await rowsPastGuards('DELETE FROM number_block; DELETE FROM number_counter; DELETE FROM organisation');
});

const answerOf = async <Value>(expression: string): Promise<Value> =>
  (await oneOf<{ value: Value }>(`SELECT ${expression} AS value`)).value;
const take = (scope = 'order:Q1', day = '2026-11-01') => answerOf<number>(`take_number('${scope}', '${day}')`);
const blocks = async (scope = 'order:Q1') =>
  (
    await rowsOf<{ line: string }>(
      `SELECT next || '-' || last AS line FROM number_block WHERE scope = $1 AND day = '2026-11-01' ORDER BY last`,
      [scope],
    )
  ).map(({ line }) => line);
const times = async <Value>(many: number, work: () => Promise<Value>) => {
  const all: Value[] = [];
  for (let n = 0; n < many; n += 1) all.push(await work());
  return all;
};

describe('numbers of a day', () => {
  it('are counted from one, for each scope and day by itself, so many at once', async () => {
    const numbers = (scope: string, day: string, count: number) =>
      answerOf<number>(`take_numbers('${scope}', '${day}', ${count})`);
    expect(await numbers('a', '2026-11-01', 3)).toBe(3);
    expect(await numbers('a', '2026-11-01', 2)).toBe(5);
    expect(await numbers('a', '2026-11-02', 2)).toBe(2);
    expect(await numbers('b', '2026-11-01', 4)).toBe(4);
  });

  it('are opened in blocks of sixteen that follow each other', async () => {
    await rowsOf(`SELECT open_number_blocks('order:Q1', '2026-11-01', 3)`);
    expect(await blocks()).toEqual(['1-16', '17-32', '33-48']);
    await rowsOf(`SELECT open_number_blocks('order:Q1', '2026-11-01', 1)`);
    await rowsOf(`SELECT open_number_blocks('order:HN', '2026-11-01', 1)`);
    expect([(await blocks()).at(-1), await blocks('order:HN')]).toEqual(['49-64', ['1-16']]);
  });

  it('come one after the other to a lone till, from eight blocks, each replaced when it is used up', async () => {
    expect(await take()).toBe(1);
    expect(await blocks()).toEqual(['2-16', '17-32', '33-48', '49-64', '65-80', '81-96', '97-112', '113-128']);
    expect(await times(15, () => take())).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(await blocks()).toEqual(['17-32', '33-48', '49-64', '65-80', '81-96', '97-112', '113-128', '129-144']);
    expect([await take(), await take('order:HN'), await take('order:Q1', '2026-11-02'), await take()]).toEqual([
      17, 1, 1, 18,
    ]);
    expect(await times(300, () => take())).toEqual(Array.from({ length: 300 }, (_, n) => n + 19));
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

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Page } from '@/server/platform/paging';
import { staff } from './read-fixture';

export const cashier = staff(1, 'cashier', 1);
export const manager = staff(3, 'branch-manager', 1);
export const there = staff(4, 'cashier', 2);
export const finance = staff(5, 'finance', null);
export const operator = staff(5, 'upload-operator', null);

export type Cases = Record<string, () => Promise<unknown>>;

/** One case for each of some things. */
export const each = <const Thing extends string | number>(
  things: readonly Thing[],
  title: string,
  ask: (thing: Thing) => Promise<unknown>,
): Cases => Object.fromEntries(things.map((thing) => [title.replace('…', String(thing)), () => ask(thing)]));

export const all = { limit: 50, cursor: null };
export const idsOf = async (list: Promise<{ rows: { id: string }[] }>) => (await list).rows.map(({ id }) => id);

/** Every page of a list, two rows at a time: what is read in pieces is what is there, once, in its order. */
export async function pages<Row>(
  list: (paging: { cursor: string | null; limit: number }) => Promise<Page<Row>>,
): Promise<Row[][]> {
  const read: Row[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await list({ cursor, limit: 2 });
    read.push(page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null && read.length < 20);
  return read;
}

/** An answer as text: one line a row, ids and dates as they are, money without its type. */
function textOf(answer: unknown): string {
  const plain = (value: unknown) =>
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one));
  const rows = Array.isArray(answer)
    ? answer.flatMap((one) => (Array.isArray(one) ? [...one.map(plain), '--'] : [plain(one)]))
    : [plain(answer)];
  return rows
    .map((row) =>
      row
        .replace(/00000000-0000-7000-8000-(\d\d)0*(\d+)/g, '<$1:$2>')
        .replace(/"issuedAt":"[^"]+"/, '"issuedAt":"now"'),
    )
    .join('\n');
}

async function answerTo(ask: () => Promise<unknown>): Promise<string> {
  try {
    return textOf(await ask());
  } catch (error) {
    const { kind, code } = error as { kind?: string; code?: string };
    if (!kind) throw error;
    return `refused: ${kind} ${code}`;
  }
}

/**
 * Holds what is read of the world of `read-fixture.ts` against `read-models/<name>.txt`, which a person has read: a case is a line `=== title`
 * and the answer below it. Whoever changes an answer on purpose changes it there.
 */
export function describeReads(name: string, cases: Cases): void {
  const written = readFileSync(new URL(`read-models/${name}.txt`, import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1);
  const known = new Map(
    written.map((text) => [text.split('\n', 1)[0] ?? '', text.slice(text.indexOf('\n') + 1).trimEnd()]),
  );
  describe(`what is read of ${name}`, () => {
    it.each(Object.keys(cases))('%s', async (title) => {
      const ask = cases[title];
      expect(ask && (await answerTo(ask))).toBe(known.get(title));
    });

    it('has an answer for each case, and no other', () => {
      expect([...known.keys()].toSorted()).toEqual(Object.keys(cases).toSorted());
    });
  });
}
